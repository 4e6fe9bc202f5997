"""The lists that can be had as a file: who may have them, which rows, which columns.

Rows come from the same queries as the screens, in the actor's scope and with the filters in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, true

from crm.candidates.records import Candidate
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.i18n import N_
from crm.core.records import Record
from crm.core.work import Work
from crm.employers.queries.listing import every_employer
from crm.employers.queries.people import may_be_written_to
from crm.employers.records import ContactPerson, Employer
from crm.exchange.list_filters import (
    Asked,
    asked_cases,
    asked_contracts,
    asked_employers,
    asked_members,
    asked_needs,
    asked_placements,
    choice,
    number,
)
from crm.exchange.queries.efforts import every_effort
from crm.exchange.queries.whole import newest, newest_of_employers
from crm.jobcarving.queries.board import stage_list
from crm.jobcarving.rules import ON_BOARD, Stage
from crm.needs.queries import needs_list
from crm.network.queries.members import list_members
from crm.placements.queries.listing import placements
from crm.sroi.queries import to_review
from crm.sroi.queries.register import register
from crm.visits.records import ContactMoment
from crm.visits.rules import Purpose

MOST_REVIEWED = 10_000
T = TypeVar("T")


@dataclass(frozen=True)
class ListSpec:
    """A list to export: its permission, its columns (name of the value and heading) and its rows."""

    permission: Permission
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[Work, Asked], Iterator[Any]]


def cells(spec: ListSpec, row: Any) -> list[object]:
    """Return the values of one row, in the order of the columns; amounts in euro."""
    return [_cell(row, name) for name, _ in spec.columns]


def _cell(row: Any, name: str) -> object:
    value = attrgetter(name)(row)
    return Decimal(value) / 100 if name.endswith("_cents") else value


def list_named(work: Work, name: str) -> ListSpec:
    """Return a list that the actor may have; raises `NotFound` for another, `Forbidden` without the right."""
    spec = LISTS.get(name)
    if spec is None:
        raise NotFound()
    work.actor.require(spec.permission)
    return spec


def _employers(work: Work, asked: Asked) -> Iterator[Employer]:
    return every_employer(work, asked_employers(asked))


def _placements(work: Work, asked: Asked) -> Iterator[Any]:
    wanted = asked_placements(asked)
    return _paged(lambda page: placements(work, wanted, page))


def _contracts(work: Work, asked: Asked) -> Iterator[Any]:
    return _paged(lambda page: register(work, asked_contracts(asked), page).rows)


def _members(work: Work, asked: Asked) -> Iterator[Any]:
    wanted = asked_members(asked)
    return _paged(lambda page: list_members(work, wanted, page))


def _needs(work: Work, asked: Asked) -> Iterator[Any]:
    wanted = asked_needs(asked)
    return _paged(lambda page: needs_list(work, wanted, page).rows)


def _cases(work: Work, asked: Asked) -> Iterator[Any]:
    """Yield the cases of the board stage by stage, or of one stage."""
    wanted, only = asked_cases(asked), choice(asked, "stage", Stage)
    for stage in ON_BOARD if only is None else (only,):
        yield from _paged(partial(stage_list, work, wanted, stage))


def _moments(work: Work, asked: Asked) -> Iterator[Any]:
    for row in _table(ContactMoment)(work, asked):
        row.purposes = [Purpose(purpose) for purpose in row.purposes]
        yield row


def _table(
    model: type[Record], only: Callable[[], ColumnElement[bool]] = true
) -> Callable[[Work, Asked], Iterator[Any]]:
    """Return the rows of a table, of one employer when that is asked for, the last first.

    `only` leaves out what never goes out of the house, such as persons who want to be left alone.
    """

    def rows(work: Work, asked: Asked) -> Iterator[Any]:
        for record, name in newest_of_employers(work, model, only(), number(asked, "employer_id")):
            yield SimpleNamespace(**record.model_dump(), employer=name)

    return rows


def _paged(page_of: Callable[[int], Sequence[T]]) -> Iterator[T]:
    """Yield the rows of all pages of a screen."""
    page = 1
    while found := page_of(page):
        yield from found
        page += 1


_EMPLOYER = ("employer", N_("Employer"))
P = Permission
LISTS: dict[str, ListSpec] = {
    "employers": ListSpec(
        P.EMPLOYER_VIEW,
        (
            ("name", N_("Name")),
            ("kvk_number", N_("KvK number")),
            ("sbi_code", N_("SBI code")),
            ("staff_size", N_("Number of staff")),
            ("street", N_("Street")),
            ("postcode", N_("Postcode")),
            ("city", N_("Place")),
            ("segment", N_("Segment")),
            ("phone", N_("Phone")),
            ("website", N_("Website")),
            ("last_contact_on", N_("Last contact")),
            ("ceased_on", N_("Ceased on")),
        ),
        _employers,
    ),
    "contact-persons": ListSpec(
        P.VISIT_VIEW,
        (
            _EMPLOYER,
            ("name", N_("Name")),
            ("job_title", N_("Job title")),
            ("email", N_("E-mail address")),
            ("phone", N_("Phone")),
        ),
        _table(ContactPerson, may_be_written_to),
    ),
    "contact-moments": ListSpec(
        P.VISIT_VIEW,
        (
            _EMPLOYER,
            ("held_on", N_("Day")),
            ("kind", N_("Kind")),
            ("purposes", N_("Purpose")),
            ("summary", N_("Summary")),
        ),
        _moments,
    ),
    "placements": ListSpec(
        P.PLACEMENT_VIEW,
        (
            ("employer", N_("Employer")),
            ("reference", N_("Candidate")),
            ("group", N_("Target group")),
            ("job_title", N_("Job title")),
            ("hours", N_("Hours a week")),
            ("started_on", N_("Started on")),
            ("planned_end_on", N_("Planned end")),
            ("ended_on", N_("Ended on")),
        ),
        _placements,
    ),
    "contracts": ListSpec(
        P.CONTRACT_VIEW,
        (
            ("employer", N_("Contractor")),
            ("authority", N_("Authority")),
            ("title", N_("Title")),
            ("state", N_("State")),
            ("standing", N_("Standing")),
            ("obligation_cents", N_("Obligation")),
            ("approved_cents", N_("Approved")),
            ("needed_cents", N_("Still needed")),
            ("end_on", N_("Ends on")),
        ),
        _contracts,
    ),
    "efforts": ListSpec(
        P.CONTRACT_VIEW,
        (
            _EMPLOYER,
            ("contract", N_("Contract")),
            ("block_name", N_("Building block")),
            ("state", N_("State")),
            ("starts_on", N_("Starts on")),
            ("ends_on", N_("Ends on")),
        ),
        lambda work, _asked: every_effort(work),
    ),
    "review": ListSpec(
        P.EFFORT_REVIEW,
        (
            _EMPLOYER,
            ("contract", N_("Contract")),
            ("authority", N_("Authority")),
            ("block_name", N_("Building block")),
            ("value_cents", N_("Value")),
            ("submitted_at", N_("Handed in on")),
        ),
        lambda work, _asked: iter(to_review(work, MOST_REVIEWED)),
    ),
    "needs": ListSpec(
        P.VISIT_VIEW,
        (
            _EMPLOYER,
            ("kind", N_("Kind")),
            ("what", N_("What is asked")),
            ("urgency", N_("Haste")),
            ("phase", N_("Phase")),
            ("owner", N_("Who takes care of it")),
            ("raised_on", N_("Asked on")),
            ("reacted_on", N_("First reaction on")),
            ("closed_on", N_("Ended on")),
            ("outcome", N_("Outcome")),
        ),
        _needs,
    ),
    "cases": ListSpec(
        P.CARVING_VIEW,
        (
            _EMPLOYER,
            ("department", N_("Department")),
            ("stage", N_("Stage")),
            ("stage_since", N_("Since")),
            ("opened_on", N_("Opened on")),
            ("hours", N_("Hours a week")),
            ("owner", N_("Owner")),
        ),
        _cases,
    ),
    "members": ListSpec(
        P.NETWORK_VIEW,
        (
            ("employer", N_("Employer")),
            ("city", N_("Place")),
            ("motive", N_("Motive")),
            ("joined_on", N_("Member since")),
            ("left_on", N_("Left on")),
            ("introducer", N_("Introduced by")),
        ),
        _members,
    ),
    "candidates": ListSpec(
        P.CANDIDATE_VIEW,
        (
            ("reference", N_("Reference")),
            ("group", N_("Target group")),
            ("available_hours", N_("Hours a week")),
            ("registered_on", N_("Registered on")),
        ),
        lambda work, _asked: newest(work, Candidate),
    ),
}
