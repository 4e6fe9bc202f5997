from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from crm.core.errors import Invalid
from crm.exchange import tables
from crm.exchange.rules import EmployerRow, FileProblem, NoteText, Rejected, RowProblem
from crm.exchange.tables import open_employers
from tests.exchange.factories import employers_csv

CELL = st.text(st.characters(exclude_characters="\0"), max_size=20)


def read(data: bytes | str) -> list[EmployerRow | Rejected]:
    return list(open_employers(data.encode() if isinstance(data, str) else data))


def refused(data: bytes | str) -> str:
    with pytest.raises(Invalid) as error:
        read(data)
    assert error.value.field == "file"
    return error.value.message


def workbook(*rows: list[object], before: list[list[object]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in before or []:
        sheet.append(row)
    if before is not None:
        sheet = book.create_sheet("Werkgevers")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestDelimited:
    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_every_delimiter_encoding_and_line_end(self, delimiter: str, encoding: str, end: str) -> None:
        lines = [
            "KvK-nummer;Handelsnaam;Plaats",
            '12345678;"Café; de, ""Linde""";Zundert',
            "87654321;Één;Sint-Willebrord",
        ]
        text = end.join(lines).replace(";", delimiter)
        first, second = read(text.encode(encoding))
        assert isinstance(first, EmployerRow)
        assert isinstance(second, EmployerRow)
        assert first.name == " ".join('Café; de, "Linde"'.replace(";", delimiter).split())
        assert (second.kvk_number, second.name, second.place) == ("87654321", "Één", "Sint-Willebrord")

    def test_titles_above_empty_lines_and_trailing_columns_do_no_harm(self) -> None:
        text = (
            "Werkgevers per 1-1-2026;;;\n\nBron: KvK;;;\nKvK nr;Bedrijfsnaam;;\n;;;\n12345678;Linde;;\n\n;;\n"
        )
        (row,) = read(text)
        assert row == EmployerRow(line=6, kvk_number="12345678", name="Linde")

    def test_a_quoted_line_break_keeps_the_line_numbers_right(self) -> None:
        rows = read('kvk;naam\n12345678;"De\nLinde"\n123;Fout\n')
        assert isinstance(rows[0], EmployerRow)
        assert rows[0].name == "De Linde"
        assert isinstance(rows[1], Rejected)
        assert (rows[1].place.number, rows[1].message) == (4, RowProblem.BAD_KVK)

    @pytest.mark.parametrize("after", [1, 3, 200])
    def test_an_open_quotation_mark_costs_one_line_and_not_the_rest(self, after: int) -> None:
        good = [f"{10_000_000 + number};Linde {number}" for number in range(after)]
        rows = read("\n".join(["kvk;naam", '12345678;"Linde', *good]))
        assert isinstance(rows[0], Rejected)
        assert (rows[0].place.number, rows[0].message) == (2, RowProblem.OPEN_QUOTE)
        assert [row.name for row in rows[1:] if isinstance(row, EmployerRow)] == [
            f"Linde {number}" for number in range(after)
        ]

    def test_a_cell_of_absurd_length_costs_one_line(self) -> None:
        rows = read(f"kvk;naam\n12345678;{'x' * 200_000}\n87654321;Linde")
        assert [type(row) for row in rows] == [Rejected, EmployerRow]

    def test_an_inch_mark_inside_a_name_is_just_text(self) -> None:
        rows = read('kvk;naam\n12345678;Buizen 12" en meer\n87654321;Linde')
        assert [row.name for row in rows if isinstance(row, EmployerRow)] == ['Buizen 12" en meer', "Linde"]

    def test_of_a_repeated_heading_the_first_filled_column_counts(self) -> None:
        (row,) = read("kvk;naam;telefoon;telefoon\n12345678;Linde;;0165-123456\n")
        assert isinstance(row, EmployerRow)
        assert row.contact_phone == "0165-123456"

    def test_a_formula_in_a_text_stays_text(self) -> None:
        (row,) = read("kvk;naam;functie\n12345678;=HYPERLINK(1);@rol\n")
        assert isinstance(row, EmployerRow)
        assert (row.name, row.contact_function) == ("=HYPERLINK(1)", "@rol")

    def test_a_short_line_is_read_as_far_as_it_goes(self) -> None:
        rows = read("kvk;naam;plaats\n12345678;Linde\n87654321\n")
        assert rows[0] == EmployerRow(line=2, kvk_number="12345678", name="Linde")
        assert isinstance(rows[1], Rejected)
        assert rows[1].message == RowProblem.NO_NAME

    def test_a_bsn_among_the_remarks_rejects_the_line(self) -> None:
        rows = read("kvk;naam;opmerking;notities\n12345678;Linde;ok;BSN 111222333\n87654321;Berk;ok;\n")
        assert [type(row) for row in rows] == [Rejected, EmployerRow]
        assert isinstance(rows[0], Rejected)
        assert rows[0].message == RowProblem.BSN

    def test_the_same_file_twice_gives_the_same_rows(self) -> None:
        data = employers_csv(200)
        assert read(data) == read(data)
        assert all(isinstance(row, EmployerRow) and not row.notes for row in read(data))

    def test_a_long_file_says_how_many_lines_to_expect(self) -> None:
        opened = open_employers(employers_csv(2_000))
        assert len(opened) == sum(1 for _ in opened) == 2_000


class TestWorkbook:
    def test_numbers_dates_errors_and_empty_rows(self) -> None:
        data = workbook(
            ["Overzicht werkgevers"],
            [],
            ["KvK nummer", "Naam", "SBI", "Werkzame personen", "Bekend sinds", "Telefoon", "Plaats", None],
            [1234567, "De Linde", 111, 12.0, datetime(2024, 12, 31), 165123456, "#N/A"],  # noqa: DTZ001
            [None, None, None],
            ["12345678", "=A1", "01.11", "10-19", "31-12-2024", "0165-123456", "Zundert"],
        )
        first, second = read(data)
        assert isinstance(first, EmployerRow)
        assert first.line == 4
        assert (first.kvk_number, first.sbi_code, first.staff_min) == ("01234567", "0111", 12)
        assert (first.contact_phone, first.place) == ("0165123456", "")
        assert first.known_since is not None
        assert first.known_since.isoformat() == "2024-12-31"
        assert {note.message for note in first.notes} == {NoteText.ZERO_ADDED}
        assert isinstance(second, Rejected)
        assert (second.place.number, second.message) == (6, RowProblem.NO_NAME)

    def test_the_sheet_with_the_headings_is_the_one_that_is_read(self) -> None:
        data = workbook(
            ["kvk", "naam", "plaats"],
            ["12345678", "Linde", "Zundert"],
            before=[["Leeswijzer"], ["kvk", "naam"]],
        )
        assert read(data) == [EmployerRow(line=2, kvk_number="12345678", name="Linde", place="Zundert")]

    @pytest.mark.parametrize("cut", [10, 500, -30])
    def test_a_damaged_workbook_is_refused(self, cut: int) -> None:
        assert refused(workbook(["kvk", "naam"], ["12345678", "Linde"])[:cut]) == FileProblem.BROKEN_EXCEL

    def test_another_zip_file_is_refused(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("hello.txt", "hello")
        assert refused(out.getvalue()) == FileProblem.BROKEN_EXCEL

    def test_a_workbook_that_unpacks_too_far_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 100)
        assert refused(workbook(["kvk", "naam"])) == FileProblem.TOO_LARGE

    def test_an_old_or_locked_workbook_is_refused(self) -> None:
        assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100) == FileProblem.OLD_EXCEL


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            ("", FileProblem.EMPTY),
            (" \r\n", FileProblem.EMPTY),
            ("zomaar wat tekst\nop twee regels", FileProblem.NO_HEADINGS),
            ("a;b\n1;2\n", FileProblem.NO_HEADINGS),
            ("naam;plaats\nLinde;Zundert\n", FileProblem.NO_KVK_COLUMN),
            ("kvk;plaats\n12345678;Zundert\n", FileProblem.NO_NAME_COLUMN),
            ("kvk;naam;BSN\n12345678;Linde;\n", FileProblem.BSN_COLUMN),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00", FileProblem.NOT_A_TABLE),
        ],
    )
    def test_the_reason_is_one_sentence(self, data: bytes | str, problem: FileProblem) -> None:
        assert refused(data) == problem

    def test_limits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "MAX_ROWS", 3)
        assert refused(employers_csv(10)) == FileProblem.TOO_MANY_ROWS
        assert refused(workbook(["kvk", "naam"], *[["12345678", "L"]] * 9)) == FileProblem.TOO_MANY_ROWS
        monkeypatch.setattr(tables, "MAX_BYTES", 100)
        assert refused(employers_csv(10)) == FileProblem.TOO_LARGE

    @given(st.binary(max_size=400))
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        for start in (b"", b"kvk;naam\n", b"PK\x03\x04", b"\xff\xfe", b'"kvk","naam"\r'):
            rows: list[EmployerRow | Rejected] = []
            with contextlib.suppress(Invalid):
                rows = read(start + data)
            assert all(isinstance(row, EmployerRow | Rejected) for row in rows)

    @given(st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=10))
    def test_any_text_below_the_headings_gives_a_verdict_for_each_line(self, cells: list[list[str]]) -> None:
        text = "kvk;naam;plaats;adres;sbi\n" + "\n".join(";".join(row) for row in cells)
        for row in read(text.encode("utf-8", "surrogatepass")):
            assert isinstance(row, Rejected) or (len(row.kvk_number) == 8 and row.name)


def test_every_sentence_has_a_dutch_translation_with_the_same_places() -> None:
    path = Path(tables.__file__).parents[1] / "locale" / "nl" / "exchange.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    for message in (*FileProblem, *RowProblem, *NoteText):
        translated = catalogue.get(message.value)
        assert translated is not None, message
        assert translated.string
        places = {part.split("}")[0] for part in message.value.split("{")[1:]}
        assert {part.split("}")[0] for part in str(translated.string).split("{")[1:]} == places
