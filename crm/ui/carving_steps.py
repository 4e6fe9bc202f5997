"""What can be done with a case as a whole: the next step, another stage, stopping, putting it right."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.jobcarving.actions import EditCase, MoveCase, edit_case, move_case
from crm.jobcarving.queries import CasePage
from crm.jobcarving.rules import FINISHED, WORK_ORDER, Stage, next_stage
from crm.ui import shell
from crm.ui.carving import page_of, stage_word
from crm.ui.forms import attempt
from crm.ui.opened import finish, open_form, save
from crm.ui.words import _

LABELS = {
    "department": N_("Department"),
    "signal": N_("What was seen or heard"),
    "effect": N_("What the holder does with the freed time"),
    "owner_id": N_("Owner"),
    "stage": N_("Stage"),
    "stop_reason": N_("Why it stops"),
}


def show_steps(actor: Actor, case: CasePage, owners: Mapping[int, str]) -> Stage | None:
    """Offer the next step as the one primary button, and the other moves behind a quiet one.

    Return the stage to move to when a button was pressed: moving shows a fault, which goes under the row.
    """
    chosen = _next_chosen(case)
    with st.popover(_("Other step")):
        _other_stage(actor, case)
        if case.row.stage not in FINISHED:
            _stop(actor, case)
    with st.popover(_("Change"), icon=":material/edit:", key="change_case"):
        st.caption(_("What is known of this opportunity"))
        _edit(actor, case, owners)
    return chosen


def _next_chosen(case: CasePage) -> Stage | None:
    stage, following = case.row.stage, next_stage(case.row.stage)
    # A button of another version is another button: a tap meant for an older stage does nothing.
    if stage is Stage.OPEN_JOB:
        if st.button(_("Book a placement"), type="primary"):
            shell.go("staff/placements.py", new=1, employer=case.row.employer_id)
    elif following is not None:
        label = _("Next step: {stage}", stage=stage_word(following).lower())
        if st.button(label, type="primary", key=f"next_{case.version}"):
            return following
    elif stage is Stage.STOPPED and st.button(_("Reopen"), type="primary", key=f"reopen_{case.version}"):
        return _stage_before_stop(case)
    return None


def move(actor: Actor, case: CasePage, stage: Stage) -> None:
    """Move the case to another stage, or show why that is not possible."""
    command = MoveCase(case_id=case.row.id, version=case.version, stage=stage)
    if attempt(actor, move_case, lambda: command, LABELS) is not None:
        finish(page_of(case), _("The opportunity is now in: {stage}.", stage=stage_word(stage)))


def _stage_before_stop(case: CasePage) -> Stage:
    before = [step.stage for step in case.history if step.stage is not Stage.STOPPED]
    return before[-1] if before else Stage.SIGNAL


def _other_stage(actor: Actor, case: CasePage) -> None:
    others = [stage for stage in WORK_ORDER if stage is not case.row.stage]
    form = open_form(f"move_{case.row.id}", case.version, "stage", page_of(case))
    with st.form(f"move_{case.row.id}", border=False):
        stage = st.selectbox(
            _("To stage"), others, None, stage_word, key=form.key("stage"), placeholder=_("Choose")
        )
        pressed = st.form_submit_button(_("Move"))
    if pressed and stage is not None:
        command = MoveCase(case_id=case.row.id, version=form.version, stage=stage)
        save(form, actor, move_case, lambda: command, LABELS, _("Saved."))


def _stop(actor: Actor, case: CasePage) -> None:
    form = open_form(f"stop_{case.row.id}", case.version, "reason", page_of(case))
    with st.form(f"stop_{case.row.id}", border=False):
        reason = st.text_input(_("Why it stops"), max_chars=400, key=form.key("reason"))
        pressed = st.form_submit_button(_("Stop this opportunity"))
    if pressed:
        save(
            form,
            actor,
            move_case,
            lambda: MoveCase(
                case_id=case.row.id, version=form.version, stage=Stage.STOPPED, stop_reason=reason
            ),
            LABELS,
            _("The opportunity has stopped. You can reopen it later."),
        )


def _edit(actor: Actor, case: CasePage, owners: Mapping[int, str]) -> None:
    form = open_form(f"case_{case.row.id}", case.version, "department", page_of(case))
    with st.form(f"case_{case.row.id}", border=False):
        department = st.text_input(_("Department"), case.row.department, 120, form.key("department"))
        signal = st.text_area(
            _("What was seen or heard"), case.signal, max_chars=1000, key=form.key("signal")
        )
        effect = st.text_area(
            _("What the holder does with the freed time"), case.effect, max_chars=400, key=form.key("effect")
        )
        owner_id = st.selectbox(
            _("Owner"),
            list(owners),
            list(owners).index(case.row.owner_id),
            owners.__getitem__,
            key=form.key("owner"),
        )
        pressed = st.form_submit_button(_("Save"))
    if pressed:
        save(
            form,
            actor,
            edit_case,
            lambda: EditCase(
                case_id=case.row.id,
                version=form.version,
                department=department,
                signal=signal,
                effect=effect,
                owner_id=owner_id,
            ),
            LABELS,
            _("Saved."),
        )
