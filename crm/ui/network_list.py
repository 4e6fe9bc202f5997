"""The parts of the network screen: the members with filters, who brought whom, and a new member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.queries import employer_view
from crm.network.queries import MOST_PAGES, PAGE_SIZE, IntroductionRow, MemberFilter, MemberOrder, MemberRow
from crm.network.rules import Motive
from crm.ui import membership_form, shell
from crm.ui.employers import pick_employer, spoken_badge
from crm.ui.lists import Columns, Orders, ask_kind, ask_only, ask_text
from crm.ui.network import motive_word
from crm.ui.paging import Paging
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _, day, n_, plain

PAGES = Paging("members_page", PAGE_SIZE, MOST_PAGES * PAGE_SIZE)
ORDERS = Orders(
    "ledenvolgorde",
    {
        MemberOrder.NAME: N_("By name"),
        MemberOrder.NEWEST: N_("Newest first"),
        MemberOrder.LONGEST_AGO: N_("Longest not spoken with"),
    },
    PAGES,
)
COLUMNS = Columns(
    "ledenkolommen",
    {
        "city": N_("Place"),
        "motive": N_("Motive"),
        "since": N_("Member since"),
        "introducer": N_("Introduced by"),
    },
)
DORMANT, LEFT = "dormant", "left"
ONLY = {DORMANT: N_("Dormant"), LEFT: N_("Have left")}


def fields() -> Fields:
    """Return the fields of the list, with what can be chosen in each."""
    return {
        "lid": None,
        "motief": list(Motive),
        "leden": list(ONLY),
        ORDERS.key: list(ORDERS.words),
        COLUMNS.key: list(COLUMNS.words),
    }


def filters() -> MemberFilter:
    """Ask which members to show; the answers stand in the address."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        text = ask_text("lid", _("Name, place or KvK number"), PAGES)
        motive = ask_kind("motief", _("Why they joined"), Motive, motive_word, PAGES)
    with line.popover(_("More choices"), icon=":material/tune:", width="content"):
        order = ORDERS.ask()
        COLUMNS.ask()
    meaning = _("Dormant: for a year neither spoken with, nor at an event, nor pointing us to anybody.")
    only = ask_only("leden", ONLY, PAGES, meaning)
    return MemberFilter(text, motive, dormant=DORMANT in only, left=LEFT in only, order=order)


def show_members(rows: Sequence[MemberRow], wanted: MemberFilter) -> None:
    """Show one page of the members; a name leads to the employer."""
    walked = told(wanted, "members")
    with st.container(border=True, gap="xsmall"):
        for row in rows:
            name, about, spoken = st.columns([4, 5, 2], vertical_alignment="center", gap="xxsmall")
            with name:
                shell.link("staff/employer.py", f"**{plain(row.employer)}**", id=row.employer_id, **walked)
            about.caption(_about(row))
            spoken.markdown(f":small[{spoken_badge(row.last_contact_on, row.dormant)}]")


def count_words(found: int) -> str:
    """Return how many members were found; past the last page only that there are more."""
    most = MOST_PAGES * PAGE_SIZE
    if found > most:
        return _("more than {count} members", count=most)
    return n_("{count} member", "{count} members", found)


def show_introductions(rows: Sequence[IntroductionRow]) -> None:
    """Show who brought whom, whoever brought most first."""
    if not rows:
        st.info(_("Nobody was brought in by others yet. Ask members whom they would bring."))
        return
    by: defaultdict[tuple[str, int | None], list[IntroductionRow]] = defaultdict(list)
    for row in rows:
        by[row.by, row.by_employer_id].append(row)
    for (name, _employer_id), brought in sorted(by.items(), key=lambda item: (-len(item[1]), item[0][0])):
        names = ", ".join(f"{plain(row.employer)} ({day(row.joined_on)})" for row in brought)
        st.markdown(_("**{name}** brought {names}.", name=plain(name), names=names))


def new_member(actor: Actor) -> None:
    """Ask which employer joins, and on what terms."""
    chosen = pick_employer(actor, _("Which employer?"), "new_member")
    if chosen is None:
        return
    with reading(actor) as work:
        region_id = employer_view(work, chosen).region_id
    membership_form.join(actor, chosen, region_id)


def say_empty(wanted: MemberFilter, may_add: bool) -> None:
    """Say what to do when nobody was found."""
    if wanted != MemberFilter(order=wanted.order):
        st.info(_("No member fits. Search for a part of the name, or choose less."))
    elif may_add:
        st.info(_("The network has no members yet. Add the first one."))
    else:
        st.info(_("The network has no members yet."))


def _about(row: MemberRow) -> str:
    left = _("left on {day}", day=day(row.left_on)) if row.left_on else None
    through = _("through {name}", name=row.introducer) if row.introducer else None
    since = _("since {day}", day=day(row.joined_on))
    facts = {
        "city": row.city,
        "motive": motive_word(row.motive),
        "since": left or since,
        "introducer": through,
    }
    return COLUMNS.line(facts)
