"""A picture of an employer in the network: itself in the middle, two rings around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

import altair as alt
import pandas as pd

from crm.network.queries import Neighbourhood

MOST_IN_RING = {1: 12, 2: 18}
_NAME_LENGTH = 22


@dataclass(frozen=True)
class Picture:
    """The employers and ties of a picture as tables, and whether some did not fit."""

    employers: pd.DataFrame
    ties: pd.DataFrame
    is_whole: bool


def picture(around: Neighbourhood) -> Picture:
    """Return where the employers of two rings stand; each of the second ring near the one it hangs from."""
    parents = _parents(around)
    ring_1 = sorted(found for found, ring in around.rings.items() if ring == 1)[: MOST_IN_RING[1]]
    order = {found: place for place, found in enumerate(ring_1)}
    hanging = [found for found, ring in around.rings.items() if ring == 2 and parents[found] in order]
    ring_2 = sorted(hanging, key=lambda found: (order[parents[found]], found))[: MOST_IN_RING[2]]
    places = {around.target_id: (0.0, 0.0), **_circle(ring_1, 1.0), **_circle(ring_2, 2.0)}
    drawn = [link for link in around.links if link.from_id in places and link.to_id in places]
    inside = sum(ring <= 2 for ring in around.rings.values())
    return Picture(
        pd.DataFrame(
            [(_short(around.names[found]), around.rings[found], x, y) for found, (x, y) in places.items()],
            columns=["name", "ring", "x", "y"],
        ),
        pd.DataFrame(
            [(*places[link.from_id], *places[link.to_id]) for link in drawn], columns=["x", "y", "x2", "y2"]
        ),
        len(places) == inside,
    )


def picture_chart(shown: Picture) -> Any:
    """Return the picture as a chart; colours come from the theme."""
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2.9, 2.9]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-2.3, 2.3]))
    lines = alt.Chart(shown.ties).mark_rule(opacity=0.35).encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
    base = alt.Chart(shown.employers).encode(x=x, y=y, tooltip=alt.Tooltip("name:N", title=" "))
    dots = base.mark_circle(opacity=1).encode(
        size=alt.Size("ring:O", legend=None, scale=alt.Scale(domain=[0, 1, 2], range=[420, 160, 70]))
    )
    names = base.mark_text(dy=-14, fontSize=12, limit=150).encode(text="name:N")
    return alt.layer(lines, dots, names).properties(height=460)


def _parents(around: Neighbourhood) -> Mapping[int, int]:
    parents: dict[int, int] = {}
    for link in around.links:
        for inner, outer in ((link.from_id, link.to_id), (link.to_id, link.from_id)):
            if around.rings[outer] == around.rings[inner] + 1:
                parents.setdefault(outer, inner)
    return parents


def _circle(ring: list[int], radius: float) -> dict[int, tuple[float, float]]:
    turn = 2 * pi / max(len(ring), 1)
    return {
        found: (radius * cos(pi / 2 - turn * place), radius * sin(pi / 2 - turn * place))
        for place, found in enumerate(ring)
    }


def _short(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
