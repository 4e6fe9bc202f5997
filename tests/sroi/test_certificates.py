"""Certificates of employers: who notes them, what they change on a contract, and when they are told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm.core.access import Actor, Role, system
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions, queries
from crm.sroi.certificate_commands import AddCertificate, EditCertificate, EndCertificate
from crm.sroi.commands import ConfirmObligation, ReopenObligation
from crm.sroi.life_commands import ChangeContract
from crm.sroi.queries.certificates import (
    CertificateRow,
    certificates_of,
    known_certificates,
    lapsing_soon,
    notices_on,
)
from crm.sroi.records import Contract, EmployerCertificate, RuleSetDraft
from crm.sroi.rules import Explanation
from crm.sroi.rules.changing import ChangeKind
from crm.sroi.rules.held import NoticeKind
from tests.factories import World, make_user
from tests.sroi import test_ruleset_drafts as drafts
from tests.sroi.factories import make_contract, make_effort, stored
from tests.sroi.ruletexts import block

# No percentage is published anywhere (https://adviespuntsr.nl/pso/): the 10 % is an example.
RULES = (
    '\n[[certificates]]\ncode = "pso_2"\nname_nl = "PSO trede 2"\nname_en = "PSO level 2"\n'
    "obligation_discount_pct = 10\nassumed = true\n"
    '\n[[certificates]]\ncode = "eigen"\nname_nl = "Eigen keurmerk"\nname_en = "Own mark"\n'
    "purchasing_share_pct = 50\nassumed = true\n" + block("INKOOP", "invoice", kind="purchasing")
)


def officer(world: World) -> Actor:
    return world.actor(Role.SROI_OFFICER)


def publish(world: World) -> None:
    """Publish the demo rule set with these certificates under an id of its own."""
    maker, second = world.actor(Role.ADMIN), world.actor_for(make_user(Role.ADMIN, "Tweede beheerder"))
    draft_id = drafts.make(maker, code="met-pso", valid_from=date(2020, 1, 1))
    drafts.write(maker, draft_id, stored(RuleSetDraft, draft_id).document + RULES)
    drafts.ask(maker, draft_id)
    drafts.approve(second, draft_id)
    drafts.publish(second, draft_id, valid_from=date(2020, 1, 1), reason="Voorbeeld")


def add(world: World, actor: Actor | None = None, **values: Any) -> int:
    told = {
        "employer_id": key(world.employer_a),
        "code": "pso_2",
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2027, 1, 31),
        "number": "PSO-778",
        "seen_on": date(2026, 11, 20),
        **values,
    }
    return perform(actor or officer(world), actions.add_certificate, AddCertificate(**told))


def end(world: World, certificate_id: int, day: date, version: int = 1) -> None:
    command = EndCertificate(
        certificate_id=certificate_id, version=version, ended_on=day, reason="Ingetrokken door PSO"
    )
    perform(officer(world), actions.end_certificate, command)


def edit(world: World, certificate_id: int, **values: Any) -> None:
    row = stored(EmployerCertificate, certificate_id)
    told = {name: getattr(row, name) for name in AddCertificate.model_fields if name != "employer_id"}
    command = EditCertificate(certificate_id=certificate_id, **{"version": row.version, **told, **values})
    perform(officer(world), actions.edit_certificate, command)


def rows(world: World, actor: Actor | None = None) -> list[CertificateRow]:
    with reading(actor or officer(world)) as unit:
        return certificates_of(unit, key(world.employer_a))


def told_on(world: World, contract: Contract) -> list[NoticeKind]:
    with reading(officer(world)) as unit:
        page = queries.contract_page(unit, key(contract))
        return [notice.kind for notice in notices_on(unit, page)]


def steps(contract: Contract) -> list[tuple[str, str | None]]:
    read = Explanation.from_json(stored(Contract, key(contract)).obligation_explanation).readable_steps("en")
    return [(step.label, step.formula) for step in read]


def test_a_certificate_is_noted_with_who_saw_it_and_when(world: World) -> None:
    add(world)
    [row] = rows(world)
    assert (row.name.nl, row.number, row.seen_on) == ("PSO trede 2", "PSO-778", date(2026, 11, 20))
    assert row.seen_by == officer(world).name
    # The contractor may read its own, another employer sees nothing of it.
    assert len(rows(world, world.actor(Role.EMPLOYER))) == 1
    assert world.portal_b is not None
    assert rows(world, world.actor_for(world.portal_b)) == []


def test_it_lowers_an_obligation_when_it_is_valid_from_the_award_to_the_end(world: World) -> None:
    publish(world)
    add(world)
    contract = make_contract(world, rule_set_code="met-pso")
    # € 1.000.000 x 5 % = € 50.000, less 10 % = € 45.000.
    assert contract.obligation_cents == 4_500_000
    assert ("Discount for the certificate: PSO level 2", "50,000 − 10 %") in steps(contract)
    longer = make_contract(world, rule_set_code="met-pso", end_on=date(2027, 2, 1))
    assert longer.obligation_cents == 5_000_000
    later = make_contract(world, rule_set_code="met-pso", award_on=date(2024, 12, 31))
    assert later.obligation_cents == 5_000_000


def test_a_confirmed_obligation_stays_until_the_confirmation_is_taken_back(lite_world: World) -> None:
    publish(lite_world)
    certificate_id = add(lite_world)
    contract = make_contract(lite_world, rule_set_code="met-pso")
    end(lite_world, certificate_id, date(2026, 11, 30))
    after = stored(Contract, key(contract))
    assert after.obligation_cents == 4_500_000
    assert told_on(lite_world, contract) == [NoticeKind.GONE, NoticeKind.LAPSES]
    # Also when something else of the contract is computed anew: 5 % of € 1.200.000, less 10 %.
    change = ChangeContract(
        contract_id=key(contract),
        version=after.version,
        kind=ChangeKind.EXTRA_WORK,
        holds_on=date(2026, 11, 1),
        amount_cents=20_000_000,
        reason="Meerwerk",
    )
    perform(officer(lite_world), actions.change_contract, change)
    changed = stored(Contract, key(contract))
    assert changed.obligation_cents == 5_400_000
    back = ReopenObligation(contract_id=key(contract), version=changed.version, reason="PSO gestopt")
    perform(officer(lite_world), actions.reopen_obligation, back)
    assert told_on(lite_world, contract) == [NoticeKind.TOO_SHORT, NoticeKind.LAPSES]
    again = ConfirmObligation(contract_id=key(contract), version=changed.version + 1)
    perform(officer(lite_world), actions.confirm_obligation, again)
    assert stored(Contract, key(contract)).obligation_cents == 6_000_000


def test_one_that_came_after_the_confirmation_is_told(lite_world: World) -> None:
    publish(lite_world)
    contract = make_contract(lite_world, rule_set_code="met-pso")
    waiting = make_contract(lite_world, rule_set_code="met-pso", confirmed=False)
    assert told_on(lite_world, contract) == []
    add(lite_world)
    assert stored(Contract, key(contract)).obligation_cents == 5_000_000
    assert told_on(lite_world, contract) == [NoticeKind.UNCOUNTED]
    assert told_on(lite_world, waiting) == [NoticeKind.COUNTS]


def test_what_lapses_soon_is_listed_for_the_officer_of_a_contract_that_runs_on(world: World) -> None:
    own = [key(world.authority)]
    add(world)

    def lapsing(authorities: list[int]) -> list[tuple[str, date]]:
        with reading(officer(world)) as unit:
            return [(one.employer, one.last_day) for one in lapsing_soon(unit, authorities)]

    assert lapsing(own) == []
    make_contract(world, end_on=date(2027, 12, 31))
    assert lapsing(own) == [(world.employer_a.name, date(2027, 1, 31))]
    assert lapsing([]) == []
    add(world, valid_from=date(2027, 2, 1), valid_until=date(2029, 1, 31))
    assert lapsing(own) == []


def test_it_is_put_right_on_the_version_that_was_seen(lite_world: World) -> None:
    certificate_id = add(lite_world)
    end(lite_world, certificate_id, date(2026, 11, 30))
    [row] = rows(lite_world)
    assert (row.valid_until, row.end_reason) == (date(2026, 11, 30), "Ingetrokken door PSO")
    with pytest.raises(Conflict):
        edit(lite_world, certificate_id, version=1)
    edit(lite_world, certificate_id, number="PSO-779")
    assert rows(lite_world)[0].end_reason == "Ingetrokken door PSO"
    edit(lite_world, certificate_id, valid_until=date(2027, 6, 30))
    assert (rows(lite_world)[0].number, rows(lite_world)[0].end_reason) == ("PSO-779", "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "rijbewijs"}, "code"),
        ({"valid_until": date(2024, 12, 31)}, "valid_until"),
        ({"seen_on": date(2026, 11, 25)}, "seen_on"),
        ({"valid_until": date(2028, 1, 1)}, "valid_from"),
    ],
)
def test_what_does_not_fit_is_refused(lite_world: World, values: dict[str, Any], field: str) -> None:
    add(lite_world)
    with pytest.raises(Invalid) as fault:
        add(lite_world, **values)
    assert fault.value.field == field


def test_a_number_that_is_a_bsn_is_refused() -> None:
    with pytest.raises(Invalid, match="citizen service number"):
        AddCertificate(
            employer_id=1,
            code="pso_1",
            valid_from=date(2026, 1, 1),
            valid_until=date(2027, 1, 1),
            number="111222333",
            seen_on=date(2026, 1, 1),
        )


def test_it_ends_on_a_day_of_its_term(lite_world: World) -> None:
    certificate_id = add(lite_world)
    for day in (date(2024, 12, 31), date(2027, 2, 1)):
        with pytest.raises(Invalid, match="is valid"):
            end(lite_world, certificate_id, day)


def test_nobody_notes_one_for_an_employer_out_of_reach(lite_world: World) -> None:
    with pytest.raises(NotFound):
        add(lite_world, employer_id=999_999)
    with pytest.raises(NotFound):
        end(lite_world, 999_999, date(2026, 11, 30))


def test_the_list_holds_what_a_rule_set_of_the_region_names_itself(lite_world: World) -> None:
    publish(lite_world)
    with reading(officer(lite_world)) as unit:
        known = known_certificates(unit)
    assert known["eigen"].nl == "Eigen keurmerk"
    assert known["pso_30plus"].nl == "PSO 30+"
    assert add(lite_world, code="eigen") > 0


def test_a_purchase_keeps_what_its_supplier_holds(lite_world: World) -> None:
    publish(lite_world)
    contract = make_contract(lite_world, rule_set_code="met-pso")
    told = {"block": "INKOOP", "end": None, "hours_per_week": None, "amount_cents": 1_000_000}
    effort = make_effort(contract, **told, supplier_certificate="eigen")
    assert (effort.facts["supplier_certificate"], effort.value_cents) == ("eigen", 500_000)
    assert make_effort(contract, **told, supplier_certificate="").value_cents == 0
    with pytest.raises(Invalid, match="does not know this certificate"):
        make_effort(contract, **told, supplier_certificate="onbekend")


def test_the_system_may_read_all(lite_world: World) -> None:
    add(lite_world, system("test"))
    assert rows(lite_world, system("test"))[0].seen_by is None
