"""Awards without a contract: which are kept, what they would oblige to, and what is decided about them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers.records import Employer
from crm.exchange.rules import Finding
from crm.sroi.actions.missing import (
    decide_no_clause,
    register_missing,
    reopen_clause,
    set_clause_threshold,
)
from crm.sroi.figure_commands import DecideNoClause, RegisterMissing, ReopenClause, SetClauseThreshold
from crm.sroi.queries import missing as queries
from crm.sroi.records import Contract, MissingClause
from crm.sroi.rules.missing import Decision, NoClause
from crm.sroi.states import ContractState, ContractType
from tests.exchange.factories import award, package, release
from tests.exchange.importing import awards, every, obliging
from tests.factories import World
from tests.sroi.factories import DEMO, make_contract

WORTH = {"amount": 250_000, "currency": "EUR"}


def named(world: World) -> dict[str, str]:
    return {"id": "1", "name": world.authority.name}


def bring_in(world: World, buyer: dict[str, str] | None = None, **changes: Any) -> None:
    awards(package(release(award(**{"value": WORTH, **changes}), buyer=buyer or named(world))))


def the_clause() -> MissingClause:
    (found,) = every(MissingClause)
    return found


def registering(clause: MissingClause, **values: Any) -> RegisterMissing:
    terms: dict[str, Any] = {
        "clause_id": key(clause),
        "version": clause.version,
        "title": clause.title,
        "contract_type": ContractType.SERVICES,
        "value_cents": 25_000_000,
        "award_on": date(2026, 3, 2),
        "start_on": date(2026, 4, 1),
        "end_on": date(2028, 3, 31),
        "rule_set_code": DEMO,
    }
    return RegisterMissing(**{**terms, **values})


class TestKept:
    def test_an_award_without_a_rule_set_is_kept_with_what_the_notice_says(self, world: World) -> None:
        bring_in(world)
        clause = the_clause()
        assert (clause.title, clause.supplier_name, clause.supplier_kvk) == (
            "Groenonderhoud",
            "Zonnehof Groen B.V.",
            "12345678",
        )
        assert (clause.value_cents, clause.year, clause.award_on) == (25_000_000, 2026, date(2026, 3, 2))
        assert (clause.why, clause.decision, clause.above) == (Finding.NO_RULE_SET, Decision.OPEN, True)
        assert clause.expected_cents is None

    def test_an_award_that_becomes_a_contract_or_stays_under_the_threshold_misses_nothing(
        self, world: World
    ) -> None:
        buyer = obliging(world)
        bring_in(world, buyer)
        bring_in(world, buyer, id="2", value={"amount": 99_999, "currency": "EUR"})
        assert every(MissingClause) == []

    def test_an_award_without_a_value_is_kept_until_a_later_notice_tells_it(self, world: World) -> None:
        buyer = obliging(world)
        bring_in(world, buyer, value=None)
        assert (the_clause().why, the_clause().expected_cents) == (Finding.NO_VALUE, None)
        awards(package(release(award(value=WORTH), buyer=buyer, id="500002")))
        (contract,) = every(Contract)
        assert (the_clause().decision, the_clause().contract_id) == (Decision.REGISTERED, key(contract))

    def test_a_line_that_cannot_be_read_is_kept_and_one_that_was_not_awarded_is_not(
        self, world: World
    ) -> None:
        buyer = obliging(world)
        bring_in(world, buyer, status="pending")
        assert every(MissingClause) == []
        bring_in(world, buyer, value={"amount": 250_000, "currency": "USD"})
        assert the_clause().title == "ocds-1l04xe-0001"

    def test_a_cancelled_award_lapses(self, world: World) -> None:
        bring_in(world)
        awards(
            package(release(award(status="cancelled"), buyer=named(world), id="500009", date="2026-05-01"))
        )
        assert the_clause().decision is Decision.LAPSED

    def test_what_was_decided_stays_whatever_a_later_notice_says(self, world: World) -> None:
        bring_in(world)
        decided(world, NoClause.EXEMPTED)
        awards(package(release(award(value=WORTH), buyer=named(world), id="500002")))
        assert the_clause().decision is Decision.NO_CLAUSE


def decided(world: World, why: NoClause, reason: str = "") -> None:
    clause = the_clause()
    command = DecideNoClause(clause_id=key(clause), version=clause.version, no_clause=why, reason=reason)
    perform(world.actor(Role.SROI_OFFICER), decide_no_clause, command)


class TestListed:
    def test_open_awards_by_authority_and_year_with_what_they_would_oblige_to(self, world: World) -> None:
        bring_in(world)
        officer = world.actor(Role.SROI_OFFICER)
        command = SetClauseThreshold(
            authority_id=key(world.authority), amount_cents=10_000_000, percentage=Decimal(5)
        )
        assert perform(officer, set_clause_threshold, command) == 1
        with reading(officer) as work:
            (group,) = queries.missing_groups(work)
            (row,) = queries.missing_rows(work, key(world.authority), 2026)
            total = queries.missing_total(work)
        assert (group.year, group.awards, group.expected_cents, group.unknown) == (2026, 1, 1_250_000, 0)
        assert (row.authority, row.expected_cents) == (world.authority.name, 1_250_000)
        assert (total.awards, total.expected_cents) == (1, 1_250_000)

    def test_a_higher_threshold_takes_it_from_the_list_and_a_lower_one_brings_it_back(
        self, world: World
    ) -> None:
        bring_in(world)
        officer = world.actor(Role.SROI_OFFICER)
        for version, amount, above in ((None, 30_000_000, 0), (1, 20_000_000, 1)):
            command = SetClauseThreshold(
                authority_id=key(world.authority), version=version, amount_cents=amount, percentage=Decimal(5)
            )
            assert perform(officer, set_clause_threshold, command) == above
            with reading(officer) as work:
                assert queries.missing_total(work).awards == above
        with pytest.raises(Conflict):
            perform(officer, set_clause_threshold, command)

    def test_an_officer_sees_only_those_of_the_own_authorities(self, world: World) -> None:
        bring_in(world, {"id": "2", "name": world.other_authority.name})
        with reading(world.actor(Role.SROI_OFFICER)) as work:
            assert queries.missing_total(work).awards == 0
            with pytest.raises(NotFound):
                queries.missing_one(work, key(the_clause()))
        with reading(world.actor(Role.MANAGER)) as work:
            assert queries.missing_total(work).awards == 1
        with pytest.raises(NotFound):
            decided(world, NoClause.EXEMPTED)

    def test_the_day_opens_with_what_waits_and_what_is_missing_in_one_question(self, world: World) -> None:
        officer = world.actor(Role.SROI_OFFICER)
        with reading(officer) as work:
            assert queries.confirm_and_missing(work) == ([], queries.MissingTotal())
        bring_in(world)
        waiting = [make_contract(world, confirmed=False, award_on=date(2026, month, 1)) for month in (2, 1)]
        make_contract(world, confirmed=False, authority_id=key(world.other_authority))
        with reading(officer) as work:
            rows, total = queries.confirm_and_missing(work)
        assert [row.id for row in rows] == [key(waiting[1]), key(waiting[0])]
        assert total.awards == 1


class TestDecided:
    def test_registering_makes_a_contract_and_its_contractor(self, world: World) -> None:
        bring_in(world)
        officer = world.actor(Role.SROI_OFFICER)
        contract_id = perform(officer, register_missing, registering(the_clause()))
        (contract,) = every(Contract)
        (employer,) = [one for one in every(Employer) if one.kvk_number == "12345678"]
        assert (key(contract), contract.state) == (contract_id, ContractState.TO_CONFIRM)
        assert (contract.obligation_cents, contract.employer_id) == (1_250_000, key(employer))
        assert (contract.award_key, contract.ocid) == (the_clause().award_key, "ocds-1l04xe-0001")
        assert (the_clause().decision, the_clause().contract_id) == (Decision.REGISTERED, contract_id)
        with pytest.raises(Invalid, match="decided about this award already"):
            perform(officer, register_missing, registering(the_clause()))

    def test_a_contractor_that_is_here_already_is_not_made_again(self, world: World) -> None:
        kvk = world.employer_a.kvk_number
        bring_in(world, suppliers=[{"id": kvk, "name": "Een andere naam"}])
        perform(world.actor(Role.SROI_OFFICER), register_missing, registering(the_clause()))
        assert every(Contract)[0].employer_id == key(world.employer_a)
        assert len(every(Employer)) == 2

    def test_the_officer_may_choose_another_contractor(self, world: World) -> None:
        bring_in(world)
        command = registering(the_clause(), employer_id=key(world.employer_b))
        perform(world.actor(Role.SROI_OFFICER), register_missing, command)
        assert every(Contract)[0].employer_id == key(world.employer_b)

    def test_a_decision_has_a_reason_a_name_and_a_moment_and_can_be_taken_back(self, world: World) -> None:
        bring_in(world)
        with pytest.raises(Invalid, match="few words"):
            decided(world, NoClause.OTHER)
        decided(world, NoClause.OTHER, "Collegebesluit 12")
        officer = world.actor(Role.SROI_OFFICER)
        with reading(officer) as work:
            (row,) = queries.decided_rows(work)
            assert queries.missing_total(work).awards == 0
        assert (row.no_clause, row.reason) == (NoClause.OTHER, "Collegebesluit 12")
        assert row.decided_by == "sroi_officer een"
        command = ReopenClause(clause_id=row.id, version=row.version)
        perform(officer, reopen_clause, command)
        assert (the_clause().decision, the_clause().no_clause) == (Decision.OPEN, None)
        with pytest.raises(Conflict):
            perform(officer, reopen_clause, command)
        again = ReopenClause(clause_id=row.id, version=the_clause().version)
        with pytest.raises(Invalid, match="taken back"):
            perform(officer, reopen_clause, again)

    @pytest.mark.parametrize("role", [Role.MANAGER, Role.ADVISER, Role.EMPLOYER, Role.ADMIN])
    def test_only_an_officer_decides(self, world: World, role: Role) -> None:
        bring_in(world)
        command = DecideNoClause(clause_id=1, version=1, no_clause=NoClause.EXEMPTED)
        with pytest.raises(Forbidden):
            perform(world.actor(role), decide_no_clause, command)

    def test_an_unnamed_supplier_has_to_be_chosen(self, world: World) -> None:
        obliging(world)
        bring_in(world, suppliers=[])
        with pytest.raises(Invalid, match="does not name one"):
            perform(system("test"), register_missing, registering(the_clause(), title="Zonder naam"))
