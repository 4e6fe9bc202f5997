"""How far an import may reach: which kinds of file, which regions and which authorities."""

from __future__ import annotations

from dataclasses import dataclass

from crm.core.access import Actor, Permission, visible
from crm.exchange.rules.runs import ImportKind

_KEPT_BY = {
    ImportKind.EMPLOYERS: Permission.EMPLOYER_EDIT,
    ImportKind.AWARDS: Permission.CONTRACT_EDIT,
}


@dataclass(frozen=True)
class Reach:
    """The regions and authorities whose records an import may change; `None` stands for all."""

    regions: frozenset[int] | None = None
    authorities: frozenset[int] | None = None

    def covers_region(self, region_id: int) -> bool:
        """Return whether records of this region may be changed."""
        return self.regions is None or region_id in self.regions

    def covers_authority(self, authority_id: int) -> bool:
        """Return whether contracts of this authority may be made and changed."""
        return self.authorities is None or authority_id in self.authorities


def reach_of(actor: Actor) -> Reach:
    """Return how far an actor's imports reach: as far as they see, administrators everywhere.

    An administrator keeps no cases, but sets up an installation and so brings in its first records.
    """
    if actor.may(Permission.USER_MANAGE):
        return Reach()
    scope = visible(actor)
    return Reach(scope.regions, scope.authorities)


def kinds_for(actor: Actor) -> tuple[ImportKind, ...]:
    """Return the kinds of file that an actor may bring in: what they keep themselves, administrators all."""
    if not actor.may(Permission.IMPORT_RUN):
        return ()
    everything = actor.may(Permission.USER_MANAGE)
    return tuple(kind for kind, kept_by in _KEPT_BY.items() if everything or actor.may(kept_by))
