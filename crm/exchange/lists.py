"""The lists that can be had as a file: who may have them, which rows, which columns.

Rows come from the same queries as the screens, in the actor's scope and with the filters in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, true

from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.i18n import N_
from crm.core.records import Record
from crm.core.work import Work
from crm.employers.queries.listing import EmployerFilter, Order, every_employer
from crm.employers.queries.people import may_be_written_to
from crm.employers.records import ContactPerson, Employer
from crm.employers.rules import Segment
from crm.exchange.queries.whole import newest, newest_of_employers
from crm.jobcarving.records import CarvingCase
from crm.network.queries.members import MemberFilter, list_members
from crm.network.rules import Motive
from crm.placements.queries.listing import PlacementFilter, placements
from crm.placements.rules import PlacementState
from crm.sroi.queries.register import Order as ContractOrder
from crm.sroi.queries.register import RegisterFilter, register
from crm.sroi.records import Effort
from crm.sroi.rules.standing import Status
from crm.sroi.states import ContractState
from crm.visits.records import ContactMoment

T = TypeVar("T")
Asked = Mapping[str, str]
"""The filters in the address, by the names of the fields of the list's filter."""


@dataclass(frozen=True)
class ListSpec:
    """A list to export: its permission, its columns (name of the value and heading) and its rows."""

    permission: Permission
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[Work, Asked], Iterator[Any]]


def cells(spec: ListSpec, row: Any) -> list[object]:
    """Return the values of one row, in the order of the columns."""
    return [getattr(row, name) for name, _ in spec.columns]


def list_named(work: Work, name: str) -> ListSpec:
    """Return a list that the actor may have; raises `NotFound` for another, `Forbidden` without the right."""
    spec = LISTS.get(name)
    if spec is None:
        raise NotFound()
    work.actor.require(spec.permission)
    return spec


def asked_employers(asked: Asked) -> EmployerFilter:
    """Return the filter of the list of employers that stands in an address."""
    return EmployerFilter(
        text=asked.get("text", ""),
        municipality_id=_number(asked, "municipality_id"),
        segment=_choice(asked, "segment", Segment),
        holder_id=_number(asked, "holder_id"),
        quiet="quiet" in asked,
        ceased="ceased" in asked,
        order=_choice(asked, "order", Order) or Order.NAME,
    )


def asked_contracts(asked: Asked) -> RegisterFilter:
    """Return the filter of the register of contracts that stands in an address."""
    return RegisterFilter(
        text=asked.get("text", ""),
        authority_id=_number(asked, "authority_id"),
        state=_choice(asked, "state", ContractState),
        standing=_choice(asked, "standing", Status),
        order=_choice(asked, "order", ContractOrder) or ContractOrder.NEED,
    )


def _employers(work: Work, asked: Asked) -> Iterator[Employer]:
    return every_employer(work, asked_employers(asked))


def _placements(work: Work, asked: Asked) -> Iterator[Any]:
    wanted = PlacementFilter(
        _choice(asked, "state", PlacementState),
        asked.get("employer", ""),
        _choice(asked, "group", TargetGroup),
    )
    return _paged(lambda page: placements(work, wanted, page))


def _contracts(work: Work, asked: Asked) -> Iterator[Any]:
    return _paged(lambda page: register(work, asked_contracts(asked), page).rows)


def _members(work: Work, asked: Asked) -> Iterator[Any]:
    wanted = MemberFilter(
        asked.get("text", ""), _choice(asked, "motive", Motive), "dormant" in asked, "left" in asked
    )
    return _paged(lambda page: list_members(work, wanted, page))


def _table(
    model: type[Record], only: Callable[[], ColumnElement[bool]] = true
) -> Callable[[Work, Asked], Iterator[Any]]:
    """Return the rows of a table, of one employer when that is asked for, the last first.

    `only` leaves out what never goes out of the house, such as persons who want to be left alone.
    """

    def rows(work: Work, asked: Asked) -> Iterator[Any]:
        for record, name in newest_of_employers(work, model, only(), _number(asked, "employer_id")):
            yield SimpleNamespace(**record.model_dump(), employer=name)

    return rows


def _paged(page_of: Callable[[int], Sequence[T]]) -> Iterator[T]:
    """Yield the rows of all pages of a screen."""
    page = 1
    while found := page_of(page):
        yield from found
        page += 1


def _number(asked: Asked, name: str) -> int | None:
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def _choice(asked: Asked, name: str, options: Callable[[str], T]) -> T | None:
    try:
        return options(asked[name])
    except (KeyError, ValueError):
        return None


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
        _table(ContactMoment),
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
            ("end_on", N_("Ends on")),
        ),
        _contracts,
    ),
    "efforts": ListSpec(
        P.CONTRACT_VIEW,
        (
            _EMPLOYER,
            ("contract_id", N_("Contract")),
            ("block", N_("Building block")),
            ("state", N_("State")),
            ("starts_on", N_("Starts on")),
            ("ends_on", N_("Ends on")),
        ),
        _table(Effort),
    ),
    "cases": ListSpec(
        P.CARVING_VIEW,
        (
            _EMPLOYER,
            ("department", N_("Department")),
            ("stage", N_("Stage")),
            ("stage_since", N_("Since")),
            ("opened_on", N_("Opened on")),
            ("signal", N_("Signal")),
        ),
        _table(CarvingCase),
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
