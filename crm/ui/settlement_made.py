"""A final statement that was made: its check code, its downloads and its versions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import LANGUAGES
from crm.sroi.queries.statements import Settlement
from crm.ui.tables import show_table
from crm.ui.words import _, moment, plain


def show(actor: Actor, found: Settlement) -> None:
    """Show the current statement with its downloads, and the versions before it."""
    current = found.made[0]
    with st.container(border=True):
        st.markdown(
            _(
                "Final statement, version {number} · check code **{code}**",
                number=current.number,
                code=current.code,
            )
        )
        if actor.may(Permission.STATEMENT_VIEW):
            links(current.id)
    if len(found.made) > 1:
        _versions(found)


def links(statement_id: int) -> None:
    """Offer a statement as a PDF in each language, and as a table."""
    with st.container(horizontal=True):
        for code, name in LANGUAGES.items():
            st.link_button(
                _("PDF ({name})", name=name),
                f"/statements/{statement_id}.pdf?language={code}",
                icon=":material/picture_as_pdf:",
            )
        st.link_button(
            _("Table for a spreadsheet"), f"/statements/{statement_id}.csv", icon=":material/table_view:"
        )


def _versions(found: Settlement) -> None:
    frame = pd.DataFrame(
        [
            (
                str(row.number),
                plain(row.paper.reason) or "–",
                f"{moment(row.made_at)} · {plain(row.made_by)}",
                row.code,
            )
            for row in found.made
        ],
        columns=[_("Version"), _("Why it was made anew"), _("Made"), _("Check code")],
    )
    show_table(frame, _("Versions of the statement"))
