"""Questions about contracts: who sees what, what is behind, and a number of queries that never grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import select

from crm.accounts.records import UserAuthority
from crm.candidates.rules import TargetGroup
from crm.core.access import Actor, Role, system
from crm.core.database import engine
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import Employer
from crm.sroi import actions, queries
from crm.sroi.commands import AddEvidence, NoteEvidenceSeen, StartRepair, WithdrawEffort
from crm.sroi.queries import Order, RegisterFilter
from crm.sroi.queries.missing import confirm_and_missing
from crm.sroi.queries.register import has_standing
from crm.sroi.records import Contract
from crm.sroi.rules import Status
from crm.sroi.standing import first_day_behind, standing_of
from crm.sroi.states import ContractState, EffortState
from tests.factories import TODAY, World, make_employer, make_user, save
from tests.sroi.factories import approve, assign, make_contract, make_effort, make_placement, stored

PDF = b"%PDF-1.4 bewijs"


@contextmanager
def selects() -> Iterator[list[str]]:
    """Collect the SELECT statements that reach the database."""
    seen: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT") and "set_config" not in statement:
            seen.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine(), "before_cursor_execute", note)


def asked(actor: Actor, question: Callable[..., Any], *args: Any) -> Any:
    with reading(actor) as unit:
        return question(unit, *args)


def register(actor: Actor, page: int = 1, **wanted: Any) -> queries.RegisterPage:
    found: queries.RegisterPage = asked(actor, queries.register, RegisterFilter(**wanted), page)
    return found


def titles(page: queries.RegisterPage) -> list[str]:
    return [row.title for row in page.rows]


@pytest.fixture
def four(world: World) -> dict[str, Contract]:
    """A contract that is behind, one on course, one met, and one to be confirmed; the last for employer B."""
    made = {
        "behind": make_contract(world, title="Aanleg fietspad"),
        "on_course": make_contract(world, title="Beheer bomen", end_on=date(2029, 12, 31)),
        "met": make_contract(world, title="Catering", value_cents=20_000_000),
        "new": make_contract(world, title="Drukwerk", confirmed=False, employer_id=key(world.employer_b)),
    }
    make_effort(made["behind"])
    approve(make_effort(made["on_course"]))
    approve(make_effort(made["met"]))
    return made


def test_the_register_finds_by_title_contractor_and_authority(
    world: World, four: dict[str, Contract]
) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    assert titles(register(officer, text="fietsp")) == ["Aanleg fietspad"]
    assert titles(register(officer, text="dam logis")) == ["Drukwerk"]
    assert len(titles(register(officer, text="Halderberge"))) == 4
    assert titles(register(officer, text="niets van dit")) == []


def test_a_contractor_is_found_under_its_present_name(world: World, four: dict[str, Contract]) -> None:
    with work(system("test")) as unit:
        renamed = unit.get(Employer, key(world.employer_b))
        renamed.name, renamed.search_key = "Zwaluw Transport BV", "zwaluw transport bv"
        unit.commit()
    assert titles(register(world.actor(Role.SROI_OFFICER), text="zwaluw")) == ["Drukwerk"]


def test_the_register_filters_on_standing_and_state(world: World, four: dict[str, Contract]) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    assert titles(register(officer, standing=Status.BEHIND)) == ["Aanleg fietspad"]
    assert titles(register(officer, standing=Status.ON_COURSE)) == ["Beheer bomen"]
    assert titles(register(officer, standing=Status.MET)) == ["Catering"]
    assert titles(register(officer, state=ContractState.TO_CONFIRM)) == ["Drukwerk"]
    assert titles(register(officer, authority_id=key(world.other_authority))) == []


def test_the_register_sorts_by_what_is_at_stake(world: World, four: dict[str, Contract]) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    by_need = register(officer, order=Order.NEED)
    needs = [row.needed_cents for row in by_need.rows]
    assert needs == sorted(needs, reverse=True)
    assert titles(register(officer, order=Order.TITLE)) == [
        "Aanleg fietspad",
        "Beheer bomen",
        "Catering",
        "Drukwerk",
    ]
    assert titles(register(officer, order=Order.DAYS_LEFT))[-1] == "Beheer bomen"


def test_the_totals_are_of_confirmed_contracts_and_one_surplus_fills_no_other_gap(
    world: World, four: dict[str, Contract]
) -> None:
    found = register(world.actor(Role.SROI_OFFICER))
    assert found.found == 4
    assert found.totals == queries.Totals(
        contracts=3,
        imposed_cents=11_000_000,
        approved_cents=2_666_666,
        submitted_cents=1_333_333,
        needed_cents=3_666_667 + 3_666_667,
    )


def test_officers_see_the_contracts_of_their_own_authorities(world: World) -> None:
    make_contract(world, title="Van ons")
    make_contract(world, title="Van hen", authority_id=key(world.other_authority))
    other = make_user(Role.SROI_OFFICER, "Ander", partner_id=None)
    save(UserAuthority(user_id=key(other), authority_id=key(world.other_authority)))
    assert titles(register(world.actor(Role.SROI_OFFICER))) == ["Van ons"]
    assert register(world.actor(Role.SROI_OFFICER)).totals.contracts == 1
    assert len(titles(register(world.actor(Role.MANAGER)))) == 2


def test_employers_see_their_own_confirmed_contracts(world: World, four: dict[str, Contract]) -> None:
    own = asked(world.actor(Role.EMPLOYER), queries.portal_contracts)
    assert [row.title for row in own] == ["Aanleg fietspad", "Catering", "Beheer bomen"]
    assert asked(world.actor_for(world.portal_b), queries.portal_contracts) == []  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        asked(world.actor_for(world.portal_b), queries.contract_page, key(four["met"]))  # type: ignore[arg-type]


def test_partners_see_no_contracts(world: World, four: dict[str, Contract]) -> None:
    assert register(world.actor(Role.PARTNER)).found == 0


def test_an_employer_in_one_line(world: World, four: dict[str, Contract]) -> None:
    line = asked(world.actor(Role.ADVISER), queries.employer_summary, key(world.employer_a))
    assert line == queries.EmployerSummary(
        contracts=3, behind=1, needed_cents=3_666_667, needed_by=date(2026, 12, 31)
    )
    none = asked(world.actor(Role.ADVISER), queries.employer_summary, key(world.employer_b))
    assert none == queries.EmployerSummary()
    partner = asked(world.actor(Role.PARTNER), queries.employer_summary, key(world.employer_a))
    assert partner == queries.EmployerSummary()


def test_at_risk_is_what_is_behind_or_in_repair_most_euros_first(
    world: World, four: dict[str, Contract]
) -> None:
    repair = make_contract(world, title="Zwembad")
    command = StartRepair(contract_id=key(repair), version=repair.version, until=date(2027, 1, 31))
    perform(system("test"), actions.start_repair, command)
    found = [risk.row for risk in asked(world.actor(Role.ADVISER), queries.worst, TODAY, 10)]
    assert [row.title for row in found] == ["Zwembad", "Aanleg fietspad"]
    assert [row.standing.status for row in found] == [Status.IN_REPAIR, Status.BEHIND]
    assert len(asked(world.actor(Role.ADVISER), queries.worst, TODAY, 1)) == 1


def test_what_waits_to_be_confirmed_and_reviewed(world: World, four: dict[str, Contract]) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    assert [row.title for row in asked(officer, confirm_and_missing)[0]] == ["Drukwerk"]
    (waiting,) = asked(officer, queries.to_review)
    assert (waiting.contract, waiting.subject, waiting.value_cents) == (
        "Aanleg fietspad",
        "K-2041",
        1_333_333,
    )
    assert waiting.block_name.nl == "Participatiewet"
    assert asked(world.actor(Role.SROI_OFFICER), queries.to_review, 0) == []


def test_recent_submissions_know_no_decision_and_managers_no_candidates(
    world: World, four: dict[str, Contract], now: datetime
) -> None:
    found = asked(world.actor(Role.MANAGER), queries.recent_submissions, now - timedelta(days=1))
    assert len(found) == 3
    assert {row.subject for row in found} == {""}
    assert asked(world.actor(Role.MANAGER), queries.recent_submissions, now + timedelta(days=1)) == []


def test_offerable_contracts_name_the_blocks_that_fit_the_group(
    world: World, four: dict[str, Contract]
) -> None:
    adviser = world.actor(Role.ADVISER)
    found = asked(adviser, queries.offerable_contracts, key(world.employer_a), TargetGroup.PARTICIPATION_ACT)
    assert [offer.title for offer in found] == ["Aanleg fietspad", "Catering", "Beheer bomen"]
    assert [block.code for block in found[0].blocks] == ["PW"]
    assert found[1].needed_cents == 0
    assert asked(adviser, queries.offerable_contracts, key(world.employer_b)) == []


def test_a_contract_page_holds_efforts_with_evidence_still_missing(world: World) -> None:
    contract = make_contract(world)
    effort = make_effort(contract)
    perform(
        world.actor(Role.EMPLOYER),
        actions.add_evidence,
        AddEvidence(effort_id=key(effort), kind="payslip", file_name="a.pdf", content=PDF),
    )
    perform(
        world.actor(Role.SROI_OFFICER),
        actions.note_evidence_seen,
        NoteEvidenceSeen(effort_id=key(effort), kind="benefit_proof", seen_on=TODAY),
    )
    page = asked(world.actor(Role.SROI_OFFICER), queries.contract_page, key(contract))
    (row,) = page.efforts
    assert [kind.code for kind in row.missing] == ["employment_contract"]
    assert row.told.amount == Decimal("13333.33")
    assert page.obligation.amount == Decimal("50000.00")
    kinds = [
        (found.kind, found.seen_on)
        for found in asked(world.actor(Role.EMPLOYER), queries.evidence_of_effort, key(effort))
    ]
    assert kinds == [("payslip", None), ("benefit_proof", TODAY)]


def test_managers_see_no_candidate_on_a_contract(lite_world: World) -> None:
    contract = make_contract(lite_world)
    make_effort(contract)
    (for_manager,) = asked(lite_world.actor(Role.MANAGER), queries.efforts_of_contract, key(contract))
    (for_officer,) = asked(lite_world.actor(Role.SROI_OFFICER), queries.efforts_of_contract, key(contract))
    assert (for_manager.subject, for_officer.subject) == ("", "K-2041")


def test_the_history_tells_who_did_what(world: World) -> None:
    contract = make_contract(world)
    approve(make_effort(contract), world.actor(Role.SROI_OFFICER))
    history = asked(world.actor(Role.SROI_OFFICER), queries.contract_history, key(contract))
    assert {change.intention for change in history} == {
        "sroi.register_contract",
        "sroi.confirm_obligation",
        "sroi.submit_effort",
        "sroi.approve_effort",
    }
    assert history[0].who == "sroi_officer een"


def test_an_officer_chooses_from_the_own_authorities(world: World) -> None:
    assign(world)
    assert list(asked(world.actor(Role.SROI_OFFICER), queries.own_authorities).values()) == [
        "Gemeente Halderberge"
    ]
    assert len(asked(world.actor(Role.MANAGER), queries.own_authorities)) == 2
    (row,) = asked(world.actor(Role.SROI_OFFICER), queries.assignments)
    assert (row.authority, row.valid_from) == ("Gemeente Halderberge", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("register", lambda unit, ids: queries.register(unit, RegisterFilter(text="groen"))),
        ("contract_page", lambda unit, ids: queries.contract_page(unit, ids[0])),
        ("review_page", lambda unit, ids: queries.review_page(unit, ids[1])),
        ("to_review", lambda unit, ids: queries.to_review(unit)),
        ("at_risk", lambda unit, ids: queries.worst(unit, TODAY)),
        ("offerable", lambda unit, ids: queries.offerable_contracts(unit, ids[2])),
        ("portal", lambda unit, ids: queries.portal_contracts(unit)),
        ("evidence", lambda unit, ids: queries.evidence_of_contract(unit, ids[0])),
    ],
)
def test_the_number_of_queries_does_not_grow(
    lite_world: World, name: str, question: Callable[..., Any]
) -> None:
    contract = make_contract(lite_world)
    effort = make_effort(contract, placement_id=key(make_placement(lite_world)))
    ids = (key(contract), key(effort), key(lite_world.employer_a))
    officer = lite_world.actor(Role.SROI_OFFICER)
    counts = []
    for more in (0, 8):
        for _number in range(more):
            make_effort(make_contract(lite_world))
            make_effort(contract)
        with selects() as seen:
            asked(officer, question, ids)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_a_register_page_holds_fifty(lite_world: World) -> None:
    template = make_contract(lite_world, title="Groen 000")
    fields = template.model_dump(exclude={"id", "version", "title"})
    with work(system("test")) as unit:
        for number in range(1, 61):
            unit.session.add(Contract(**{**fields, "title": f"Groen {number:03}"}))
        unit.commit()
    officer = lite_world.actor(Role.SROI_OFFICER)
    first, second = (register(officer, page, order=Order.TITLE) for page in (1, 2))
    assert (first.found, len(first.rows), len(second.rows)) == (61, 50, 11)
    assert second.rows[-1].title == "Groen 060"


CASES = st.fixed_dictionaries(
    {
        "state": st.sampled_from(list(ContractState)),
        "obligation_cents": st.integers(0, 10_000_000),
        "approved_cents": st.integers(0, 10_000_000),
        "submitted_cents": st.integers(0, 10_000_000),
        "start": st.integers(-900, 40),
        "length": st.integers(0, 1500),
        "repair": st.none() | st.integers(-30, 60),
    }
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(CASES, min_size=15, max_size=30))
def test_the_database_and_the_rules_agree_on_standing(world: World, cases: list[dict[str, Any]]) -> None:
    with reading(system("test")) as unit:
        known = unit.session.exec(select(Contract)).first()
    fields = (known or make_contract(world)).model_dump(exclude={"id", "version"})
    made: dict[int, Status | None] = {}
    with work(system("test")) as unit:
        for case in cases:
            contract = Contract(**{**fields, **_placed(case)})
            contract.behind_on = first_day_behind(contract)
            unit.add(contract)
            standing = standing_of(contract, TODAY)
            made[key(contract)] = standing.status if standing else None
        for status in Status:
            found = unit.session.exec(select(Contract.id).where(has_standing(status, TODAY)))
            assert {one for one in found if one in made} == {
                one for one, own in made.items() if own is status
            }


def _placed(case: dict[str, Any]) -> dict[str, Any]:
    start = TODAY + timedelta(days=case["start"])
    repair = None if case["repair"] is None else TODAY + timedelta(days=case["repair"])
    return {
        **{name: case[name] for name in ("state", "obligation_cents", "approved_cents", "submitted_cents")},
        "start_on": start,
        "end_on": start + timedelta(days=case["length"]),
        "repair_until": repair,
    }


@given(case=CASES, day=st.integers(-1000, 1700))
def test_a_contract_is_behind_from_the_day_that_was_kept(case: dict[str, Any], day: int) -> None:
    clause = SimpleNamespace(**{**_placed(case), "state": ContractState.RUNNING})
    behind_on = first_day_behind(clause)
    on = clause.start_on + timedelta(days=day)
    standing = standing_of(clause, on)
    assert standing is not None
    assert (standing.status is Status.BEHIND) == (behind_on is not None and on >= behind_on)


def test_a_line_of_the_register_counts_from_its_cents(lite_world: World) -> None:
    contract = make_contract(lite_world)
    (row,) = asked(
        lite_world.actor(Role.SROI_OFFICER), queries.contracts_of_employer, key(lite_world.employer_a)
    )
    filled = replace(row, approved_cents=3_125_000, submitted_cents=800_000)
    assert (filled.needed_cents, filled.expected_cents) == (1_075_000, 3_925_000)
    assert stored(Contract, key(contract)).behind_on == row.behind_on


def test_an_employer_without_contracts_has_none(lite_world: World) -> None:
    stranger = make_employer(key(lite_world.region), "Zonder contract")
    assert asked(lite_world.actor(Role.ADVISER), queries.contracts_of_employer, key(stranger)) == []


def test_withdrawn_efforts_are_not_shown(lite_world: World) -> None:
    contract = make_contract(lite_world)
    effort = make_effort(contract)
    command = WithdrawEffort(effort_id=key(effort), version=effort.version)
    perform(system("test"), actions.withdraw_effort, command)
    assert asked(lite_world.actor(Role.SROI_OFFICER), queries.efforts_of_contract, key(contract)) == []
    assert asked(system("test"), queries.effort, key(effort)).state is EffortState.WITHDRAWN
