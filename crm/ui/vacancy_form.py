"""The vacancy of a need: read, described, and handed on in the VUM standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.needs.actions import WriteVacancy, write_vacancy
from crm.needs.queries import NeedRow, VacancyRow
from crm.needs.rules import Agreement, Application, ContractTerm, Licence, ShiftWork, WorkLevel
from crm.ui.dates import ask_day
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.words import _, day, plain

LEVELS = {
    WorkLevel.NONE_ASKED: N_("does not matter"),
    WorkLevel.NO_PRIMARY: N_("no primary school"),
    WorkLevel.BASIC: N_("basic level"),
    WorkLevel.VMBO: N_("vmbo"),
    WorkLevel.MBO: N_("mbo, havo or vwo"),
    WorkLevel.HBO: N_("hbo"),
    WorkLevel.WO: N_("university"),
    WorkLevel.UNKNOWN: N_("not known yet"),
}
TERMS = {ContractTerm.FIXED: N_("for a fixed time"), ContractTerm.OPEN_ENDED: N_("permanent")}
AGREEMENTS = {
    Agreement.REGULAR: N_("ordinary job"),
    Agreement.APPRENTICESHIP: N_("apprenticeship"),
    Agreement.VOLUNTARY: N_("voluntary work"),
    Agreement.WORK_EXPERIENCE: N_("work experience"),
}
APPLICATIONS = {
    Application.POST: N_("by letter"),
    Application.PHONE: N_("by telephone"),
    Application.MAIL: N_("by mail"),
    Application.FORM: N_("with a form on the website"),
}
SHIFTS = {
    ShiftWork.UNKNOWN: N_("not known yet"),
    ShiftWork.YES: N_("yes"),
    ShiftWork.NO: N_("no"),
}
LABELS = {
    "title": N_("Title of the vacancy"),
    "description": N_("Description"),
    "occupation": N_("Occupation"),
    "occupation_code": N_("Code of the occupation"),
    "sbi_code": N_("SBI code of the work"),
    "work_level": N_("Level of work and thinking, at least"),
    "contract_term": N_("Contract"),
    "agreement": N_("Kind of job"),
    "hours_least": N_("Hours a week, at least"),
    "hours_most": N_("Hours a week, at most"),
    "shift_work": N_("Shifts or irregular hours"),
    "starts_on": N_("Starts on"),
    "closes_on": N_("Closes on"),
    "licences": N_("Driving licence"),
    "skills": N_("What somebody must be able to do"),
    "apply_by": N_("How to apply"),
    "apply_at": N_("Where to apply"),
    "contact_person_id": N_("Ask"),
    "open_to_carving": N_("Open to job carving: part of the work may go to somebody else"),
}


def show(actor: Actor, need: NeedRow, found: VacancyRow | None, people: Mapping[int, str]) -> None:
    """Show the vacancy of a need, with the file for VUM, and the form behind it."""
    st.header(_("Vacancy"), anchor=False)
    if found is None:
        st.info(_("This vacancy is not described yet. With the fields below it can be handed on to VUM."))
    else:
        _summary(found)
        address = f"/vacancies/{need.id}.json"
        st.link_button(_("Download for VUM (JSON)"), address, icon=":material/download:")
    if actor.may(Permission.VISIT_LOG) and need.closed_on is None:
        with st.expander(_("Describe the vacancy"), expanded=found is None):
            _form(actor, need, found, people)


def _summary(found: VacancyRow) -> None:
    one = found.vacancy
    hours = (
        f"{one.hours_least}–{one.hours_most}" if one.hours_least != one.hours_most else f"{one.hours_most}"
    )
    facts = [
        _("{hours} hours a week", hours=hours),
        _(LEVELS[one.work_level]),
        _(TERMS[one.contract_term]) if one.contract_term else None,
        _(AGREEMENTS[one.agreement]),
        _("closes {day}", day=day(one.closes_on)) if one.closes_on else None,
    ]
    st.markdown(f"**{plain(one.title)}**")
    st.caption(" · ".join(fact for fact in facts if fact))
    if one.open_to_carving:
        st.markdown(":green-badge[:material/account_tree: " + _("open to job carving") + "]")
    if one.description:
        st.text(one.description)


def _form(actor: Actor, need: NeedRow, found: VacancyRow | None, people: Mapping[int, str]) -> None:
    stored = found.vacancy if found else None
    form = open_form(f"vacancy_{need.id}", stored.version if stored else 0, "title", f"need_{need.id}")
    old: dict[str, Any] = stored.model_dump() if stored else {}
    with st.form(form.key("form"), border=False):
        fields = {**_what(form, old, need), **_terms(form, old), **_asks(form, old, people)}
        pressed = st.form_submit_button(_("Save the vacancy"), type="primary")
    if pressed:
        save(
            form,
            actor,
            write_vacancy,
            lambda: WriteVacancy(need_id=need.id, version=form.version or None, **fields),
            LABELS,
            _("Saved."),
        )


def _what(form: OpenForm, old: Mapping[str, Any], need: NeedRow) -> dict[str, Any]:
    title = st.text_input(
        _(LABELS["title"]), old.get("title", need.what[:120]), max_chars=120, key=form.key("title")
    )
    text = st.text_area(
        _(LABELS["description"]), old.get("description", ""), max_chars=2000, key=form.key("description")
    )
    with st.container(horizontal=True):
        occupation = st.text_input(
            _(LABELS["occupation"]), old.get("occupation", ""), max_chars=120, key=form.key("occupation")
        )
        code = st.text_input(
            _(LABELS["occupation_code"]),
            old.get("occupation_code", ""),
            max_chars=10,
            key=form.key("occupation_code"),
            width=200,
        )
        sbi = st.text_input(
            _(LABELS["sbi_code"]), old.get("sbi_code", ""), max_chars=6, key=form.key("sbi"), width=200
        )
    carving = st.checkbox(
        _(LABELS["open_to_carving"]), old.get("open_to_carving", False), key=form.key("carving")
    )
    return {
        "title": title,
        "description": text,
        "occupation": occupation,
        "occupation_code": code,
        "sbi_code": sbi,
        "open_to_carving": carving,
    }


def _terms(form: OpenForm, old: Mapping[str, Any]) -> dict[str, Any]:
    with st.container(horizontal=True):
        least = st.number_input(
            _(LABELS["hours_least"]), 1, 60, old.get("hours_least", 24), key=form.key("least"), width=200
        )
        most = st.number_input(
            _(LABELS["hours_most"]), 1, 60, old.get("hours_most", 32), key=form.key("most"), width=200
        )
        starts_on = ask_day(_(LABELS["starts_on"]), old.get("starts_on"), key=form.key("starts"), width=180)
        closes_on = ask_day(_(LABELS["closes_on"]), old.get("closes_on"), key=form.key("closes"), width=180)
    return {
        "hours_least": least,
        "hours_most": most,
        "starts_on": starts_on,
        "closes_on": closes_on,
        "contract_term": _ask(form, "contract_term", TERMS, old.get("contract_term")),
        "agreement": _ask(form, "agreement", AGREEMENTS, old.get("agreement", Agreement.REGULAR)),
        "shift_work": _ask(form, "shift_work", SHIFTS, old.get("shift_work", ShiftWork.UNKNOWN)),
    }


def _asks(form: OpenForm, old: Mapping[str, Any], people: Mapping[int, str]) -> dict[str, Any]:
    level = _ask(form, "work_level", LEVELS, old.get("work_level", WorkLevel.UNKNOWN))
    licences = st.pills(
        _(LABELS["licences"]),
        [licence.value for licence in Licence],
        selection_mode="multi",
        default=old.get("licences", []),
        key=form.key("licences"),
    )
    skills = st.text_area(_(LABELS["skills"]), old.get("skills", ""), height=80, key=form.key("skills"))
    apply_by = _ask(form, "apply_by", APPLICATIONS, old.get("apply_by", Application.PHONE))
    apply_at = st.text_input(
        _(LABELS["apply_at"]), old.get("apply_at", ""), max_chars=200, key=form.key("apply_at")
    )
    person = _ask(form, "contact_person_id", people, old.get("contact_person_id"))
    return {
        "work_level": level,
        "licences": tuple(licences),
        "skills": skills,
        "apply_by": apply_by,
        "apply_at": apply_at,
        "contact_person_id": person,
    }


def _ask(form: OpenForm, name: str, words: Mapping[Any, str], given: Any) -> Any:
    options = list(words)
    names = name == "contact_person_id"
    return st.selectbox(
        _(LABELS[name]),
        options,
        index=options.index(given) if given in options else None,
        format_func=lambda one: words[one] if names else _(words[one]),
        key=form.key(name),
        placeholder=_("Choose"),
    )
