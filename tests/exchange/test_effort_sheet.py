"""Efforts by spreadsheet: the template asks what the rules ask, and each line is good, known or faulty."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from crm.core.access import Role
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.exchange import effort_sheet
from crm.exchange.effort_sheet import SheetLine
from crm.sroi import actions
from crm.sroi.commands import EffortClaim, SubmitEfforts
from crm.sroi.queries import contract_page
from crm.sroi.queries.many import look_at
from crm.sroi.records import Contract
from crm.sroi.rules import Unit
from crm.sroi.rulesets import load_ruleset
from tests.factories import World
from tests.sroi.factories import DEMO, make_contract, stored

D = Decimal
RULES = load_ruleset(DEMO)
WORK = "Participatiewet"


def name_of(code: str) -> str:
    return RULES.block(code).name_nl


def filled(*lines: dict[str, Any], language: str = "nl") -> bytes:
    """Return the template with lines, each a value by its field."""
    book = openpyxl.load_workbook(io.BytesIO(effort_sheet.template(RULES, language)))
    sheet = book.worksheets[0]
    fields = effort_sheet.fields_of(RULES)
    for line in lines:
        sheet.append([line.get(field) for field in fields])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def line(**values: Any) -> dict[str, Any]:
    return {
        "block": name_of("PW"),
        "subject": "K-2041",
        "start": date(2026, 1, 1),
        "end": "30-06-2026",
        "hours_per_week": 24,
        **values,
    }


def read(*lines: dict[str, Any]) -> list[SheetLine]:
    return effort_sheet.read(filled(*lines), RULES)


def fault_of(**values: Any) -> tuple[str, str]:
    (found,) = read(line(**values))
    assert found.fault is not None
    return found.fault.field, found.fault.message


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_template_lists_the_blocks_of_the_contract(language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(effort_sheet.template(RULES, language)))
    efforts, blocks = book.worksheets
    assert efforts["A1"].value == {"nl": "Wat is er gedaan", "en": "What was done"}[language]
    assert {"nl": name_of("PW"), "en": RULES.block("PW").name_en}[language] in [
        cell.value for cell in blocks["A"]
    ]
    assert not any("BONUS" in str(cell.value) for cell in blocks["A"])
    assert efforts.data_validations.dataValidation[0].sqref == "A2:A301"


def test_a_line_becomes_an_effort() -> None:
    (found,) = read(line())
    assert (found.line, found.fault) == (2, None)
    assert found.claim == EffortClaim(
        block="PW",
        subject="K-2041",
        start=date(2026, 1, 1),
        end=date(2026, 6, 30),
        hours_per_week=D(24),
    )


@pytest.mark.parametrize(
    ("values", "field", "expected"),
    [
        ({"hours_per_week": "32,5"}, "hours_per_week", D("32.5")),
        ({"permanent": "ja"}, "permanent", True),
        ({"permanent": "Nee"}, "permanent", False),
        ({"age": 52}, "age", 52),
        ({"amount_cents": "€ 1.234,56"}, "amount_cents", 123_456),
        ({"amount_cents": 1234.5}, "amount_cents", 123_450),
        ({"block": "pw"}, "block", "PW"),
        ({"block": f"  {name_of('PW').upper()} "}, "block", "PW"),
        ({"description": "Twee dagen"}, "description", "Twee dagen"),
    ],
)
def test_cells_are_read_as_people_write_them(values: dict[str, Any], field: str, expected: object) -> None:
    (found,) = read(line(**values))
    assert found.fault is None
    assert getattr(found.claim, field) == expected


def test_a_faulty_line_says_which_field() -> None:
    assert fault_of(block="Iets anders") == ("block", effort_sheet.NO_BLOCK)
    assert fault_of(block=None) == ("block", effort_sheet.NO_BLOCK)
    assert fault_of(start="32-13-2026") == ("start", effort_sheet.NO_DAY)
    assert fault_of(hours_per_week="veel") == ("hours_per_week", effort_sheet.NO_NUMBER)
    assert fault_of(permanent="misschien") == ("permanent", effort_sheet.NO_ANSWER)
    assert fault_of(subject="111222333")[0] == "subject"


def test_one_bad_line_does_not_stop_the_good_ones() -> None:
    good, bad = read(line(), line(start="gisteren"))
    assert good.claim is not None
    assert bad.fault is not None


def test_the_english_template_is_read_as_well() -> None:
    data = filled(line(block=RULES.block("PW").name_en), language="en")
    assert [one.fault for one in effort_sheet.read(data, RULES)] == [None]


def other_book() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Naam", "Van"])  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 kapot", other_book(), b"x" * (10 * 2**20 + 1)])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        effort_sheet.read(data, RULES)


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        read(*[line(subject=f"K-{number}") for number in range(301)])
    assert refused.value.params == {"most": 300}


def claims(*values: dict[str, Any]) -> tuple[EffortClaim, ...]:
    return tuple(one.claim for one in read(*(line(**more) for more in values)) if one.claim)


def submit(world: World, contract: Contract, efforts: tuple[EffortClaim, ...], **more: Any) -> int:
    command = SubmitEfforts(contract_id=key(contract), efforts=efforts, **more)
    return perform(world.actor(Role.EMPLOYER), actions.submit_efforts, command)


def test_efforts_are_handed_in_together_and_never_twice(world: World) -> None:
    """Two half years of 24 hours are 2 x 13,333.33; the same file again adds nothing."""
    contract = make_contract(world)
    efforts = claims({}, {"subject": "K-2042"})
    assert submit(world, contract, efforts) == 2
    assert stored(Contract, key(contract)).submitted_cents == 2_666_666
    with pytest.raises(Invalid):
        submit(world, contract, efforts)
    assert submit(world, contract, claims({}, {"subject": "K-2043"})) == 1
    assert stored(Contract, key(contract)).submitted_cents == 3_999_999


def test_a_fault_in_one_keeps_none(world: World) -> None:
    contract = make_contract(world)
    with pytest.raises(Invalid):
        submit(world, contract, claims({}, {"subject": "K-2042", "hours_per_week": None}))
    with reading(world.actor(Role.EMPLOYER)) as work:
        assert contract_page(work, key(contract)).efforts == []


def test_drafts_wait_for_what_is_missing(world: World) -> None:
    contract = make_contract(world)
    assert submit(world, contract, claims({"hours_per_week": None}), submit=False) == 1
    assert stored(Contract, key(contract)).submitted_cents == 0


def test_each_line_is_looked_at_first(lite_world: World) -> None:
    contract = make_contract(lite_world)
    submit(lite_world, contract, claims({}))
    asked = claims({}, {"subject": "K-9"}, {"subject": "K-9"}, {"subject": "K-8", "hours_per_week": None})
    with reading(lite_world.actor(Role.EMPLOYER)) as work:
        there, new, twice, faulty = look_at(work, key(contract), asked)
    assert (there.known, new.known, twice.known, faulty.known) == (True, False, True, False)
    assert new.value is not None
    assert new.value.amount == D("13333.33")
    assert faulty.fault is not None


def test_a_contract_of_others_is_not_found(lite_world: World) -> None:
    contract = make_contract(lite_world, employer_id=key(lite_world.employer_b))
    with pytest.raises(NotFound):
        submit(lite_world, contract, claims({}))


TWENTE = load_ruleset("twente")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Register Code Sociale Ondernemingen", "code_sociale_ondernemingen"),
        ("SE_NL", "se_nl"),
        ("geen van deze", ""),
        ("", None),
    ],
)
def test_the_certificate_of_the_supplier_is_a_column(cell: str, code: str | None) -> None:
    assert "supplier_certificate" in effort_sheet.fields_of(TWENTE)
    assert "supplier_certificate" not in effort_sheet.fields_of(load_ruleset(DEMO))
    [told] = effort_sheet.read(purchase(cell), TWENTE)
    assert told.claim is not None
    assert told.claim.supplier_certificate == code


def test_a_certificate_that_is_none_of_the_list_is_a_fault() -> None:
    [told] = effort_sheet.read(purchase("Keurmerk van mijn neef"), TWENTE)
    assert told.fault is not None
    assert told.fault.field == "supplier_certificate"


def test_the_certificates_can_be_chosen_in_the_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(effort_sheet.template(TWENTE, "nl")))
    listed = [row[0].value for row in book["Certificaten"].iter_rows()]
    assert listed[-1] == "geen van deze"
    assert "Register Code Sociale Ondernemingen" in listed
    formulas = [one.formula1 for one in book["Inspanningen"].data_validations.dataValidation]
    assert f"='Certificaten'!$A$1:$A${len(listed)}" in formulas


def purchase(certificate: str) -> bytes:
    """Return the template of Twente with one purchase in it."""
    book = openpyxl.load_workbook(io.BytesIO(effort_sheet.template(TWENTE, "nl")))
    sheet = book["Inspanningen"]
    fields = effort_sheet.fields_of(TWENTE)
    block = next(one for one in TWENTE.blocks if one.unit is Unit.INVOICE)
    told = {
        "block": block.name_nl,
        "start": date(2026, 3, 1),
        "end": date(2026, 3, 1),
        "amount_cents": 1000,
        "supplier_certificate": certificate,
    }
    for field, value in told.items():
        sheet.cell(2, fields.index(field) + 1, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
