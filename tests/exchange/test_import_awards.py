"""Bringing in awards: which become contracts, what later notices change, and what officers keep."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from crm.accounts.records import Region
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import Employer
from crm.employers.rules import Segment
from crm.exchange import queries
from crm.exchange.records import ImportBuyer, ImportedAward
from crm.exchange.rules import FileProblem, Finding, NoteText, Outcome, RowProblem
from crm.exchange.rules.runs import ImportKind, RunState
from crm.sroi import actions
from crm.sroi.commands import (
    ConfirmObligation,
    EditContract,
    ReopenObligation,
    SubmitEffort,
    WithdrawContract,
)
from crm.sroi.records import Authority, Contract
from crm.sroi.states import ContractState, ContractType
from tests.exchange.factories import award, package, release
from tests.exchange.importing import awards, bring_in, contracts, every, obliging
from tests.factories import World, make_employer, save

SAME, NEW, UPDATED = Outcome.SAME, Outcome.NEW, Outcome.UPDATED
REJECTED, SKIPPED = Outcome.REJECTED, Outcome.SKIPPED


def euros(amount: float | None, currency: str = "EUR") -> dict[str, object]:
    return {"amount": amount, "currency": currency}


def notice(month: int, buyer: dict[str, str], *given: object, **changes: object) -> dict[str, object]:
    made = {"id": f"{500 + month}", "date": f"2026-{month:02d}-05T09:00:00+01:00", "buyer": buyer}
    return release(*given, **{**made, **changes})


def the_contract() -> Contract:
    (found,) = every(Contract)
    return found


def confirm(world: World, contract: Contract) -> None:
    command = ConfirmObligation(contract_id=key(contract), version=contract.version)
    perform(world.actor(Role.SROI_OFFICER), actions.confirm_obligation, command)


class TestRegistered:
    def test_an_award_above_the_threshold_becomes_a_contract_to_confirm(self, world: World) -> None:
        brought = awards(package(notice(3, obliging(world), award(value=euros(250000.5)))))
        assert brought.outcomes == [NEW]
        assert brought.verdicts[0].subject == "Groenonderhoud · Zonnehof Groen B.V."
        made = the_contract()
        assert (made.title, made.contract_type) == ("Groenonderhoud", ContractType.SERVICES)
        assert (made.value_cents, made.obligation_cents) == (25_000_050, 1_250_003)
        assert (made.award_on, made.start_on, made.end_on) == (
            date(2026, 3, 2),
            date(2026, 4, 1),
            date(2028, 3, 31),
        )
        assert (made.authority_id, made.region_id) == (key(world.authority), key(world.region))
        assert (made.ocid, made.cpv_code, made.state) == (
            "ocds-1l04xe-0001",
            "77310000",
            ContractState.TO_CONFIRM,
        )

    def test_its_supplier_becomes_an_employer_for_social_return_only(self, world: World) -> None:
        awards(package(notice(3, obliging(world))))
        with reading(system("test")) as unit:
            made = unit.get(Employer, the_contract().employer_id)
        assert (made.name, made.kvk_number) == ("Zonnehof Groen B.V.", "12345678")
        assert (made.segment, made.region_id) == (Segment.SROI_ONLY, key(world.region))
        assert made.search_key == "zonnehof groen b.v. 12345678"

    def test_the_same_file_twice_changes_nothing(self, world: World) -> None:
        buyer = obliging(world)
        data = package(notice(3, buyer), notice(4, buyer, award(value=euros(300_000))))
        assert awards(data).outcomes == [NEW, UPDATED]
        before = [every(model) for model in (Contract, Employer, ImportedAward)]
        assert awards(data).outcomes == [SAME, SAME]
        assert [every(model) for model in (Contract, Employer, ImportedAward)] == before

    def test_an_officer_brings_in_the_awards_of_their_own_authorities(self, world: World) -> None:
        mine, other = obliging(world), obliging(world, world.other_authority)
        brought = awards(
            package(notice(3, mine), notice(3, other, ocid="o2")), world.actor(Role.SROI_OFFICER)
        )
        assert brought.outcomes == [NEW, REJECTED]
        assert brought.messages(1) == [Finding.NOT_YOURS]
        assert the_contract().authority_id == key(world.authority)

    def test_an_administrator_brings_in_the_awards_of_all(self, world: World) -> None:
        mine, other = obliging(world), obliging(world, world.other_authority)
        brought = awards(package(notice(3, mine), notice(3, other, ocid="o2")), world.actor(Role.ADMIN))
        assert brought.outcomes == [NEW, NEW]

    def test_a_run_for_one_region_leaves_the_other_regions_alone(self, world: World) -> None:
        elsewhere = save(Region(code="AM01", name="Elders"))
        brought = awards(package(notice(3, obliging(world))), region_id=key(elsewhere))
        assert brought.messages() == [Finding.NOT_YOURS]

    def test_an_authority_is_known_by_number_before_name(self, world: World) -> None:
        obliging(world)
        with work(system("test")) as unit:
            unit.get(Authority, key(world.authority)).tender_number = "26231"
            unit.commit()
        number = {"id": "26231", "name": "Halderberge, afdeling Inkoop"}
        name = {"id": "99", "name": "GEMEENTE Halderberge"}
        brought = awards(package(notice(3, number), notice(3, name, ocid="o2")))
        assert brought.outcomes == [NEW, NEW]

    def test_what_was_assumed_is_there_for_who_confirms_it(self, world: World) -> None:
        tender = {"title": "Groenonderhoud", "mainProcurementCategory": "services"}
        brought = awards(package(notice(3, obliging(world), tender=tender)))
        said = [Finding.START_ASSUMED, Finding.END_ASSUMED]
        assert brought.messages() == said
        contract = the_contract()
        assert (contract.start_on, contract.end_on) == (date(2026, 3, 2), date(2027, 3, 1))
        with reading(world.actor(Role.SROI_OFFICER)) as unit:
            notes = queries.notes_of_contract(unit, key(contract))
        assert [note["message"] for note in notes] == said

    def test_a_contract_by_hand_has_nothing_assumed(self, world: World) -> None:
        with reading(world.actor(Role.SROI_OFFICER)) as unit:
            assert queries.notes_of_contract(unit, 4711) == []

    def test_a_number_that_lost_its_zero_says_so(self, world: World) -> None:
        given = award(suppliers=[{"id": "1234567", "name": "Linde"}])
        brought = awards(package(notice(3, obliging(world), given)))
        assert brought.messages() == [NoteText.ZERO_ADDED]


class TestThreshold:
    @pytest.mark.parametrize(
        ("category", "amount", "outcome"),
        [
            ("works", 224_999.99, SKIPPED),
            ("works", 225_000, NEW),
            ("services", 124_999.99, SKIPPED),
            ("services", 125_000, NEW),
            ("goods", 124_999.99, SKIPPED),
            ("goods", 125_000, NEW),
        ],
    )
    def test_the_threshold_is_that_of_the_kind_of_contract(
        self, world: World, category: str, amount: float, outcome: Outcome
    ) -> None:
        tender = {"title": "T", "mainProcurementCategory": category}
        buyer = obliging(world, rules="schiedam")
        brought = awards(package(notice(3, buyer, award(value=euros(amount)), tender=tender)))
        assert brought.outcomes == [outcome]
        if outcome is SKIPPED:
            assert brought.messages() == [Finding.UNDER_THRESHOLD]
            assert every(Contract) == []

    @pytest.mark.parametrize(("category", "outcome"), [("works", NEW), ("goods", SKIPPED)])
    def test_a_rule_set_that_does_not_name_a_kind_asks_nothing_of_it(
        self, world: World, category: str, outcome: Outcome
    ) -> None:
        tender = {"title": "T", "mainProcurementCategory": category}
        buyer = obliging(world, rules="leidschendam-voorburg")
        brought = awards(package(notice(3, buyer, award(value=euros(500_000)), tender=tender)))
        assert brought.outcomes == [outcome]
        if outcome is SKIPPED:
            assert brought.messages() == [Finding.NO_OBLIGATION]

    def test_a_later_notice_under_the_threshold_takes_the_contract_back(self, world: World) -> None:
        buyer = obliging(world)
        high, low = notice(3, buyer), notice(4, buyer, award(value=euros(99_999)))
        brought = awards(package(high, low))
        assert brought.outcomes == [NEW, UPDATED]
        assert brought.messages(1) == [Finding.WITHDRAWN, Finding.UNDER_THRESHOLD]
        assert the_contract().state is ContractState.WITHDRAWN
        assert "drempel" in (the_contract().withdrawn_reason or "")
        assert awards(package(high, low)).outcomes == [SKIPPED, SKIPPED]


class TestLeftOut:
    def test_without_a_rule_set_an_award_waits_for_one(self, world: World) -> None:
        data = package(notice(3, {"id": "1", "name": world.authority.name}))
        brought = awards(data)
        assert (brought.outcomes, brought.messages()) == ([REJECTED], [Finding.NO_RULE_SET])
        obliging(world)
        assert awards(data).outcomes == [NEW]

    def test_a_national_file_counts_the_buyers_it_does_not_know(self, world: World) -> None:
        rijk, elders = {"id": "77", "name": "Rijk"}, {"id": "", "name": "Gemeente Elders"}
        together = award(suppliers=[{"id": "12345678", "name": "A"}, {"id": "87654321", "name": "B"}])
        brought = awards(
            package(
                notice(3, rijk, together, award(id="2", value=None)),
                notice(4, rijk, award(value=euros(500_000))),
                notice(3, elders, ocid="o2"),
                notice(3, {"id": "", "name": "gemeente elders"}, ocid="o3"),
                notice(3, obliging(world), ocid="o4"),
                notice(3, rijk, award(status="cancelled"), ocid="o5"),
            )
        )
        assert brought.outcomes == [*[REJECTED] * 6, NEW, REJECTED]
        assert {brought.messages(number)[0] for number in (0, 3, 7)} == {Finding.UNKNOWN_BUYER}
        assert (brought.run.rejected_count, brought.run.unknown_count) == (7, 7)
        found = sorted(
            (one.name, one.tender_number, one.awards, one.total_cents) for one in every(ImportBuyer)
        )
        assert found == [("Gemeente Elders", "", 2, 50_000_100), ("Rijk", "77", 2, 50_000_000)]
        assert len(every(Employer)) == 3

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"value": None}, Finding.NO_VALUE),
            ({"value": euros(1)}, Finding.NO_VALUE),
            ({"value": euros(250_000, "USD")}, RowProblem.CURRENCY),
            ({"suppliers": []}, RowProblem.NO_SUPPLIER),
            ({"status": "pending"}, RowProblem.NOT_AWARDED),
            ({"status": "unsuccessful"}, Finding.CANCELLED),
            ({"suppliers": [{"name": "x" * 201}]}, Finding.TOO_LONG),
            ({"date": "2160-01-01"}, "Check the year of this date: it lies outside 1990 to 2099."),
        ],
    )
    def test_what_cannot_be_a_contract_says_why_and_the_rest_goes_on(
        self, world: World, change: dict[str, object], message: str
    ) -> None:
        brought = awards(package(notice(3, obliging(world), award(**change), award(id="2"))))
        assert brought.outcomes == [REJECTED, NEW]
        assert brought.messages() == [message]

    def test_an_award_without_buyer_or_kind_or_date_is_rejected(self, world: World) -> None:
        buyer = obliging(world)
        brought = awards(
            package(
                notice(3, {}),
                notice(3, {}, award(suppliers=[]), ocid="o2"),
                notice(3, buyer, tender={"title": "T"}, ocid="o3"),
                notice(3, buyer, award(date=None), date=None, ocid="o4"),
                notice(3, buyer, ocid="o" * 81),
                7,
            )
        )
        assert [brought.messages(number)[0] for number in range(6)] == [
            Finding.NO_BUYER,
            RowProblem.NO_SUPPLIER,
            Finding.NO_TYPE,
            Finding.NO_DATE,
            Finding.TOO_LONG,
            RowProblem.NOT_A_NOTICE,
        ]
        assert every(Contract) == []

    def test_a_file_that_breaks_off_brings_in_what_came_before(self, world: World) -> None:
        buyer = obliging(world)
        data = package(*[notice(3, buyer, ocid=f"o{number}", noise="x" * 5000) for number in range(60)])
        brought = bring_in(ImportKind.AWARDS, data[: len(data) // 2])
        assert (brought.run.state, brought.run.message) == (RunState.FAILED, FileProblem.BROKEN_AFTER)
        assert brought.run.message_params["number"] == len(brought.verdicts)
        assert len(contracts()) == len(brought.verdicts) > 10
        assert awards(data).counts == {"same": len(brought.verdicts), "new": 60 - len(brought.verdicts)}

    def test_unknown_buyers_are_listed_also_when_the_file_breaks_off(self, world: World) -> None:
        data = package(
            *[notice(3, {"id": "77", "name": "Rijk"}, ocid=f"o{n}", noise="x" * 5000) for n in range(60)]
        )
        brought = bring_in(ImportKind.AWARDS, data[: len(data) // 2])
        assert [one.awards for one in every(ImportBuyer)] == [len(brought.verdicts)]

    def test_an_award_given_twice_in_one_notice_counts_once(self, world: World) -> None:
        given = [award(), award(id="2"), award(), award(id="2", value=euros(900_000))]
        brought = awards(package(notice(3, obliging(world), *given)))
        assert brought.outcomes == [NEW, NEW, SAME, REJECTED]
        assert brought.messages(3) == [Finding.TWICE]
        assert sorted(one.value_cents for one in every(Contract)) == [25_000_050, 25_000_050]


class TestSeveralSuppliers:
    SUPPLIERS = (
        {"id": "12345678", "name": "Een BV"},
        {"id": "87654321", "name": "Twee BV"},
        {"name": "Drei GmbH"},
    )

    def test_what_several_won_together_obliges_once(self, world: World) -> None:
        brought = awards(package(notice(3, obliging(world), award(suppliers=list(self.SUPPLIERS)))))
        assert brought.outcomes == [NEW, SKIPPED, SKIPPED]
        assert brought.verdicts[0].remarks[0]["message"] == Finding.SHARED
        assert brought.verdicts[0].remarks[0]["params"] == {"suppliers": 3}
        assert brought.verdicts[2].remarks[0]["params"] == {"first": "Een BV"}
        with reading(system("test")) as unit:
            assert unit.get(Employer, the_contract().employer_id).name == "Een BV"

    def test_awards_without_number_and_lots_are_told_apart_by_their_first_supplier(
        self, world: World
    ) -> None:
        buyer = obliging(world)
        bare = {"id": None, "relatedLots": None}
        one = award(suppliers=list(self.SUPPLIERS[:2]), **bare)
        other = award(suppliers=[{"name": "Vier BV"}], **bare)
        data = package(notice(3, buyer, one, other))
        assert awards(data).outcomes == [NEW, SKIPPED, NEW]
        assert awards(data).outcomes == [SAME, SKIPPED, SAME]

    def test_one_supplier_that_cannot_be_read_does_not_stop_the_others(self, world: World) -> None:
        given = award(suppliers=[{"id": "12345678", "name": "Een BV"}, {"id": "x", "name": ""}])
        brought = awards(package(notice(3, obliging(world), given, award(id="2"))))
        assert sorted(map(str, brought.outcomes)) == ["new", "new", "rejected"]


class TestEmployers:
    def test_a_supplier_is_found_by_number_in_whichever_region(self, world: World) -> None:
        elsewhere = save(Region(code="AM01", name="Elders"))
        known = make_employer(key(elsewhere), "Andere naam", kvk_number="12345678")
        awards(package(notice(3, obliging(world))))
        assert the_contract().employer_id == known.id

    def test_without_a_number_it_is_found_by_exactly_its_name(self, world: World) -> None:
        known = make_employer(key(world.region), "Zonnehof Groén b.v.")
        make_employer(key(world.region), "Zonnehof Groen B.V. Zuid")
        awards(package(notice(3, obliging(world), award(suppliers=[{"name": "ZONNEHOF GROEN B.V."}]))))
        assert the_contract().employer_id == known.id

    def test_two_of_that_name_are_too_many(self, world: World) -> None:
        for _ in range(2):
            make_employer(key(world.region), "Linde")
        brought = awards(package(notice(3, obliging(world), award(suppliers=[{"name": "Linde"}]))))
        assert (brought.outcomes, brought.messages()) == ([REJECTED], [Finding.SAME_NAME])

    def test_a_supplier_known_by_number_alone_gets_that_for_a_name(self, world: World) -> None:
        given = award(suppliers=[{"id": "12345678"}])
        awards(package(notice(3, obliging(world), given)))
        with reading(system("test")) as unit:
            assert unit.get(Employer, the_contract().employer_id).name == "12345678"

    @pytest.mark.parametrize("turned", [False, True])
    def test_named_once_with_and_once_without_number_is_one_employer(
        self, world: World, turned: bool
    ) -> None:
        buyer = obliging(world)
        notices = [
            notice(3, buyer, award(suppliers=[{"name": "Linde BV"}])),
            notice(3, buyer, award(suppliers=[{"id": "12345678", "name": "Linde BV"}]), ocid="o2"),
        ]
        awards(package(*(reversed(notices) if turned else notices)))
        assert [one.kvk_number for one in every(Employer) if one.name == "Linde BV"] == ["12345678"]
        assert len({one.employer_id for one in every(Contract)}) == 1


class TestLaterNotices:
    def test_what_it_says_else_changes_the_contract_and_its_obligation(self, world: World) -> None:
        buyer = obliging(world)
        awards(package(notice(3, buyer)))
        later = notice(4, buyer, award(value=euros(400_000)), tender={"title": "Groen in de wijk"})
        brought = awards(package(later))
        (verdict,) = brought.verdicts
        assert (verdict.verdict, verdict.changed) == (UPDATED, ["title", "value_cents"])
        made = the_contract()
        assert (made.title, made.obligation_cents, made.end_on) == (
            "Groen in de wijk",
            2_000_000,
            date(2028, 3, 31),
        )
        assert "groen in de wijk" in made.search_key

    def test_a_corrected_number_moves_the_contract_to_the_right_employer(self, world: World) -> None:
        buyer = obliging(world)
        right = make_employer(key(world.region), "Linde Holding", kvk_number="12345678")
        awards(package(notice(3, buyer, award(suppliers=[{"name": "Linde BV"}]))))
        brought = awards(package(notice(4, buyer, award(suppliers=[{"id": "12345678", "name": "Linde BV"}]))))
        assert brought.verdicts[0].changed == ["supplier_kvk"]
        made = the_contract()
        assert made.employer_id == right.id
        assert "linde holding" in made.search_key

    def test_what_an_officer_changed_meanwhile_stays(self, world: World) -> None:
        buyer = obliging(world)
        awards(package(notice(3, buyer)))
        made = the_contract()
        terms = {
            name: getattr(made, name)
            for name in ("contract_type", "value_cents", "award_on", "start_on", "end_on")
        }
        command = EditContract(
            contract_id=key(made), version=made.version, title="Van de officier", percentage=3, **terms
        )
        perform(world.actor(Role.SROI_OFFICER), actions.edit_contract, command)
        assert awards(package(notice(3, buyer))).outcomes == [SAME]
        awards(package(notice(4, buyer, award(value=euros(400_000)))))
        made = the_contract()
        assert (made.title, made.percentage, made.value_cents) == ("Van de officier", 3, 40_000_000)
        assert made.obligation_cents == 1_200_000

    def test_a_confirmed_contract_stays_as_it_is_and_that_is_said_once(self, world: World) -> None:
        buyer = obliging(world)
        awards(package(notice(3, buyer)))
        confirm(world, the_contract())
        before = the_contract()
        later = package(notice(4, buyer, award(value=euros(400_000))))
        first, second = awards(later), awards(later)
        assert (first.outcomes, first.messages()) == ([REJECTED], [Finding.CONFIRMED])
        assert second.outcomes == [SAME]
        assert the_contract() == before

    def test_a_cancelled_award_withdraws_what_nobody_confirmed(self, world: World) -> None:
        buyer = obliging(world)
        awards(package(notice(3, buyer)))
        brought = awards(package(notice(4, buyer, award(status="cancelled"))))
        assert brought.outcomes == [UPDATED]
        assert brought.messages() == [Finding.WITHDRAWN, Finding.CANCELLED]
        assert the_contract().state is ContractState.WITHDRAWN
        assert awards(package(notice(3, buyer))).outcomes == [REJECTED]
        assert contracts() == []

    def test_a_cancelled_award_leaves_a_confirmed_contract_to_its_officer(self, world: World) -> None:
        buyer = obliging(world)
        awards(package(notice(3, buyer)))
        confirm(world, the_contract())
        cancelled = package(notice(4, buyer, award(status="cancelled")))
        first, second = awards(cancelled), awards(cancelled)
        assert first.messages() == [Finding.CONFIRMED]
        assert (second.outcomes, second.messages()) == ([SAME], [Finding.CANCELLED])
        assert the_contract().state is ContractState.RUNNING

    def test_an_award_that_is_given_again_is_registered_again(self, world: World) -> None:
        buyer = obliging(world)
        notices = [
            notice(3, buyer),
            notice(4, buyer, award(status="cancelled")),
            notice(5, buyer, award(value=euros(500_000))),
        ]
        assert awards(package(*notices)).outcomes == [NEW, UPDATED, NEW]
        (kept,) = contracts()
        assert kept[2] == 50_000_000
        assert awards(package(*notices)).outcomes == [SAME, SAME, SAME]

    def test_what_an_officer_withdrew_does_not_come_back(self, world: World) -> None:
        buyer = obliging(world)
        awards(package(notice(3, buyer)))
        made = the_contract()
        command = WithdrawContract(contract_id=key(made), version=made.version, reason="Geen clausule")
        perform(world.actor(Role.SROI_OFFICER), actions.withdraw_contract, command)
        assert awards(package(notice(3, buyer))).outcomes == [SAME]
        changed = awards(package(notice(4, buyer, award(value=euros(400_000)))))
        assert changed.messages() == [Finding.CONFIRMED]
        assert contracts() == []

    def test_a_contract_with_efforts_is_not_touched_even_when_it_waits_again(self, world: World) -> None:
        buyer = obliging(world)
        awards(package(notice(3, buyer)))
        confirm(world, the_contract())
        officer = world.actor(Role.SROI_OFFICER)
        claim = SubmitEffort(contract_id=key(the_contract()), block="KENNIS_MIDDELEN", submit=False)
        perform(officer, actions.submit_effort, claim)
        made = the_contract()
        reopen = ReopenObligation(contract_id=key(made), version=made.version, reason="Foutje")
        perform(officer, actions.reopen_obligation, reopen)
        brought = awards(package(notice(4, buyer, award(status="cancelled"))))
        assert brought.messages() == [Finding.CONFIRMED]
        assert the_contract().state is ContractState.TO_CONFIRM

    def test_the_award_of_one_authority_does_not_become_that_of_another(self, world: World) -> None:
        mine, other = obliging(world), obliging(world, world.other_authority)
        brought = awards(package(notice(3, mine), notice(4, other)))
        assert brought.outcomes == [NEW, REJECTED]
        assert brought.messages(1) == [Finding.OTHER_BUYER]

    @pytest.mark.parametrize("ending", ["awarded", "cancelled", "small"])
    @pytest.mark.parametrize("is_one_file", [True, False])
    def test_no_order_of_notices_changes_where_it_ends(
        self, lite_world: World, ending: str, is_one_file: bool
    ) -> None:
        buyer = obliging(lite_world)
        last = {
            "awarded": award(suppliers=[{"id": "12345678", "name": "Linde BV"}], value=None),
            "cancelled": award(status="cancelled"),
            "small": award(value=euros(50_000)),
        }[ending]
        notices = [
            notice(3, buyer, award(suppliers=[{"name": "Linde BV"}], value=euros(200_000))),
            notice(4, buyer, award(suppliers=[{"name": "Berk BV"}]), tender={"title": "T"}),
            notice(5, buyer, award(status="cancelled")) if ending == "small" else notice(5, buyer),
            notice(6, buyer, last),
        ]
        orders = [
            [{**one, "ocid": f"o{number}"} for one in order]
            for number, order in enumerate(itertools.permutations(notices))
        ]
        parts = [list(itertools.chain(*orders))] if is_one_file else zip(*orders, strict=True)
        for part in parts:
            awards(package(*part))
        kept = [(found[1], found[2], found[5]) for found in contracts()]
        expected = [("Groenonderhoud", 25_000_050, date(2028, 3, 31))] * len(orders)
        assert kept == (expected if ending == "awarded" else [])
