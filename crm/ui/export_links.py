"""Links that hand a list over as a file, with the filters in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from crm.core.access import Actor, Permission
from crm.ui.words import _


def show_export(name: str, wanted: Any | None = None, *, about: str | None = None, **more: object) -> None:
    """Offer a list as CSV and as XLSX; `wanted` is the filter of the screen, `more` what goes beyond it.

    `about` says what is in the file when that is something else than the rows on the screen.
    """
    asked = filter_address(wanted, **more)
    with st.popover(_("Export"), icon=":material/download:", width="content"):
        st.caption(about or _("With exactly the rows that this list shows now, over all pages."))
        for kind, label in (("csv", _("As CSV")), ("xlsx", _("As an Excel file"))):
            st.link_button(label, f"/exports/{name}.{kind}" + (f"?{asked}" if asked else ""))


def filter_address(wanted: Any | None, **more: object) -> str:
    """Return a filter as it stands in an address; empty when nothing was chosen."""
    return urlencode(_asked({**_told(wanted), **more}))


def show_everything(actor: Actor) -> None:
    """Offer the administrator everything the organisation owns, in one archive."""
    if not actor.may(Permission.USER_MANAGE):
        return
    st.subheader(_("Take everything out"), anchor=False)
    st.caption(
        _(
            "One archive with a table for everything the organisation keeps here, and what each column "
            "means. Records of jobseekers are left out; an administrator does not see them."
        )
    )
    st.link_button(_("Download everything"), "/exports/everything.zip", icon=":material/folder_zip:")


def _told(wanted: Any | None) -> dict[str, object]:
    return {part.name: getattr(wanted, part.name) for part in fields(wanted)} if wanted is not None else {}


def _asked(told: Mapping[str, object]) -> dict[str, str]:
    """Return the filters that are set, as they stand in an address."""
    return {
        name: str(value.value if isinstance(value, Enum) else value)
        for name, value in told.items()
        if value not in (None, "", False)
    }
