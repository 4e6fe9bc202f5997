"""What happens to a tender before and at its award: taken in, changed, awarded, withdrawn."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.employers.rules import folded
from crm.sroi import rulebook, tendering
from crm.sroi.actions.contracts import authority_of, register
from crm.sroi.commands import RegisterContract
from crm.sroi.records import Contract, TenderIntake
from crm.sroi.rules import RuleSet
from crm.sroi.rules.tendering import IntakeState
from crm.sroi.tender_commands import AwardTender, EditTender, TakeInTender, TenderTerms, WithdrawTender

CARRIED = frozenset(
    (
        "authority_id",
        "title",
        "reference",
        "cpv_code",
        "contract_type",
        "labour_share",
        "percentage",
        "published_on",
        "rule_set_code",
    )
)


@action(Permission.CONTRACT_EDIT, TakeInTender)
def take_in_tender(work: Work, command: TakeInTender) -> int:
    """Take in a tender, with the obligation that would follow; return its id.

    Raises `Invalid` for a fault in the terms, `NotFound` for an authority that is not yours.
    """
    authority = authority_of(work, command.authority_id)
    intake = TenderIntake(
        region_id=authority.region_id,
        **command.model_dump(),
        officer_id=work.actor.user_id,
        state=IntakeState.OPEN,
        expected_cents=0,
        explanation={},
        taken_in_at=clock.now(),
        taken_in_by_id=work.actor.user_id,
    )
    _fill(work, intake, command)
    return key(work.add(intake))


@action(Permission.CONTRACT_EDIT, EditTender)
def edit_tender(work: Work, command: EditTender) -> int:
    """Change a tender, and compute anew what would follow; raises `Invalid` once it is awarded."""
    yours = command.model_dump(include=set(TenderTerms.model_fields))
    intake = _open(work, command.intake_id, command.version, yours)
    for name, value in yours.items():
        setattr(intake, name, value)
    _fill(work, intake, command)
    return command.intake_id


@action(Permission.CONTRACT_EDIT, AwardTender)
def award_tender(work: Work, command: AwardTender) -> int:
    """Make a contract of a tender, to be confirmed, with everything that was taken in; return its id.

    Raises `Invalid` for a fault in what the award says, and once it was awarded or withdrawn.
    """
    intake = _open(work, command.intake_id, command.version, {})
    told = command.model_dump(exclude={"intake_id", "version"})
    carried = intake.model_dump(include=set(CARRIED))
    contract_id = register(work, RegisterContract(**carried, **told), intake.amount_cents)
    work.get(Contract, contract_id).officer_id = intake.officer_id
    intake.state, intake.contract_id, intake.closed_on = IntakeState.AWARDED, contract_id, clock.today()
    work.flush()
    return contract_id


@action(Permission.CONTRACT_EDIT, WithdrawTender)
def withdraw_tender(work: Work, command: WithdrawTender) -> int:
    """Close a tender that will not be awarded, with the reason; return its id."""
    intake = _open(work, command.intake_id, command.version, {"withdrawn_reason": command.reason})
    intake.state, intake.withdrawn_reason = IntakeState.WITHDRAWN, command.reason
    intake.closed_on = clock.today()
    return command.intake_id


def _open(work: Work, intake_id: int, version: int, yours: dict[str, object]) -> TenderIntake:
    intake = work.edit(TenderIntake, intake_id, version, yours)
    if intake.state is not IntakeState.OPEN:
        raise Invalid("intake_id", "This tender was awarded or withdrawn already. Look at it again.")
    return intake


def _fill(work: Work, intake: TenderIntake, command: TenderTerms) -> None:
    if command.end_on < command.start_on:
        raise Invalid("end_on", "The contract ends before it starts. Choose a later day.")
    if command.percentage is not None and command.amount_cents is not None:
        raise Invalid("amount_cents", "Fill in an amount or a percentage, one of the two.")
    parts = (command.title, command.reference, authority_of(work, intake.authority_id).name)
    intake.search_key = folded(" ".join(part for part in parts if part))[:700]
    tendering.fill_in(intake, _rules(work, intake))


def _rules(work: Work, intake: TenderIntake) -> RuleSet:
    dates = rulebook.Dates(intake.award_on, intake.start_on, intake.published_on)
    return rulebook.choose(work, intake.authority_id, dates, intake.rule_set_code)
