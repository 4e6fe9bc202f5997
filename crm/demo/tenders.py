"""Tenders of the demo before their award: most on their way, one withdrawn."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from crm.accounts.records import User
from crm.core.records import key
from crm.demo.acting import Demo, acting
from crm.sroi.actions import take_in_tender, withdraw_tender
from crm.sroi.records import Authority, TenderIntake
from crm.sroi.rules.tendering import AwardCriterion
from crm.sroi.states import ContractType
from crm.sroi.tender_commands import TakeInTender, WithdrawTender

TENDERS = (
    ("Renovatie sporthal De Meerval", ContractType.WORKS, 2_400_000, AwardCriterion.BEST_VALUE, 10, 40),
    ("Schoonmaak gemeentelijke gebouwen", ContractType.SERVICES, 850_000, AwardCriterion.BEST_VALUE, 15, 75),
    ("Leerlingenvervoer", ContractType.SERVICES, 1_300_000, AwardCriterion.LOWEST_PRICE, None, 110),
    ("Onderhoud speelplaatsen", ContractType.SERVICES, 90_000, AwardCriterion.LOWEST_PRICE, None, 60),
    ("Kantoormeubilair", ContractType.GOODS, 260_000, AwardCriterion.LOWEST_COST, 5, 20),
    ("Groenafval verwerken", ContractType.SERVICES, 540_000, AwardCriterion.BEST_VALUE, 10, 30),
)
BY_AMOUNT, WITHDRAWN = 5, 4
WAITING = timedelta(days=30)


def make_tenders(demo: Demo, authority: Authority, officer: User) -> None:
    """Make the tenders of one authority; they draw nothing from the demo's chance."""
    for number in range(len(TENDERS)):
        intake_id = _take_in(demo, authority, officer, number)
        if number == WITHDRAWN:
            _withdraw(demo, officer, intake_id)


def _take_in(demo: Demo, authority: Authority, officer: User, number: int) -> int:
    title, kind, estimate, criterion, weight, days = TENDERS[number]
    award_on = demo.today + timedelta(days=days)
    command = TakeInTender(
        authority_id=key(authority),
        title=title,
        reference=f"{award_on.year}-{700 + number}",
        contract_type=kind,
        estimate_cents=estimate * 100,
        amount_cents=2_500_000 if number == BY_AMOUNT else None,
        criterion=criterion,
        social_weight=None if weight is None else Decimal(weight),
        published_on=demo.today - WAITING,
        award_on=award_on,
        start_on=award_on + WAITING,
        end_on=award_on + timedelta(days=730),
    )
    with acting(officer, demo.today - WAITING) as unit:
        intake_id = take_in_tender(unit, command)
        unit.commit()
    return intake_id


def _withdraw(demo: Demo, officer: User, intake_id: int) -> None:
    with acting(officer, demo.today - timedelta(days=5)) as unit:
        version = unit.get(TenderIntake, intake_id).version
        reason = "Er kwamen geen geldige inschrijvingen."
        withdraw_tender(unit, WithdrawTender(intake_id=intake_id, version=version, reason=reason))
        unit.commit()
