"""Lists as CSV and as a workbook, with nothing in them that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

import openpyxl

from crm.core.clock import LOCAL_ZONE
from crm.core.i18n import Translate
from crm.core.work import Work
from crm.exchange.list_filters import Asked
from crm.exchange.lists import cells, list_named
from crm.exchange.rules import values
from crm.exchange.words import harmless

FORMATS = ("csv", "xlsx")
Told = Callable[[object], object]
"""Gives for a value what stands for it in a file."""


def as_it_is(cell: object) -> object:
    """Return a value unchanged."""
    return cell


def exported(
    work: Work, name: str, kind: str, asked: Asked, words: Translate, told: Told = as_it_is
) -> bytes:
    """Return a list as a file; raises `NotFound` for another list, `Forbidden` without the right.

    `told` gives for a value what stands in the file: a word for a code.
    """
    spec = list_named(work, name)
    rows = ([written(told(cell)) for cell in cells(spec, row)] for row in spec.rows(work, asked))
    table = _with_headings([words(heading) for _, heading in spec.columns], rows)
    return as_workbook(table) if kind == "xlsx" else as_csv(table)


def as_csv(table: Iterable[Iterable[object]]) -> bytes:
    """Return a table as CSV; the mark in front tells Excel that it is UTF-8."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows(table)
    return file.getvalue().encode("utf-8-sig")


def as_workbook(table: Iterable[Iterable[object]]) -> bytes:
    """Return a table as an XLSX workbook; numbers and days stay numbers and days."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in table:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(cell: object) -> object:
    """Return a value as it goes into a file: text is made harmless, a list becomes one line."""
    if isinstance(cell, Enum):
        return harmless(str(cell.value))
    if isinstance(cell, list | tuple | set | frozenset):
        return harmless(", ".join(str(written(part)) for part in cell))
    if isinstance(cell, datetime):
        return cell.astimezone(LOCAL_ZONE).replace(tzinfo=None) if cell.tzinfo else cell
    if cell is None or isinstance(cell, bool | int | float | Decimal | date):
        return cell
    return harmless(values.text(str(cell)))


def _with_headings(headings: list[str], rows: Iterable[list[object]]) -> Iterable[list[object]]:
    yield list(headings)
    yield from rows
