"""What an officer should look at before approving an effort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from crm.core.i18n import N_
from crm.sroi.counting import Amount, counted_cents
from crm.sroi.queries.rows import ContractPage, EffortRow, claimed
from crm.sroi.rules import Bilingual
from crm.sroi.standing import last_day
from crm.sroi.states import EffortState

Period = tuple[date | None, date | None]
Param = date | int | Bilingual | str


@dataclass(frozen=True)
class Check:
    """A thing to look at: an English sentence with its numbers; `blocks` when approving is impossible.

    Of the params, whole numbers named `..._cents` are amounts.
    """

    message: str
    params: Mapping[str, Param] = field(default_factory=dict)
    blocks: bool = False


MISSING = N_("Evidence is missing: {kind}.")
NOTHING = N_("This effort has no value under the rule set. The last step of the explanation says why.")
BEFORE_TERM = N_("The period starts on {day}, before the contract starts.")
AFTER_TERM = N_("The period ends on {day}, after the contract ends.")
NOT_OVER = N_("The period runs until {day}, so a part of it lies ahead.")
OWN_HAND = N_("You handed this effort in yourself. Let a colleague decide if you can.")
HOURS_CHANGED = N_("The weekly hours of the placement changed after this was handed in.")
SAME_PERSON = N_("{subject} also stands on another effort of this contract in the same period.")
SURPLUS = N_("The obligation is met already; approving this adds to the surplus.")
OVER_CAP = N_("A limit of the rule set is reached: of this effort only {room_cents} would still count.")


def checks(
    page: ContractPage,
    effort: EffortRow,
    today: date,
    reviewer_id: int | None,
    hours_changed_at: datetime | None = None,
) -> list[Check]:
    """Return what to look at before approving an effort, the things that stop it first.

    `page` is the effort's contract, `hours_changed_at` when the hours of its placement last changed.
    """
    found = [*_value(effort), *_evidence(effort), *_period(page, effort, today), *_caps(page, effort)]
    if any(_same_person(effort, other) for other in page.efforts):
        found.append(Check(SAME_PERSON, {"subject": effort.subject}))
    if page.row.approved_cents >= page.row.obligation_cents:
        found.append(Check(SURPLUS))
    if effort.submitted_at and hours_changed_at and hours_changed_at > effort.submitted_at:
        found.append(Check(HOURS_CHANGED))
    if reviewer_id is not None and effort.submitted_by_id == reviewer_id:
        found.append(Check(OWN_HAND))
    return found


def _value(effort: EffortRow) -> Iterator[Check]:
    if effort.value_cents == 0:
        yield Check(NOTHING, blocks=True)


def _evidence(effort: EffortRow) -> Iterator[Check]:
    for kind in effort.missing:
        yield Check(MISSING, {"kind": Bilingual(kind.name_nl, kind.name_en)})


def _period(page: ContractPage, effort: EffortRow, today: date) -> Iterator[Check]:
    starts, ends = effort.starts_on, effort.ends_on
    if starts and starts < page.row.start_on:
        yield Check(BEFORE_TERM, {"day": starts})
    if ends and ends > last_day(page.row):
        yield Check(AFTER_TERM, {"day": ends})
    if ends and ends >= today:
        yield Check(NOT_OVER, {"day": ends})


def _caps(page: ContractPage, effort: EffortRow) -> Iterator[Check]:
    if not page.rule_set.caps:
        return
    before = claimed(page.efforts, EffortState.APPROVED)
    asked = Amount(effort.id, effort.block, effort.value_cents, effort.facts)
    obligation_cents = page.row.obligation_cents
    adds = counted_cents(page.rule_set, obligation_cents, before, [asked])[1]
    if adds < effort.value_cents:
        yield Check(OVER_CAP, {"room_cents": adds})


def _same_person(effort: EffortRow, other: EffortRow) -> bool:
    if other.id == effort.id or not effort.subject or other.subject.casefold() != effort.subject.casefold():
        return False
    if other.state not in (EffortState.SUBMITTED, EffortState.APPROVED):
        return False
    return _overlap((effort.starts_on, effort.ends_on), (other.starts_on, other.ends_on))


def _overlap(one: Period, other: Period) -> bool:
    (starts, ends), (other_starts, other_ends) = one, other
    if not (starts and ends and other_starts and other_ends):
        return False
    return max(starts, other_starts) <= min(ends, other_ends)
