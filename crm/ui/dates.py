"""Asking for a day.

A date field that gets a day outside its limits shows that in red and keeps the day it had: the server
never hears of it, and saving would write a date that nobody chose. So the limits are wide, and it is the
action that refuses a day.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, overload

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)

Width = Literal["stretch"] | int
Today = Literal["today"]


@overload
def ask_day(
    label: str,
    value: date | Today = "today",
    *,
    key: str | None = None,
    width: Width = "stretch",
    place: DeltaGenerator | None = None,
    disabled: bool = False,
) -> date: ...


@overload
def ask_day(
    label: str,
    value: date | None,
    *,
    key: str | None = None,
    width: Width = "stretch",
    place: DeltaGenerator | None = None,
    disabled: bool = False,
) -> date | None: ...


def ask_day(
    label: str,
    value: date | Today | None = "today",
    *,
    key: str | None = None,
    width: Width = "stretch",
    place: DeltaGenerator | None = None,
    disabled: bool = False,
) -> date | None:
    """Show a date field, on the page or in `place`, and return its day; None when it was left empty."""
    asked: date | None = (place or st).date_input(
        label, value, FIRST_DAY, LAST_DAY, key=key, format="DD-MM-YYYY", width=width, disabled=disabled
    )
    return asked
