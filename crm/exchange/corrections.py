"""The rejected lines of an employers file as they came, with the reason behind each, to mend.

They are read from the file that was put aside, so that nothing of a refused line is kept in the database.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import openpyxl

from crm.core.errors import NotFound
from crm.core.i18n import N_, Translate
from crm.core.work import Work
from crm.exchange import queries, spool
from crm.exchange.queries.mappings import plan_of
from crm.exchange.rules import Outcome, values
from crm.exchange.rules.runs import ImportKind
from crm.exchange.tables import EmployerFile, open_employers
from crm.exchange.words import all_told, harmless

REASON = N_("Reason")


def corrections(work: Work, run_id: int, words: Translate) -> tuple[bytes, bool]:
    """Return the rejected lines of a run under the headings of its file, and whether it is a workbook.

    Raises `NotFound` when the run is not the actor's to see, or its file is no longer here.
    """
    run = queries.run(work, run_id)
    found = spool.find(run.sha256)
    if run.kind is not ImportKind.EMPLOYERS or found is None:
        raise NotFound()
    content = found.path.read_bytes()
    file = open_employers(content, plan_of(work, run_id).headings)
    reasons = {
        row.place: all_told(words, row)
        for row in queries.every_verdict(work, run_id)
        if row.verdict is Outcome.REJECTED
    }
    table = _table(file, reasons, words(REASON))
    is_workbook = content.startswith(b"PK\x03\x04")
    return (_workbook(table) if is_workbook else _csv(table)), is_workbook


def _table(file: EmployerFile, reasons: Mapping[int, str], heading: str) -> list[list[str]]:
    lines = [[*_cells(file.written), heading]]
    for line, cells in file.rows:
        if line in reasons:
            padded = [*_cells(cells or ()), *[""] * len(file.written)][: len(file.written)]
            lines.append([*padded, reasons[line]])
    return lines


def _cells(cells: Sequence[object]) -> list[str]:
    """Return cells as text, without what looks like a citizen service number: that goes nowhere again."""
    found = (values.text(cell) for cell in cells)
    return [harmless("" if values.holds_bsn(cell) else cell) for cell in found]


def _csv(table: list[list[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(table)
    return written.getvalue().encode("utf-8-sig")


def _workbook(table: list[list[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in table:
        sheet.append(line)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
