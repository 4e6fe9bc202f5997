"""Reading an employers file, CSV or XLSX, into employers and rejected lines.

Nothing is written here. A file that cannot be read at all raises `Invalid` with one sentence.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import openpyxl

from crm.core.errors import Invalid
from crm.exchange.rules import values
from crm.exchange.rules.employers import EmployerRow, employer_row
from crm.exchange.rules.headings import NOTHING_SAID, HeadingRow, field_of, find_headings
from crm.exchange.rules.messages import FileProblem, RowProblem
from crm.exchange.rules.verdicts import Place, Rejected

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
MAX_ROWS = 500_000
MAX_LINES_IN_ROW = 50
HEADING_ROWS = 30
DELIMITERS = (";", ",", "\t", "|")

Row = tuple[int, Sequence[object] | None]
"""A line number (from 1) and its cells; no cells when the line itself cannot be read."""


@dataclass(frozen=True)
class SeenHeading:
    """A heading as it is written, the field it seems to stand for (empty = none), and a value below it."""

    written: str
    field: str
    sample: str


@dataclass(frozen=True)
class EmployerFile:
    """A file whose headings are understood; reading its lines cannot fail any more."""

    headings: HeadingRow
    rows: list[Row]
    written: Sequence[object] = ()

    def __len__(self) -> int:
        """Return how many lines hold something, for showing progress."""
        return len(self.rows)

    def __iter__(self) -> Iterator[EmployerRow | Rejected]:
        """Read the lines in their order."""
        for line, cells in self.rows:
            if cells is None:
                yield Rejected(Place(line), "file", RowProblem.OPEN_QUOTE)
            else:
                yield employer_row(line, self._by_field(cells))

    def _by_field(self, cells: Sequence[object]) -> dict[str, object]:
        """Give each field its first filled column, so that a repeated heading does no harm."""
        fields: dict[str, object] = {}
        for name, positions in self.headings.columns.items():
            here = [cells[at] for at in positions if at < len(cells)]
            if name == "remark":
                fields[name] = "\n".join(map(values.text, here))
            else:
                fields[name] = next((cell for cell in here if values.text(cell)), None)
        return fields


def open_employers(data: bytes, meant: Mapping[str, str] = NOTHING_SAID) -> EmployerFile:
    """Find the headings of a CSV or XLSX file and make its lines ready to be read.

    Raises `Invalid` when the file is empty, too large, damaged, something else, or has no column for
    the KvK number or the name, and when it has a column for the BSN. `meant` is what somebody said that
    headings mean.
    """
    found = _tables(data, meant)
    candidates = [(headings, rows) for headings, rows in found if headings is not None]
    if not candidates:
        raise Invalid("file", FileProblem.NO_HEADINGS)
    headings, rows = max(candidates, key=lambda candidate: len(candidate[0].columns))
    _require_columns(headings)
    return EmployerFile(headings, rows[headings.index + 1 :], rows[headings.index][1] or ())


def seen_headings(data: bytes, meant: Mapping[str, str] = NOTHING_SAID) -> list[SeenHeading]:
    """Return the headings of a file with what each seems to mean and what stands below it.

    Also of a file whose headings nobody knows: then the first row with two filled cells has them. Raises
    `Invalid` for a file that cannot be read.
    """
    tables = [(found, rows) for found, rows in _tables(data, meant) if rows]
    if not tables:
        raise Invalid("file", FileProblem.NO_HEADINGS)
    known, rows = max(tables, key=lambda table: (len(table[0].columns) if table[0] else 0, _width(table[1])))
    at = known.index if known else next((n for n, row in enumerate(rows) if _filled_cells(row) > 1), 0)
    written = [values.text(cell) for cell in rows[at][1] or ()]
    return [
        SeenHeading(heading, field_of(heading, meant) or "", _sample(rows[at + 1 :], column))
        for column, heading in enumerate(written)
        if heading
    ]


def _tables(data: bytes, meant: Mapping[str, str]) -> Iterator[tuple[HeadingRow | None, list[Row]]]:
    if not data.strip():
        raise Invalid("file", FileProblem.EMPTY)
    if len(data) > MAX_BYTES:
        raise Invalid("file", FileProblem.TOO_LARGE, megabytes=MAX_BYTES // 2**20)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid("file", FileProblem.OLD_EXCEL)
    tables = workbook_sheets(data) if data.startswith(b"PK\x03\x04") else _delimited(data, meant)
    yield from ((_headings(rows, meant), rows) for rows in tables)


def _headings(rows: list[Row], meant: Mapping[str, str]) -> HeadingRow | None:
    top = [[values.text(cell) for cell in cells or ()] for _, cells in rows[:HEADING_ROWS]]
    return find_headings(top, meant)


def _width(rows: list[Row]) -> int:
    return max(map(_filled_cells, rows[:HEADING_ROWS]))


def _filled_cells(row: Row) -> int:
    return sum(bool(values.text(cell)) for cell in row[1] or ())


def _sample(rows: list[Row], column: int) -> str:
    """Return the first thing that stands below a heading."""
    cells = (values.text(cells[column]) for _, cells in rows[:HEADING_ROWS] if cells and column < len(cells))
    return next(filter(None, cells), "")


def _require_columns(headings: HeadingRow) -> None:
    if "bsn" in headings.columns:
        raise Invalid("file", FileProblem.BSN_COLUMN)
    if "kvk_number" not in headings.columns:
        raise Invalid("file", FileProblem.NO_KVK_COLUMN)
    if "name" not in headings.columns:
        raise Invalid("file", FileProblem.NO_NAME_COLUMN)


def _delimited(data: bytes, meant: Mapping[str, str]) -> Iterator[list[Row]]:
    """Read the file with each delimiter that gives known headings; else only its top, to be looked at."""
    written = _decoded(data)
    lines = list(io.StringIO(written, newline=""))
    present = [sign for sign in DELIMITERS if any(sign in line for line in lines[:HEADING_ROWS])]
    for sign in present:
        sample = list(_filled(_records(lines[: HEADING_ROWS * 2], sign)))
        known = _headings(sample, meant) is not None
        yield list(_filled(_records(lines, sign))) if known else sample


def _decoded(data: bytes) -> str:
    """Return the text of a CSV file: UTF-8, UTF-16 with its mark, or else Windows-1252."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if b"\0" in data:
            raise Invalid("file", FileProblem.NOT_A_TABLE)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _records(lines: list[str], delimiter: str) -> Iterator[Row]:
    """Split lines into records; a quotation mark left open costs its own line, not the rest of the file."""
    start = 0
    while start < len(lines):
        reader = csv.reader(lines[start : start + MAX_LINES_IN_ROW + 1], delimiter=delimiter)
        cells = _next_record(reader)
        used = reader.line_num if cells is not None else 1
        left_open = used > 1 and "".join(lines[start : start + used]).count('"') % 2 == 1
        if cells is None or left_open or used > MAX_LINES_IN_ROW:
            yield start + 1, None
            used = 1
        else:
            yield start + 1, cells
        start += used


def _next_record(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader)
    except csv.Error:
        return None


def workbook_sheets(data: bytes) -> Iterator[list[Row]]:
    """Read every sheet of a workbook; formulas give their last value, which Excel keeps beside them."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise Invalid("file", FileProblem.TOO_LARGE, megabytes=MAX_UNPACKED_BYTES // 2**20)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from _read_workbook(data)
    except Invalid:
        raise
    except Exception as error:  # openpyxl has no family of errors: a crafted file can raise anything
        raise Invalid("file", FileProblem.BROKEN_EXCEL) from error


def _read_workbook(data: bytes) -> list[list[Row]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        tables = []
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            tables.append(list(_filled(enumerate(sheet.iter_rows(values_only=True), start=1))))
        return tables
    finally:
        book.close()


def _filled(rows: Iterator[tuple[int, Sequence[object] | None]]) -> Iterator[Row]:
    """Leave out lines with nothing in them, and stop at more lines than a list of employers can have."""
    count = 0
    for line, cells in rows:
        if cells is not None and not any(values.text(cell) for cell in cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise Invalid("file", FileProblem.TOO_MANY_ROWS, rows=MAX_ROWS)
        yield line, cells
