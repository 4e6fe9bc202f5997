"""Efforts by spreadsheet: a template with the blocks of one contract, and reading it back line by line.

The template knows only what its rule set asks. Nothing is written here; a line that cannot be read says why.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import cents, parse_euros
from crm.exchange.rules import values
from crm.exchange.rules.messages import FileProblem
from crm.exchange.tables import Row, workbook_sheets
from crm.sroi.commands import EffortClaim
from crm.sroi.rules import Block, RuleSet, Unit
from crm.sroi.rules.questions import Question, plainly, questions, supplier_certificates

MAX_BYTES, MOST_LINES, WIDTH = 10 * 2**20, 300, 22
HEADINGS: dict[str, tuple[str, str]] = {
    "block": ("Wat is er gedaan", "What was done"),
    "subject": ("Kenmerk (geen naam)", "Reference (no name)"),
    "start": ("Van", "From"),
    "end": ("Tot en met", "Up to and including"),
    "hours_per_week": ("Uren per week", "Hours a week"),
    "worked_hours": ("Gewerkte uren in de periode", "Hours worked in the period"),
    "quantity": ("Aantal uren", "Number of hours"),
    "amount_cents": ("Bedrag zonder btw", "Amount excl. VAT"),
    "labour_amount_cents": ("Loonkosten", "Labour cost"),
    "supplier_certificate": ("Certificaat van de leverancier", "Certificate of the supplier"),
    "age": ("Leeftijd", "Age"),
    "benefit_start": ("Uitkering sinds", "Benefit since"),
    "permanent": ("Vast contract (ja of nee)", "Permanent contract (yes or no)"),
    "description": ("Toelichting", "Description"),
}
ASKED_BY = {
    Question.HOURS: "hours_per_week",
    Question.WORKED_HOURS: "worked_hours",
    Question.QUANTITY: "quantity",
    Question.AMOUNT: "amount_cents",
    Question.LABOUR_AMOUNT: "labour_amount_cents",
    Question.SUPPLIER_CERTIFICATE: "supplier_certificate",
    Question.AGE: "age",
    Question.BENEFIT_START: "benefit_start",
    Question.PERMANENT: "permanent",
}
DAYS = frozenset({"start", "end", "benefit_start"})
EUROS = frozenset({"amount_cents", "labour_amount_cents"})
NUMBERS = frozenset({"hours_per_week", "worked_hours", "quantity"})
YES, NO = frozenset({"ja", "yes", "j", "y", "x", "1", "true"}), frozenset({"nee", "no", "n", "0", "false"})
NONE_OF_THESE = ("geen van deze", "none of these")
NO_CERTIFICATE = N_("This is not one of the certificates on the third sheet.")
NO_BLOCK = N_("This is not one of the choices on the second sheet.")
NO_DAY = N_("This is not a day. Write it as 31-12-2026.")
NO_NUMBER = N_("This is not a number. Write it as 1234,56.")
NO_ANSWER = N_("Write yes or no.")
NO_HEADINGS = N_("These are not the columns of the template. Download it again and fill that in.")
TOO_MANY = N_("At most {most} lines at a time. Split the file.")


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet, from 1: the effort it tells of, or why it cannot be read."""

    line: int
    claim: EffortClaim | None = None
    fault: Invalid | None = None


def template(ruleset: RuleSet, language: str) -> bytes:
    """Return an XLSX file with a column for each fact that the rule set asks, and a list of its blocks."""
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "Inspanningen" if language == "nl" else "Efforts"
    sheet.append([_heading(field, language) for field in fields_of(ruleset)])
    blocks = book.create_sheet("Wat telt mee" if language == "nl" else "What counts")
    for block in blocks_of(ruleset):
        blocks.append([getattr(block.name, language), getattr(plainly(block), language)])
    for row in blocks.iter_rows():
        for cell in row:
            # A name that begins with = is a name, and no formula.
            cell.data_type = "s"
    _dress(sheet, blocks.title, len(blocks_of(ruleset)))
    _offer_certificates(book, sheet, ruleset, language)
    blocks.column_dimensions["A"].width, blocks.column_dimensions["B"].width = 60, 100
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(data: bytes, ruleset: RuleSet) -> list[SheetLine]:
    """Return the lines of a filled-in template, in its order.

    Raises `Invalid` for a file that is too large, no workbook, without the template's columns, or too long.
    """
    if len(data) > MAX_BYTES:
        raise Invalid("file", FileProblem.TOO_LARGE, megabytes=MAX_BYTES // 2**20)
    for rows in workbook_sheets(data):
        if rows and (columns := _columns(rows[0][1] or ())):
            if len(rows) > MOST_LINES + 1:
                raise Invalid("file", TOO_MANY, most=MOST_LINES)
            return list(_lines(rows[1:], columns, ruleset))
    raise Invalid("file", NO_HEADINGS)


def fields_of(ruleset: RuleSet) -> list[str]:
    """Return the columns of the template: those that every effort has, and those some block asks for."""
    asked = {
        ASKED_BY[one] for block in blocks_of(ruleset) for one in questions(ruleset, block) if one in ASKED_BY
    }
    always = {"block", "subject", "start", "end", "description"}
    return [field for field in HEADINGS if field in asked | always]


def blocks_of(ruleset: RuleSet) -> list[Block]:
    """Return the blocks that an effort can be of; bonuses come by themselves."""
    return [block for block in ruleset.blocks if block.unit is not Unit.BONUS]


def _heading(field: str, language: str) -> str:
    return HEADINGS[field][0 if language == "nl" else 1]


def _dress(sheet: Any, blocks_title: str, blocks: int) -> None:
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.column_dimensions["A"].width = 60
    sheet.freeze_panes = "A2"
    choice = DataValidation(type="list", formula1=f"='{blocks_title}'!$A$1:$A${blocks}", allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"A2:A{MOST_LINES + 1}")


def _offer_certificates(book: Workbook, sheet: Any, ruleset: RuleSet, language: str) -> None:
    """Let the column for the supplier's certificate be chosen from those that decide what counts."""
    fields = fields_of(ruleset)
    if "supplier_certificate" not in fields:
        return
    names = [getattr(name, language) for name in supplier_certificates(ruleset).values()]
    names.append(NONE_OF_THESE[0 if language == "nl" else 1])
    told = book.create_sheet("Certificaten" if language == "nl" else "Certificates")
    for row, name in enumerate(names, start=1):
        told.cell(row, 1, name).data_type = "s"
    told.column_dimensions["A"].width = 60
    column = get_column_letter(fields.index("supplier_certificate") + 1)
    formula = f"='{told.title}'!$A$1:$A${len(names)}"
    choice = DataValidation(type="list", formula1=formula, allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"{column}2:{column}{MOST_LINES + 1}")


def _columns(cells: Sequence[object]) -> dict[str, int]:
    """Return where each field stands; empty when this is not the template."""
    names = {name.casefold(): field for field, told in HEADINGS.items() for name in told}
    found = {
        names[text]: at for at, cell in enumerate(cells) if (text := values.text(cell).casefold()) in names
    }
    return found if {"block", "start"} <= found.keys() else {}


def _lines(rows: Sequence[Row], columns: Mapping[str, int], ruleset: RuleSet) -> Iterator[SheetLine]:
    for line, cells in rows:
        told = {field: cells[at] for field, at in columns.items() if cells and at < len(cells)}
        try:
            yield SheetLine(line, claim=_claim(told, ruleset))
        except Invalid as fault:
            yield SheetLine(line, fault=fault)


def _claim(told: Mapping[str, object], ruleset: RuleSet) -> EffortClaim:
    facts: dict[str, Any] = {}
    for field, cell in told.items():
        if values.text(cell) or isinstance(cell, bool):
            facts[field] = _reader(field, ruleset)(field, cell)
    if "block" not in facts:
        raise Invalid("block", NO_BLOCK)
    return EffortClaim(**facts)


def _reader(field: str, ruleset: RuleSet) -> Callable[[str, object], Any]:
    if field == "block":
        return lambda _field, cell: _block(cell, ruleset)
    if field == "supplier_certificate":
        return lambda field, cell: _certificate(field, cell, ruleset)
    if field in DAYS:
        return _day
    if field in EUROS:
        return _euros
    if field in NUMBERS:
        return _number
    if field == "age":
        return lambda field, cell: int(_number(field, cell))
    return _answer if field == "permanent" else _text


def _block(cell: object, ruleset: RuleSet) -> str:
    asked = values.text(cell).casefold()
    for block in blocks_of(ruleset):
        plain = plainly(block)
        known = (block.code, block.name_nl, block.name_en, plain.nl, plain.en)
        if asked in {" ".join(name.split()).casefold() for name in known}:
            return block.code
    raise Invalid("block", NO_BLOCK)


def _certificate(field: str, cell: object, ruleset: RuleSet) -> str:
    """Return the code of the certificate that is named; empty for none of those that count."""
    asked = values.text(cell).casefold()
    if asked in NONE_OF_THESE:
        return ""
    for code, name in supplier_certificates(ruleset).items():
        if asked in {" ".join(one.split()).casefold() for one in (code, name.nl, name.en)}:
            return code
    raise Invalid(field, NO_CERTIFICATE)


def _day(field: str, cell: object) -> Any:
    found = values.day(cell)
    if found is None:
        raise Invalid(field, NO_DAY)
    return found


def _number(field: str, cell: object) -> Decimal:
    found = values.dutch_number(cell)
    if found is None:
        raise Invalid(field, NO_NUMBER)
    return found


def _euros(field: str, cell: object) -> int:
    return parse_euros(cell, field) if isinstance(cell, str) else cents(_number(field, cell))


def _answer(field: str, cell: object) -> bool:
    said = str(cell).strip().casefold()
    if said in YES | NO:
        return said in YES
    raise Invalid(field, NO_ANSWER)


def _text(_field: str, cell: object) -> str:
    return values.text(cell)
