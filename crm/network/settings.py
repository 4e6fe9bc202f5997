"""The figures of the business network, from `data/network.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crm.core.config import PROJECT_ROOT
from crm.network.rules import PartyTieKind, TieKind

_FILE = PROJECT_ROOT / "data" / "network.toml"

Kind = TieKind | PartyTieKind | None
"""How two parties are linked; None when the first brought the second into the network."""

KINDS: tuple[Kind, ...] = (None, *TieKind, *PartyTieKind)


@dataclass(frozen=True)
class Settings:
    """When a member sleeps (months), when and until when a new employer is invited (weeks and days after the
    start), and what a step costs (points).
    """

    dormant_months: int
    invite_after_weeks: int
    invite_until_days: int
    days_per_point: int
    most_points: int
    points: Mapping[Kind, int]

    @property
    def code_points(self) -> tuple[int, ...]:
        """What a step costs, by the place of its kind in `KINDS`."""
        return tuple(self.points[kind] for kind in KINDS)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the figures; a kind of tie without one stops the program at its first use."""
    with _FILE.open("rb") as source:
        read = tomllib.load(source)
    warmth = read["warmth"]
    points: dict[Kind, int] = {None: warmth["ties"]["introduced"]}
    points |= {kind: warmth["ties"][kind.value] for kind in TieKind}
    points |= {kind: warmth["party_ties"][kind.value] for kind in PartyTieKind}
    return Settings(
        dormant_months=read["members"]["dormant_months"],
        invite_after_weeks=read["invitations"]["weeks"],
        invite_until_days=read["invitations"]["latest_days"],
        days_per_point=warmth["days_per_point"],
        most_points=warmth["most"],
        points=points,
    )
