"""The whole network, read once into memory and again when it changed; shared by all who look at it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import String, func, null, type_coerce, union_all
from sqlmodel import col, select

from crm.core import clock
from crm.core.access import Permission
from crm.core.config import settings
from crm.core.work import Work, beyond_scope
from crm.employers.queries.archive import not_archived
from crm.employers.records import Employer
from crm.network.graph import Graph, Link, Node
from crm.network.records import Membership, Tie
from crm.network.records_changes import NetworkChange
from crm.network.records_parties import Party, PartyTalk, PartyTie
from crm.network.settings import KINDS

T = TypeVar("T")

# When somebody was spoken with is read along with the ties; that may lag this far behind.
_LASTS = timedelta(minutes=10)
_SEEN = "network"


@dataclass
class Whole:
    """The network as it was read at some moment, after the change with this id."""

    graph: Graph
    change_id: int
    read_at: datetime
    _reckoned: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, name: Hashable, reckon: Callable[[], T]) -> T:
        """Return what was reckoned under this name since the network was read, or reckon it now.

        It may lag as far behind as the network does: ten minutes. The name holds whatever the answer depends
        on beside the network, such as the scope of who asks and the day.
        """
        if name not in self._reckoned:
            self._reckoned[name] = reckon()
        return cast(T, self._reckoned[name])


class _Shelf:
    """Where the network of one database stands, and who is reading it anew."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.whole: Whole | None = None


# A process serves one installation; a test or a benchmark one after the other.
@lru_cache(maxsize=4)
def _shelf(_database: str, _installation: str) -> _Shelf:
    return _Shelf()


def network(work: Work) -> Whole:
    """Return the network of everybody; whoever walks it must keep to the regions of its own actor.

    Who may not see the network, or only some employers, gets an empty one. One unit of work looks at
    one state of it. Reads it when it changed, or when it is older than ten minutes.
    """
    if work.scope.employers is not None or not work.actor.may(Permission.NETWORK_VIEW):
        return Whole(Graph((), ()), 0, clock.now())
    if (seen := work.session.info.get(_SEEN)) is not None:
        return cast(Whole, seen)
    found = work.session.info[_SEEN] = _newest(work)
    return found


def _newest(work: Work) -> Whole:
    shelf = _shelf(str(work.session.get_bind().engine.url), str(settings().data_dir))
    change_id = work.session.exec(select(func.max(NetworkChange.id))).one() or 0
    if _is_fresh(shelf.whole, change_id):
        return _held(shelf)
    with shelf.lock:
        if not _is_fresh(shelf.whole, change_id):
            shelf.whole = _read(work, change_id)
    return _held(shelf)


def _is_fresh(whole: Whole | None, change_id: int) -> bool:
    return whole is not None and whole.change_id == change_id and whole.read_at + _LASTS > clock.now()


def _held(shelf: _Shelf) -> Whole:
    if shelf.whole is None:
        raise RuntimeError("the network was not read")
    return shelf.whole


def _read(work: Work, change_id: int) -> Whole:
    with beyond_scope(work.actor, Permission.NETWORK_VIEW) as unit:
        return Whole(Graph(_nodes(unit), _links(unit)), change_id, clock.now())


def _nodes(work: Work) -> Iterator[Node]:
    employers = _columns(Employer.id, Employer.region_id, Employer.last_contact_on)
    parties = (
        _columns(-col(Party.id), Party.region_id, func.max(PartyTalk.held_on))
        .outerjoin(PartyTalk, col(PartyTalk.party_id) == Party.id)
        .where(col(Party.ended_on).is_(None))
        .group_by(col(Party.id), col(Party.region_id))
    )
    ours = employers.where(col(Employer.ceased_on).is_(None), not_archived())
    both: Any = union_all(ours, parties)
    for party_id, region_id, spoken_on in work.session.exec(both):
        yield Node(party_id, region_id, spoken_on)


def _links(work: Work) -> Iterator[Link]:
    brought = _columns(Membership.introduced_by_employer_id, Membership.employer_id, null())
    other = func.coalesce(PartyTie.tied_employer_id, -col(PartyTie.tied_party_id))
    every: Any = union_all(
        _columns(Tie.employer_id, Tie.other_employer_id, type_coerce(Tie.kind, String)),
        brought.where(col(Membership.introduced_by_employer_id).is_not(None)),
        _columns(-col(PartyTie.party_id), other, type_coerce(PartyTie.kind, String)),
    )
    kinds = {kind.value if kind else None: kind for kind in KINDS}
    for from_id, to_id, kind in work.session.exec(every):
        yield Link(from_id, to_id, kinds[kind])


def _columns(*columns: Any) -> Any:
    return select(*columns)
