"""The form in which a visit is logged: on a phone, in under a minute, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.work import reading
from crm.jobcarving.actions import OpenCase
from crm.needs.actions import RaiseNeed
from crm.needs.rules import NeedKind
from crm.ui import autosave, forms, shell, visits_draft, visits_saved
from crm.ui.dates import ask_day
from crm.ui.guard import open_page
from crm.ui.needs import kind_word as need_word
from crm.ui.visits import (
    KINDS,
    PURPOSES,
    TALK_OUTCOMES,
    kind_word,
    long_day,
    purpose_word,
    say_who_holds,
    talk_outcome_word,
)
from crm.ui.visits_draft import DUE_IN, NEW, NEXT, NONE, OTHER_DAY, TOMORROW, VisitDraft
from crm.ui.words import _, n_, plain
from crm.visits.actions import LogVisit, log_visit
from crm.visits.queries import VisitStart, owners_at, people_at, visit_start
from crm.visits.rules import Purpose, weeks_on

LABELS = {
    "kind": N_("Kind of contact"),
    "held_on": N_("Date"),
    "people": N_("With whom"),
    "new_people": N_("With whom"),
    "purposes": N_("What about"),
    "outcomes": N_("What came of it"),
    "summary": N_("What was said"),
    "next_action": N_("Next action"),
    "next_owner_id": N_("Who"),
    "next_due_on": N_("When"),
    "no_action_reason": N_("Why no next action"),
    "department": N_("Department with work to carve"),
    "signal": N_("What did you see or hear there?"),
}

# Job carving has a place of its own on the form: it opens an opportunity.
NEEDED = [kind for kind in NeedKind if kind is not NeedKind.CARVING]
MOST_SAID = 200


def open_form(actor: Actor, employer_id: int) -> None:
    """Show whose account this is and the form; raises `NotFound` for an employer that is not the actor's."""
    with reading(actor) as work:
        start = visit_start(work, employer_id)
        people = people_at(work, employer_id)
        owners = owners_at(work, start.region_id)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(" · ".join(plain(part) for part in (start.name, start.city) if part), anchor=False)
        with st.container(horizontal=True, width="content"):
            if st.button(_("Another employer"), type="tertiary"):
                shell.go("staff/visit.py")
            if st.button(_("Bring in a mail"), type="tertiary", icon=":material/attach_email:"):
                shell.go("staff/mail.py", employer=employer_id)
    say_who_holds(start, actor)
    visit_form(start, people, owners)


@st.fragment
def visit_form(start: VisitStart, people: Mapping[int, str], owners: Mapping[int, str]) -> None:
    """Show the form for one employer; every change is kept as a draft on the server at once."""
    actor = open_page("staff/visit.py")
    draft = visits_draft.current(actor, start, people, owners)
    if draft.saved_moment_id is not None:
        shell.go("staff/visit.py", saved=draft.saved_moment_id)
    _what_it_was(draft)
    _who_was_there(draft, people)
    _what_about(draft)
    _what_came_of_it(draft)
    autosave.text_area(
        _("What was said"), draft.key("summary"), draft.store("summary"), draft.kept("summary"), rows=5
    )
    _what_is_needed(draft)
    _what_comes_next(draft, owners)
    if st.button(_("Save"), type="primary", width="stretch", key=draft.key("save"), shortcut="Ctrl+S"):
        _save(draft)
    _offer_to_discard(draft)


def _what_it_was(draft: VisitDraft) -> None:
    with st.container(horizontal=True):
        st.segmented_control(
            _("Kind of contact"),
            [kind.value for kind in KINDS],
            format_func=kind_word,
            key=draft.key("kind"),
            required=True,
        )
        ask_day(_("Date"), key=draft.key("held_on"), width=180)


def _who_was_there(draft: VisitDraft, people: Mapping[int, str]) -> None:
    names = {str(person_id): name for person_id, name in people.items()}
    names |= {name: name for name in draft.fields["new_people"]}
    st.pills(
        _("With whom"),
        [*names, NEW],
        selection_mode="multi",
        format_func=lambda one: plain(names[one]) if one in names else _("+ somebody new"),
        key=draft.key("people"),
    )
    if NEW in draft.fields["people"]:
        st.text_input(
            _("Name of the new person"), key=draft.key("new_name"), on_change=_add_person, args=(draft,)
        )


def _add_person(draft: VisitDraft) -> None:
    """Turn the name just typed into one more choice, already chosen."""
    name = " ".join(str(st.session_state[draft.key("new_name")]).split())
    if not name or name.isdigit():
        return
    draft.fields["new_people"] = [*dict.fromkeys([*draft.fields["new_people"], name])]
    chosen = [one for one in st.session_state[draft.key("people")] if one != NEW]
    st.session_state[draft.key("people")] = [*dict.fromkeys([*chosen, name])]
    st.session_state[draft.key("new_name")] = ""


def _what_about(draft: VisitDraft) -> None:
    st.pills(
        _("What about"),
        [purpose.value for purpose in PURPOSES],
        selection_mode="multi",
        format_func=purpose_word,
        key=draft.key("purposes"),
    )
    if signals_carving(draft):
        st.text_input(
            _("Department with work to carve"),
            key=draft.key("department"),
            live=True,
            placeholder=_("Leave this empty when there is no opportunity yet."),
        )
        autosave.text_area(
            _("What did you see or hear there?"),
            draft.key("signal"),
            draft.store("signal"),
            draft.kept("signal"),
            rows=2,
        )


def _what_came_of_it(draft: VisitDraft) -> None:
    st.pills(
        _("What came of it"),
        [outcome.value for outcome in TALK_OUTCOMES],
        selection_mode="multi",
        format_func=talk_outcome_word,
        key=draft.key("outcomes"),
    )


def _what_is_needed(draft: VisitDraft) -> None:
    st.pills(
        _("What do they need?"),
        [kind.value for kind in NEEDED],
        selection_mode="multi",
        format_func=need_word,
        key=draft.key("needs"),
    )


def signals_carving(draft: VisitDraft) -> bool:
    """Return whether the form asks for a job-carving opportunity."""
    return Purpose.CARVING.value in draft.fields["purposes"] and draft.actor.may(Permission.CARVING_EDIT)


def _what_comes_next(draft: VisitDraft, owners: Mapping[int, str]) -> None:
    words = {NEXT: _("Next action"), NONE: _("None, because…")}
    st.segmented_control(
        _("And then?"), list(words), format_func=words.__getitem__, key=draft.key("step"), required=True
    )
    if draft.fields["step"] == NONE:
        st.text_input(_("Why no next action"), key=draft.key("no_action_reason"), live=True)
        return
    st.text_input(_("What happens next"), key=draft.key("next_action"), live=True)
    st.pills(_("When"), DUE_IN, format_func=_due_words, key=draft.key("due"), required=True)
    if draft.fields["due"] == OTHER_DAY:
        ask_day(_("On which day"), key=draft.key("due_on"))
    st.selectbox(
        _("Who"),
        sorted(owners, key=lambda owner_id: owner_id != draft.actor.user_id),
        format_func=lambda one: _("Me") if one == draft.actor.user_id else owners[one],
        key=draft.key("next_owner_id"),
    )
    st.caption(_("This comes on the list of that day: {day}.", day=long_day(due_day(draft))))


def _due_words(choice: str) -> str:
    if choice == OTHER_DAY:
        return _("another day")
    if choice == TOMORROW:
        return _("tomorrow")
    return n_("+ {count} week", "+ {count} weeks", int(choice) // 7)


def due_day(draft: VisitDraft) -> date:
    """Return the day that was chosen for the next action."""
    if draft.fields["due"] == OTHER_DAY:
        return date.fromisoformat(str(draft.fields["due_on"]))
    if draft.fields["due"] == TOMORROW:
        return clock.today() + timedelta(days=1)
    return weeks_on(clock.today(), int(draft.fields["due"]) // 7)


def _save(draft: VisitDraft) -> None:
    try:
        case = _case(draft)
    except Invalid as fault:
        forms.show_fault(fault, LABELS)
        return
    moment_id = forms.attempt(draft.actor, log_visit, lambda: _command(draft), LABELS)
    if moment_id is None:
        return
    # From here on a second tap on the button finds the visit saved.
    draft.saved_moment_id = moment_id
    if case is not None:
        visits_saved.open_opportunity(draft.actor, case.model_copy(update={"moment_id": moment_id}))
    visits_saved.write_needs(draft.actor, moment_id, _needs(draft, moment_id))
    shell.go("staff/visit.py", saved=moment_id)


def _case(draft: VisitDraft) -> OpenCase | None:
    department = str(draft.fields["department"]).strip()
    if not signals_carving(draft) or not department:
        return None
    return OpenCase(employer_id=draft.employer_id, department=department, signal=draft.fields["signal"])


def _needs(draft: VisitDraft, moment_id: int) -> list[RaiseNeed]:
    """Return what was asked, each in the words of the conversation and asked on its day."""
    said = " ".join(str(draft.fields["summary"]).split())
    return [
        RaiseNeed(
            employer_id=draft.employer_id,
            kind=kind,
            what=said if len(said) <= MOST_SAID else said[: MOST_SAID - 1].rstrip() + "…",
            raised_on=draft.fields["held_on"],
            moment_id=moment_id,
        )
        for kind in draft.fields["needs"]
    ]


def _command(draft: VisitDraft) -> LogVisit:
    fields = draft.fields
    wants_next = fields["step"] == NEXT
    return LogVisit(
        employer_id=draft.employer_id,
        draft=draft.token,
        kind=fields["kind"],
        held_on=fields["held_on"],
        summary=fields["summary"],
        purposes=tuple(fields["purposes"]),
        outcomes=tuple(fields["outcomes"]),
        people=tuple(int(one) for one in fields["people"] if one.isdigit()),
        new_people=tuple(one for one in fields["people"] if one in fields["new_people"]),
        next_action=fields["next_action"] if wants_next else "",
        next_owner_id=fields["next_owner_id"] if wants_next else None,
        next_due_on=due_day(draft) if wants_next else None,
        no_action_reason="" if wants_next else fields["no_action_reason"],
    )


def _offer_to_discard(draft: VisitDraft) -> None:
    if draft.kept_at is None:
        return
    with st.popover(_("Discard draft"), type="tertiary"):
        st.write(_("What you typed here is gone then."))
        st.button(
            _("Yes, discard it"),
            key=draft.key("discard"),
            on_click=visits_draft.throw_away,
            args=(draft,),
        )
