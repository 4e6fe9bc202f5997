"""Small tables to read: Markdown in the cells, amounts at the right and never broken in two."""

from __future__ import annotations

from collections.abc import Collection
from zlib import crc32

import pandas as pd
import streamlit as st

_NO_BREAK = "\N{NO-BREAK SPACE}"


def show_table(frame: pd.DataFrame, alt: str, right: Collection[str] = ()) -> None:
    """Show a table of texts; the columns named in `right` hold amounts. `alt` names it for screen readers."""
    shown = frame.copy()
    for name in right:
        shown[name] = [str(cell).replace(" ", _NO_BREAK) for cell in frame[name]]
    places = [place for place, name in enumerate(frame.columns) if name in right]
    # Streamlit writes its own alignment on every cell, so ours has to insist.
    styles = [
        {"selector": f"{cell}.col{place}", "props": "text-align: right !important"}
        for place in places
        for cell in ("th", "td")
    ]
    # A name of its own for each table, the same on every run, so that nothing is drawn again in vain.
    styled = shown.style.set_uuid(f"{crc32(alt.encode()):x}").set_table_styles(styles)  # type: ignore[arg-type]
    st.table(styled, border="horizontal", hide_index=True, alt=alt)
