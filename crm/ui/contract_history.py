"""What was changed on a contract, its efforts and its plan, by whom and when."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.history import Change
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import queries
from crm.ui.tables import show_table
from crm.ui.words import _, moment, plain, whole_euros

SHOWN = 50
DONE = {
    "sroi.register_contract": N_("put in the register"),
    "sroi.register_award": N_("read in from an award"),
    "sroi.refresh_award": N_("brought up to date from a notice"),
    "sroi.edit_contract": N_("changed the contract"),
    "sroi.confirm_obligation": N_("confirmed the obligation"),
    "sroi.reopen_obligation": N_("took the confirmation back"),
    "sroi.start_repair": N_("granted a repair period"),
    "sroi.settle_contract": N_("settled the contract"),
    "sroi.correct_statement": N_("corrected the final statement"),
    "sroi.make_letter": N_("made a letter"),
    "sroi.withdraw_contract": N_("withdrew the contract"),
    "sroi.submit_effort": N_("handed in an effort"),
    "sroi.edit_effort": N_("changed an effort"),
    "sroi.withdraw_effort": N_("took back an effort"),
    "sroi.offer_placement": N_("offered a placement"),
    "sroi.approve_effort": N_("approved an effort"),
    "sroi.send_back": N_("sent an effort back"),
    "sroi.reopen_effort": N_("took the approval of an effort back"),
    "sroi.add_plan_lines": N_("added to the plan"),
    "sroi.edit_plan_line": N_("changed the plan"),
    "sroi.remove_plan_line": N_("took something out of the plan"),
    "sroi.hand_in_plan": N_("handed in the plan"),
    "sroi.accept_plan": N_("accepted the plan"),
    "sroi.send_plan_back": N_("sent the plan back"),
    "sroi.renew_plan": N_("started a new version of the plan"),
    "sroi.note_promise": N_("noted what the bid promised"),
    "sroi.name_site_contact": N_("named who is on site"),
    "sroi.confirm_handover": N_("confirmed a handover"),
    "sroi.note_event": N_("wrote down what happened"),
    "sroi.note_reminder": N_("noted a reminder as sent"),
    "sroi.take_back_event": N_("put right what was written down"),
    "sroi.change_owner": N_("gave the contract to somebody else"),
    "sroi.change_contract": N_("noted a change of the contract"),
    "sroi.take_back_change": N_("took a change back"),
    "sroi.propose_share": N_("proposed a part for another company"),
    "sroi.answer_own_share": N_("answered about a part for another company"),
    "sroi.answer_share": N_("answered about a part for another company"),
    "sroi.take_back_share": N_("took a part back"),
    "sroi.split_again": N_("proposed a new split of the parts"),
}
AMOUNTS = {
    "obligation_cents": N_("Obligation"),
    "approved_cents": N_("Approved"),
    "submitted_cents": N_("Under review"),
    "value_cents": N_("Value"),
    "total_cents": N_("Value of the plan"),
}


def show(actor: Actor, contract_id: int) -> None:
    """Show the last changes, newest first."""
    with reading(actor) as work:
        found = queries.contract_history(work, contract_id, SHOWN)
    if not found:
        st.info(_("Nothing was changed yet."))
        return
    frame = pd.DataFrame([_row(change) for change in found], columns=[_("When"), _("Who"), _("What")])
    show_table(frame, _("Changes of this contract, newest first"))


def _row(change: Change) -> tuple[str, str, str]:
    done = _(DONE[change.intention]) if change.intention in DONE else plain(change.intention)
    amounts = [
        f"{_(AMOUNTS[field.field])} {_amount(field.before)} → {_amount(field.after)}"
        for field in change.fields
        if field.field in AMOUNTS and (field.before or 0) != (field.after or 0)
    ]
    return moment(change.at), plain(change.who), " · ".join([done, *amounts])


def _amount(value: object) -> str:
    return whole_euros(value if isinstance(value, int) else 0)
