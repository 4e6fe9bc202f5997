"""What came of contact moments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from crm.core.work import Work
from crm.visits.records_outcomes import MomentOutcome
from crm.visits.rules import TalkOutcome


def in_order(outcomes: Iterable[TalkOutcome]) -> tuple[TalkOutcome, ...]:
    """Return outcomes in the order in which they are offered, each once."""
    found = set(outcomes)
    return tuple(outcome for outcome in TalkOutcome if outcome in found)


def outcomes_from(work: Work, moment_ids: Sequence[int]) -> dict[int, tuple[TalkOutcome, ...]]:
    """Return what came of contact moments, by moment id; not of those of which nothing was told."""
    found: defaultdict[int, list[TalkOutcome]] = defaultdict(list)
    for kept in kept_outcomes(work, moment_ids):
        found[kept.moment_id].append(kept.outcome)
    return {moment_id: in_order(outcomes) for moment_id, outcomes in found.items()}


def kept_outcomes(work: Work, moment_ids: Sequence[int]) -> list[MomentOutcome]:
    """Return the records of what came of contact moments."""
    asked = select(MomentOutcome).where(col(MomentOutcome.moment_id).in_(moment_ids))
    return list(work.session.exec(asked.order_by(col(MomentOutcome.id))))
