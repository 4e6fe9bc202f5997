"""The council figures on screen: the sentence, the picture, the table, and what it all means."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.work import Work, reading
from crm.sroi.figure_chart import realised_chart
from crm.sroi.figure_commands import FigureFilter
from crm.sroi.figure_table import lines, percent
from crm.sroi.figure_words import BASES, DEFINITION, MEANINGS
from crm.sroi.queries import figures as queries
from crm.sroi.queries.figures import FigurePage
from crm.sroi.queries.published import snapshots
from crm.sroi.rules.figures import Basis, Figure
from crm.ui import figures_publish
from crm.ui.tables import show_table
from crm.ui.words import _, language, n_, plain

FIRST_YEAR = 2015
MOST_BARS = 15


def show(actor: Actor) -> None:
    """Ask what the figures are about and show them, with what was published before."""
    with reading(actor) as work:
        regions = queries.figure_regions(work)
        asked, names, municipality = _ask(work, regions)
        with st.spinner(_("Calculating…"), show_time=False):
            page = queries.figure_page(work, asked, names, regions[asked.region_id])
        published = snapshots(work)
    _sentence(page.figure)
    _picture(page, asked)
    _table(page, municipality)
    _definition(asked)
    if actor.may(Permission.FIGURES_PUBLISH):
        figures_publish.show_volumes(actor, page, asked)
        figures_publish.ask_to_publish(actor, page, asked, published)
    figures_publish.show_published(actor, published)


def _ask(work: Work, regions: Mapping[int, str]) -> tuple[FigureFilter, dict[int, str], str | None]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        region_id = next(iter(regions))
        if len(regions) > 1:
            region_id = st.selectbox(_("Region"), list(regions), 0, lambda one: regions[one], key="regio")
        names = queries.figure_authorities(work, region_id)
        authority_id = st.selectbox(
            _("Authority"),
            list(names),
            None,
            lambda one: names[one],
            placeholder=_("All authorities"),
            key="raad_opdrachtgever",
        )
        this_year = clock.today().year
        year = st.selectbox(_("Year"), range(this_year, FIRST_YEAR - 1, -1), 0, key="raad_jaar")
        basis = st.selectbox(
            _("Which contracts"), list(BASES), 0, lambda one: _(BASES[one]), key="raad_basis"
        )
        places = queries.municipalities(work, region_id)
        municipality_id = st.selectbox(
            _("District"),
            list(places),
            None,
            lambda one: places[one],
            placeholder=_("none chosen"),
            key="raad_gemeente",
        )
    asked = FigureFilter(
        region_id=region_id,
        year=year,
        basis=basis or Basis.AWARDED,
        authority_id=authority_id,
        municipality_id=municipality_id,
    )
    return asked, names, places.get(municipality_id or 0)


def _sentence(figure: Figure) -> None:
    if figure.of_imposed is None:
        st.info(_("No obligation was confirmed for these contracts yet. Choose another year or authority."))
        return
    st.markdown("**" + _realised(figure) + "** " + _people(figure))


def _realised(figure: Figure) -> str:
    imposed = percent(figure.of_imposed, language())
    if figure.bought_cents is None:
        value = percent(figure.of_value, language())
        return _("{imposed} of the imposed value, {value} of the contracts.", imposed=imposed, value=value)
    bought = percent(figure.of_bought, language())
    return _(
        "{imposed} of the imposed value, {bought} of the purchasing volume.", imposed=imposed, bought=bought
    )


def _people(figure: Figure) -> str:
    if figure.people is None:
        return _("For how many people is not shown: there are few, or it would tell of a few others.")
    return n_("For {count} person.", "For {count} people.", figure.people)


def _picture(page: FigurePage, asked: FigureFilter) -> None:
    rows = [page.figure]
    if asked.authority_id is None:
        rows += [row for row in page.council.rows if row.of_imposed is not None][:MOST_BARS]
    bars = [
        (_name(row, page), row.of_imposed, percent(row.of_imposed, language()))
        for row in rows
        if row.of_imposed is not None
    ]
    if bars:
        told = "; ".join(f"{name} {shown}" for name, _share, shown in bars)
        st.altair_chart(
            realised_chart(bars, _("Realised of what was imposed")),
            alt=_("Realised in percent of what was imposed, with a line at 100 %: {bars}", bars=told),
        )


def _name(figure: Figure, page: FigurePage) -> str:
    return _("All together") if figure.authority_id is None else page.authorities[figure.authority_id]


def _table(page: FigurePage, municipality: str | None) -> None:
    frame = pd.DataFrame(lines(page.figure, language(), municipality), columns=[_("Figure"), _("Value")])
    show_table(frame, _("The figures of what was chosen"), right=(_("Value"),))
    st.caption(plain(_(MEANINGS[-1])))
    rows = [row for row in page.council.rows if row.contracts]
    if page.figure.authority_id is not None or len(rows) < 2:
        return
    with st.expander(_("By authority")):
        for row in rows:
            st.markdown(f"**{plain(page.authorities[row.authority_id or 0])}**")
            part = pd.DataFrame(lines(row, language(), municipality), columns=[_("Figure"), _("Value")])
            alt = _("The figures of {authority}", authority=page.authorities[row.authority_id or 0])
            show_table(part, alt, right=(_("Value"),))


def _definition(asked: FigureFilter) -> None:
    with st.expander(_("What these figures mean")):
        for text in (BASES[asked.basis], *MEANINGS):
            st.markdown(f"- {plain(_(text))}")
        st.caption(_("Definition {code}", code=DEFINITION))
