"""Final statements: what follows a shortfall, the same bytes every time, one current version, and letters."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.accounts.records import UserAuthority
from crm.core import clock
from crm.core.access import Role, system
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions, statements
from crm.sroi.commands import CorrectStatement, MakeLetter, SettleContract, StartRepair
from crm.sroi.documents.letters import letter_inputs, letter_pdf, letter_texts
from crm.sroi.documents.paper import read_paper
from crm.sroi.documents.statement import statement_csv, statement_pdf, statement_texts
from crm.sroi.documents.typesetting import printable
from crm.sroi.queries.letters import letter_about, letters_of, stored_letter
from crm.sroi.queries.statements import (
    StatementRow,
    current_statement,
    frame_of,
    settlement,
    statement,
    statement_inputs,
    statements_of,
)
from crm.sroi.records import Contract, Effort, RuleSetVersion, Statement
from crm.sroi.rulebook import read
from crm.sroi.rules import Sourced, WithholdingReading
from crm.sroi.statements import BENEFIT_FITS, Decisions
from crm.sroi.states import ContractState, LetterKind
from tests.factories import World, make_user, save
from tests.sroi.factories import approve, make_contract, make_effort, stored

SECRETIVE = "Jan de Wit werkte maar half"


def short_contract(world: World, **values: Any) -> Contract:
    """Obligation 50,000; approved 31,250 = 13,333.33 + 13,333.33 + 4,583.34 (in part)."""
    contract = make_contract(world, **values)
    approve(make_effort(contract))
    approve(make_effort(contract, subject="K-2042"))
    approve(make_effort(contract, subject="K-2043"), approved_cents=458_334, reason=SECRETIVE)
    found: Contract = stored(Contract, key(contract))
    return found


def settle(world: World, contract: Contract, role: Role = Role.SROI_OFFICER, **values: Any) -> StatementRow:
    version = stored(Contract, key(contract)).version
    command = SettleContract(contract_id=key(contract), version=version, **values)
    perform(world.actor(role), actions.settle_contract, command)
    return made(contract)[0]


def made(contract: Contract) -> list[StatementRow]:
    with reading(system("test")) as work:
        return statements_of(work, key(contract))


def correct(world: World, contract: Contract, number: int = 1, **values: Any) -> StatementRow:
    version = stored(Contract, key(contract)).version
    command = CorrectStatement(
        contract_id=key(contract), version=version, number=number, **{"reason": "Termijn vergeten", **values}
    )
    perform(world.actor(Role.SROI_OFFICER), actions.correct_statement, command)
    return made(contract)[0]


def test_a_shortfall_is_withheld_in_euros(world: World) -> None:
    paper = settle(world, short_contract(world)).paper
    assert (paper.obligation_cents, paper.approved_cents) == (5_000_000, 3_125_000)
    assert (paper.shortfall_cents, paper.surplus_cents) == (1_875_000, 0)
    assert paper.follows_cents == 1_875_000


def test_nothing_is_withheld_from_who_is_not_to_blame(world: World) -> None:
    row = settle(world, short_contract(world), not_to_blame="De opdracht werd stilgelegd.")
    assert row.paper.shortfall_cents == 1_875_000
    assert row.paper.follows_cents == 0
    assert row.paper.not_to_blame == "De opdracht werd stilgelegd."


def by_share(world: World, last_cents: int | None) -> dict[str, Any]:
    """Return the inputs of a statement under a rule set that withholds a share of the last instalment."""
    contract = short_contract(world)
    with reading(system("test")) as work:
        page = settlement(work, key(contract), Decisions()).page
        frame = frame_of(work, key(contract), 1)
    share = Sourced(WithholdingReading.SHARE_OF_LAST_INSTALMENT, assumed=True)
    sanctions = replace(page.rule_set.sanctions, withholding=share)
    page = replace(page, rule_set=replace(page.rule_set, sanctions=sanctions))
    return statements.gather(page, frame, Decisions(last_cents))


def test_a_shortfall_takes_its_share_of_the_last_instalment(lite_world: World) -> None:
    # 18,750 of 50,000 is 37.5 %; of 100,000 that is 37,500.
    assert by_share(lite_world, 10_000_000)["follows"]["amount"] == "37500.00"


def test_the_last_instalment_is_asked_when_the_rules_need_it(lite_world: World) -> None:
    with pytest.raises(Invalid) as fault:
        by_share(lite_world, None)
    assert fault.value.field == "last_instalment_cents"


def test_a_surplus_is_told_and_nothing_follows(world: World) -> None:
    contract = make_contract(world, value_cents=10_000_000)
    approve(make_effort(contract))
    paper = settle(world, contract).paper
    assert (paper.surplus_cents, paper.shortfall_cents, paper.follows_cents) == (833_333, 0, 0)


def test_what_a_limit_cuts_off_does_not_count(world: World) -> None:
    # Under the demo rules activities may fill 25 % of the obligation: 12,500 of 20,000.
    contract = make_contract(world)
    with reading(system("test")) as work:
        ruleset = read(work.get(RuleSetVersion, contract.rule_set_id))
    block = next(block for block in ruleset.blocks if block.kind.value == "activity")
    effort = make_effort(
        contract,
        block=block.code,
        hours_per_week=None,
        amount_cents=2_000_000,
        quantity=Decimal(400),
        description="Open dag",
        subject="",
    )
    worth = approve(effort).approved_cents
    assert worth > 1_250_000
    paper = settle(world, contract).paper
    assert (paper.approved_cents, paper.counted_cents) == (worth, 1_250_000)
    assert paper.cut_cents == worth - 1_250_000 == paper.lines[0].cut_cents
    assert paper.shortfall_cents == 3_750_000


def test_settling_waits_for_the_end_of_a_repair_period(lite_world: World) -> None:
    contract = short_contract(lite_world)
    officer = lite_world.actor(Role.SROI_OFFICER)
    command = StartRepair(contract_id=key(contract), version=contract.version, until=date(2026, 12, 24))
    perform(officer, actions.start_repair, command)
    with pytest.raises(Invalid):
        settle(lite_world, contract)
    assert made(contract) == []
    assert stored(Contract, key(contract)).state is ContractState.IN_REPAIR


def test_a_statement_rests_on_stored_facts_without_personal_data(world: World) -> None:
    contract = short_contract(world)
    row = settle(world, contract)
    found = stored(Statement, row.id)
    inputs = json.loads(found.inputs)
    assert statements.canonical(inputs) == found.inputs
    assert statements.digest(found.inputs) == found.sha256
    version = stored(RuleSetVersion, contract.rule_set_id)
    assert inputs["rule_set"]["hash"] == version.content_hash
    assert inputs["rule_set"]["document"] == version.document
    assert [effort["approved_cents"] for effort in inputs["efforts"]] == [1_333_333, 1_333_333, 458_334]
    for word in ("K-2041", "K-2043", SECRETIVE, "een"):
        assert f'"{word}"' not in found.inputs
    assert SECRETIVE not in found.inputs


def test_a_statement_does_not_tell_since_when_somebody_has_a_benefit(lite_world: World) -> None:
    contract = make_contract(lite_world, rule_set_code="oost-nederland")
    approve(make_effort(contract, block="PW_GT2Y", benefit_start=date(2019, 3, 17)))
    row = settle(lite_world, contract)
    with reading(system("test")) as work:
        kept = work.get(Statement, row.id).inputs
    assert "2019-03-17" not in kept
    assert BENEFIT_FITS in kept


def test_a_code_is_short_and_forgives_misreading() -> None:
    code = statements.check_code("a" * 64)
    assert len(code) == 14
    assert code.count("-") == 2
    assert code != statements.check_code("b" * 64)
    assert statements.tidy_code(code.lower().replace("-", " ")) == code
    assert statements.tidy_code("oil0-1111 2222") == "0110-1111-2222"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_pdf_is_the_same_to_the_byte(world: World, language: str) -> None:
    row = settle(world, short_contract(world))
    first = statement_pdf(row.paper, row.code, language)
    with reading(system("test")) as work:
        again = statement(work, row.id)
    assert statement_pdf(again.paper, again.code, language) == first
    assert first.startswith(b"%PDF-1.7")
    for mark in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<", b"/StructTreeRoot"):
        assert mark in first


def test_languages_and_versions_are_different_papers(lite_world: World) -> None:
    row = settle(lite_world, short_contract(lite_world))
    dutch = statement_texts(row.paper, row.code, "nl")
    english = statement_texts(row.paper, row.code, "en")
    assert (dutch["title"], english["title"]) == (
        "Eindafrekening social return",
        "Final statement of social return",
    )
    assert statement_pdf(row.paper, row.code, "nl") != statement_pdf(row.paper, row.code, "en")


def test_paper_and_table_say_the_same_to_the_cent(lite_world: World) -> None:
    row = settle(lite_world, short_contract(lite_world))
    texts = statement_texts(row.paper, row.code, "nl")
    assert texts["totals"] == [
        ["Verplichting", "€ 50.000,00"],
        ["Goedgekeurd", "€ 31.250,00"],
        ["Telt mee", "€ 31.250,00"],
        ["Tekort", "€ 18.750,00"],
        ["Ingehouden, in rekening gebracht of boete", "€ 18.750,00"],
    ]
    assert [line[2] for line in texts["efforts"]] == ["€ 13.333,33", "€ 13.333,33", "€ 4.583,34"]
    table = [line.split(";") for line in statement_csv(row.paper, row.code, "nl").splitlines()]
    assert [line[3] for line in table if line[0] == "Inspanning"] == ["13333,33", "13333,33", "4583,34"]
    assert [line[4] for line in table if line[0] == "De uitkomst"] == [
        "50000,00",
        "31250,00",
        "31250,00",
        "18750,00",
        "18750,00",
    ]
    assert table[-1][1] == row.code


def test_what_was_typed_is_text_on_paper_whatever_it_looks_like(lite_world: World) -> None:
    contract = make_contract(lite_world, title='#panic("x") $a$ *b* 漢 → ş \u200b"')
    row = settle(lite_world, contract)
    assert statement_pdf(row.paper, row.code, "nl").startswith(b"%PDF")
    assert printable(row.paper.title).startswith('#panic("x") $a$ *b* ? > ş')


def test_a_correction_is_a_new_version_and_the_old_one_stays(world: World) -> None:
    contract = short_contract(world)
    old = settle(world, contract)
    new = correct(world, contract, not_to_blame="Stilgelegd")
    assert [(row.number, row.paper.reason) for row in made(contract)] == [(2, "Termijn vergeten"), (1, "")]
    assert new.code != old.code
    assert (new.paper.follows_cents, made(contract)[1].paper.follows_cents) == (0, 1_875_000)
    with reading(system("test")) as work:
        assert current_statement(work, key(contract)) == new.id
        assert statement_inputs(work, old.id)["number"] == 1
    with pytest.raises(Invalid):
        correct(world, contract, number=1)


def test_a_correction_keeps_the_day_of_the_settlement_and_says_its_own(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = short_contract(lite_world)
    first = settle(lite_world, contract)
    assert "corrected_on" not in stored(Statement, first.id).inputs
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 3))
    second = correct(lite_world, contract)
    assert (second.paper.settled_on, second.paper.corrected_on) == (date(2026, 11, 24), date(2026, 12, 3))
    texts = statement_texts(second.paper, second.code, "nl")
    assert texts["date"] == "2026-12-03"
    assert ["Afgerekend op", "24 november 2026"] in texts["facts"]
    assert ["Gecorrigeerd op", "3 december 2026"] in texts["facts"]
    # In the table too, each line of the result bears the day of the settlement.
    rows = [line.split(";") for line in statement_csv(second.paper, second.code, "nl").splitlines()]
    assert {row[2] for row in rows if row[0] == "De uitkomst"} == {"24 november 2026"}


def test_a_correction_from_before_is_read_as_it_was_made(lite_world: World) -> None:
    """Those bore their own day as the day of the settlement, and keep doing so, byte for byte."""
    row = settle(lite_world, short_contract(lite_world))
    old = {**json.loads(stored(Statement, row.id).inputs), "number": 2, "reason": "Rekenfout"}
    paper = read_paper(old)
    assert (paper.settled_on, paper.corrected_on) == (date(2026, 11, 24), None)
    texts = statement_texts(paper, row.code, "nl")
    assert texts["date"] == "2026-11-24"
    assert "Gecorrigeerd op" not in {label for label, _value in texts["facts"]}


def test_a_running_contract_has_nothing_to_correct(lite_world: World) -> None:
    with pytest.raises(Invalid):
        correct(lite_world, short_contract(lite_world), number=0)


def test_an_officer_of_another_authority_finds_no_statement(world: World) -> None:
    row = settle(world, short_contract(world))
    other = make_user(Role.SROI_OFFICER, "Elders")
    save(UserAuthority(user_id=key(other), authority_id=key(world.other_authority)))
    with reading(world.actor_for(other)) as work, pytest.raises(NotFound):
        statement(work, row.id)


def letter(world: World, contract: Contract, kind: LetterKind, language: str = "nl", own: str = "") -> Any:
    command = MakeLetter(contract_id=key(contract), kind=kind, language=language, paragraph=own)
    letter_id = perform(world.actor(Role.SROI_OFFICER), actions.make_letter, command)
    with reading(system("test")) as work:
        return stored_letter(work, letter_id)


def test_a_notice_of_default_gives_the_repair_period_of_the_rules(world: World) -> None:
    inputs = letter(world, short_contract(world), LetterKind.DEFAULT, own="Bel ons {gerust}.")
    text = "\n".join(inputs["paragraphs"])
    assert inputs["subject"] == "Ingebrekestelling social return"
    assert "U bent € 18.750,00 tekortgeschoten" in text
    # 90 days after 24 November 2026.
    assert "tot en met 22 februari 2027" in text
    assert inputs["paragraphs"][-1] == "Bel ons {gerust}."


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", [LetterKind.WELCOME, LetterKind.REMINDER, LetterKind.DEFAULT])
def test_a_letter_is_the_same_to_the_byte(lite_world: World, kind: LetterKind, language: str) -> None:
    inputs = letter(lite_world, short_contract(lite_world), kind, language)
    assert letter_pdf(inputs) == letter_pdf(json.loads(json.dumps(inputs)))
    assert letter_texts(inputs)["language"] == language
    assert not any("{" in paragraph for paragraph in inputs["paragraphs"])


def test_a_granted_repair_period_has_its_letter(lite_world: World) -> None:
    contract = short_contract(lite_world)
    with pytest.raises(Invalid):
        letter(lite_world, contract, LetterKind.REPAIR)
    command = StartRepair(contract_id=key(contract), version=contract.version, until=date(2027, 1, 31))
    perform(lite_world.actor(Role.SROI_OFFICER), actions.start_repair, command)
    inputs = letter(lite_world, contract, LetterKind.REPAIR, "en")
    assert "until 31 January 2027" in inputs["paragraphs"][0]


def test_a_settled_contract_has_letters_about_its_end_only(lite_world: World) -> None:
    contract = short_contract(lite_world)
    row = settle(lite_world, contract)
    inputs = letter(lite_world, contract, LetterKind.WITHHOLDING)
    assert "€ 18.750,00 in" in inputs["paragraphs"][1]
    assert row.code in inputs["paragraphs"][1]
    told = "\n".join(letter(lite_world, contract, LetterKind.SETTLEMENT)["paragraphs"])
    assert "tekort van € 18.750,00" in told
    assert "meer gedaan" not in told
    with pytest.raises(Invalid):
        letter(lite_world, contract, LetterKind.REMINDER)
    with reading(lite_world.actor(Role.MANAGER)) as work:
        assert {found.kind for found in letters_of(work, key(contract))} == {
            LetterKind.WITHHOLDING,
            LetterKind.SETTLEMENT,
        }


def test_letters_are_not_for_the_contractor_before_they_are_sent(world: World) -> None:
    contract = short_contract(world)
    letter(world, contract, LetterKind.REMINDER)
    with reading(world.actor(Role.EMPLOYER)) as work:
        assert letters_of(work, key(contract)) == []


def test_no_letter_fits_a_contract_that_is_not_confirmed(lite_world: World) -> None:
    contract = make_contract(lite_world, confirmed=False)
    with reading(system("test")) as work, pytest.raises(Invalid):
        letter_inputs(letter_about(work, key(contract), LetterKind.WELCOME, "nl"))


def test_efforts_keep_their_amounts_after_settling(lite_world: World) -> None:
    contract = short_contract(lite_world)
    settle(lite_world, contract)
    with reading(system("test")) as work:
        found = work.session.get(Effort, 1)
    assert found is not None
    assert found.approved_cents == 1_333_333
    assert stored(Contract, key(contract)).settled_on == clock.today()
