"""What a final statement says is the same on screen, in the PDF and in the table, to the cent."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from crm.sroi.documents.paper import Paper, read_paper
from crm.sroi.documents.statement import statement_csv, statement_texts
from crm.sroi.documents.typesetting import printable
from crm.sroi.queries.statements import StatementRow, statement_inputs
from crm.sroi.records import Contract
from crm.sroi.rules.changing import ChangeKind
from crm.ui.registry import PAGES_DIR
from tests.factories import World
from tests.pages.test_all_pages import visit
from tests.sroi.factories import approve, make_contract, make_effort, stored
from tests.sroi.test_life import changed
from tests.sroi.test_parts import other, pass_on
from tests.sroi.test_statements import settle, short_contract

LANGUAGES = ("nl", "en")
EFFORTS = {
    "nl": ("Inspanning", "Goedgekeurd", "Telt mee"),
    "en": ("Effort", "Approved", "Counts in the end"),
}
RESULT = {"nl": ("Wat", "Bedrag"), "en": ("What", "Amount")}
WORK = {"start": date(2026, 1, 1), "end": date(2026, 10, 7)}
HOURS = {"block": "KENNIS_MIDDELEN", "hours_per_week": None, "start": None, "end": None, "subject": ""}


def in_cents(text: str, language: str) -> int:
    """Read an amount as a person does: `€ 13.333,33` in Dutch, `€13,333.33` in English."""
    digits = "".join(sign for sign in text if sign.isdigit() or sign in ",.-")
    thousands, point = (".", ",") if language == "nl" else (",", ".")
    return int(Decimal(digits.replace(thousands, "").replace(point, ".")) * 100)


def odd_amounts(world: World) -> Contract:
    """5 % of € 333.333,33, and efforts that end in odd cents."""
    contract = make_contract(world, value_cents=33_333_333)
    for number, hours in enumerate(("7.5", "11.3", "23.9")):
        approve(make_effort(contract, subject=f"K-{number}", hours_per_week=Decimal(hours), **WORK))
    return contract


def under_a_limit(world: World) -> Contract:
    """Own staff may fill a quarter of € 50.000; three efforts of uneven size are cut off together."""
    contract = make_contract(world)
    for hours in ("33.3", "66.7", "100.1"):
        approve(make_effort(contract, quantity=Decimal(hours), **HOURS))
    return contract


def with_a_surplus(world: World) -> Contract:
    contract = make_contract(world, value_cents=20_000_000)
    approve(make_effort(contract))
    return contract


def by_other_rules(world: World) -> Contract:
    contract = make_contract(world, rule_set_code="utrecht-current", percentage=5)
    approve(make_effort(contract, block="PW", **WORK), approved_cents=100_001, reason="Half jaar gewerkt")
    return contract


def by_invoices(world: World) -> Contract:
    contract = make_contract(world, rule_set_code="oost-nederland", percentage=5)
    whole = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    changed(contract, ChangeKind.INVOICED, amount_cents=77_777_777, **whole)
    changed(contract, ChangeKind.INVOICED, amount_cents=-1_111, **whole)
    return contract


def of_two_companies(world: World) -> Contract:
    contract = make_contract(world)
    pass_on(world, contract)
    approve(make_effort(contract, subject="K-1"))
    approve(make_effort(contract, other(world), subject="K-2", hours_per_week=Decimal("13.3")))
    return contract


SPREAD: dict[str, Callable[[World], Contract]] = {
    "nothing done": make_contract,
    "in part": short_contract,
    "odd amounts": odd_amounts,
    "under a limit": under_a_limit,
    "a surplus": with_a_surplus,
    "other rules": by_other_rules,
    "by invoices": by_invoices,
    "two companies": of_two_companies,
}


def on_screen(world: World, contract: Contract, language: str) -> list[list[list[str]]]:
    """Return the rows of the tables with the result and the efforts, as they stand on the page."""
    at: AppTest = visit("crm/ui/main.py", world, Role.SROI_OFFICER)
    at.session_state["language"] = language
    at.run()
    at.switch_page(str(PAGES_DIR / "staff/settle.py"))
    at.query_params["id"] = str(key(contract))
    at.run()
    assert [fault.value for fault in [*at.exception, *at.error]] == []
    wanted = (EFFORTS[language], RESULT[language])
    found = {tuple(table.value.columns): table.value.astype(str).to_numpy().tolist() for table in at.table}
    return [found.get(columns, []) for columns in wanted]


@pytest.mark.parametrize("name", SPREAD)
def test_screen_paper_and_table_say_the_same(lite_world: World, name: str) -> None:
    row = settle(lite_world, SPREAD[name](lite_world))
    contract = stored(Contract, _contract_of(row))
    for language in LANGUAGES:
        texts = printable(statement_texts(row.paper, row.code, language))
        on_paper = ([line[2:4] for line in texts["efforts"]], [line[1] for line in texts["totals"]])
        efforts, result = on_screen(lite_world, contract, language)
        shown_efforts, shown_totals = [line[1:3] for line in efforts], [line[1] for line in result]
        cells = list(csv.reader(io.StringIO(statement_csv(row.paper, row.code, language)), delimiter=";"))
        parts = {"nl": ("Inspanning", "De uitkomst"), "en": ("Effort", "The result")}[language]
        in_table = (
            [line[3:5] for line in cells[1:] if line[0] == parts[0]],
            [line[4] for line in cells[1:] if line[0] == parts[1]],
        )
        amounts = [_read(given, language) for given in (on_paper, (shown_efforts, shown_totals))]
        assert amounts[0] == amounts[1] == _read_plain(in_table, language)
        _adds_up(row.paper, amounts[0])


def _contract_of(row: StatementRow) -> int:
    with reading(system("test")) as work:
        return int(statement_inputs(work, row.id)["contract"]["id"])


Amounts = tuple[list[list[int]], list[int]]


def _read(given: tuple[list[list[str]], list[str]], language: str) -> Amounts:
    efforts, totals = given
    return (
        [[in_cents(cell, language) for cell in line] for line in efforts],
        [in_cents(cell, language) for cell in totals],
    )


def _read_plain(given: tuple[list[list[str]], list[str]], language: str) -> Amounts:
    point = "," if language == "nl" else "."
    efforts, totals = given

    def plain(cell: str) -> int:
        return int(Decimal(cell.replace(point, ".")) * 100)

    return [[plain(cell) for cell in line] for line in efforts], [plain(cell) for cell in totals]


def _adds_up(paper: Paper, amounts: Amounts) -> None:
    """The lines add up to the totals, and the totals follow from each other."""
    efforts, totals = amounts
    approved, counted = sum(line[0] for line in efforts), sum(line[1] for line in efforts)
    obligation = totals[0]
    cut = [approved - counted] if approved != counted else []
    rest = max(obligation - counted, 0) or max(counted - obligation, 0)
    assert totals == [obligation, approved, *cut, counted, rest, paper.follows_cents]


CENTS = st.integers(0, 10**11)


@st.composite
def papers(draw: st.DrawFn) -> dict[str, Any]:
    """The inputs of a statement with whatever amounts; a line counts for at most what was approved."""
    lines = draw(st.lists(st.tuples(CENTS, CENTS), max_size=6))
    approved = [(max(pair), min(pair)) for pair in lines]
    together, counted = sum(one for one, _ in approved), sum(one for _, one in approved)
    obligation = draw(CENTS)
    told = {"amount": "0.00", "ruleset": "x", "ruleset_hash": "y", "steps": [], "assumptions": []}
    return {
        "number": 1,
        "reason": "",
        "settled_on": "2026-11-24",
        "check_at": "https://crm.example.nl",
        "contract": {"title": "T", "reference": None, "start_on": "2026-01-01", "end_on": "2026-12-31"},
        "authority": {"name": "A"},
        "employer": {"name": "E", "kvk_number": ""},
        "rule_set": {"name": "R", "version": "1", "hash": "y"},
        "obligation": told,
        "efforts": [
            {
                "number": number,
                "name": {"nl": "N", "en": "N"},
                "starts_on": None,
                "ends_on": None,
                "approved_cents": one,
                "counted_cents": other_one,
                "explanation": told,
            }
            for number, (one, other_one) in enumerate(approved)
        ],
        "counted": told,
        "totals": {
            "obligation_cents": obligation,
            "approved_cents": together,
            "cut_cents": together - counted,
            "counted_cents": counted,
            "shortfall_cents": max(obligation - counted, 0),
            "surplus_cents": max(counted - obligation, 0),
        },
        "decisions": {"last_instalment_cents": None, "not_to_blame": "", "repair_until": None},
        "follows": told,
    }


@given(papers(), st.sampled_from(LANGUAGES))
def test_whatever_the_amounts_paper_and_table_are_equal(inputs: dict[str, Any], language: str) -> None:
    paper = read_paper(inputs)
    texts = statement_texts(paper, "0000-0000-0000", language)
    told = ([line[2:4] for line in texts["efforts"]], [row[1] for row in texts["totals"]])
    on_paper = _read(told, language)
    cells = list(csv.reader(io.StringIO(statement_csv(paper, "0000-0000-0000", language)), delimiter=";"))
    rows = cells[1:-1]
    number = len(paper.lines)
    in_table = _read_plain(
        ([line[3:5] for line in rows[:number]], [line[4] for line in rows[number:]]), language
    )
    assert on_paper == in_table
    _adds_up(paper, on_paper)
