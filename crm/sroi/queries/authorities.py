"""Which contracting authorities there are."""

from __future__ import annotations

from sqlmodel import select

from crm.core.work import Work
from crm.sroi.records import Authority


def authorities(work: Work) -> dict[int, str]:
    """Return every authority in the actor's regions, by id, in order of name.

    For assigning officers; whose contracts one may see follows from the actor's own authorities.
    """
    found = select(Authority.id, Authority.name).order_by(Authority.name)
    return {int(authority_id or 0): name for authority_id, name in work.session.exec(found)}
