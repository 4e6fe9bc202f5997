"""Changing a rule set under way: line by line what changes most, or the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.decimals import read_number
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.sroi import actions
from crm.sroi.queries.ruleset_drafts import DraftPage
from crm.sroi.rules import Bilingual
from crm.sroi.ruleset_commands import ChangeRules, RuleChange, WriteRules
from crm.sroi.ruleset_drafts import faults_in
from crm.sroi.ruleset_lines import Line, Section, lines_of
from crm.sroi.rulesets_faults import Fault
from crm.ui.explanation import spoken
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.tables import show_table
from crm.ui.words import _, n_, plain, typed_number

SECTIONS = {
    Section.VALUES: N_("What efforts are worth"),
    Section.BONUSES: N_("Bonuses"),
    Section.OBLIGATION: N_("The obligation"),
    Section.TERMS: N_("Terms"),
}
TEXT_LABELS = {"document": N_("Text of the rule set")}
HEIGHT = 560


def page_of(draft: DraftPage) -> str:
    """Return the name that the forms on one rule set share."""
    return f"ruleset_{draft.row.id}"


def change_lines(actor: Actor, draft: DraftPage) -> None:
    """Ask for the lines of one section, and save those that were changed."""
    if draft.faults:
        st.info(_("The text has faults. Repair them under Whole text; then you can go on here."))
        return
    lines = lines_of(draft.rules())
    there = [section for section in Section if any(line.section is section for line in lines)]
    section = st.segmented_control(
        _("Part of the rules"),
        there,
        format_func=lambda one: _(SECTIONS[one]),
        default=there[0],
        key="ruleset_section",
        required=True,
    )
    shown = [line for line in lines if line.section is section]
    name = f"ruleset_lines_{draft.row.id}_{section}"
    form = open_form(name, draft.version, f"{shown[0].path}:source", page_of(draft))
    with st.form(form.name, border=False):
        typed = [_ask(line, form) for line in shown]
        sent = st.form_submit_button(_("Save the changes"), type="primary")
    if sent:
        _save_lines(actor, draft, form, shown, typed)


def write_text(actor: Actor, draft: DraftPage) -> None:
    """Ask for the whole text; its faults stand under it, each with its line."""
    form = open_form(f"ruleset_text_{draft.row.id}", draft.version, "document", page_of(draft))
    text = st.text_area(
        _(TEXT_LABELS["document"]),
        draft.document,
        height=HEIGHT,
        max_chars=300_000,
        key=form.key("document"),
        persist_state="session",
        help=_("The faults are shown anew when you leave the field or press Ctrl+Enter."),
    )
    typed = text or ""
    show_faults(faults_in(typed, draft.row.code), typed)
    if typed.strip() != draft.document.strip():
        st.caption(_("Not saved yet."))
    if st.button(_("Save the text"), type="primary", key=form.key("save")):
        save(
            form,
            actor,
            actions.write_rules,
            lambda: WriteRules(draft_id=draft.row.id, version=form.version, document=typed),
            TEXT_LABELS,
            _("The text is saved."),
        )


def show_faults(faults: Sequence[Fault], text: str) -> None:
    """Show every fault of a text with its line, or that there is none."""
    if not faults:
        st.success(_("No faults: these rules can be used."), icon=":material/check_circle:")
        return
    st.warning(n_("There is one fault.", "There are {count} faults.", len(faults)))
    lines = text.splitlines()
    frame = pd.DataFrame(
        [(str(fault.line), plain(_line(lines, fault.line)), plain(_sentence(fault))) for fault in faults],
        columns=[_("Line"), _("It says"), _("What is wrong")],
    )
    show_table(frame, _("The faults in the text, with their lines"))


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1][:80] if 0 < number <= len(lines) else ""


def _sentence(fault: Fault) -> str:
    return f"{fault.field}: {_(fault.message, **fault.params)}"


def name_of(line: Line) -> str:
    """Return what a line is called, with its unit or type of contract."""
    name = spoken(line.name) if isinstance(line.name, Bilingual) else _(line.name.text)
    about = f" ({_(line.about.text)})" if line.about else ""
    return f"{name[:1].upper()}{name[1:]}{about}"


def _ask(line: Line, form: OpenForm) -> tuple[str, str, str, bool]:
    st.markdown(f"**{plain(name_of(line))}**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        value = months = ""
        if line.valued:
            value = st.text_input(
                _("Value"), typed_number(line.value), key=form.key(f"{line.path}:value"), width=130
            )
        if line.counted:
            months = st.text_input(
                _("Counts at most (months)"),
                "" if line.months is None else str(line.months),
                key=form.key(f"{line.path}:months"),
                width=190,
                placeholder=_("no limit"),
            )
        source = st.text_input(
            _("Source"),
            line.source,
            max_chars=400,
            key=form.key(f"{line.path}:source"),
            width=320,
            placeholder=_("the source of the rule set"),
        )
        assumed = st.checkbox(_("Assumed"), line.assumed, key=form.key(f"{line.path}:assumed"), width=120)
    return value, months, source, assumed


def _save_lines(
    actor: Actor,
    draft: DraftPage,
    form: OpenForm,
    lines: Sequence[Line],
    typed: Sequence[tuple[str, str, str, bool]],
) -> None:
    def command() -> ChangeRules:
        changes = [_changed(line, *told) for line, told in zip(lines, typed, strict=True)]
        wanted = tuple(change for change in changes if change is not None)
        if not wanted:
            raise Invalid("changes", "Nothing was changed.")
        return ChangeRules(draft_id=draft.row.id, version=form.version, changes=wanted)

    parts = ("", ".value", ".counting_max_months")
    labels = {f"{line.path}{part}": name_of(line) for line in lines for part in parts}
    save(form, actor, actions.change_rules, command, labels, _("The rules are saved."))


def _changed(line: Line, value: str, months: str, source: str, assumed: bool) -> RuleChange | None:
    number = read_number(value, line.path)
    limit = _whole(months, line.path)
    told = (number, limit, source.strip(), assumed)
    if told == (line.value, line.months, line.source, line.assumed):
        return None
    return RuleChange(path=line.path, value=number, months=limit, source=source, assumed=assumed)


def _whole(typed: str, field: str) -> int | None:
    number = read_number(typed, field)
    if number is None:
        return None
    if number != int(number) or number < Decimal(1):
        raise Invalid(field, "Fill in whole months, or leave it empty for no limit.")
    return int(number)
