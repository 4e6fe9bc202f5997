"""Plans of action on the demo contracts: most agreed on, one that waits and one that came back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from crm.accounts.records import User
from crm.core.records import key
from crm.demo.acting import Demo, acting
from crm.sroi.actions import (
    accept_plan,
    add_plan_lines,
    confirm_handover,
    hand_in_plan,
    name_site_contact,
    note_promise,
    send_plan_back,
)
from crm.sroi.plan_commands import (
    AcceptPlan,
    AddPlanLines,
    ConfirmHandover,
    HandInPlan,
    NameSiteContact,
    NotePromise,
    PlanLineFacts,
    SendPlanBack,
)
from crm.sroi.queries.plans import plan_page
from crm.sroi.records import Contract, Plan
from crm.sroi.rulebook import of_contract
from crm.sroi.rules import add_months
from crm.sroi.rules.plan import HandoverStep

PEOPLE = (("PW", 2_000_000), ("BANENAFSPRAAK", 2_500_000), ("WW", 1_000_000))
WORK = ("Werk in de ploeg Noord", "Hulp in het magazijn", "Schoonmaak van de keten", "Groenploeg Zuid")
MANAGERS = ("Femke Vos", "Joost Bakker", "Nadia el Amrani", "Wim Peeters")
ON_SITE = ("Ilse Bos", "Ruud Jansen", "Samira Aydin", "Koen de Graaf")
SENT_BACK = "Wie begeleidt deze mensen op het werk? Zet dat erbij en stuur het plan opnieuw in."
WAITS, CAME_BACK = 10, 12
SMALLEST_CENTS = 250_000
MONTHS, HOURS = 9, Decimal(24)


def make_plan(demo: Demo, officer: User, contract_id: int, number: int) -> None:
    """Make the plan of a contract, for two in three of them; `number` tells what became of it.

    It draws nothing from the demo's chance, so that the rest of the region is the same without plans.
    """
    if number % 3 == 1 and number not in (WAITS, CAME_BACK):
        return
    with acting(officer, demo.today) as work:
        contract = work.get(Contract, contract_id)
    lines = _lines(contract, number)
    if not lines:
        return
    awarded = contract.award_on
    plan_id = _hand_in(officer, awarded + timedelta(days=24), contract_id, lines)
    if number == CAME_BACK:
        _send_back(officer, awarded + timedelta(days=29), plan_id)
    elif number != WAITS:
        _promise(officer, awarded, contract_id, number)
        _accept(officer, awarded + timedelta(days=31), plan_id, number)
        _on_site(officer, awarded + timedelta(days=38), contract_id, number)


def _lines(contract: Contract, number: int) -> tuple[PlanLineFacts, ...]:
    """Return people until about the obligation is covered, and what is left as purchases."""
    left, lines = contract.obligation_cents, []
    for place, (block, cents) in enumerate(PEOPLE):
        count = min(left // cents, 2 if place == 0 else 1)
        if count:
            lines.append(_people(contract, block, int(count), number + place))
            left -= cents * count
    if left >= SMALLEST_CENTS and number % 4:
        lines.append(
            PlanLineFacts(
                block="SOCIALE_INKOOP",
                start=contract.start_on + timedelta(days=90),
                amount_cents=left - left % 50_000,
                activity="Catering en drukwerk bij sociale ondernemingen",
            )
        )
    return tuple(lines)


def _people(contract: Contract, block: str, count: int, number: int) -> PlanLineFacts:
    start = add_months(contract.start_on.replace(day=1), 1 + number % 3)
    return PlanLineFacts(
        block=block,
        people=count,
        start=start,
        end=min(add_months(start, MONTHS) - timedelta(days=1), contract.end_on),
        hours_per_week=HOURS,
        activity=WORK[number % len(WORK)],
    )


def _hand_in(officer: User, day: date, contract_id: int, lines: tuple[PlanLineFacts, ...]) -> int:
    with acting(officer, day) as work:
        plan_id = add_plan_lines(work, AddPlanLines(contract_id=contract_id, lines=lines))
        hand_in_plan(work, HandInPlan(plan_id=plan_id, version=work.get(Plan, plan_id).version))
        work.commit()
    return plan_id


def _send_back(officer: User, day: date, plan_id: int) -> None:
    with acting(officer, day) as work:
        version = work.get(Plan, plan_id).version
        send_plan_back(work, SendPlanBack(plan_id=plan_id, version=version, reason=SENT_BACK))
        work.commit()


def _promise(officer: User, awarded: date, contract_id: int, number: int) -> None:
    with acting(officer, awarded + timedelta(days=5)) as work:
        note_promise(
            work,
            NotePromise(
                contract_id=contract_id,
                name=ON_SITE[(number + 1) % len(ON_SITE)],
                function="inschrijver",
                note="Mensen uit de regio aan het werk, en inkopen bij sociale ondernemingen",
                handed_on=awarded - timedelta(days=30),
            ),
        )
        work.commit()


def _accept(officer: User, day: date, plan_id: int, number: int) -> None:
    with acting(officer, day) as work:
        plan = work.get(Plan, plan_id)
        accept_plan(
            work,
            AcceptPlan(
                plan_id=plan_id,
                version=plan.version,
                name=MANAGERS[number % len(MANAGERS)],
                function="contractmanager",
                handed_on=day,
            ),
        )
        if number % 2:
            contract = work.get(Contract, plan.contract_id)
            steps = plan_page(work, key(contract), of_contract(work, contract)).handovers
            step = next(row for row in steps if row.step is HandoverStep.CONTRACT_MANAGER)
            confirm_handover(
                work, ConfirmHandover(handover_id=step.id, version=step.version, confirmed_on=day)
            )
        work.commit()


def _on_site(officer: User, day: date, contract_id: int, number: int) -> None:
    with acting(officer, day) as work:
        name_site_contact(
            work,
            NameSiteContact(
                contract_id=contract_id,
                name=ON_SITE[number % len(ON_SITE)],
                function="uitvoerder",
                handed_on=day,
            ),
        )
        work.commit()
