"""One event: its funnel, who was asked, the rounds of a speedmeet, and what came of the conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import pandas as pd
import streamlit as st

from crm.candidates.queries import find_candidates
from crm.core.access import Actor
from crm.core.actions import Command
from crm.core.work import Work, reading
from crm.events import actions
from crm.events.queries import CandidateRow, EmployerRow, EventView, TalkRow
from crm.events.rules import Answer, Funnel, TalkState, most_rounds
from crm.ui.employers import pick_employer
from crm.ui.events import LABELS, answer_word, talk_word
from crm.ui.forms import attempt, flash
from crm.ui.tables import show_table
from crm.ui.words import _, moment, n_, plain

_FREELY = 50
C = TypeVar("C", bound=Command)


def show_funnel(event: EventView, found: Funnel) -> None:
    """Show how many candidates came how far, as a table with a bar of its own for each step."""
    steps = [
        (_("Invited"), found.invited),
        (_("Signed up"), found.signed_up),
        (_("Was there"), found.present),
        (_("Had a conversation"), found.in_conversation),
        (_("Selected"), found.selected),
        (_("Started work"), found.started),
    ]
    most = max(found.invited, 1)
    columns = (_("Step"), _("Candidates"), _("Of all invited"))
    rows = [(name, str(count), f"{round(100 * count / most)} %") for name, count in steps]
    show_table(pd.DataFrame(rows, columns=columns), _("How far the candidates came"), right=columns[1:])
    told = n_("{count} conversation", "{count} conversations", found.conversations)
    if event.candidate_places:
        told += " · " + _(
            "{taken} of {places} places taken", taken=found.signed_up, places=event.candidate_places
        )
    st.caption(told)


def show_employers(actor: Actor, event: EventView, rows: Sequence[EmployerRow], may_change: bool) -> None:
    """Show the employers that were asked with what they answered, and ask more."""
    if not rows:
        st.caption(_("No employer was asked yet."))
    chosen = _answers([(row.id, row.employer, row.answer) for row in rows], "employers", may_change)
    if not may_change:
        return
    _keep(actor, event, rows, chosen, actions.answer_employers, actions.AnswerEmployers)
    found = pick_employer(
        actor, _("Ask an employer"), f"ask_{len(rows)}", without=[row.employer_id for row in rows]
    )
    if found is not None and st.button(_("Ask to come"), key="ask_employer"):
        asked = attempt(
            actor,
            actions.ask_employers,
            lambda: actions.AskEmployers(event_id=event.id, employer_ids=(found,)),
            LABELS,
        )
        _done(asked)


def show_candidates(actor: Actor, event: EventView, rows: Sequence[CandidateRow], may_change: bool) -> None:
    """Show the candidates who were asked with what they answered, and ask more."""
    if not rows:
        st.caption(_("No candidate was asked yet."))
    chosen = _answers([(row.id, row.reference, row.answer) for row in rows], "candidates", may_change)
    if not may_change:
        return
    _keep(actor, event, rows, chosen, actions.answer_candidates, actions.AnswerCandidates)
    with reading(actor) as work:
        free = {one.id: one.reference for one in find_candidates(work, limit=_FREELY + len(rows))}
    known = {row.reference for row in rows}
    options = [one for one, reference in free.items() if reference not in known]
    wanted = st.multiselect(
        _("Ask candidates"), options, format_func=free.__getitem__, placeholder=_("Choose references")
    )
    if wanted and st.button(_("Ask to come"), key="ask_candidates"):
        asked = attempt(
            actor,
            actions.ask_candidates,
            lambda: actions.AskCandidates(event_id=event.id, candidate_ids=tuple(wanted)),
            LABELS,
        )
        _done(asked)


def show_rounds(
    actor: Actor,
    event: EventView,
    coming: tuple[int, int],
    talks: Sequence[TalkRow],
    may_change: bool,
) -> None:
    """Show who meets whom in which round, and make the rounds; `coming` counts candidates and employers."""
    planned = [talk for talk in talks if talk.round_number is not None]
    if planned:
        show_table(_schedule(event, planned), _("Who meets whom in each round"))
    else:
        st.caption(
            _("No rounds yet. Note who comes; then each candidate and each employer gets fair rounds.")
        )
    most = most_rounds(*coming)
    if not may_change or not most or any(talk.state is not TalkState.PLANNED for talk in talks):
        return
    minutes = (event.ends_at - event.starts_at) // timedelta(minutes=1)
    fitting = max(1, min(most, minutes // event.round_minutes))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rounds = st.number_input(_("Rounds"), 1, most, fitting, width=140)
        pressed = st.button(_("Make the rounds"), icon=":material/autorenew:")
    if pressed:
        made = attempt(
            actor,
            actions.make_rounds,
            lambda: actions.MakeRounds(event_id=event.id, rounds=rounds),
            LABELS,
        )
        _done(made)


def note_outcomes(
    actor: Actor,
    event: EventView,
    candidates: Sequence[CandidateRow],
    employers: Sequence[EmployerRow],
    talks: Sequence[TalkRow],
) -> None:
    """Ask for one candidate with whom they spoke and what came of it, and keep it."""
    here = [row for row in candidates if row.answer is not Answer.DECLINED]
    if not here or not employers:
        st.caption(_("Ask candidates and employers first; here you note what came of it."))
        return
    row = st.selectbox(_("Candidate"), here, format_func=lambda one: one.reference)
    known = {talk.employer_id: talk for talk in talks if talk.reference == row.reference}
    states: list[TalkState | None] = [None, *TalkState]
    given: dict[int, TalkState | None] = {}
    with st.form(f"outcomes_{row.id}", border=True):
        for employer in employers:
            was = known[employer.employer_id].state if employer.employer_id in known else None
            given[employer.employer_id] = st.selectbox(
                plain(employer.employer),
                states if was is None else states[1:],
                (states if was is None else states[1:]).index(was),
                lambda state: talk_word(state) if state else _("no conversation"),
                key=f"talk_{row.id}_{employer.employer_id}_{was}",
            )
        if not st.form_submit_button(_("Save"), type="primary"):
            return
    new = tuple(
        _new_talk(row, employer_id, state, known.get(employer_id))
        for employer_id, state in given.items()
        if state is not None
    )
    noted = attempt(
        actor, actions.note_talks, lambda: actions.NoteTalks(event_id=event.id, talks=new), LABELS
    )
    _done(noted)


def _new_talk(row: CandidateRow, employer_id: int, state: TalkState, was: TalkRow | None) -> actions.NewTalk:
    return actions.NewTalk(
        id=was.id if was else None,
        version=was.version if was else 0,
        event_candidate_id=row.id,
        employer_id=employer_id,
        state=state,
    )


def _answers(
    rows: Sequence[tuple[int, str, Answer]], name: str, may_change: bool
) -> dict[int, Answer] | None:
    """Show an answer for each row; return what was chosen once it is saved."""
    if not rows:
        return None
    if not may_change:
        for _id, who, answer in rows:
            st.markdown(f"**{plain(who)}** · {answer_word(answer)}")
        return None
    answers, chosen = list(Answer), {}
    with st.form(f"answers_{name}", border=True):
        with st.grid(3, gap="small", min_column_width=200):
            for row_id, who, answer in rows:
                chosen[row_id] = st.selectbox(
                    plain(who),
                    answers,
                    answers.index(answer),
                    answer_word,
                    key=f"{name}_{row_id}_{answer}",
                )
        saved = st.form_submit_button(_("Save answers"))
    return chosen if saved else None


def _keep(
    actor: Actor,
    event: EventView,
    rows: Sequence[EmployerRow] | Sequence[CandidateRow],
    chosen: dict[int, Answer] | None,
    answer: Callable[[Work, C], int],
    command: type[C],
) -> None:
    """Keep the answers that were changed; nothing was saved while `chosen` is None."""
    if chosen is None:
        return
    new = tuple(
        actions.NewAnswer(id=row.id, version=row.version, answer=chosen[row.id])
        for row in rows
        if chosen[row.id] is not row.answer
    )
    _done(attempt(actor, answer, lambda: command(event_id=event.id, answers=new), LABELS))


def _schedule(event: EventView, talks: Sequence[TalkRow]) -> pd.DataFrame:
    """Return a row for each round and a column for each employer."""
    employers = sorted({talk.employer for talk in talks})
    last = max(talk.round_number or 0 for talk in talks)
    meets = {(talk.round_number, talk.employer): talk.reference for talk in talks}
    rows = []
    for number in range(1, last + 1):
        begins = event.starts_at + timedelta(minutes=event.round_minutes * (number - 1))
        cells = [meets.get((number, employer), "–") for employer in employers]
        rows.append([f"{number} · {moment(begins).split()[-1]}", *cells])
    return pd.DataFrame(rows, columns=[_("Round"), *map(plain, employers)])


def _done(changed: int | None) -> None:
    if changed is not None:
        flash(_("Saved."))
        st.rerun()
