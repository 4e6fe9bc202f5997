"""The tasks of a case: as they are done now, each to be changed in its place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.decimals import read_needed
from crm.core.i18n import N_
from crm.jobcarving.actions import AddTask, EditTask, RemoveTask, add_task, edit_task, remove_task
from crm.jobcarving.queries import CasePage, TaskRow
from crm.jobcarving.rules import FINISHED, Releasable, Stage, comes_before, package_hours
from crm.ui.carving import page_of, releasable_word
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.words import _, n_, number, plain, typed_number

LABELS = {
    "name": N_("Task"),
    "hours_per_week": N_("Hours a week"),
    "current_holder": N_("Who does it now (job)"),
    "releasable": N_("Can it be released?"),
}
MARKS = {
    Releasable.YES: ":green-badge[:material/check: {words}]",
    Releasable.WITH_CHANGE: ":orange-badge[:material/build: {words}]",
    Releasable.NO: ":gray-badge[:material/lock: {words}]",
}


def show_tasks(actor: Actor, case: CasePage, may_edit: bool) -> None:
    """Show the tasks with their hours and holder, and a form for one more."""
    st.header(_("Tasks"), anchor=False)
    hours = number(package_hours(task.hours for task in case.tasks))
    if case.tasks:
        count = n_("{count} task", "{count} tasks", len(case.tasks))
        st.caption(f"{count} · {_('{hours} hours a week', hours=hours)}")
    else:
        st.caption(
            _("No tasks yet. Write down what is done here that somebody else could do, with the hours.")
        )
    names = {package.id: package.name for package in case.packages}
    may_edit = may_edit and case.row.stage not in FINISHED
    for task in case.tasks:
        with st.container(
            border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            st.markdown(_task_words(task, names.get(task.package_id or 0)), width="stretch")
            if may_edit:
                with st.popover(_("Change"), type="tertiary", key=f"change_task_{task.id}"):
                    _change(actor, task, page_of(case))
    if may_edit:
        _add(actor, case)


def _task_words(task: TaskRow, package: str | None) -> str:
    mark = MARKS[task.releasable].format(words=releasable_word(task.releasable))
    inside = f" :blue-badge[{plain(package)}]" if package else ""
    hours = _("{hours} hours a week", hours=number(task.hours))
    return f"**{plain(task.name)}** · {hours} · {plain(task.holder)} {mark}{inside}"


def _add(actor: Actor, case: CasePage) -> None:
    form = open_form(f"add_task_{case.row.id}", 0, "name")
    expanded = comes_before(case.row.stage, Stage.PACKAGE)
    with st.expander(_("Add a task"), expanded=expanded), st.form(form.name, border=False):
        fields = _asked(form)
        pressed = st.form_submit_button(_("Add the task"))
    if pressed:
        save(
            form,
            actor,
            add_task,
            lambda: AddTask(case_id=case.row.id, **_read(fields)),
            LABELS,
            _("Task added."),
        )


def _change(actor: Actor, task: TaskRow, page: str) -> None:
    form = open_form(f"task_{task.id}", task.version, "name", page)
    with st.form(form.name, border=False):
        fields = _asked(form, task)
        pressed = st.form_submit_button(_("Save"))
    if pressed:
        save(
            form,
            actor,
            edit_task,
            lambda: EditTask(task_id=task.id, version=form.version, **_read(fields)),
            LABELS,
            _("Saved."),
        )
    if task.package_id is not None:
        st.caption(_("To remove this task, take it out of its package first."))
    elif st.button(_("Remove this task"), key=form.key(f"remove_{task.version}")):
        gone = RemoveTask(task_id=task.id, version=task.version)
        save(form, actor, remove_task, lambda: gone, LABELS, _("Task removed."))


def _read(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {**fields, "hours_per_week": read_needed(fields["hours_per_week"], "hours_per_week")}


def _asked(form: OpenForm, task: TaskRow | None = None) -> dict[str, Any]:
    name, hours, holder, releasable = st.columns([4, 2, 3, 4]) if task is None else [st.container()] * 4
    choices = list(Releasable)
    return {
        "name": name.text_input(_("Task"), task.name if task else "", max_chars=160, key=form.key("name")),
        "hours_per_week": hours.text_input(
            _("Hours a week"),
            typed_number(task.hours if task else Decimal(4)),
            max_chars=8,
            key=form.key("hours"),
        ),
        "current_holder": holder.text_input(
            _("Who does it now (job)"), task.holder if task else "", max_chars=120, key=form.key("holder")
        ),
        "releasable": releasable.selectbox(
            _("Can it be released?"),
            choices,
            choices.index(task.releasable) if task else 0,
            releasable_word,
            key=form.key("releasable"),
        ),
    }
