"""Who opens doors, what we do not reach, and what came of who brought whom."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm.network.queries import BrokerRow, Reach, ReachRow
from crm.referrals.queries import HarvestRow
from crm.referrals.rules import Harvest
from crm.ui.employers import sector
from crm.ui.parties import open_party
from crm.ui.tables import show_table
from crm.ui.words import _, n_, plain, whole_euros

_LEAST = 8
_MOST_DOORS = 10


def show_brokers(rows: Sequence[BrokerRow]) -> None:
    """Show through whom we reach most employers that we do not know, each in a sentence."""
    st.subheader(_("Who opens doors?"), anchor=False)
    st.caption(
        _("Counted: employers we did not speak with in two years, tied to somebody we did speak with.")
    )
    if not rows:
        st.info(_("Nobody opens a door yet. Add ties between employers you know and employers you do not."))
    for row in rows[:_MOST_DOORS]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(_sentence(row), width="content")
            if st.button(_("Open"), key=f"door_{row.party_id}", type="tertiary"):
                open_party(row.party_id)


def show_reach(found: Reach) -> None:
    """Show the sectors and municipalities that we reach least, as two tables."""
    st.subheader(_("What we do not reach"), anchor=False)
    st.caption(_("Reached: spoken with in the last two years."))
    sectors, places = st.columns(2, gap="medium")
    with sectors:
        _table(found.sectors, _("Sector"), _("Sectors that we reach least"), in_words=True)
    with places:
        _table(found.places, _("Municipality"), _("Municipalities that we reach least"), in_words=False)


def show_harvest(rows: Sequence[HarvestRow], with_value: bool) -> None:
    """Show what came of who brought or pointed whom."""
    st.subheader(_("What came of it"), anchor=False)
    st.caption(
        _(
            "What began at an employer within two years after somebody brought it in or pointed us to it. "
            "Each counts once, for whoever came last before it."
        )
    )
    if not rows:
        st.info(_("Nobody pointed us to anybody yet. Note it as a tie, or with the membership."))
        return
    fruitful = [row for row in rows if _came(row.harvest) or row.harvest.cents]
    number, value = _("Brought or pointed to"), _("Approved SROI value")
    heads = [_("By whom"), number, _("What came of it"), value][: 4 if with_value else 3]
    table = [
        (plain(row.name), str(row.harvest.referrals), _came(row.harvest), whole_euros(row.harvest.cents))
        for row in fruitful
    ]
    if table:
        frame = pd.DataFrame([cells[: len(heads)] for cells in table], columns=heads)
        show_table(frame, _("What came of introductions"), right=(number, *heads[3:]))
    if others := [row for row in rows if row not in fruitful]:
        with st.expander(
            n_("Nothing yet through {count}", "Nothing yet through {count} others", len(others))
        ):
            st.markdown(" · ".join(f"{plain(row.name)} ({row.harvest.referrals})" for row in others))


def _came(found: Harvest) -> str:
    told = (
        (found.vacancies, n_("{count} vacancy", "{count} vacancies", found.vacancies)),
        (found.cases, n_("{count} opportunity", "{count} opportunities", found.cases)),
        (found.proposals, n_("{count} proposal", "{count} proposals", found.proposals)),
        (found.placements, n_("{count} placement", "{count} placements", found.placements)),
    )
    return " · ".join(words for count, words in told if count)


def _sentence(row: BrokerRow) -> str:
    words = n_(
        "Through **{name}** you reach {count} employer we do not know",
        "Through **{name}** you reach {count} employers we do not know",
        row.opens,
        name=plain(row.name),
    )
    if not row.only:
        return words + "."
    return words + _(", {count} of them through nobody else.", count=row.only)


def _table(rows: Sequence[ReachRow], heading: str, alt: str, *, in_words: bool) -> None:
    columns = (_("Employers"), _("Reached"), _("Part that we reach"), _("Members"))
    cells = [
        (
            plain((sector(row.name) if in_words else row.name) or _("unknown")),
            str(row.employers),
            str(row.spoken),
            f"{round(100 * row.spoken / row.employers)} %",
            str(row.members),
        )
        for row in rows[:_LEAST]
    ]
    if not cells:
        st.caption(_("No employers yet."))
        return
    show_table(pd.DataFrame(cells, columns=(heading, *columns)), alt, right=columns)
