"""What employers in the demo region need, and what they answered to the question lists."""

from __future__ import annotations

from datetime import date, timedelta

from crm.core.records import key
from crm.core.work import Work
from crm.demo.acting import Demo, acting
from crm.demo.region import Business
from crm.needs.actions import (
    NoteReaction,
    RaiseNeed,
    WriteVacancy,
    note_reaction,
    raise_need,
    write_vacancy,
)
from crm.needs.rules import ContractTerm, NeedKind, NeedUrgency, Phase, ShiftWork, WorkLevel
from crm.questions.actions import KeepAnswers, keep_answers

ASKED = {
    NeedKind.VACANCY: "Zoekt twee mensen voor het magazijn, 24 tot 32 uur.",
    NeedKind.TRAINING: "Wil vier medewerkers een heftruckcertificaat laten halen.",
    NeedKind.SROI_ADVICE: "Vraagt hoe de SROI-verplichting het beste in te vullen is.",
    NeedKind.SUBSIDY: "Vraagt of er loonkostensubsidie kan voor een kandidaat.",
    NeedKind.EVENT: "Wil meedoen aan een speedmeet in het voorjaar.",
}
NEEDS, LISTS = 18, 6


def make_needs(demo: Demo) -> None:
    """Make needs of every kind, some of them waiting for a first reaction, and answers that changed."""
    working = [one for one in demo.businesses if one.employer.ceased_on is None]
    kinds = list(ASKED)
    for place, business in enumerate(working[1 : 1 + NEEDS]):
        _need(demo, business, kinds[place % len(kinds)], waits=place % 3 == 0)
    for business in working[1 : 1 + LISTS]:
        _answers(business, demo.today - timedelta(days=210), "stable", "3")
        _answers(business, demo.today - timedelta(days=12), "grows", "6")


def _need(demo: Demo, business: Business, kind: NeedKind, *, waits: bool) -> None:
    chance = demo.chance
    days_ago = chance.randrange(1, 6) if waits else chance.randrange(8, 90)
    asked_on = _working_day(demo.today - timedelta(days=days_ago))
    with acting(business.holder, asked_on) as unit:
        need_id = raise_need(
            unit,
            RaiseNeed(
                employer_id=business.id,
                kind=kind,
                what=ASKED[kind],
                urgency=chance.choice(list(NeedUrgency)),
                phase=chance.choice(list(Phase)),
                owner_id=key(business.holder),
            ),
        )
        if kind is NeedKind.VACANCY:
            _vacancy(unit, need_id, demo.today)
        if not waits:
            note_reaction(unit, NoteReaction(need_id=need_id, version=1))
        unit.commit()


def _vacancy(unit: Work, need_id: int, today: date) -> None:
    write_vacancy(
        unit,
        WriteVacancy(
            need_id=need_id,
            title="Magazijnmedewerker",
            description="Goederen ontvangen, aanvullen en klaarzetten. Werken in een klein team.",
            occupation="magazijnmedewerker",
            work_level=WorkLevel.VMBO,
            contract_term=ContractTerm.FIXED,
            hours_least=24,
            hours_most=32,
            shift_work=ShiftWork.NO,
            closes_on=today + timedelta(days=21),
            open_to_carving=True,
        ),
    )


def _answers(business: Business, day: date, growth: str, wanted: str) -> None:
    with acting(business.holder, _working_day(day)) as unit:
        keep_answers(
            unit,
            KeepAnswers(
                employer_id=business.id,
                list_code="vraaggericht",
                list_version=1,
                answers={
                    "growth": growth,
                    "staff_wanted": wanted,
                    "shifts": "two",
                    "work_left": "Retouren uitpakken en de showroom bijhouden.",
                    "redesign": growth == "grows",
                },
            ),
        )
        unit.commit()


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
