"""The bar of a contract: what is approved, what waits for review, what is still needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

SHADES = [1.0, 0.5, 0.15]
"""How full the colour of each part is, so that one hue tells them apart in light and dark."""


@dataclass(frozen=True)
class Part:
    """One part of the bar: its name, its whole cents, and the amount as it is read."""

    name: str
    amount_cents: int
    shown: str


def progress_bar(parts: Sequence[Part]) -> alt.Chart:
    """Return a bar of parts in order; the axis is in whole euros in Dutch notation."""
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
    chart: alt.Chart = (
        alt.Chart(frame, height=110)
        .mark_bar(size=28)
        .encode(
            x=alt.X("cents:Q", stack="zero", axis=axis),
            opacity=alt.Opacity(
                "part:N", sort=names, scale=alt.Scale(type="ordinal", domain=names, range=SHADES), title=None
            ).legend(orient="bottom", labelLimit=240),
            order=alt.Order("order:Q"),
            tooltip=[alt.Tooltip("part:N", title=" "), alt.Tooltip("shown:N", title="€")],
        )
    )
    return chart
