"""The weekly hours of a placement as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd

from crm.placements.rules import HoursFrom, hours_on


def hours_chart(history: Sequence[HoursFrom], until: date, day_title: str, hours_title: str) -> alt.Chart:
    """Return weekly hours as steps, from the first up to and including `until`."""
    steps = [(step.from_on, step.hours) for step in history if step.from_on <= until]
    drawn = [*steps, (until, hours_on(history, until))]
    frame = pd.DataFrame(
        [(pd.Timestamp(day), float(hours)) for day, hours in drawn], columns=["day", "hours"]
    )
    most = float(max((hours for _day, hours in drawn), default=1)) or 1
    chart: alt.Chart = (
        alt.Chart(frame, height=180)
        .mark_line(interpolate="step-after", strokeWidth=3)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%d-%m-%Y", tickCount=4, grid=False)),
            y=alt.Y(
                "hours:Q",
                title=hours_title,
                scale=alt.Scale(domain=[0, most * 1.15]),
                axis=alt.Axis(tickMinStep=4),
            ),
            tooltip=[
                alt.Tooltip("day:T", title=day_title, format="%d-%m-%Y"),
                alt.Tooltip("hours:Q", title=hours_title, format=".1~f"),
            ],
        )
    )
    return chart
