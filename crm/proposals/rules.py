"""Rules of proposals ("voorstel"): how far one came, how it ended, and by when we want to hear something."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """How far an open proposal came, in the order of the work."""

    PROPOSED = "proposed"
    INTERVIEWED = "interviewed"
    OFFERED = "offered"


class ProposalOutcome(StrEnum):
    """How a proposal ended: somebody was hired, a job without a candidate was agreed on, or nothing came."""

    HIRED = "hired"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why nothing came of it; a fixed list, because free words here soon tell of somebody's health."""

    SOMEBODY_ELSE = "somebody_else"
    NO_LONGER_NEEDED = "no_longer_needed"
    SKILLS = "skills"
    HOURS = "hours"
    GUIDANCE = "guidance"
    COSTS = "costs"
    OTHER_JOB = "other_job"
    OWN_CHOICE = "own_choice"
    NO_ANSWER = "no_answer"
    OTHER = "other"


# Working days in which we want to hear from the employer. Employers set the pace (handreiking for WSPs), so
# this is our own term for asking again, and whoever proposes may choose another day.
ANSWER_WITHIN = 5

CAME_TO_NOTHING = frozenset({ProposalOutcome.DECLINED, ProposalOutcome.WITHDRAWN})
_NOT_WITH = {
    ProposalOutcome.DECLINED: frozenset({Reason.OTHER_JOB, Reason.OWN_CHOICE}),
    ProposalOutcome.WITHDRAWN: frozenset({Reason.SOMEBODY_ELSE, Reason.COSTS}),
}


def outcomes_for(has_candidate: bool) -> tuple[ProposalOutcome, ...]:
    """Return how a proposal can end: a candidate is hired, a job without one is agreed on."""
    yes = ProposalOutcome.HIRED if has_candidate else ProposalOutcome.AGREED
    return yes, ProposalOutcome.DECLINED, ProposalOutcome.WITHDRAWN


def reasons_for(outcome: ProposalOutcome) -> tuple[Reason, ...]:
    """Return the reasons that fit an ending, in the order in which they are offered."""
    if outcome not in CAME_TO_NOTHING:
        return ()
    return tuple(reason for reason in Reason if reason not in _NOT_WITH[outcome])


def reason_fits(outcome: ProposalOutcome, reason: Reason | None) -> bool:
    """Return whether an ending has the reason that it asks for: one when nothing came of it, else none."""
    return reason in reasons_for(outcome) if outcome in CAME_TO_NOTHING else reason is None


def is_late(answer_by: date, outcome: ProposalOutcome | None, today: date) -> bool:
    """Return whether we still wait after the last day of the term; that day itself is in time."""
    return outcome is None and answer_by < today
