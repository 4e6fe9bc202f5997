"""The bar of a contract: what is approved, what waits for review, what is expected, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

SHADES = [1.0, 0.7, 0.45, 0.25, 0.08]
"""How full the colour of each part is, so that one hue tells them apart in light and dark."""


@dataclass(frozen=True)
class Part:
    """One part of the bar: its name, its whole cents, and the amount as it is read."""

    name: str
    amount_cents: int
    shown: str


@dataclass(frozen=True)
class Mark:
    """A line across the bar: where one would be today when all went evenly, in whole cents."""

    name: str
    at_cents: int


def progress_bar(
    parts: Sequence[Part], obligation_cents: int, mark: Mark | None = None
) -> alt.LayerChart | alt.FacetChart:
    """Return a bar of parts in order, with the obligation and today marked; the axis is in whole euros."""
    frame = pd.DataFrame(
        {
            "part": [part.name for part in parts],
            "cents": [part.amount_cents for part in parts],
            "shown": [part.shown for part in parts],
            "order": range(len(parts)),
        }
    )
    axis = alt.Axis(
        title=None,
        tickCount=5,
        labelExpr="'€ ' + replace(format(datum.value / 100, ',.0f'), /,/g, '.')",
    )
    names = [part.name for part in parts]
    bar = (
        alt.Chart(frame, height=225)
        .mark_bar(size=28)
        .encode(
            x=alt.X("cents:Q", stack="zero", axis=axis),
            opacity=alt.Opacity(
                "part:N", sort=names, scale=alt.Scale(type="ordinal", domain=names, range=SHADES), title=None
            ).legend(orient="bottom", labelLimit=240, columns=2),
            order=alt.Order("order:Q"),
            tooltip=[alt.Tooltip("part:N", title=" "), alt.Tooltip("shown:N", title="€")],
        )
    )
    marks = [Mark("", obligation_cents), *([mark] if mark else [])]
    lines = pd.DataFrame({"cents": [one.at_cents for one in marks], "name": [one.name for one in marks]})
    rule = alt.Chart(lines).mark_rule(strokeWidth=2, strokeDash=[4, 3], color="gray").encode(x="cents:Q")
    # Beside its line: on it, the line would go through the word.
    word = alt.Chart(lines).mark_text(dy=-20, dx=4, align="left", color="gray")
    word = word.encode(x="cents:Q", text="name:N")
    return alt.layer(bar, rule, word)
