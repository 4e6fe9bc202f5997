"""The lists that can be had as a file: who may have them, which rows, which columns.

Rows come from the same queries as the screens, in the actor's scope and with the filters in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from crm.candidates.records import Candidate
from crm.core.access import Permission
from crm.core.errors import NotFound
from crm.core.i18n import N_
from crm.core.work import Work
from crm.employers.queries.people import may_be_written_to
from crm.employers.records import ContactPerson
from crm.events.queries import list_events
from crm.exchange import list_rows
from crm.exchange.list_filters import Asked, asked_events, asked_parties, asked_review
from crm.exchange.queries.efforts import every_effort
from crm.exchange.queries.whole import newest
from crm.network.queries import list_parties
from crm.sroi.queries import to_review

MOST_REVIEWED = 10_000


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
        list_rows.employers,
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
        list_rows.table(ContactPerson, may_be_written_to),
    ),
    "contact-moments": ListSpec(
        P.VISIT_VIEW,
        (
            _EMPLOYER,
            ("held_on", N_("Day")),
            ("kind", N_("Kind")),
            ("purposes", N_("Purpose")),
            ("outcomes", N_("Outcome")),
            ("summary", N_("Summary")),
        ),
        list_rows.moments,
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
        list_rows.placed,
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
        list_rows.contracts,
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
        lambda work, asked: iter(to_review(work, MOST_REVIEWED, asked_review(asked))),
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
        list_rows.needs,
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
        list_rows.on_board,
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
        list_rows.members,
    ),
    "parties": ListSpec(
        P.NETWORK_VIEW,
        (
            ("name", N_("Name")),
            ("kind", N_("Kind")),
            ("municipality", N_("Municipality")),
            ("ties", N_("Ties")),
            ("last_spoken_on", N_("Spoken on")),
        ),
        lambda work, asked: iter(list_parties(work, asked_parties(asked))),
    ),
    "events": ListSpec(
        P.NETWORK_VIEW,
        (
            ("title", N_("Title")),
            ("kind", N_("Kind of event")),
            ("starts_at", N_("Starts at")),
            ("place", N_("Place")),
            ("employers", N_("Employers")),
            ("candidates", N_("Candidates")),
            ("cancelled_on", N_("Cancelled on")),
        ),
        lambda work, asked: iter(list_events(work, asked_events(asked))),
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
