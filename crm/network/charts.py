"""A picture of an employer in the network: itself in the middle, two rings around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Any

import altair as alt
import pandas as pd

from crm.network.clusters import Map
from crm.network.queries import Neighbourhood

MOST_NEAR = 12
MOST_BEHIND_ONE = 3
_MOST_IN_ALL = 18
_NAME_LENGTH = 22

Place = tuple[float, float]


@dataclass(frozen=True)
class Picture:
    """The employers and ties of a picture as tables, and whether some did not fit."""

    employers: pd.DataFrame
    ties: pd.DataFrame
    is_whole: bool


def picture(around: Neighbourhood) -> Picture:
    """Return where the employers of two rings stand, each of the second ring behind the one it hangs from.

    Only the ties that lead outwards are drawn; the others would make it unreadable.
    """
    near = sorted(found for found, ring in around.rings.items() if ring == 1)[:MOST_NEAR]
    behind = _behind(around, near)
    places = {around.target_id: (0.0, 0.0), **_places(near, behind)}
    drawn = [(around.target_id, found) for found in near]
    drawn += [(parent, found) for parent, children in behind.items() for found in children]
    return Picture(
        pd.DataFrame(
            [(_short(around.names[found]), around.rings[found], *place) for found, place in places.items()],
            columns=["name", "ring", "x", "y"],
        ),
        pd.DataFrame(
            [(*places[inner], *places[outer]) for inner, outer in drawn], columns=["x", "y", "x2", "y2"]
        ),
        is_whole=len(places) == sum(ring <= 2 for ring in around.rings.values()),
    )


def picture_chart(shown: Picture, ink: str) -> dict[str, Any]:
    """Return the picture as a Vega-Lite chart, its words and lines in the colour `ink`.

    The dots follow the theme.
    """
    return {**_drawing(ink), "datasets": {"employers": shown.employers, "ties": shown.ties}}


def clusters_frame(found: Map, labels: Sequence[str], chosen: int) -> dict[str, pd.DataFrame]:
    """Return the clusters and what runs between them as tables; the chosen one is marked."""
    groups = [
        (_short(labels[number]), len(cluster.party_ids), number == chosen, *cluster.place)
        for number, cluster in enumerate(found.clusters)
    ]
    lines = [
        (*found.clusters[one].place, *found.clusters[other].place, count)
        for one, other, count in found.between
    ]
    return {
        "groups": pd.DataFrame(groups, columns=["name", "size", "chosen", "x", "y"]),
        "lines": pd.DataFrame(lines, columns=["x", "y", "x2", "y2", "count"]),
    }


def clusters_chart(frames: dict[str, pd.DataFrame], ink: str) -> dict[str, Any]:
    """Return the map of clusters as a Vega-Lite chart, its words and lines in the colour `ink`."""
    return {**_clusters_drawing(ink), "datasets": frames}


@lru_cache(maxsize=8)
def _clusters_drawing(ink: str) -> dict[str, Any]:
    room = alt.Scale(nice=False, zero=False, padding=34)
    x, y = alt.X("x:Q", axis=None, scale=room), alt.Y("y:Q", axis=None, scale=room)
    lines, groups = alt.Chart(alt.NamedData("lines")), alt.Chart(alt.NamedData("groups"))
    width = alt.StrokeWidth("count:Q", legend=None, scale=alt.Scale(range=[0.5, 5]))
    ties = lines.mark_rule(opacity=0.2, color=ink).encode(x=x, y=y, x2="x2:Q", y2="y2:Q", strokeWidth=width)
    told = [alt.Tooltip("name:N", title=" "), alt.Tooltip("size:Q", title="n")]
    base = groups.encode(x=x, y=y, tooltip=told)
    sizes = alt.Size("size:Q", legend=None, scale=alt.Scale(type="sqrt", range=[120, 1500]))
    faint = alt.condition("datum.chosen", alt.value(1), alt.value(0.5))
    dots = base.mark_circle().encode(size=sizes, opacity=faint)
    # No name is wider than the column it stands in, also on a phone.
    column = alt.ExprRef("width / 6 - 4")
    names = base.mark_text(fontSize=11, limit=column, color=ink, dy=30).encode(text="name:N")
    drawn: dict[str, Any] = alt.layer(ties, dots, names).properties(height=460).to_dict()
    return drawn


# Checking a drawing takes Altair far longer than making it, and it is the same for every employer.
@lru_cache(maxsize=8)
def _drawing(ink: str) -> dict[str, Any]:
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2.9, 2.9]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-2.3, 2.3]))
    ties, employers = alt.Chart(alt.NamedData("ties")), alt.Chart(alt.NamedData("employers"))
    lines = ties.mark_rule(opacity=0.4, color=ink).encode(x=x, y=y, x2="x2:Q", y2="y2:Q")
    base = employers.encode(x=x, y=y, tooltip=alt.Tooltip("name:N", title=" "))
    sizes = alt.Scale(domain=[0, 1, 2], range=[420, 160, 70])
    dots = base.mark_circle(opacity=1).encode(size=alt.Size("ring:O", legend=None, scale=sizes))
    names = base.mark_text(dy=-16, fontSize=12, limit=150, color=ink).encode(text="name:N")
    drawn: dict[str, Any] = alt.layer(lines, dots, names).properties(height=460).to_dict()
    return drawn


def _behind(around: Neighbourhood, near: Sequence[int]) -> dict[int, list[int]]:
    """Return the employers of the second ring behind those of the first, each behind one only."""
    room = max(2, min(MOST_BEHIND_ONE, _MOST_IN_ALL // max(len(near), 1)))
    behind: dict[int, list[int]] = {found: [] for found in near}
    placed: set[int] = set()
    for link in around.links:
        for inner, outer in ((link.from_id, link.to_id), (link.to_id, link.from_id)):
            fits = inner in behind and around.rings[outer] == 2 and len(behind[inner]) < room
            if fits and outer not in placed:
                behind[inner].append(outer)
                placed.add(outer)
    return behind


def _places(near: Sequence[int], behind: Mapping[int, Sequence[int]]) -> dict[int, Place]:
    turn = 2 * pi / max(len(near), 1)
    places: dict[int, Place] = {}
    for number, found in enumerate(near):
        middle = pi / 2 - turn * number
        places[found] = _on_circle(middle, 1.0)
        children = behind[found]
        for order, child in enumerate(children):
            spread = min(turn, pi / 2) * ((order + 0.5) / len(children) - 0.5)
            places[child] = _on_circle(middle - spread, 2.0)
    return places


def _on_circle(angle: float, radius: float) -> Place:
    return radius * cos(angle), radius * sin(angle)


def _short(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
