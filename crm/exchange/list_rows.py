"""The rows of the lists that can be had as a file, all pages of them, in the actor's scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, true

from crm.core.records import Record
from crm.core.work import Work
from crm.employers.queries.listing import every_employer
from crm.employers.records import Employer
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
from crm.exchange.queries.whole import newest_of_employers
from crm.jobcarving.queries.board import stage_list
from crm.jobcarving.rules import ON_BOARD, Stage
from crm.needs.queries import needs_list
from crm.network.queries.members import list_members
from crm.placements.queries.listing import placements
from crm.sroi.queries.register import register
from crm.visits.queries.outcomes import outcomes_from
from crm.visits.records import ContactMoment
from crm.visits.rules import Purpose

T = TypeVar("T")

_AT_ONCE = 500


def employers(work: Work, asked: Asked) -> Iterator[Employer]:
    """Yield the employers that a filter leaves."""
    return every_employer(work, asked_employers(asked))


def placed(work: Work, asked: Asked) -> Iterator[Any]:
    """Yield the placements that a filter leaves."""
    wanted = asked_placements(asked)
    return _paged(lambda page: placements(work, wanted, page))


def contracts(work: Work, asked: Asked) -> Iterator[Any]:
    """Yield the contracts that a filter leaves."""
    return _paged(lambda page: register(work, asked_contracts(asked), page).rows)


def members(work: Work, asked: Asked) -> Iterator[Any]:
    """Yield the members of the network that a filter leaves."""
    wanted = asked_members(asked)
    return _paged(lambda page: list_members(work, wanted, page))


def needs(work: Work, asked: Asked) -> Iterator[Any]:
    """Yield the needs that a filter leaves."""
    wanted = asked_needs(asked)
    return _paged(lambda page: needs_list(work, wanted, page).rows)


def on_board(work: Work, asked: Asked) -> Iterator[Any]:
    """Yield the cases of the board stage by stage, or of one stage."""
    wanted, only = asked_cases(asked), choice(asked, "stage", Stage)
    for stage in ON_BOARD if only is None else (only,):
        yield from _paged(partial(stage_list, work, wanted, stage))


def moments(work: Work, asked: Asked) -> Iterator[Any]:
    """Yield contact moments with their purposes and outcomes as what they are."""
    found = table(ContactMoment)(work, asked)
    while some := list(islice(found, _AT_ONCE)):
        outcomes = outcomes_from(work, [row.id for row in some])
        for row in some:
            row.purposes = [Purpose(purpose) for purpose in row.purposes]
            row.outcomes = list(outcomes.get(row.id, ()))
            yield row


def table(
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
