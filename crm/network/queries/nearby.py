"""The surroundings of one employer in the network: never the whole of it, however large it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import null, or_, union_all
from sqlmodel import col, select

from crm.core.work import Work
from crm.employers.records import Employer
from crm.network.paths import Link
from crm.network.records import Membership, Tie

HOPS = 3
_LINKS_A_HOP = 400


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

    One query a hop and one for the names; employers that the actor may not see are left out.
    """
    rings, links, edge = {employer_id: 0}, set[Link](), {employer_id}
    for hop in range(1, hops + 1):
        found = _links_at(work, edge)
        links |= found
        edge = {end for link in found for end in (link.from_id, link.to_id)} - rings.keys()
        rings |= dict.fromkeys(edge, hop)
        if not edge:
            break
    names = _names(work, rings)
    seen = sorted(
        (link for link in links if link.from_id in names and link.to_id in names),
        key=lambda link: (link.from_id, link.to_id, link.kind or ""),
    )
    return Neighbourhood(
        employer_id, names, {found: ring for found, ring in rings.items() if found in names}, tuple(seen)
    )


def _links_at(work: Work, edge: Collection[int]) -> set[Link]:
    ids = sorted(edge)
    introducer = col(Membership.introduced_by_employer_id)
    ties: Any = select(Tie.employer_id, Tie.other_employer_id, Tie.kind, col(Tie.since).label("since"))
    ties = ties.where(or_(col(Tie.employer_id).in_(ids), col(Tie.other_employer_id).in_(ids)))
    brought: Any = select(introducer, Membership.employer_id, null(), Membership.joined_on)
    brought = brought.where(
        introducer.is_not(None), or_(introducer.in_(ids), col(Membership.employer_id).in_(ids))
    )
    both: Any = union_all(ties, brought)
    found = both.order_by(both.selected_columns.since.desc()).limit(_LINKS_A_HOP)
    return {Link(from_id, to_id, kind) for from_id, to_id, kind, _since in work.session.exec(found)}


def _names(work: Work, ids: Collection[int]) -> dict[int, str]:
    found = select(Employer.id, Employer.name).where(col(Employer.id).in_(sorted(ids)))
    return {int(employer_id or 0): name for employer_id, name in work.session.exec(found)}
