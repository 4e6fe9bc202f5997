"""What users can do with contracts, efforts, evidence and rule sets."""

from crm.sroi.actions.contracts import (
    confirm_obligation,
    edit_contract,
    refresh_award,
    register_award,
    register_contract,
    reopen_obligation,
    settle_contract,
    start_repair,
    withdraw_award,
    withdraw_contract,
)
from crm.sroi.actions.efforts import (
    edit_effort,
    offer_placement,
    submit_effort,
    take_back_offer,
    withdraw_effort,
)
from crm.sroi.actions.evidence import add_evidence, note_evidence_seen, remove_evidence
from crm.sroi.actions.review import approve_effort, send_back
from crm.sroi.actions.rulesets import assign_rule_set

__all__ = [
    "add_evidence",
    "approve_effort",
    "assign_rule_set",
    "confirm_obligation",
    "edit_contract",
    "edit_effort",
    "note_evidence_seen",
    "offer_placement",
    "refresh_award",
    "register_award",
    "register_contract",
    "remove_evidence",
    "reopen_obligation",
    "send_back",
    "settle_contract",
    "start_repair",
    "submit_effort",
    "take_back_offer",
    "withdraw_award",
    "withdraw_contract",
    "withdraw_effort",
]
