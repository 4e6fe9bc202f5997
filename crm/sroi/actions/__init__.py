"""What users can do with contracts, efforts, evidence and rule sets."""

from crm.sroi.actions.certificate_offers import (
    confirm_certificate_offer,
    offer_certificate,
    refuse_certificate_offer,
    take_back_certificate_offer,
)
from crm.sroi.actions.certificates import add_certificate, edit_certificate, end_certificate
from crm.sroi.actions.changes import change_contract, take_back_change
from crm.sroi.actions.contracts import (
    confirm_obligation,
    edit_contract,
    refresh_award,
    register_award,
    register_contract,
    start_repair,
    withdraw_award,
    withdraw_contract,
)
from crm.sroi.actions.efforts import (
    copy_effort,
    edit_effort,
    offer_placement,
    submit_effort,
    take_back_offer,
    withdraw_effort,
)
from crm.sroi.actions.evidence import add_evidence, note_evidence_seen, remove_evidence
from crm.sroi.actions.handovers import confirm_handover, name_site_contact, note_promise
from crm.sroi.actions.life import (
    change_owner,
    note_event,
    note_reminder,
    refresh_clocks,
    take_back_event,
)
from crm.sroi.actions.many import submit_efforts
from crm.sroi.actions.plans import (
    accept_plan,
    add_plan_lines,
    discard_plan,
    edit_plan_line,
    hand_in_plan,
    remove_plan_line,
    renew_plan,
    send_plan_back,
)
from crm.sroi.actions.reminders import make_reminder, note_mail, remind_by_itself, try_mail
from crm.sroi.actions.reopening import reopen_effort, reopen_obligation
from crm.sroi.actions.retention import sweep_evidence, sweep_files
from crm.sroi.actions.review import approve_effort, send_back
from crm.sroi.actions.ruleset_drafts import (
    approve_rules,
    ask_rules_approval,
    change_rules,
    drop_rules,
    make_rule_set,
    send_rules_back,
    write_rules,
)
from crm.sroi.actions.ruleset_publishing import publish_rules
from crm.sroi.actions.rulesets import assign_rule_set
from crm.sroi.actions.settlement import correct_statement, make_letter, settle_contract
from crm.sroi.actions.shares import answer_own_share, answer_share, propose_share, take_back_share
from crm.sroi.actions.splitting import split_again
from crm.sroi.actions.tenders import award_tender, edit_tender, take_in_tender, withdraw_tender

__all__ = [
    "accept_plan",
    "add_certificate",
    "add_evidence",
    "add_plan_lines",
    "answer_own_share",
    "answer_share",
    "approve_effort",
    "approve_rules",
    "ask_rules_approval",
    "assign_rule_set",
    "award_tender",
    "change_contract",
    "change_owner",
    "change_rules",
    "confirm_certificate_offer",
    "confirm_handover",
    "confirm_obligation",
    "copy_effort",
    "correct_statement",
    "discard_plan",
    "drop_rules",
    "edit_certificate",
    "edit_contract",
    "edit_effort",
    "edit_plan_line",
    "edit_tender",
    "end_certificate",
    "hand_in_plan",
    "make_letter",
    "make_reminder",
    "make_rule_set",
    "name_site_contact",
    "note_event",
    "note_evidence_seen",
    "note_mail",
    "note_promise",
    "note_reminder",
    "offer_certificate",
    "offer_placement",
    "propose_share",
    "publish_rules",
    "refresh_award",
    "refresh_clocks",
    "refuse_certificate_offer",
    "register_award",
    "register_contract",
    "remind_by_itself",
    "remove_evidence",
    "remove_plan_line",
    "renew_plan",
    "reopen_effort",
    "reopen_obligation",
    "send_back",
    "send_plan_back",
    "send_rules_back",
    "settle_contract",
    "split_again",
    "start_repair",
    "submit_effort",
    "submit_efforts",
    "sweep_evidence",
    "sweep_files",
    "take_back_certificate_offer",
    "take_back_change",
    "take_back_event",
    "take_back_offer",
    "take_back_share",
    "take_in_tender",
    "try_mail",
    "withdraw_award",
    "withdraw_contract",
    "withdraw_effort",
    "withdraw_tender",
    "write_rules",
]
