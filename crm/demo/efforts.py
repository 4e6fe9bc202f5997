"""Efforts on the demo contracts: people at work, pupils, purchases; most approved, some under review."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from crm.accounts.records import User
from crm.core.access import Permission
from crm.core.work import Work
from crm.demo.acting import Demo, acting
from crm.demo.placed import placed
from crm.sroi.actions import (
    add_evidence,
    approve_effort,
    note_evidence_seen,
    send_back,
    submit_effort,
)
from crm.sroi.commands import (
    AddEvidence,
    ApproveEffort,
    NoteEvidenceSeen,
    SendBack,
    SubmitEffort,
)
from crm.sroi.records import Contract, Effort

BLOCKS = ("PW", "PW", "BANENAFSPRAAK", "WIA_WAO", "WW", "BBL_2_4", "NUG")
PURCHASING = "SOCIALE_INKOOP"
PURCHASES = ("Catering door een sociale onderneming", "Drukwerk bij het sociaal werkbedrijf")
SMALLEST_CENTS = 100_000
WHOLE = 100
SENT_BACK = "De loonstrook van de laatste maand ontbreekt. Voeg hem toe en dien opnieuw in."
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def fill(demo: Demo, officer: User, contract_id: int, percent: int) -> None:
    """Hand in and approve efforts until about this share of the obligation is approved."""
    with acting(officer, demo.today) as work:
        contract = work.get(Contract, contract_id)
    for _ in range(60):
        missing = contract.obligation_cents * percent // 100 - contract.approved_cents
        # Who is to have done everything has done it to the last cent.
        if missing < (SMALLEST_CENTS if percent < WHOLE else 1):
            return
        claim = placed(demo, contract, _claim(demo, contract, missing))
        reviewed_on = min((claim.end or contract.end_on) + timedelta(days=12), demo.today)
        with acting(officer, reviewed_on) as work:
            effort_id = submit_effort(work, claim)
            _approve(work, effort_id, reviewed_on, missing)
            work.commit()
            contract = work.get(Contract, contract_id)


def leave_open(demo: Demo, contractor: User, officer: User, contract_id: int) -> None:
    """Leave something to review, to correct and, at the contractor, to finish."""
    for number in range(demo.chance.randrange(1, 3)):
        with acting(contractor, demo.today - timedelta(days=demo.chance.randrange(1, 9))) as work:
            claim = _person(demo, work.get(Contract, contract_id), demo.today - timedelta(days=9))
            effort_id = submit_effort(work, claim)
            if work.actor.may(Permission.EVIDENCE_ADD):
                name = "arbeidsovereenkomst.pdf"
                add_evidence(
                    work,
                    AddEvidence(effort_id=effort_id, kind="employment_contract", file_name=name, content=PDF),
                )
            work.commit()
        if number:
            _return(officer, effort_id, demo.today)


def _claim(demo: Demo, contract: Contract, missing: int) -> SubmitEffort:
    last = min(demo.today - timedelta(days=3), contract.end_on)
    if missing < 10 * SMALLEST_CENTS or demo.chance.random() < 0.2:
        return _purchase(demo, contract, last, min(missing, demo.chance.randrange(3, 15) * SMALLEST_CENTS))
    return _person(demo, contract, last)


def _purchase(demo: Demo, contract: Contract, last: date, amount_cents: int) -> SubmitEffort:
    days = max((last - contract.start_on).days, 1)
    bought_on = contract.start_on + timedelta(days=demo.chance.randrange(days))
    return SubmitEffort(
        contract_id=contract.id or 0,
        block=PURCHASING,
        start=bought_on,
        end=bought_on,
        amount_cents=amount_cents - amount_cents % 5_000 or amount_cents,
        description=demo.chance.choice(PURCHASES),
    )


def _person(demo: Demo, contract: Contract, last: date) -> SubmitEffort:
    days = max((last - contract.start_on).days, 1)
    start = contract.start_on + timedelta(days=demo.chance.randrange(max(days * 2 // 3, 1)))
    end = min(start + timedelta(days=demo.chance.choice((90, 120, 180, 270))), last)
    claim = SubmitEffort(
        contract_id=contract.id or 0,
        block=demo.chance.choice(BLOCKS),
        start=start,
        end=max(end, start),
        hours_per_week=Decimal(demo.chance.choice((16, 20, 24, 28, 32, 36))),
        age=demo.chance.choice((24, 31, 38, 46, 53, 58)),
        subject=f"P-{demo.chance.randrange(1000, 9999)}",
    )
    surname, birth_date = demo.somebody(claim.age or 0)
    return claim.model_copy(update={"surname": surname, "birth_date": birth_date})


def claim_twice(officer: User, contract_id: int, day: date, start: date) -> None:
    """Hand in full weeks of one person, the same on whatever contract."""
    with acting(officer, day) as work:
        effort_id = submit_effort(
            work,
            SubmitEffort(
                contract_id=contract_id,
                block=BLOCKS[0],
                start=start,
                end=day,
                hours_per_week=Decimal(32),
                subject="P-2201",
                surname="Maasdonk",
                birth_date=date(1991, 5, 12),
            ),
        )
        note_evidence_seen(work, NoteEvidenceSeen(effort_id=effort_id, kind="payslip", seen_on=day))
        work.commit()


def _approve(work: Work, effort_id: int, day: date, missing: int) -> None:
    effort = work.get(Effort, effort_id)
    kind = "invoice" if effort.block == PURCHASING else "payslip"
    note_evidence_seen(work, NoteEvidenceSeen(effort_id=effort_id, kind=kind, seen_on=day))
    in_part = effort.value_cents > missing * 13 // 10
    part = max(missing, effort.value_cents * 6 // 10) if in_part else None
    reason = "Alleen de maanden met een loonstrook tellen mee." if in_part else None
    approve_effort(
        work,
        ApproveEffort(effort_id=effort_id, version=effort.version, approved_cents=part, reason=reason),
    )


def _return(officer: User, effort_id: int, day: date) -> None:
    with acting(officer, day) as work:
        version = work.get(Effort, effort_id).version
        send_back(work, SendBack(effort_id=effort_id, version=version, reason=SENT_BACK))
        work.commit()
