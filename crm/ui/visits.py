"""Words and small parts of contact moments, for every screen that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from crm.accounts.drafts import waiting_drafts
from crm.agenda.queries import planned_today
from crm.core import clock, i18n
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers.queries import FoundEmployer, find_employers
from crm.ui import near, shell
from crm.ui.words import _, language, moment, plain
from crm.visits.actions import DRAFT_FORM
from crm.visits.queries import VisitStart, recent_employers
from crm.visits.queries.near import employers_in
from crm.visits.rules import MomentKind, Purpose, TalkOutcome

FORM = DRAFT_FORM
CHOICES = 8

KINDS = {
    MomentKind.VISIT: N_("Visit"),
    MomentKind.CALL: N_("Call"),
    MomentKind.MAIL: N_("Mail"),
    MomentKind.EVENT: N_("Event"),
}
PURPOSES = {
    Purpose.ACQUAINTANCE: N_("getting acquainted"),
    Purpose.VACANCY: N_("vacancy"),
    Purpose.CARVING: N_("job carving"),
    Purpose.SROI: N_("SROI"),
    Purpose.AFTERCARE: N_("aftercare"),
    Purpose.SUBSIDY: N_("subsidy"),
    Purpose.TRAINING: N_("training"),
    Purpose.NETWORK: N_("business network"),
}
TALK_OUTCOMES = {
    TalkOutcome.APPOINTMENT: N_("appointment made"),
    TalkOutcome.NEED: N_("vacancy or need"),
    TalkOutcome.CARVING: N_("open to job carving"),
    TalkOutcome.CANDIDATES: N_("wants candidates"),
    TalkOutcome.NETWORK: N_("wants to join the network"),
    TalkOutcome.LATER: N_("call back later"),
    TalkOutcome.NO_INTEREST: N_("no interest"),
    TalkOutcome.NOT_REACHED: N_("nobody reached"),
}


def kind_word(kind: MomentKind | str) -> str:
    """Return how we spoke with an employer, in a word: `Visit`."""
    return _(KINDS[MomentKind(kind)])


def purpose_word(purpose: Purpose | str) -> str:
    """Return what a contact moment was about, in a word or two: `job carving`."""
    return _(PURPOSES[Purpose(purpose)])


def talk_outcome_word(outcome: TalkOutcome | str) -> str:
    """Return what came of a contact moment, in a few words: `appointment made`."""
    return _(TALK_OUTCOMES[TalkOutcome(outcome)])


def weekday(when: date) -> str:
    """Return a day as people say it: `di 1 dec`."""
    return i18n.day(when, language(), "EEE d MMM")


def long_day(when: date) -> str:
    """Return a day in full words, without the year: `dinsdag 24 november`."""
    return i18n.day(when, language(), "EEEE d MMMM")


def greeting(name: str) -> str:
    """Return a greeting for the hour of the day, by first name: `Goedemorgen Noor`."""
    first = name.split()[0]
    shown = plain(name if first.endswith(".") else first)
    hour = clock.now().astimezone(clock.LOCAL_ZONE).hour
    if hour < 12:
        return _("Good morning {name}", name=shown)
    return _("Good afternoon {name}", name=shown) if hour < 18 else _("Good evening {name}", name=shown)


def draft_line(kept_at: datetime | None) -> str:
    """Return when a draft was kept, as the line under a field: `Draft saved at 10:42`."""
    if kept_at is None:
        return ""
    local = kept_at.astimezone(clock.LOCAL_ZONE)
    if local.date() == clock.today():
        return _("Draft saved at {time}", time=f"{local:%H:%M}")
    return _("Draft saved on {moment}", moment=moment(kept_at))


def place_of(employer: FoundEmployer) -> str:
    """Return an employer as a choice: `De Linde Zorg · Roosendaal`."""
    return " · ".join(plain(part) for part in (employer.name, employer.city) if part)


def choose_employer(actor: Actor) -> None:
    """Ask with which employer the contact was: search as you type, or one of the recent ones."""
    typed = st.text_input(
        _("Which employer?"),
        key="visit_search",
        live=True,
        type="search",
        icon=":material/search:",
        placeholder=_("Name, place or KvK number"),
    )
    if not typed and st.button(_("Bring in a mail"), icon=":material/attach_email:", type="tertiary"):
        shell.go("staff/mail.py")
    if typed:
        with reading(actor) as work:
            found = find_employers(work, typed, CHOICES)
        if not found:
            st.info(_("No employer found. Try a part of the name, or the place."))
        _offer(_("Found"), [(place_of(one), one.id) for one in found])
        return
    places = near.ask_places()
    user_id = actor.user_id or 0
    with reading(actor) as work:
        planned = planned_today(work, user_id, clock.today())
        waiting = waiting_drafts(work, FORM)
        close = employers_in(work, places, user_id) if places else []
        recent = recent_employers(work, user_id)
    _offer_close(places, close)
    _offer(
        _("On your list for today"), [(f"{plain(name)} · {plain(what)}", one) for one, name, what in planned]
    )
    _offer(
        _("Go on with a draft"),
        [(f"{plain(one.title)} · {moment(one.updated_at)}", int(one.subject)) for one in waiting],
    )
    _offer(_("Spoken with lately"), [(place_of(one), one.id) for one in recent])
    if not planned and not recent:
        st.caption(_("Type the first letters of the name. Next time your recent employers stand here."))


def _offer_close(places: list[str] | None, close: Sequence[FoundEmployer]) -> None:
    if places is None:
        return
    if not close:
        st.caption(_("We know no employers in the places around you. Search by name."))
    heading = _("Close by: {places}", places=", ".join(places[:2]))
    _offer(heading, [(place_of(one), one.id) for one in close])


def say_who_holds(start: VisitStart, actor: Actor) -> None:
    """Say whose account this is when it is not the actor's, and when somebody last spoke with them."""
    last = _last_words(start)
    if start.holder and start.holder_id != actor.user_id:
        holder = _("{name} holds this account.", name=plain(start.holder))
        st.info(f"{holder} {last}", icon=":material/person:")
    elif start.holder:
        st.caption(last)
    else:
        st.caption(_("Nobody holds this account yet.") + f" {last}")


def _last_words(start: VisitStart) -> str:
    last = start.last_contact
    if last is None:
        return _("There was no contact before.")
    said = plain(last.summary)
    return _(
        "Last contact: {kind} on {day} by {author}. “{said}”",
        kind=kind_word(last.kind).lower(),
        day=weekday(last.held_on),
        author=plain(last.author),
        said=said if len(said) <= 120 else said[:119].rstrip("\\ ") + "…",
    )


def _offer(heading: str, choices: list[tuple[str, int]]) -> None:
    if not choices:
        return
    st.header(heading, anchor=False)
    with st.container(gap="xsmall"):
        for label, employer_id in choices:
            if st.button(label, key=f"visit_{heading}_{employer_id}", width="stretch"):
                shell.go("staff/visit.py", employer=employer_id)
