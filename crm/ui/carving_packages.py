"""The packages of a case: tasks put together, opened as a job, filled by a placement."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.jobcarving.actions import (
    DissolvePackage,
    EditPackage,
    MakePackage,
    OpenJob,
    dissolve_package,
    edit_package,
    make_package,
    open_job,
)
from crm.jobcarving.queries import CasePage, PackageRow, TaskRow
from crm.jobcarving.rules import FINISHED, Stage, comes_before, may_be_packaged, package_hours
from crm.ui import shell
from crm.ui.carving import page_of
from crm.ui.forms import attempt
from crm.ui.opened import OpenForm, finish, open_form, save
from crm.ui.words import _, day, number, plain

LABELS = {"name": N_("Name of the package"), "task_ids": N_("Tasks in the package")}


def show_packages(actor: Actor, case: CasePage, may_edit: bool) -> None:
    """Show the packages with what they add up to, and a form for one more."""
    st.header(_("Packages"), anchor=False)
    may_edit = may_edit and case.row.stage not in FINISHED
    if not case.packages:
        st.caption(_("No package yet. Put tasks together that make a decent job for one person."))
    for package in case.packages:
        with st.container(border=True):
            st.markdown(_package_words(package))
            if may_edit:
                with st.container(horizontal=True):
                    _what_next(actor, case, package)
                    with st.popover(_("Change"), key=f"change_package_{package.id}"):
                        _change(actor, case, package)
    free = [task for task in case.tasks if may_be_packaged(task.releasable, task.package_id, None)]
    if may_edit and free:
        _make(actor, case, free)


def _package_words(package: PackageRow) -> str:
    hours = _("{hours} hours a week", hours=number(package.hours))
    tasks = ", ".join(plain(task.name) for task in package.tasks)
    return f"**{plain(package.name)}** · {hours} {_state(package)}  \n{tasks}"


def _state(package: PackageRow) -> str:
    if package.filled_on is not None:
        words = _("filled since {day}", day=day(package.filled_on))
        return f":green-badge[:material/person: {words}]"
    if package.opened_on is not None:
        words = _("open job since {day}", day=day(package.opened_on))
        return f":blue-badge[:material/work: {words}]"
    return f":gray-badge[:material/inventory_2: {_('package')}]"


def _what_next(actor: Actor, case: CasePage, package: PackageRow) -> None:
    if package.opened_on is None:
        if st.button(_("Open as a job"), key=f"open_{package.id}_{package.version}"):
            command = OpenJob(package_id=package.id, version=package.version)
            if attempt(actor, open_job, lambda: command, LABELS) is not None:
                finish(page_of(case), _("The job is open."))
    elif package.filled_on is None and st.button(_("Place somebody"), key=f"place_{package.id}"):
        shell.go("staff/placements.py", new=1, employer=case.row.employer_id, package=package.id)


def _change(actor: Actor, case: CasePage, package: PackageRow) -> None:
    form = open_form(f"package_{package.id}", package.version, "name", page_of(case))
    fitting = [task for task in case.tasks if may_be_packaged(task.releasable, task.package_id, package.id)]
    with st.form(form.name, border=False):
        name = st.text_input(_("Name of the package"), package.name, 120, form.key("name"))
        task_ids = _tasks_asked(form, fitting, [task.id for task in package.tasks])
        pressed = st.form_submit_button(_("Save"))
    if pressed:
        command = {"package_id": package.id, "version": form.version, "name": name, "task_ids": task_ids}
        save(form, actor, edit_package, lambda: EditPackage(**command), LABELS, _("Saved."))
    if package.filled_on is None and st.button(
        _("Take the package apart"), key=form.key(f"dissolve_{package.version}")
    ):
        gone = DissolvePackage(package_id=package.id, version=package.version)
        save(form, actor, dissolve_package, lambda: gone, LABELS, _("The tasks are free again."))


def _make(actor: Actor, case: CasePage, free: list[TaskRow]) -> None:
    form = open_form(f"make_package_{case.row.id}", 0, "name", page_of(case))
    expanded = not case.packages and not comes_before(case.row.stage, Stage.PACKAGE)
    with st.expander(_("Make a package"), expanded=expanded):
        task_ids = _tasks_asked(form, free, [])
        chosen = package_hours(task.hours for task in free if task.id in task_ids)
        st.caption(_("Together {hours} hours a week", hours=number(chosen)))
        name = st.text_input(
            _("Name of the package"),
            max_chars=120,
            key=form.key("name"),
            placeholder=_("It can become the job title, for example kitchen assistant"),
        )
        if st.button(_("Make the package"), key=form.key("make")):
            command = {"case_id": case.row.id, "name": name, "task_ids": task_ids}
            save(form, actor, make_package, lambda: MakePackage(**command), LABELS, _("The package is made."))


def _tasks_asked(form: OpenForm, tasks: list[TaskRow], chosen: list[int]) -> tuple[int, ...]:
    names = {task.id: f"{task.name} ({number(task.hours)})" for task in tasks}
    return tuple(
        st.multiselect(
            _("Tasks in the package"),
            list(names),
            chosen,
            names.__getitem__,
            key=form.key("tasks"),
            placeholder=_("Choose tasks"),
        )
    )
