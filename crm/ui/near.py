"""A button that asks the browser where somebody is, and keeps only names of places near.

The position comes rounded to about a kilometre, once and after a tap; the browser asks for consent. It is
read in the run that it arrives in, and what stays in the session is names of places.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from crm.ui.shell import STATIC
from crm.ui.words import _
from crm.visits.places import places_near

_HTML = """
<button type="button"></button>
<p role="status"></p>
"""
_PLACES = "near_places"

_button = st.components.v2.component(
    "near",
    html=_HTML,
    css=(STATIC / "near.css").read_text(encoding="utf-8"),
    js=(STATIC / "near.js").read_text(encoding="utf-8"),
)


def ask_places() -> list[str] | None:
    """Show the button and return the places near, the nearest first; None while nobody asked."""
    data = {
        "label": _("Near me"),
        "busy": _("Finding out where you are…"),
        "refused": _("Your device does not say where you are. Search for the employer by name."),
    }
    answer: Any = _button(key="near", data=data, on_near_change=lambda: None).get("near")
    if isinstance(answer, dict):
        st.session_state[_PLACES] = _places(answer)
    found: list[str] | None = st.session_state.get(_PLACES)
    return found


def _places(answer: dict[str, Any]) -> list[str]:
    latitude, longitude = answer.get("latitude"), answer.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return []
    return places_near(float(latitude), float(longitude))
