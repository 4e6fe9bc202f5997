"""What a statement keeps from the contractor: efforts of other companies, and earlier work elsewhere."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm.core.records import key
from crm.core.work import reading
from crm.sroi.documents.paper import read_paper
from crm.sroi.documents.statement import statement_csv, statement_texts
from crm.sroi.elsewhere import WORKED_BEFORE, without_where
from crm.sroi.queries.statements import StatementRow, current_statement, statement
from crm.sroi.records import Contract, Statement
from crm.sroi.rules import Explanation
from tests.factories import World
from tests.pages.test_settlement_everywhere import on_screen
from tests.sroi.factories import approve, make_contract, make_effort, stored
from tests.sroi.test_earlier import FIRST, FRYSLAN, THEN, WHO
from tests.sroi.test_parts import main, other, pass_on
from tests.sroi.test_statements import settle


def read_by_contractor(world: World, contract: Contract) -> StatementRow:
    with reading(main(world)) as unit:
        return statement(unit, current_statement(unit, key(contract)) or 0)


def of_two_companies(world: World) -> Contract:
    """The contractor did 13,333.33; the other company 13,333.33 and half of that, 20,000.00 together."""
    contract = make_contract(world)
    pass_on(world, contract)
    approve(make_effort(contract, main(world), subject="K-1"))
    days = {"start": date(2026, 2, 1), "end": date(2026, 7, 31)}
    approve(make_effort(contract, other(world), subject="K-2", **days))
    approve(make_effort(contract, other(world), subject="K-3", hours_per_week=Decimal(12), **days))
    return contract


def test_the_contractor_reads_one_amount_of_another_company(lite_world: World) -> None:
    contract = of_two_companies(lite_world)
    settle(lite_world, contract)
    row = read_by_contractor(lite_world, contract)
    [own, part] = row.paper.lines
    assert (own.company, own.approved_cents) == ("", 1_333_333)
    assert (part.number, part.starts_on, part.ends_on, part.explanation.steps) == (0, None, None, ())
    assert (part.approved_cents, part.counted_cents) == (2_000_000, 2_000_000)
    assert part.company == lite_world.employer_b.name
    inputs = stored(Statement, row.id).inputs
    assert "2026-02-01" not in inputs
    assert "2026-07-31" not in inputs
    assert len(json.loads(inputs)["efforts"]) == 1


def test_paper_table_and_screen_name_the_part_alike(lite_world: World) -> None:
    contract = of_two_companies(lite_world)
    settle(lite_world, contract)
    row = read_by_contractor(lite_world, contract)
    name = f"Alles wat {lite_world.employer_b.name} deed voor zijn deel"
    texts = statement_texts(row.paper, row.code, "nl")
    assert texts["efforts"][1][:2] == [name, ""]
    cells = list(csv.reader(io.StringIO(statement_csv(row.paper, row.code, "nl")), delimiter=";"))
    assert cells[2][1:3] == [name, ""]
    assert cells[2][5] == ""
    efforts, _result = on_screen(lite_world, contract, "nl")
    assert efforts[1][0] == name


def test_a_part_alone_is_told_too(lite_world: World) -> None:
    contract = make_contract(lite_world)
    pass_on(lite_world, contract)
    approve(make_effort(contract, other(lite_world), subject="K-2"))
    settle(lite_world, contract)
    assert len(on_screen(lite_world, contract, "nl")[0]) == 1
    assert [line.company for line in read_by_contractor(lite_world, contract).paper.lines] == [
        lite_world.employer_b.name
    ]


def test_when_a_person_worked_elsewhere_is_not_told(lite_world: World) -> None:
    elsewhere = make_contract(
        lite_world,
        rule_set_code=FRYSLAN,
        percentage=Decimal(5),
        authority_id=key(lite_world.other_authority),
        employer_id=key(lite_world.employer_b),
    )
    first = FIRST | {"end": date(2026, 6, 30)}
    make_effort(elsewhere, **first, **WHO)
    make_effort(elsewhere, **FIRST | {"start": date(2027, 2, 1), "end": date(2027, 3, 31)}, **WHO)
    contract = make_contract(
        lite_world, rule_set_code=FRYSLAN, percentage=Decimal(5), end_on=date(2028, 12, 31)
    )
    effort = approve(make_effort(contract, main(lite_world), **THEN, **WHO))
    told = [step.label for step in without_where(Explanation.from_json(effort.explanation)).steps]
    assert (told.count(WORKED_BEFORE), [label for label in told if "{start}" in label]) == (1, [])
    settle(lite_world, contract)
    row = read_by_contractor(lite_world, contract)
    labels = [step.label for step in row.paper.lines[0].explanation.readable_steps("en")]
    assert labels.count(WORKED_BEFORE) == 1
    assert not [label for label in labels if label.startswith(("Earlier work from", "The gap", "Work from"))]
    inputs = stored(Statement, row.id).inputs
    for day in ("2026-06-30", "2027-02-01", "2027-03-31"):
        assert day not in inputs


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_statement_from_before_is_read_as_it_was_made(lite_world: World, language: str) -> None:
    """Those told each effort, whoever did it, and have no parts; their papers keep every line."""
    contract = make_contract(lite_world)
    approve(make_effort(contract))
    row = settle(lite_world, contract)
    old: dict[str, Any] = json.loads(stored(Statement, row.id).inputs)
    assert (old["format"], old.pop("parts")) == (2, [])
    told = {
        "label": "Earlier work from {start} to {end} used {used} months",
        "formula": "",
        "params": {"start": {"date": "2026-01-01"}, "end": {"date": "2026-06-30"}, "used": {"fraction": "6"}},
        "amount": None,
        "source": "",
        "assumed": True,
    }
    old["efforts"][0]["explanation"]["steps"] = [told]
    paper = read_paper(old | {"format": 1})
    [line] = statement_texts(paper, row.code, language)["efforts"]
    dates = {"nl": ("1 jan 2026", "30 jun 2026"), "en": ("1 Jan 2026", "30 Jun 2026")}[language]
    assert all(day in line[4] for day in dates)
    assert line[0].startswith(("Nr. ", "No. "))
