"""The filters of lists as they stand in an address, by the names of the fields of each filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from crm.candidates.rules import TargetGroup
from crm.employers.queries.listing import EmployerFilter, Order
from crm.employers.rules import Segment
from crm.events.queries import EventFilter, EventOrder
from crm.events.rules import EventKind
from crm.jobcarving.queries.board import BoardFilter
from crm.needs.queries import NeedFilter, NeedOrder
from crm.needs.rules import NeedKind
from crm.network.queries import MemberFilter, MemberOrder, PartyFilter, PartyOrder
from crm.network.rules import Motive, PartyKind
from crm.placements.queries.listing import PlacementFilter, PlacementOrder
from crm.placements.rules import PlacementState
from crm.sroi.queries.register import Order as ContractOrder
from crm.sroi.queries.register import RegisterFilter
from crm.sroi.queries.reviewing import ReviewFilter, ReviewOrder
from crm.sroi.rules.standing import Status
from crm.sroi.states import ContractState

T = TypeVar("T")
Asked = Mapping[str, str]
"""The filters in the address; what is not understood there counts as not asked."""


def asked_employers(asked: Asked) -> EmployerFilter:
    """Return the filter of the list of employers that stands in an address."""
    return EmployerFilter(
        text=asked.get("text", ""),
        municipality_id=number(asked, "municipality_id"),
        segment=choice(asked, "segment", Segment),
        holder_id=number(asked, "holder_id"),
        quiet="quiet" in asked,
        ceased="ceased" in asked,
        tag=asked.get("tag", ""),
        order=choice(asked, "order", Order) or Order.NAME,
    )


def asked_contracts(asked: Asked) -> RegisterFilter:
    """Return the filter of the register of contracts that stands in an address."""
    return RegisterFilter(
        text=asked.get("text", ""),
        authority_id=number(asked, "authority_id"),
        state=choice(asked, "state", ContractState),
        standing=choice(asked, "standing", Status),
        order=choice(asked, "order", ContractOrder) or ContractOrder.NEED,
        officer_id=number(asked, "officer_id"),
        tag=asked.get("tag", ""),
    )


def asked_placements(asked: Asked) -> PlacementFilter:
    """Return the filter of the list of placements that stands in an address."""
    return PlacementFilter(
        state=choice(asked, "state", PlacementState),
        employer=asked.get("employer", ""),
        group=choice(asked, "group", TargetGroup),
        order=choice(asked, "order", PlacementOrder) or PlacementOrder.LAST_STARTED,
    )


def asked_members(asked: Asked) -> MemberFilter:
    """Return the filter of the members of the network that stands in an address."""
    return MemberFilter(
        text=asked.get("text", ""),
        motive=choice(asked, "motive", Motive),
        dormant="dormant" in asked,
        left="left" in asked,
        order=choice(asked, "order", MemberOrder) or MemberOrder.NAME,
    )


def asked_parties(asked: Asked) -> PartyFilter:
    """Return the filter of the list of parties that stands in an address."""
    return PartyFilter(
        text=asked.get("text", ""),
        kind=choice(asked, "kind", PartyKind),
        ended="ended" in asked,
        order=choice(asked, "order", PartyOrder) or PartyOrder.NAME,
    )


def asked_events(asked: Asked) -> EventFilter:
    """Return the filter of the list of events that stands in an address."""
    return EventFilter(
        text=asked.get("text", ""),
        kind=choice(asked, "kind", EventKind),
        coming="coming" in asked,
        order=choice(asked, "order", EventOrder) or EventOrder.LATEST,
    )


def asked_cases(asked: Asked) -> BoardFilter:
    """Return the filter of the board of opportunities that stands in an address."""
    return BoardFilter(number(asked, "owner_id"), number(asked, "municipality_id"), asked.get("text", ""))


def asked_review(asked: Asked) -> ReviewFilter:
    """Return the filter of what waits for review that stands in an address."""
    return ReviewFilter(
        text=asked.get("text", ""),
        authority_id=number(asked, "authority_id"),
        order=choice(asked, "order", ReviewOrder) or ReviewOrder.OLDEST,
    )


def asked_needs(asked: Asked) -> NeedFilter:
    """Return the filter of the list of needs that stands in an address."""
    return NeedFilter(
        owner_id=number(asked, "owner_id"),
        kind=choice(asked, "kind", NeedKind),
        closed="closed" in asked,
        text=asked.get("text", ""),
        order=choice(asked, "order", NeedOrder) or NeedOrder.WAITING,
    )


def number(asked: Asked, name: str) -> int | None:
    """Return a number in an address."""
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def choice(asked: Asked, name: str, options: Callable[[str], T]) -> T | None:
    """Return one of some options in an address."""
    try:
        return options(asked[name])
    except (KeyError, ValueError):
        return None
