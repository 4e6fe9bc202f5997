"""The way of a promise: noted from the bid, taken over by the contract manager, known on site."""

from __future__ import annotations

from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.plan_commands import ConfirmHandover, NameSiteContact, NotePromise
from crm.sroi.queries import planning
from crm.sroi.records import Contract, Handover
from crm.sroi.rules.plan import HandoverStep


@action(Permission.CONTRACT_EDIT, NotePromise)
def note_promise(work: Work, command: NotePromise) -> int:
    """Note what was promised in the bid and by whom; return the id of the note."""
    return _hand_over(work, command, HandoverStep.PROMISE, command.note)


@action(Permission.EFFORT_SUBMIT, NameSiteContact)
def name_site_contact(work: Work, command: NameSiteContact) -> int:
    """Name who sees to the plan on site, at the contractor; return the id of the note."""
    return _hand_over(work, command, HandoverStep.SITE_CONTACT)


@action(Permission.CONTRACT_EDIT, ConfirmHandover)
def confirm_handover(work: Work, command: ConfirmHandover) -> int:
    """Note on which day somebody took the plan over; raises `Invalid` for a day before it was handed."""
    handover = work.edit(Handover, command.handover_id, command.version, {})
    if command.confirmed_on < handover.handed_on:
        raise Invalid("confirmed_on", "It was handed over later than that. Choose that day or a later one.")
    handover.confirmed_on = command.confirmed_on
    handover.confirmed_by_id = work.actor.user_id
    return command.handover_id


def _hand_over(work: Work, command: NotePromise | NameSiteContact, step: HandoverStep, note: str = "") -> int:
    contract = work.get(Contract, command.contract_id)
    plan = planning.current_plan(work, command.contract_id)
    made = Handover(
        region_id=contract.region_id,
        authority_id=contract.authority_id,
        employer_id=contract.employer_id,
        contract_id=command.contract_id,
        plan_id=plan.id if plan else None,
        step=step,
        name=command.name,
        function=command.function,
        note=note,
        handed_on=command.handed_on,
        noted_by_id=work.actor.user_id,
    )
    return key(work.add(made))
