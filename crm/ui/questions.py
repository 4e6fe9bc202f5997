"""Question lists on screen: asking them, and showing what changed since last time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from crm.core import clock, i18n
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.questions.actions import CorrectAnswers, KeepAnswers, correct_answers, keep_answers
from crm.questions.lists import published, question_list
from crm.questions.queries import Answered, answered, answers_at, before
from crm.questions.rules import Change, Compared, Question, QuestionKind, QuestionList, compared, newest
from crm.ui import shell
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, language, plain
from crm.visits.queries import visit_start

LABELS = {"held_on": N_("Date"), "answers": N_("Answers")}
# Where the published lists come from, as their files say it.
SOURCES = (
    N_("TNO, demand-driven working in the inclusive and innovative region (West-Brabant, Walcheren)"),
    N_("Toolbox inclusief, orientation questions"),
)
YES_NO = {True: N_("yes"), False: N_("no")}
CHANGES = {
    Change.NEW: ":blue-badge[:material/add: {words}]",
    Change.CHANGED: ":orange-badge[:material/sync: {words}]",
    Change.SAME: ":gray-badge[:material/check: {words}]",
}
CHANGE_WORDS = {Change.NEW: N_("new"), Change.CHANGED: N_("changed"), Change.SAME: N_("as before")}


def offer_lists(actor: Actor, employer_id: int, **params: object) -> None:
    """Offer the lists that are asked now, each one tap away."""
    if not actor.may(Permission.VISIT_LOG):
        return
    with st.container(horizontal=True):
        for asked in newest(published(), clock.today()):
            label = asked.title.said(language())
            if st.button(label, key=f"ask_{asked.code}", icon=":material/quiz:"):
                shell.go("staff/questions.py", employer=employer_id, list=asked.code, **params)


def show_at_employer(actor: Actor, employer_id: int) -> None:
    """Show what an employer answered, the latest in front, and the lists to ask."""
    st.header(_("Questions asked"), anchor=False)
    offer_lists(actor, employer_id)
    with reading(actor) as work:
        found = answers_at(work, employer_id)
    if not found:
        st.caption(_("Nothing was asked here yet. With a list, each of us asks the same."))
    for one in found:
        asked = question_list(one.list_code, one.list_version)
        title = f"{asked.title.said(language())} · {day(one.held_on)} · {plain(one.author)}"
        shell.link("staff/questions.py", title, icon=":material/quiz:", id=one.id)


def ask(actor: Actor, employer_id: int, code: str, moment_id: int | None) -> None:
    """Ask a list at an employer; the answers of last time stand under each question."""
    asked = next((one for one in newest(published(), clock.today()) if one.code == code), None)
    if asked is None:
        st.error(_("This was not found. It may have been moved or removed."))
        return
    with reading(actor) as work:
        start = visit_start(work, employer_id)
        last = before(work, employer_id, code, clock.today())
    shell.heading(asked.title.said(language()), plain(start.name))
    with st.form("questions", border=False):
        held_on = None if moment_id else ask_day(_("Date"), clock.today(), width=180)
        answers = _ask_all(asked, {}, last)
        pressed = st.form_submit_button(_("Save"), type="primary", width="stretch", shortcut="Ctrl+S")
    if not pressed:
        return
    made = attempt(
        actor,
        keep_answers,
        lambda: KeepAnswers(
            employer_id=employer_id,
            list_code=asked.code,
            list_version=asked.version,
            answers=answers,
            held_on=held_on,
            moment_id=moment_id,
        ),
        LABELS,
    )
    if made is not None:
        flash(_("Saved."))
        shell.go("staff/questions.py", id=made)


def show(actor: Actor, answer_id: int) -> None:
    """Show a set of answers beside those of last time, and let who asked put them right."""
    with reading(actor) as work:
        found = answered(work, answer_id)
        last = before(work, found.employer_id, found.list_code, found.held_on, found.id)
        start = visit_start(work, found.employer_id)
    asked = question_list(found.list_code, found.list_version)
    under = f"{plain(start.name)} · {day(found.held_on)} · {plain(found.author)}"
    shell.heading(asked.title.said(language()), under)
    if last is None:
        st.caption(_("This was asked here for the first time."))
    else:
        st.caption(
            _("Beside the answers of {day}, asked by {author}.", day=day(last.held_on), author=last.author)
        )
    for line in compared(asked, found.answers, last.answers if last else None):
        _show_answer(line, with_badge=last is not None)
    if st.button(_("To {employer}", employer=plain(start.name)), icon=":material/apartment:"):
        shell.go("staff/employer.py", id=found.employer_id)
    if found.author_id == actor.user_id:
        with st.expander(_("Put answers right")):
            _correct(actor, asked, found)
    st.caption(
        _(
            "Version {version} of this list, published on {day}. Source: {source}.",
            version=asked.version,
            day=day(asked.published_on),
            source=_(asked.source),
        )
    )


def _correct(actor: Actor, asked: QuestionList, found: Answered) -> None:
    with st.form(f"correct_{found.id}_{found.version}", border=False):
        answers = _ask_all(asked, found.answers, None)
        pressed = st.form_submit_button(_("Save"), type="primary")
    if pressed:
        command = CorrectAnswers(answer_id=found.id, version=found.version, answers=answers)
        if attempt(actor, correct_answers, lambda: command, LABELS) is not None:
            flash(_("Saved."))
            st.rerun()


def _ask_all(asked: QuestionList, given: Mapping[str, Any], last: Answered | None) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question in asked.questions:
        answer = _ask_one(question, given.get(question.id))
        if last and question.id in last.answers:
            told = plain(_told(question, last.answers[question.id]))
            st.caption(_("Last time, on {day}: {answer}", day=day(last.held_on), answer=told))
        if answer not in (None, ""):
            answers[question.id] = answer
    return answers


def _ask_one(question: Question, given: Any) -> Any:
    label = question.text.said(language())
    match question.kind:
        case QuestionKind.YES_NO:
            return st.segmented_control(
                label, [True, False], default=given, format_func=lambda one: _(YES_NO[one])
            )
        case QuestionKind.CHOICE:
            return st.pills(
                label,
                list(question.choices),
                default=given,
                format_func=lambda one: question.choices[one].said(language()),
            )
        case QuestionKind.NUMBER:
            unit = question.unit.said(language()) if question.unit else ""
            value = st.number_input(
                f"{label} ({unit})" if unit else label,
                min_value=0,
                max_value=1_000_000,
                value=int(Decimal(given)) if given else None,
                step=1,
            )
            return None if value is None else str(value)
        case QuestionKind.TEXT:
            return st.text_area(label, given or "", max_chars=2000, height=80).strip()


def _show_answer(line: Compared, *, with_badge: bool) -> None:
    if line.now is None and line.before is None:
        return
    with st.container(border=True, gap="xxsmall"):
        st.caption(line.question.text.said(language()))
        if line.now is None:
            st.markdown(":gray-badge[" + _("not asked this time") + "]")
        else:
            badge = CHANGES[line.change].format(words=_(CHANGE_WORDS[line.change])) if with_badge else ""
            st.markdown(f"**{plain(_told(line.question, line.now))}** {badge}")
        if line.before is not None and line.change in {Change.CHANGED, Change.NOT_ASKED}:
            st.caption(_("Before: {answer}", answer=plain(_told(line.question, line.before))))


def _told(question: Question, answer: Any) -> str:
    match question.kind:
        case QuestionKind.YES_NO:
            return _(YES_NO[bool(answer)])
        case QuestionKind.CHOICE:
            return question.choices[answer].said(language()) if answer in question.choices else str(answer)
        case QuestionKind.NUMBER:
            unit = question.unit.said(language()) if question.unit else ""
            return f"{i18n.number(Decimal(answer), language())} {unit}".strip()
        case QuestionKind.TEXT:
            return str(answer)
