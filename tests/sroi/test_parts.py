"""Efforts of another company on its part of a contract: who sees what of them, and what they count for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.core.access import Actor, Role, system
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import (
    AddEvidence,
    CopyEffort,
    EditEffort,
    EffortClaim,
    StartRepair,
    SubmitEffort,
    WithdrawEffort,
)
from crm.sroi.life_commands import AnswerShare, ProposeShare, TakeBackShare
from crm.sroi.queries import contract_page, to_review
from crm.sroi.queries.efforts import efforts_of_contract
from crm.sroi.queries.forecasts import forecast_of, forecasts
from crm.sroi.queries.life import contract_life
from crm.sroi.queries.parts import PartPage, part_page
from crm.sroi.queries.portal import portal_contract, portal_effort
from crm.sroi.queries.shares import PartResult, shares_of
from crm.sroi.queries.submitting import before_submitting
from crm.sroi.records import (
    Contract,
    ContractClock,
    Effort,
    Evidence,
    ObligationShare,
    PersonClaim,
    Plan,
    Statement,
)
from crm.sroi.rules.forecast import Forecast
from crm.sroi.rules.sharing import ShareKind
from crm.sroi.states import EffortState
from tests.factories import World, make_employer, make_session, make_user, save
from tests.sroi.factories import approve, claim, make_contract, make_effort, make_placement, stored

START, END = date(2026, 1, 1), date(2026, 12, 31)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


def main(world: World) -> Actor:
    return world.actor(Role.EMPLOYER)


def other(world: World) -> Actor:
    assert world.portal_b is not None
    return world.actor_for(world.portal_b)


def officer(world: World) -> Actor:
    return world.actor(Role.SROI_OFFICER)


def pass_on(world: World, contract: Contract, **values: Any) -> int:
    """Let company B take over € 10.000 of a contract of company A, all of 2026."""
    told = {"amount_cents": 1_000_000, "starts_on": START, "ends_on": END, **values}
    command = ProposeShare(
        contract_id=key(contract),
        kvk_number=world.employer_b.kvk_number,
        kind=ShareKind.SUBCONTRACTOR,
        **told,
    )
    share_id = perform(main(world), actions.propose_share, command)
    perform(other(world), actions.answer_share, AnswerShare(share_id=share_id, agrees=True))
    return share_id


def page(contract: Contract, actor: Actor) -> PartPage:
    with reading(actor) as unit:
        return part_page(unit, key(contract))


def amounts(contract: Contract) -> tuple[int, int]:
    found = stored(Contract, key(contract))
    return found.approved_cents, found.submitted_cents


def test_the_other_company_hands_in_and_the_contract_counts_it(world: World) -> None:
    contract = make_contract(world)
    pass_on(world, contract)
    approve(make_effort(contract, main(world), subject="K-1"))
    effort = make_effort(contract, other(world), subject="K-2")
    assert effort.employer_id == key(world.employer_b)
    # Twice € 13.333,33: one approved for A, one under review for B.
    assert amounts(contract) == (1_333_333, 1_333_333)
    approve(effort, officer(world))
    assert amounts(contract) == (2_666_666, 0)
    # What the contractor itself does afterwards leaves the part of the other in the total.
    make_effort(contract, main(world), subject="K-3")
    assert amounts(contract) == (2_666_666, 1_333_333)
    found = page(contract, other(world))
    assert (found.part.amount_cents, found.approved_cents, found.submitted_cents) == (1_000_000, 1_333_333, 0)
    assert [row.subject for row in found.efforts] == ["K-2"]


def test_each_company_sees_its_own_efforts_and_the_contractor_the_total(world: World) -> None:
    contract = make_contract(world)
    pass_on(world, contract)
    own = make_effort(contract, main(world), subject="K-1")
    theirs = approve(make_effort(contract, other(world), subject="K-2"))
    with reading(main(world)) as unit:
        assert [row.subject for row in contract_page(unit, key(contract)).efforts] == ["K-1"]
        [share] = shares_of(unit, key(contract))
        assert share.done == PartResult(key(world.employer_b), 1_333_333, 0)
        assert contract_page(unit, key(contract)).row.approved_cents == 1_333_333
        assert contract_page(unit, key(contract)).cut_off_cents == 0
        for record in (Effort, PersonClaim, Evidence):
            assert all(row.employer_id == key(world.employer_a) for row in unit.session.exec(_all(record)))
        with pytest.raises(NotFound):
            portal_effort(unit, key(theirs))
    with reading(other(world)) as unit, pytest.raises(NotFound):
        portal_effort(unit, key(own))
    # The officer reads both, and who handed each in.
    with reading(officer(world)) as unit:
        told = {row.subject: row.company for row in efforts_of_contract(unit, key(contract))}
        assert told == {"K-1": "", "K-2": world.employer_b.name}
        assert [row.employer for row in to_review(unit)] == [world.employer_a.name]


def _all(record: Any) -> Any:
    from sqlmodel import select

    return select(record)


def test_nothing_else_of_the_contract_is_visible_to_the_other_company(world: World) -> None:
    contract = make_contract(world, title="Groenonderhoud")
    share_id = pass_on(world, contract)
    make_effort(contract, main(world))
    effort = make_effort(contract, other(world), subject="K-2")
    with reading(other(world)) as unit:
        found = part_page(unit, key(contract))
        assert (found.part.title, found.employer) == ("Groenonderhoud", world.employer_b.name)
    with reading(other(world)) as unit:
        for record in (Contract, ContractClock, ObligationShare, Plan, Statement):
            assert unit.session.exec(_all(record)).all() == []
        with pytest.raises(NotFound):
            unit.get(ObligationShare, share_id)
        with pytest.raises(NotFound):
            portal_contract(unit, key(contract))
        with pytest.raises(NotFound):
            efforts_of_contract(unit, key(contract))
        assert [row.id for row in unit.session.exec(_all(Effort))] == [key(effort)]
    # What is asked afterwards in the same unit is inside its own walls again.
    with reading(other(world)) as unit:
        page_of_part = part_page(unit, key(contract))
        assert page_of_part.part.holds
        assert unit.session.exec(_all(Contract)).all() == []
        assert {row.employer_id for row in unit.session.exec(_all(Effort))} == {key(world.employer_b)}


def test_who_has_no_part_finds_no_contract(world: World) -> None:
    contract = make_contract(world)
    elsewhere = make_contract(world)
    pass_on(world, elsewhere)
    command = SubmitEffort(contract_id=key(contract), **claim())
    with pytest.raises(NotFound):
        perform(other(world), actions.submit_effort, command)
    with pytest.raises(NotFound):
        page(contract, other(world))
    # Proposed is not agreed.
    proposed = ProposeShare(
        contract_id=key(contract),
        kvk_number=world.employer_b.kvk_number,
        kind=ShareKind.PARTNER,
        amount_cents=5,
        starts_on=START,
    )
    share_id = perform(main(world), actions.propose_share, proposed)
    with pytest.raises(NotFound):
        perform(other(world), actions.submit_effort, command)
    perform(other(world), actions.answer_share, AnswerShare(share_id=share_id, agrees=False))
    with pytest.raises(NotFound):
        perform(other(world), actions.submit_effort, command)
    # A part is no way to the rest: the holder cannot pass on, plan or settle.
    for other_main in (main(world), officer(world)):
        with reading(other_main) as unit, pytest.raises(NotFound):
            part_page(unit, key(elsewhere))
    with pytest.raises(NotFound):
        perform(
            other(world),
            actions.propose_share,
            ProposeShare(
                contract_id=key(elsewhere),
                kvk_number=world.employer_a.kvk_number,
                kind=ShareKind.PARTNER,
                amount_cents=5,
                starts_on=START,
            ),
        )


def test_the_other_company_changes_copies_and_takes_back_its_own(world: World) -> None:
    contract = make_contract(world)
    pass_on(world, contract)
    effort = make_effort(contract, other(world), subject="K-2")
    told = EditEffort(effort_id=key(effort), version=effort.version, **claim(hours_per_week=Decimal(12)))
    perform(other(world), actions.edit_effort, told)
    # Half the hours: € 6.666,67.
    assert amounts(contract) == (0, 666_667)
    copied = perform(other(world), actions.copy_effort, CopyEffort(effort_id=key(effort)))
    copy = stored(Effort, copied)
    assert (copy.employer_id, copy.starts_on, copy.state) == (
        key(world.employer_b),
        date(2026, 7, 1),
        EffortState.DRAFT,
    )
    evidence = AddEvidence(effort_id=key(effort), kind="other", content=PNG, file_name="kaart.png")
    evidence_id = perform(other(world), actions.add_evidence, evidence)
    assert stored(Evidence, evidence_id).employer_id == key(world.employer_b)
    with reading(other(world)) as unit:
        seen = portal_effort(unit, key(effort))
        assert (seen.contract_title, len(seen.evidence)) == (contract.title, 1)
        assert seen.contract_is_open
    for actor in (main(world),):
        with pytest.raises(NotFound):
            perform(actor, actions.withdraw_effort, WithdrawEffort(effort_id=key(effort), version=1))
    version = stored(Effort, key(effort)).version
    perform(other(world), actions.withdraw_effort, WithdrawEffort(effort_id=key(effort), version=version))
    assert amounts(contract) == (0, 0)


def test_a_placement_of_the_other_company_counts_on_its_part(world: World) -> None:
    contract = make_contract(world)
    pass_on(world, contract)
    theirs = make_placement(world, world.employer_b)
    effort = make_effort(contract, other(world), placement_id=key(theirs))
    assert effort.placement_id == key(theirs)
    with pytest.raises(NotFound):
        make_effort(contract, other(world), placement_id=key(make_placement(world)))


def test_what_is_looked_at_beforehand_goes_by_the_part(lite_world: World) -> None:
    contract = make_contract(lite_world)
    pass_on(lite_world, contract, starts_on=date(2026, 3, 1), ends_on=date(2026, 9, 30))
    told = EffortClaim(**claim(start=date(2026, 2, 1), end=date(2026, 10, 31)))
    with reading(other(lite_world)) as unit:
        found = before_submitting(unit, key(contract), told, frozenset())
    days = [check.params["day"] for check in found.checks if "day" in check.params]
    assert days == [date(2026, 2, 1), date(2026, 10, 31)]
    assert {check.message for check in found.checks if "day" in check.params} == {
        "The period starts on {day}, before the contract starts.",
        "The period ends on {day}, after the contract ends.",
    }


def test_a_part_that_was_taken_back_takes_no_new_efforts_and_keeps_the_old(world: World) -> None:
    contract = make_contract(world)
    share_id = pass_on(world, contract)
    effort = approve(make_effort(contract, other(world), subject="K-2"))
    command = TakeBackShare(share_id=share_id, version=1, reason="Werk vervalt")
    perform(main(world), actions.take_back_share, command)
    with pytest.raises(Invalid, match="taken back"):
        make_effort(contract, other(world))
    found = page(contract, other(world))
    assert (found.part.holds, found.is_open, found.part.amount_cents) == (False, False, 0)
    assert [row.id for row in found.efforts] == [key(effort)]
    with reading(other(world)) as unit:
        assert not portal_effort(unit, key(effort)).contract_is_open
    assert amounts(contract) == (1_333_333, 0)


def test_several_parts_of_one_company_count_together(lite_world: World) -> None:
    contract = make_contract(lite_world)
    pass_on(lite_world, contract, starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30))
    pass_on(lite_world, contract, amount_cents=250_000, starts_on=date(2026, 5, 1), ends_on=END)
    part = page(contract, other(lite_world)).part
    assert (part.amount_cents, part.starts_on, part.ends_on) == (1_250_000, date(2026, 3, 1), END)


def test_a_repair_period_is_there_for_a_part_too(lite_world: World) -> None:
    contract = make_contract(lite_world, end_on=date(2026, 10, 31))
    pass_on(lite_world, contract, ends_on=date(2026, 10, 31))
    assert page(contract, other(lite_world)).last_day == date(2026, 10, 31)
    version = stored(Contract, key(contract)).version
    repair = StartRepair(contract_id=key(contract), version=version, until=END)
    perform(officer(lite_world), actions.start_repair, repair)
    assert page(contract, other(lite_world)).last_day == END


def test_an_effort_on_a_part_counts_as_the_first_contact(world: World) -> None:
    year = {"award_on": date(2026, 11, 10), "start_on": date(2026, 11, 15), "end_on": date(2027, 11, 14)}
    contract = make_contract(world, **year)
    pass_on(world, contract, starts_on=date(2026, 11, 15), ends_on=date(2027, 11, 14))
    make_effort(contract, other(world), start=date(2026, 11, 15), end=date(2027, 3, 14))
    with reading(system("test")) as unit:
        clocks = contract_life(unit, contract_page(unit, key(contract))).clocks
    assert clocks[0].done_on == date(2026, 11, 24)


def test_limits_look_at_the_efforts_of_all_companies(world: World) -> None:
    # Own staff at € 100 an hour may fill a quarter of € 50.000: € 12.500. Twice 100 hours are € 20.000.
    contract = make_contract(world)
    pass_on(world, contract)
    hours = {
        "block": "KENNIS_MIDDELEN",
        "quantity": Decimal(100),
        "hours_per_week": None,
        "start": None,
        "end": None,
        "subject": "",
    }
    approve(make_effort(contract, main(world), **hours))
    approve(make_effort(contract, other(world), **hours))
    assert amounts(contract) == (1_250_000, 0)
    with reading(main(world)) as unit:
        found = contract_page(unit, key(contract))
    assert (found.cut_off_cents, found.counting.amount) == (750_000, Decimal("12500.00"))
    # And when the contractor hands in more, the limit is still one for all.
    make_effort(contract, main(world), **hours)
    assert amounts(contract) == (1_250_000, 0)


def test_colleagues_of_a_third_company_see_nothing(world: World) -> None:
    contract = make_contract(world)
    pass_on(world, contract)
    effort = make_effort(contract, other(world))
    from crm.accounts.records import UserEmployer

    third = make_employer(key(world.region))
    user = make_user(Role.EMPLOYER, "Derde")
    save(UserEmployer(user_id=key(user), employer_id=key(third)))
    make_session(user)
    actor = world.actor_for(user)
    with pytest.raises(NotFound):
        page(contract, actor)
    with reading(actor) as unit, pytest.raises(NotFound):
        portal_effort(unit, key(effort))
    with pytest.raises(NotFound):
        make_effort(contract, actor)


def forecast(contract: Contract, actor: Actor) -> Forecast:
    with reading(actor) as unit:
        found = forecast_of(unit, key(contract))
    assert found is not None
    return found


def test_the_forecast_of_the_contractor_counts_what_the_other_company_does(lite_world: World) -> None:
    """Of 50,000 three times 13,333.33 are there: one approved, one under review, one to be handed in."""
    contract = make_contract(lite_world)
    pass_on(lite_world, contract)
    approve(make_effort(contract, other(lite_world), subject="K-2"))
    make_effort(contract, other(lite_world), subject="K-3")
    make_effort(contract, other(lite_world), subject="K-4", submit=False)
    each = Decimal("13333.33")
    own = forecast(contract, main(lite_world))
    assert (own.approved, own.submitted, own.running, own.running_on_parts) == (each, each, each, each)
    assert own.short == Decimal("10000.01")
    assert own == forecast(contract, officer(lite_world))
    # What the contractor keeps itself stands apart, and comes first under the limits.
    make_effort(contract, main(lite_world), subject="K-1", submit=False)
    now = forecast(contract, main(lite_world))
    assert (now.running, now.running_on_parts) == (2 * each, each)
    with reading(main(lite_world)) as unit:
        forecast_of(unit, key(contract))
        assert [one.employer_id for one in unit.session.exec(_all(Effort)).all()] == [
            key(lite_world.employer_a)
        ]


def test_a_placement_of_the_other_company_that_goes_on_is_in_the_forecast_of_both(lite_world: World) -> None:
    """Half a year of 24 hours at 40,000 a year of 36: 13,333.33 handed in, as much to come until the end."""
    contract = make_contract(lite_world)
    pass_on(lite_world, contract)
    placement = make_placement(lite_world, lite_world.employer_b)
    make_effort(contract, other(lite_world), placement_id=key(placement))
    own = forecast(contract, main(lite_world))
    assert own.running_on_parts == own.running == forecast(contract, officer(lite_world)).running
    assert own.running > 0


def test_limits_in_the_forecast_of_the_contractor_look_at_the_efforts_of_all(lite_world: World) -> None:
    """Own staff at 100 an hour may fill 12,500: 100 hours of each company are 20,000 together."""
    contract = make_contract(lite_world)
    pass_on(lite_world, contract)
    days: dict[str, Any] = {"hours_per_week": None, "start": None, "end": None, "subject": ""}
    hours: dict[str, Any] = {"block": "KENNIS_MIDDELEN", "quantity": Decimal(100), **days}
    approve(make_effort(contract, main(lite_world), **hours))
    approve(make_effort(contract, other(lite_world), **hours))
    assert forecast(contract, main(lite_world)).approved == Decimal(12_500)


def test_a_forecast_tells_nothing_of_a_contract_of_another(lite_world: World) -> None:
    """Who took over a part sees neither the forecast nor what the others did on the contract."""
    contract = make_contract(lite_world)
    pass_on(lite_world, contract)
    make_effort(contract, main(lite_world))
    make_effort(contract, other(lite_world), subject="K-2")
    with reading(other(lite_world)) as unit, pytest.raises(NotFound):
        forecast_of(unit, key(contract))
    with reading(other(lite_world)) as unit:
        assert forecasts(unit, [stored(Contract, key(contract))]) == {}
