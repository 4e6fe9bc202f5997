"""The surroundings of one employer in the network: never the whole of it, however large it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import null, or_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.records import Employer
from crm.network.paths import Link
from crm.network.records import Membership, Tie

HOPS = 3
_LINKS_A_HOP = 400
_from, _to = aliased(Employer), aliased(Employer)


@dataclass(frozen=True)
class Neighbourhood:
    """Employers around one: their names, in which ring each lies (0 for the middle), and their links."""

    target_id: int
    names: Mapping[int, str]
    rings: Mapping[int, int]
    links: tuple[Link, ...]

    def brought_in(self) -> list[str]:
        """Return the names of the employers that the one in the middle brought into the network."""
        mine = (link for link in self.links if link.kind is None and link.from_id == self.target_id)
        return sorted(self.names[link.to_id] for link in mine)


def neighbourhood(work: Work, employer_id: int, hops: int = HOPS) -> Neighbourhood:
    """Return the employers that can be reached in a few hops, the newest links first where there are many.

    One query a hop; employers that the actor may not see are left out, and so is what lies behind them.
    """
    rings, names, links, edge = {employer_id: 0}, dict[int, str](), set[Link](), {employer_id}
    for hop in range(1, hops + 1):
        found, named = _links_at(work, edge)
        links |= found
        names |= named
        edge = named.keys() - rings.keys()
        rings |= dict.fromkeys(edge, hop)
        if not edge:
            break
    if not names:
        names = _name_of(work, employer_id)
    in_order = sorted(links, key=lambda link: (link.from_id, link.to_id, link.kind or ""))
    known = {found_id: ring for found_id, ring in rings.items() if found_id in names}
    return Neighbourhood(employer_id, names, known, tuple(in_order))


def _links_at(work: Work, edge: Collection[int]) -> tuple[set[Link], dict[int, str]]:
    """Return the links of some employers, and the names of all who are on either end of one."""
    ids = sorted(edge)
    introducer = col(Membership.introduced_by_employer_id)
    ties = _named(Tie.employer_id, Tie.other_employer_id, Tie.kind, Tie.since)
    ties = ties.where(or_(col(Tie.employer_id).in_(ids), col(Tie.other_employer_id).in_(ids)))
    brought = _named(introducer, Membership.employer_id, null(), Membership.joined_on)
    brought = brought.where(or_(introducer.in_(ids), col(Membership.employer_id).in_(ids)))
    both: Any = union_all(ties, brought)
    found = work.session.exec(both.order_by(both.selected_columns.since.desc()).limit(_LINKS_A_HOP)).all()
    links = {Link(row.from_id, row.to_id, row.kind) for row in found}
    names = {row.from_id: row.from_name for row in found} | {row.to_id: row.to_name for row in found}
    return links, names


def _named(from_id: Any, to_id: Any, kind: Any, since: Any) -> Any:
    columns: dict[str, Any] = {
        "from_id": from_id,
        "from_name": _from.name,
        "to_id": to_id,
        "to_name": _to.name,
        "kind": kind,
        "since": since,
    }
    asked: Any = select(*(column.label(name) for name, column in columns.items()))
    return asked.join(_from, col(_from.id) == from_id).join(_to, col(_to.id) == to_id)


def _name_of(work: Work, employer_id: int) -> dict[int, str]:
    found = work.session.exec(select(Employer.name).where(Employer.id == employer_id)).first()
    return {} if found is None else {employer_id: found}
