"""The picture of the council figures: what was realised of what was imposed, by authority."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import altair as alt
import pandas as pd

Bar = tuple[str, Decimal, str]
"""A name, a percentage, and the percentage as it is read."""


def realised_chart(bars: Sequence[Bar], axis_title: str) -> alt.LayerChart | alt.FacetChart:
    """Return a bar for each name in percent of what was imposed, with a line at 100 %."""
    frame = pd.DataFrame(
        {
            "name": [name for name, _share, _shown in bars],
            "share": [float(share) for _name, share, _shown in bars],
            "shown": [shown for _name, _share, shown in bars],
        }
    )
    names = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=220))
    across = alt.X("share:Q", title=axis_title, axis=alt.Axis(tickCount=5, labelExpr="datum.value + ' %'"))
    base = alt.Chart(frame, height=max(90, 34 * len(bars) + 60))
    tips = [alt.Tooltip("name:N", title=" "), alt.Tooltip("shown:N", title="%")]
    drawn = base.mark_bar(size=20).encode(y=names, x=across, tooltip=tips)
    words = base.mark_text(align="left", dx=6, color="gray").encode(y=names, x="share:Q", text="shown:N")
    line = alt.Chart(pd.DataFrame({"share": [100]}))
    rule = line.mark_rule(strokeWidth=2, strokeDash=[4, 3], color="gray").encode(x="share:Q")
    return alt.layer(drawn, words, rule)
