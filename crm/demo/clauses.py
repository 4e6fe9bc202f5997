"""Sixty contracts in every state, with efforts that brought them there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from crm.accounts.records import User, UserAuthority
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import work
from crm.demo.acting import Demo, acting, forget_rights
from crm.demo.certificates import make_certificates
from crm.demo.efforts import claim_twice, fill, leave_open
from crm.demo.life import note_life
from crm.demo.plans import make_plan
from crm.demo.portals import make_portals
from crm.demo.region import Business
from crm.demo.tenders import make_tenders
from crm.demo.words import CONTRACT_TITLES, PLACES, STREETS
from crm.sroi.actions import (
    assign_rule_set,
    confirm_obligation,
    register_contract,
    settle_contract,
    start_repair,
)
from crm.sroi.commands import (
    AssignRuleSet,
    ConfirmObligation,
    RegisterContract,
    SettleContract,
    StartRepair,
)
from crm.sroi.records import Authority, Contract
from crm.sroi.states import ContractType

RULE_SET = "hart-van-west-brabant-demo"
FIRST_OFFICER = 4


@dataclass(frozen=True)
class Fate:
    """How a contract has fared, in percent: how much of its term is used, how much is approved."""

    name: str
    count: int
    term_used: tuple[int, int]
    approved: tuple[int, int]


FATES = (
    Fate("to_confirm", 8, (0, 0), (0, 0)),
    Fate("on_course", 18, (15, 85), (0, 15)),
    Fate("behind", 12, (35, 95), (-60, -25)),
    Fate("met", 8, (60, 98), (100, 115)),
    Fate("in_repair", 5, (101, 108), (55, 90)),
    Fate("settled", 9, (115, 180), (92, 110)),
)


@dataclass(frozen=True)
class Desk:
    """An authority and the officer who watches over its contracts."""

    authority: Authority
    officer: User


@dataclass(frozen=True)
class Made:
    """A contract that was made: at which desk, for whom, and how it fares."""

    desk: Desk
    business: Business
    contract_id: int
    fate: str


def make_contracts(demo: Demo) -> None:
    """Make the contracts; the portal's employer gets two that run."""
    desks = _make_desks(demo)
    make_tenders(demo, desks[0].authority, desks[0].officer)
    portal = demo.businesses[0]
    others = demo.chance.sample(demo.businesses[1:], 40)
    made: list[Made] = []
    for number, fate in enumerate(chain.from_iterable([fate] * fate.count for fate in FATES)):
        mine = fate.name in {"on_course", "behind"} and number in {8, 26}
        business = portal if mine else demo.chance.choice(others)
        desk = desks[0] if mine else demo.chance.choice(desks)
        made.append(Made(desk, business, _make_contract(demo, desk, business, fate, number), fate.name))
    _claim_one_person_twice(demo, [one for one in made if one.fate == "on_course"])
    make_portals(demo, unique(one.business for one in made))
    make_certificates(demo, desks[0].officer, unique(one.business for one in made))


def _claim_one_person_twice(demo: Demo, running: list[Made]) -> None:
    """Let two employers claim the same weeks of one person, at authorities with an officer each."""
    mine, theirs = demo.staff.officers[:2]
    others = [one for one in running if one.business is not demo.businesses[0]]
    first = next(one for one in others if one.desk.officer is mine)
    second = next(one for one in others if one.desk.officer is theirs and one.business is not first.business)
    start = demo.today - timedelta(days=45)
    for one in (first, second):
        claim_twice(one.desk.officer, one.contract_id, demo.today - timedelta(days=2), start)


def unique(businesses: Iterable[Business]) -> list[Business]:
    """Return each business once, in the order in which it comes."""
    return list({one.id: one for one in businesses}.values())


def _make_desks(demo: Demo) -> list[Desk]:
    officers = demo.staff.officers
    desks = []
    for number, name in enumerate(demo.places):
        officer = officers[0] if number < FIRST_OFFICER else officers[1]
        with work(system("demo")) as unit:
            unit.intend("demo.load")
            authority = unit.add(Authority(region_id=key(demo.region), name=f"Gemeente {name}"))
            unit.add(UserAuthority(user_id=key(officer), authority_id=key(authority)))
            unit.commit()
        forget_rights()
        with acting(officer, demo.today - timedelta(days=1200)) as unit:
            first_day = date(2020, 1, 1)
            assign_rule_set(
                unit,
                AssignRuleSet(authority_id=key(authority), rule_set_code=RULE_SET, valid_from=first_day),
            )
            unit.commit()
        desks.append(Desk(authority, officer))
    return desks


def _make_contract(demo: Demo, desk: Desk, business: Business, fate: Fate, number: int) -> int:
    months = demo.chance.choice((12, 24, 24, 36))
    used = demo.chance.randrange(fate.term_used[0], fate.term_used[1] + 1)
    start_on = demo.today - timedelta(days=int(months * 30.4 * used / 100))
    if fate.name == "to_confirm":
        start_on = demo.today + timedelta(days=demo.chance.randrange(5, 60))
    terms = _terms(demo, desk, business, start_on, months, number)
    with acting(desk.officer, terms.award_on) as unit:
        contract_id = register_contract(unit, terms)
        unit.commit()
    if fate.name == "to_confirm":
        return contract_id
    _confirm(desk, contract_id, terms.award_on + timedelta(days=4))
    make_plan(demo, desk.officer, contract_id, number)
    share = used + demo.chance.randrange(fate.approved[0], fate.approved[1] + 1)
    if fate.name in {"met", "in_repair", "settled"}:
        share = demo.chance.randrange(fate.approved[0], fate.approved[1] + 1)
    fill(demo, desk.officer, contract_id, max(share, 0))
    if fate.name == "on_course" or (fate.name == "behind" and number % 3 == 2):
        portal = demo.staff.by_role[Role.EMPLOYER] if business is demo.businesses[0] else desk.officer
        leave_open(demo, portal, desk.officer, contract_id)
    note_life(demo, desk.officer, contract_id, number)
    _finish(demo, desk, contract_id, fate, terms.end_on)
    return contract_id


def _terms(
    demo: Demo, desk: Desk, business: Business, start_on: date, months: int, number: int
) -> RegisterContract:
    title = CONTRACT_TITLES[number % len(CONTRACT_TITLES)].format(
        year=f"{start_on.year}-{start_on.year + months // 12}",
        street=demo.chance.choice(STREETS),
        village=demo.chance.choice([village for place in PLACES for village in place.villages]),
    )
    return RegisterContract(
        authority_id=key(desk.authority),
        employer_id=business.id,
        title=title,
        reference=f"{start_on.year}-{100 + number}",
        contract_type=demo.chance.choice((ContractType.SERVICES, ContractType.SERVICES, ContractType.WORKS)),
        value_cents=demo.chance.choice((240, 400, 650, 800, 1_000, 1_250, 1_800, 2_600)) * 100_000,
        labour_share=Decimal(demo.chance.choice((20, 45, 60, 75))),
        award_on=min(start_on - timedelta(days=demo.chance.randrange(20, 50)), demo.today),
        start_on=start_on,
        end_on=start_on + timedelta(days=int(months * 30.4)),
    )


def _confirm(desk: Desk, contract_id: int, day: date) -> None:
    with acting(desk.officer, day) as unit:
        contract = unit.get(Contract, contract_id)
        confirm_obligation(
            unit,
            ConfirmObligation(
                contract_id=contract_id, version=contract.version, labour_share=contract.labour_share
            ),
        )
        unit.commit()


def _finish(demo: Demo, desk: Desk, contract_id: int, fate: Fate, end_on: date) -> None:
    if fate.name == "in_repair":
        with acting(desk.officer, end_on + timedelta(days=2)) as unit:
            version = unit.get(Contract, contract_id).version
            until = demo.today + timedelta(days=demo.chance.randrange(20, 80))
            start_repair(unit, StartRepair(contract_id=contract_id, version=version, until=until))
            unit.commit()
    if fate.name == "settled":
        with acting(desk.officer, end_on + timedelta(days=14)) as unit:
            version = unit.get(Contract, contract_id).version
            settle_contract(unit, SettleContract(contract_id=contract_id, version=version))
            unit.commit()
