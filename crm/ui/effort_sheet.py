"""Many efforts at once: download the template of a contract, fill it in, look at it, hand it in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.money import cents
from crm.core.work import reading
from crm.exchange import effort_sheet
from crm.exchange.effort_sheet import SheetLine
from crm.sroi import actions
from crm.sroi.commands import SubmitEfforts
from crm.sroi.queries.many import Told, look_at
from crm.sroi.rules import RuleSet
from crm.ui.effort_form import LABELS
from crm.ui.explanation import spoken
from crm.ui.forms import attempt, flash, show_fault
from crm.ui.sroi import period_of_days
from crm.ui.tables import show_table
from crm.ui.words import _, language, n_, plain, whole_euros


def show(actor: Actor, contract_id: int, ruleset: RuleSet) -> None:
    """Offer to hand in efforts by spreadsheet; every line is looked at before anything is kept."""
    with st.expander(_("Many at once, with a spreadsheet"), icon=":material/table_view:"):
        st.caption(_("Download the sheet, fill in a line for each effort, and bring it back here."))
        address = f"/sheets/{contract_id}.xlsx?language={language()}"
        st.link_button(_("Download the sheet"), address, icon=":material/download:")
        turn = st.session_state.setdefault("sheet_turn", 0)
        file = st.file_uploader(_("The sheet, filled in"), ["xlsx"], key=f"sheet_{contract_id}_{turn}")
        if file is not None:
            _look(actor, contract_id, ruleset, file.getvalue())


def _look(actor: Actor, contract_id: int, ruleset: RuleSet, data: bytes) -> None:
    try:
        lines = effort_sheet.read(data, ruleset)
    except Invalid as fault:
        show_fault(fault)
        return
    readable = [line.claim for line in lines if line.claim is not None]
    with reading(actor) as work:
        looked = iter(look_at(work, contract_id, readable))
    told = [next(looked) if line.claim is not None else Told(fault=line.fault) for line in lines]
    if not lines:
        st.info(_("There are no lines in it yet."))
        return
    show_table(_table(ruleset, lines, told), _("The lines of the sheet"), right=[_("Value")])
    good = [
        line.claim
        for line, one in zip(lines, told, strict=True)
        if line.claim and not one.fault and not one.known
    ]
    faulty = sum(one.fault is not None for one in told)
    if faulty:
        st.warning(
            n_(
                "{count} line cannot be used. Mend it in the sheet and bring it back.",
                "{count} lines cannot be used. Mend them in the sheet and bring it back.",
                faulty,
            )
        )
    if not good:
        return
    with st.container(horizontal=True):
        send = st.button(
            n_("Hand in {count} effort", "Hand in {count} efforts", len(good)),
            type="primary",
            key="sheet_send",
        )
        keep = st.button(_("Keep as drafts"), key="sheet_keep")
    if send or keep:
        command = SubmitEfforts(contract_id=contract_id, efforts=tuple(good), submit=send)
        made = attempt(actor, actions.submit_efforts, lambda: command, LABELS)
        if made is not None:
            st.session_state["sheet_turn"] += 1
            flash(n_("{count} effort was added.", "{count} efforts were added.", made))
            st.rerun()


def _table(ruleset: RuleSet, lines: list[SheetLine], told: list[Told]) -> pd.DataFrame:
    rows = [
        (str(line.line), _what(ruleset, line), _value(one), _verdict(one))
        for line, one in zip(lines, told, strict=True)
    ]
    return pd.DataFrame(rows, columns=[_("Line"), _("What"), _("Value"), _("Verdict")])


def _what(ruleset: RuleSet, line: SheetLine) -> str:
    if line.claim is None:
        return "–"
    name = spoken(ruleset.block(line.claim.block).name)
    parts = (plain(line.claim.subject), name, period_of_days(line.claim.start, line.claim.end))
    return " · ".join(part for part in parts if part)


def _value(told: Told) -> str:
    return whole_euros(cents(told.value.amount)) if told.value else "–"


def _verdict(told: Told) -> str:
    if told.fault is not None:
        label = LABELS.get(told.fault.field)
        sentence = _(told.fault.message, **told.fault.params)
        return (
            ":orange-badge[:material/error: "
            + _("fault")
            + "] "
            + plain(f"{_(label)}: {sentence}" if label else sentence)
        )
    if told.known:
        return ":gray-badge[:material/content_copy: " + _("there already") + "]"
    return ":green-badge[:material/check: " + _("good") + "]"
