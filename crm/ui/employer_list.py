"""The parts of the list of employers: filters kept in the address, and one line an employer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.employers.queries import MOST_PAGES, PAGE_SIZE, EmployerFilter, EmployerRow, Order
from crm.employers.rules import Segment
from crm.ui import shell
from crm.ui.employers import place_line, sector, segment_word, spoken_badge
from crm.ui.lists import Columns, Orders, ask_only, ask_text
from crm.ui.paging import Paging
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _, n_, plain

PAGES = Paging("pagina", PAGE_SIZE, MOST_PAGES * PAGE_SIZE)
ORDERS = Orders(
    "volgorde",
    {
        Order.NAME: N_("By name"),
        Order.LONGEST_AGO: N_("Longest not spoken with"),
        Order.LATEST: N_("Last spoken with"),
    },
    PAGES,
)
MINE, QUIET, CEASED = "mine", "quiet", "ceased"
COLUMNS = Columns(
    "kolommen",
    {
        "city": N_("Place"),
        "sector": N_("Sector"),
        "segment": N_("Segment"),
        "holder": N_("Account holder"),
        "tags": N_("Tags"),
    },
    ("city", "sector", "holder", "tags"),
)
ONLY = {
    MINE: N_("Mine"),
    QUIET: N_("Not spoken with for too long"),
    CEASED: N_("Ceased"),
}


def fields(actor: Actor, municipalities: Mapping[int, str], tags: Sequence[str]) -> Fields:
    """Return the fields of the list, with what can be chosen in each."""
    only = [MINE, QUIET, CEASED] if actor.may(Permission.EMPLOYER_EDIT) else [QUIET, CEASED]
    return {
        "zoek": None,
        "gemeente": municipalities,
        "segment": list(Segment),
        "label": tags,
        ORDERS.key: list(ORDERS.words),
        "alleen": only,
        COLUMNS.key: list(COLUMNS.words),
    }


def filters(actor: Actor, municipalities: Mapping[int, str], tags: Sequence[str]) -> EmployerFilter:
    """Ask which employers to show; the answers stand in the address."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        text = ask_text("zoek", _("Name, place or KvK number"), PAGES)
    with line.popover(_("More choices"), icon=":material/tune:", width="content"):
        municipality_id, segment, order = _choices(municipalities)
        tag = _ask_tag(tags)
        COLUMNS.ask()
    shown = [MINE, QUIET, CEASED] if actor.may(Permission.EMPLOYER_EDIT) else [QUIET, CEASED]
    only = ask_only("alleen", {name: ONLY[name] for name in shown}, PAGES)
    return EmployerFilter(
        text=text,
        municipality_id=municipality_id,
        segment=segment,
        order=order,
        holder_id=actor.user_id if MINE in only else None,
        quiet=QUIET in only,
        ceased=CEASED in only,
        tag=tag or "",
    )


def longest_quiet_of_mine() -> dict[str, object]:
    """Return, as it stands in the address, the choice of one's own accounts that were quiet for too long."""
    return {"alleen": [_(ONLY[MINE]), _(ONLY[QUIET])], "volgorde": _(ORDERS.words[Order.LONGEST_AGO])}


def filter_words(wanted: EmployerFilter, municipalities: Mapping[int, str]) -> str:
    """Return what was chosen out of sight, in words."""
    place = municipalities[wanted.municipality_id] if wanted.municipality_id else None
    segment = segment_word(wanted.segment) if wanted.segment else None
    order = _(ORDERS.words[wanted.order]).lower()
    return place_line(place, segment, wanted.tag, order)


def show_rows(rows: Sequence[EmployerRow], wanted: EmployerFilter, tags: Mapping[int, Sequence[str]]) -> None:
    """Show one page of the list; a name leads to the employer, and from there to the next of the list."""
    walked = told(wanted)
    with st.container(border=True, gap="xsmall"):
        for row in rows:
            name, about, spoken = st.columns([4, 5, 2], vertical_alignment="center", gap="xxsmall")
            with name:
                shell.link("staff/employer.py", f"**{plain(row.name)}**", id=row.id, **walked)
            about.caption(_about(row, tags.get(row.id, ())))
            spoken.markdown(f":small[{spoken_badge(row.last_contact_on, row.too_quiet)}]")


def _about(row: EmployerRow, tags: Sequence[str]) -> str:
    facts = {
        "city": row.city,
        "sector": sector(row.sbi_code),
        "segment": segment_word(row.segment),
        "holder": row.holder,
        "tags": ", ".join(tags),
    }
    return COLUMNS.line(facts)


def count_words(found: int) -> str:
    """Return how many employers were found; past the last page only that there are more."""
    most = MOST_PAGES * PAGE_SIZE
    if found > most:
        return _("more than {count} employers", count=most)
    return n_("{count} employer", "{count} employers", found)


def say_empty(wanted: EmployerFilter, may_add: bool) -> None:
    """Say what to do when nothing was found."""
    if wanted != EmployerFilter(order=wanted.order):
        st.info(_("No employer fits. Search for a part of the name, or choose less."))
    elif may_add:
        st.info(_("There are no employers yet. Add one, or read in your employers file."))
    else:
        st.info(_("There are no employers here for you yet."))


def _choices(municipalities: Mapping[int, str]) -> tuple[int | None, Segment | None, Order]:
    municipality_id = st.selectbox(
        _("Municipality"),
        list(municipalities),
        None,
        municipalities.__getitem__,
        key="gemeente",
        placeholder=_("All municipalities"),
        bind="query-params",
        on_change=PAGES.restart,
    )
    segment = st.selectbox(
        _("Segment"),
        list(Segment),
        None,
        segment_word,
        key="segment",
        placeholder=_("All segments"),
        bind="query-params",
        on_change=PAGES.restart,
    )
    return municipality_id, segment, ORDERS.ask()


def _ask_tag(tags: Sequence[str]) -> str | None:
    return st.selectbox(
        _("Tag"),
        tags,
        None,
        key="label",
        placeholder=_("All tags"),
        bind="query-params",
        on_change=PAGES.restart,
    )
