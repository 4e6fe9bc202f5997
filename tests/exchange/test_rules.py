from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.exchange.rules import (
    AwardRow,
    EmployerRow,
    NoteText,
    Outcome,
    Place,
    Rejected,
    RowProblem,
    award_rows,
    changed_fields,
    employer_row,
    judge,
    refuse,
    supersedes,
    values,
)
from crm.exchange.rules.headings import field_of, find_headings
from tests.exchange.factories import award, release

BSN = "111222333"


def spreadsheet_date(year: int, month: int, day: int, *clock: int) -> datetime:
    """A date as it comes out of a spreadsheet: without a time zone."""
    return datetime(year, month, day, *clock)  # noqa: DTZ001


class TestNumbers:
    @pytest.mark.parametrize(
        ("cell", "value", "padded"),
        [
            ("12345678", "12345678", False),
            (" 12 34 56 78 ", "12345678", False),
            ("12.34.56.78", "12345678", False),
            ("12345678.0", "12345678", False),
            (12345678.0, "12345678", False),
            (1234567, "01234567", True),
            ("1234567", "01234567", True),
            ("NL-KVK-12345678", "12345678", False),
            ("NL-KVK-1234567", "01234567", True),
            ("KvK-nr. 12345678", "12345678", False),
            ("kvk:12345678", "12345678", False),
        ],
    )
    def test_kvk_number(self, cell: object, value: str, padded: bool) -> None:
        assert values.kvk_number(cell) == values.Digits(value, padded)

    @pytest.mark.parametrize(
        "cell",
        [
            "",
            None,
            "123456",
            "123456789",
            "00000000",
            "1234567a",
            "12345678.5",
            True,
            "１２３４５６７８",
            "-",
        ],
    )
    def test_no_kvk_number(self, cell: object) -> None:
        assert values.kvk_number(cell) is None

    def test_an_establishment_number_gets_the_zeros_back_that_a_spreadsheet_drops(self) -> None:
        assert values.establishment_number("000012345678") == values.Digits("000012345678", False)
        assert values.establishment_number(12345678.0) == values.Digits("000012345678", True)
        assert values.establishment_number("12345") is None
        assert values.establishment_number("1234567890123") is None

    @pytest.mark.parametrize("cell", ["1,23457E+07", "1.2E+11", "1E7"])
    def test_a_number_that_a_spreadsheet_rounded_is_recognised(self, cell: str) -> None:
        assert values.was_rounded(cell)

    @pytest.mark.parametrize("cell", ["12345678", "", "E", 12345678.0])
    def test_other_numbers_are_not_rounded(self, cell: object) -> None:
        assert not values.was_rounded(cell)

    @given(st.integers(min_value=10_000_000, max_value=99_999_999))
    def test_any_eight_digits_come_through_as_text_number_and_float(self, number: int) -> None:
        for cell in (str(number), number, float(number), f"NL-KVK-{number}"):
            assert values.kvk_number(cell) == values.Digits(str(number), False)

    @pytest.mark.parametrize(
        ("cell", "code"),
        [
            ("01.11", "0111"),
            ("0111", "0111"),
            (111, "0111"),
            (111.0, "0111"),
            ("1.11", "0111"),
            ("01.13.1", "01131"),
            ("SBI 47.11", "4711"),
            ("4711", "4711"),
            ("471", "471"),
            ("812", "0812"),
            ("47", "47"),
            (9, "09"),
            ("869", "869"),
        ],
    )
    def test_sbi_code(self, cell: object, code: str) -> None:
        found = values.sbi_code(cell)
        assert found is not None
        assert found.value == code

    @pytest.mark.parametrize("cell", ["zorg", "1234567", "123.4", "01.11111", "", "0.1.x"])
    def test_no_sbi_code(self, cell: object) -> None:
        assert values.sbi_code(cell) is None

    @pytest.mark.parametrize(
        ("cell", "number"),
        [
            ("1.234,56", "1234.56"),
            ("1234", "1234"),
            (12.5, "12.5"),
            ("-0,5", "-0.5"),
            ("1.000.000", "1000000"),
        ],
    )
    def test_a_dutch_number(self, cell: object, number: str) -> None:
        assert values.dutch_number(cell) == Decimal(number)

    @pytest.mark.parametrize("cell", ["1,234.56", "12.34", "1.23.456", "een", "", None, "1,", float("nan")])
    def test_no_dutch_number(self, cell: object) -> None:
        assert values.dutch_number(cell) is None

    @given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
    def test_a_number_written_the_dutch_way_is_read_back(self, number: Decimal) -> None:
        dutch = f"{number:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
        assert values.dutch_number(dutch) == number

    @pytest.mark.parametrize(
        ("cell", "people"),
        [
            (12, (12, 12)),
            (12.0, (12, 12)),
            ("1.250", (1250, 1250)),
            ("10-19", (10, 19)),
            ("10 – 19", (10, 19)),
            ("10 t/m 19 werkzame personen", (10, 19)),
            ("5 tot 10 medewerkers", (5, 10)),
            ("250+", (250, None)),
            ("500 en meer", (500, None)),
            (">= 100", (100, None)),
            ("0", (0, 0)),
        ],
    )
    def test_staff_size(self, cell: object, people: tuple[int, int | None]) -> None:
        assert values.staff_size(cell) == people

    @pytest.mark.parametrize(
        "cell",
        ["veel", "19-10", -1, "99.999.999", spreadsheet_date(2019, 10, 1), date(2026, 4, 1), "1.2-3", "1..+"],
    )
    def test_no_staff_size(self, cell: object) -> None:
        assert values.staff_size(cell) is None

    @pytest.mark.parametrize(
        ("cell", "amount"), [(12, "12"), (12.5, "12.5"), ("250000", "250000"), (Decimal("0.1"), "0.1")]
    )
    def test_an_amount_of_a_notice(self, cell: object, amount: str) -> None:
        assert values.euros(cell) == Decimal(amount)

    @pytest.mark.parametrize("cell", [None, True, "veel", [], "NaN", Decimal("1E+400"), float("inf")])
    def test_no_amount_of_a_notice(self, cell: object) -> None:
        assert values.euros(cell) is None


class TestTexts:
    @pytest.mark.parametrize(
        ("cell", "line"),
        [
            (None, ""),
            (True, ""),
            ("  De \n Linde\t B.V. ", "De Linde B.V."),
            ("=1+1", "=1+1"),
            ("-15% korting", "-15% korting"),
            ("@linde", "@linde"),
            ("+31 165 123456", "+31 165 123456"),
            ("#N/A", ""),
            ("#VERW!", ""),
            (12.0, "12"),
            (12.5, "12.5"),
            (Decimal("1E+400"), ""),
            (float("nan"), ""),
            (spreadsheet_date(2026, 12, 31, 8, 0), "2026-12-31"),
            ("a\x00b\u200bc", "a bc"),
        ],
    )
    def test_a_cell_becomes_one_line(self, cell: object, line: str) -> None:
        assert values.text(cell) == line

    @pytest.mark.parametrize(
        ("cell", "found"),
        [
            ("4701ab", ("4701 AB", "")),
            ("4701  AB", ("4701 AB", "")),
            ("4701 AB Roosendaal", ("4701 AB", "Roosendaal")),
            ("4701AB, Den Haag", ("4701 AB", "Den Haag")),
        ],
    )
    def test_postcode(self, cell: str, found: tuple[str, str]) -> None:
        assert values.postcode(cell) == found

    @pytest.mark.parametrize("cell", ["0123 AB", "4701", "4701 SS", "AB 4701", "4701 ABC", ""])
    def test_no_postcode(self, cell: str) -> None:
        assert values.postcode(cell) is None

    def test_email(self) -> None:
        assert values.email("Mailto:Info@Linde.Test") == "info@linde.test"
        for wrong in ("info", "a@b", "a b@c.test", "a@b.test;c@d.test", "a@" + "b" * 300 + ".nl"):
            assert values.email(wrong) is None

    @pytest.mark.parametrize(
        ("cell", "number", "padded"),
        [
            ("0165-123456", "0165-123456", False),
            (165123456.0, "0165123456", True),
            ("+31 (0)165 123 456", "+31 (0)165 123 456", False),
        ],
    )
    def test_phone(self, cell: object, number: str, padded: bool) -> None:
        assert values.phone(cell) == values.Digits(number, padded)

    @pytest.mark.parametrize("cell", ["bellen na 12 uur", "123", "0165-123456 Jan"])
    def test_no_phone(self, cell: str) -> None:
        assert values.phone(cell) is None

    @pytest.mark.parametrize(
        "cell",
        [
            *("31-12-2026", "31/12/2026", "31.12.2026", "2026-12-31", "2026-12-31T23:30:00+01:00"),
            *(date(2026, 12, 31), spreadsheet_date(2026, 12, 31, 9, 0)),
        ],
    )
    def test_a_day(self, cell: object) -> None:
        assert values.day(cell) == date(2026, 12, 31)

    @pytest.mark.parametrize(
        "cell", ["31-02-2026", "12-31-2026", "2026", "0001-01-01", "gisteren", "", 46000]
    )
    def test_no_day(self, cell: object) -> None:
        assert values.day(cell) is None

    @given(st.dates(min_value=date(1900, 1, 1)))
    def test_a_day_written_the_dutch_way_is_read_back(self, day: date) -> None:
        assert values.day(f"{day.day}-{day.month}-{day.year:04d}") == day

    @pytest.mark.parametrize("written", [BSN, f"zoon {BSN}, belt", "1112.22.333", "111 222 333", f"({BSN})"])
    def test_a_bsn_is_recognised(self, written: str) -> None:
        assert values.holds_bsn(written)

    @pytest.mark.parametrize(
        "written", ["111222334", "1112223330", "000000000", "NL111222333B01", "0165-123456"]
    )
    def test_other_digits_are_no_bsn(self, written: str) -> None:
        assert not values.holds_bsn(written)


class TestEmployerRow:
    CELLS = {
        "kvk_number": "12345678",
        "name": "De Linde B.V.",
        "establishment_number": "000012345678",
        "sbi_code": "01.11",
        "staff_size": "10-19",
        "street": "Dorpsstraat",
        "house_number": 12.0,
        "house_addition": "a",
        "postcode": "4701ab",
        "place": "Roosendaal",
        "contact_first": "Jo",
        "contact_infix": "de",
        "contact_last": "Wit",
        "contact_phone": "0165-123456",
        "contact_email": "jo@linde.test",
        "known_since": "31-12-2024",
    }

    def accepted(self, **cells: object) -> EmployerRow:
        row = employer_row(2, self.CELLS | cells)
        assert isinstance(row, EmployerRow)
        return row

    def rejected(self, **cells: object) -> Rejected:
        row = employer_row(2, self.CELLS | cells)
        assert isinstance(row, Rejected)
        assert row.place == Place(2)
        return row

    def test_all_fields_are_read(self) -> None:
        assert self.accepted() == EmployerRow(
            line=2,
            kvk_number="12345678",
            name="De Linde B.V.",
            establishment_number="000012345678",
            sbi_code="0111",
            staff_min=10,
            staff_max=19,
            street="Dorpsstraat 12 a",
            postcode="4701 AB",
            place="Roosendaal",
            contact_name="Jo de Wit",
            contact_phone="0165-123456",
            contact_email="jo@linde.test",
            known_since=date(2024, 12, 31),
        )
        assert self.accepted().notes == ()

    def test_only_the_kvk_number_and_the_name_are_needed(self) -> None:
        row = employer_row(5, {"kvk_number": 1234567, "name": "=Linde"})
        assert isinstance(row, EmployerRow)
        assert row == EmployerRow(line=5, kvk_number="01234567", name="=Linde")
        assert row.key == ("01234567", "")
        assert [(note.field, note.message, note.params) for note in row.notes] == [
            ("kvk_number", NoteText.ZERO_ADDED, {"value": "1234567"})
        ]

    def test_the_place_may_stand_behind_the_postcode(self) -> None:
        assert self.accepted(place="", postcode="4701AB Zundert").place == "Zundert"

    @pytest.mark.parametrize(
        ("name", "wrong", "read"),
        [
            ("sbi_code", "zorg", "sbi_code"),
            ("staff_size", spreadsheet_date(2019, 10, 1), "staff_min"),
            ("postcode", "47", "postcode"),
            ("contact_phone", "12", "contact_phone"),
            ("contact_email", "jo", "contact_email"),
            ("known_since", "ooit", "known_since"),
        ],
    )
    def test_another_field_that_is_not_understood_stays_empty_with_a_note(
        self, name: str, wrong: object, read: str
    ) -> None:
        row = self.accepted(**{name: wrong})
        assert not row.values()[read]
        assert [(note.field, note.message) for note in row.notes] == [(name, NoteText.NOT_READ)]

    @pytest.mark.parametrize(
        ("name", "wrong", "problem"),
        [
            ("kvk_number", "", RowProblem.NO_KVK),
            ("kvk_number", "#N/A", RowProblem.NO_KVK),
            ("kvk_number", "123", RowProblem.BAD_KVK),
            ("kvk_number", "1,23457E+07", RowProblem.ROUNDED_NUMBER),
            ("establishment_number", "123", RowProblem.BAD_ESTABLISHMENT),
            ("establishment_number", "1,2E+11", RowProblem.ROUNDED_NUMBER),
            ("name", None, RowProblem.NO_NAME),
            ("name", BSN, RowProblem.BSN),
            ("remark", f"zie {BSN}", RowProblem.BSN),
        ],
    )
    def test_what_rejects_a_row(self, name: str, wrong: object, problem: RowProblem) -> None:
        row = self.rejected(**{name: wrong})
        assert (row.field, row.message) == (name, problem)

    def test_nine_digits_are_allowed_where_they_are_a_number_of_their_own(self) -> None:
        assert self.accepted(contact_phone=BSN).contact_phone == "0" + BSN
        assert self.accepted(establishment_number="000" + BSN).establishment_number == "000" + BSN

    @given(
        st.dictionaries(st.sampled_from(sorted(CELLS)), st.none() | st.text() | st.integers() | st.floats())
    )
    def test_any_cells_are_read_or_rejected(self, cells: dict[str, object]) -> None:
        row = employer_row(1, cells)
        assert isinstance(row, Rejected) or (len(row.kvk_number) == 8 and row.name)


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "name"),
        [
            ("KvK-nummer", "kvk_number"),
            ("KvK nr", "kvk_number"),
            ("KVK nr. (8 cijfers)", "kvk_number"),
            ("Handelsnaam", "name"),
            ("Bedrijfsnaam", "name"),
            ("vestigingsnummer", "establishment_number"),
            ("SBI", "sbi_code"),
            ("Aantal medewerkers", "staff_size"),
            ("Werkzame personen", "staff_size"),
            ("huisnummer", "house_number"),
            ("Gemeente", "municipality"),
            ("Contactpersoon", "contact_name"),
            ("Functie", "contact_function"),
            ("Telefoon", "contact_phone"),
            ("E-mail", "contact_email"),
            ("é-Mail adres", "contact_email"),
            ("Chamber of Commerce number", "kvk_number"),
            ("kleur", None),
            ("", None),
        ],
    )
    def test_field_of(self, heading: str, name: str | None) -> None:
        assert field_of(heading) == name

    def test_the_row_with_most_known_headings_is_the_heading_row(self) -> None:
        rows = [
            ["Werkgevers 2026"],
            ["naam", "kleur"],
            ["KvK", "Naam", "Tel", "Mobiel"],
            ["KvK", "Naam", "Tel"],
        ]
        found = find_headings(rows)
        assert found is not None
        assert found.index == 2
        assert found.columns == {"kvk_number": (0,), "name": (1,), "contact_phone": (2, 3)}

    def test_one_known_word_is_not_a_heading_row(self) -> None:
        assert find_headings([["Naam"], ["Linde"]]) is None
        assert find_headings([]) is None


class TestAwardRows:
    def one(self, made: dict[str, object]) -> AwardRow:
        (row,) = award_rows(made, 7)
        assert isinstance(row, AwardRow)
        return row

    def refused(self, made: object) -> Rejected:
        (row,) = award_rows(made, 7)
        assert isinstance(row, Rejected)
        return row

    def test_all_fields_are_read(self) -> None:
        made = self.one(release())
        assert made == AwardRow(
            place=Place(7, "ocds-1l04xe-0001", "1"),
            lots=("1",),
            supplier_name="Zonnehof Groen B.V.",
            supplier_kvk="12345678",
            release_id="500001",
            published=datetime(2026, 3, 5, 8, 0, tzinfo=UTC),
            title="Groenonderhoud",
            category="services",
            cpv="77310000",
            contract_start=date(2026, 4, 1),
            contract_end=date(2028, 3, 31),
            buyer_id="26231",
            buyer_name="Gemeente Voorbeeld",
            amount_cents=25_000_050,
            award_date=date(2026, 3, 2),
        )
        assert made.notes == ()
        assert made.key == ("ocds-1l04xe-0001", "1", "12345678")

    def test_a_later_notice_of_the_same_award_has_the_same_key(self) -> None:
        first, later = (
            self.one(release()),
            self.one(release(award(value={"amount": 5, "currency": "EUR"}), id="2")),
        )
        assert first.key == later.key
        assert judge(later.place, later.values(), first.values()).fields == ("amount_cents",)

    def test_without_an_award_id_the_lots_are_the_key(self) -> None:
        made = self.one(release(award(id=None, relatedLots=["B", "A", None, "A"])))
        assert made.key == ("ocds-1l04xe-0001", "lots:A,B", "12345678")
        assert self.one(release(award(id=None, relatedLots=None))).key[1] == "lots:"

    def test_every_supplier_gets_a_row_with_the_shared_value(self) -> None:
        suppliers = [{"id": "12345678", "name": "A"}, {"id": "87654321", "name": "B"}, {"id": "12345678"}]
        rows = list(award_rows(release(award(suppliers=suppliers)), 1))
        assert [row.supplier_kvk for row in rows if isinstance(row, AwardRow)] == ["12345678", "87654321"]
        for row in rows:
            assert isinstance(row, AwardRow)
            assert (row.suppliers, row.amount_cents) == (2, 25_000_050)
            assert [note.message for note in row.notes] == [NoteText.VALUE_SHARED]

    @pytest.mark.parametrize(
        ("supplier", "kvk", "notes"),
        [
            ({"id": 1234567, "name": "A"}, "01234567", [NoteText.ZERO_ADDED]),
            ({"id": "NL-KVK-12345678", "name": "A"}, "12345678", []),
            ({"id": "ORG-0001", "name": "A"}, "", [NoteText.NO_SUPPLIER_KVK]),
            ({"name": "A"}, "", [NoteText.NO_SUPPLIER_KVK]),
            ("A", "", [NoteText.NO_SUPPLIER_KVK]),
            ({"id": "x", "name": "A", "identifier": {"scheme": "NL-KVK", "id": "12345678"}}, "12345678", []),
            ({"id": "x", "name": "A", "identifier": {"scheme": "VAT", "id": "12345678"}}, "",
             [NoteText.NO_SUPPLIER_KVK]),
            ({"id": "12345678", "name": "A", "address": {"countryName": "België"}}, "",
             [NoteText.FOREIGN_SUPPLIER]),
            ({"id": "12345678", "name": "A", "address": {"country": "NLD"}}, "12345678", []),
        ],
    )  # fmt: skip
    def test_the_kvk_number_of_a_supplier(self, supplier: object, kvk: str, notes: list[str]) -> None:
        made = self.one(release(award(suppliers=[supplier])))
        assert (made.supplier_name, made.supplier_kvk) == ("A", kvk)
        assert [note.message for note in made.notes] == notes

    def test_a_supplier_matched_by_name_keeps_its_key_whatever_the_capitals(self) -> None:
        small, large = ({"id": "?", "name": name} for name in ("linde b.v.", "Linde B.V."))
        keys = {self.one(release(award(suppliers=[supplier]))).key for supplier in (small, large)}
        assert keys == {("ocds-1l04xe-0001", "1", "name:linde b.v.")}

    def test_the_party_completes_the_supplier(self) -> None:
        party = {"id": "x1", "name": "Linde", "identifier": {"scheme": "NL-KVK", "id": "12345678"}}
        made = self.one(release(award(suppliers=[{"id": "x1"}]), parties=[party, None, {"name": "no id"}]))
        assert (made.supplier_name, made.supplier_kvk) == ("Linde", "12345678")
        abroad = {"id": "12345678", "name": "Linde", "address": {"countryName": "Duitsland"}}
        assert self.one(release(parties=[abroad])).supplier_kvk == ""

    @pytest.mark.parametrize(
        ("changes", "cents", "ceiling", "notes"),
        [
            ({"value": {"amount": 1000, "currency": "EUR"}}, 100_000, False, []),
            ({"value": {"amount": "1000.555", "currency": "eur"}}, 100_056, False, []),
            (
                {"value": None, "maximumValue": {"amount": 9, "currency": "EUR"}},
                900,
                True,
                [NoteText.VALUE_CEILING],
            ),
            ({"value": {"amount": None}}, None, False, [NoteText.VALUE_UNKNOWN]),
            ({"value": None}, None, False, [NoteText.VALUE_UNKNOWN]),
            ({"value": [1]}, None, False, [NoteText.VALUE_UNKNOWN]),
            ({"value": {"amount": 0}}, None, False, [NoteText.VALUE_SYMBOLIC]),
            ({"value": {"amount": 1.0, "currency": "EUR"}}, None, False, [NoteText.VALUE_SYMBOLIC]),
        ],
    )
    def test_the_amount(
        self, changes: dict[str, object], cents: int | None, ceiling: bool, notes: list[str]
    ) -> None:
        made = self.one(release(award(**changes)))
        assert (made.amount_cents, made.is_ceiling) == (cents, ceiling)
        assert [note.message for note in made.notes] == notes

    @pytest.mark.parametrize(
        ("made", "problem", "params"),
        [
            (release(award(value={"amount": 9, "currency": "USD"})), RowProblem.CURRENCY,
             {"currency": "USD"}),
            (release(award(value={"amount": 9})), RowProblem.NO_CURRENCY, {}),
            (release(award(value={"amount": "veel", "currency": "EUR"})), RowProblem.BAD_AMOUNT, {}),
            (release(award(value={"amount": -5, "currency": "EUR"})), RowProblem.BAD_AMOUNT, {}),
            (release(award(status="Cancelled")), RowProblem.NOT_AWARDED, {"status": "cancelled"}),
            (release(award(status="unsuccessful", suppliers=[])), RowProblem.NOT_AWARDED,
             {"status": "unsuccessful"}),
            (release(award(suppliers=[])), RowProblem.NO_SUPPLIER, {}),
            (release(award(suppliers=None)), RowProblem.NO_SUPPLIER, {}),
            (release(award(suppliers=[{"id": "x"}])), RowProblem.NO_SUPPLIER_NAME, {}),
            (release(award(suppliers=[{"id": "x", "name": f"Jansen {BSN}"}])), RowProblem.BSN, {}),
            (release("text"), RowProblem.BAD_AWARD, {}),
            (release(awards="text"), RowProblem.BAD_AWARD, {}),
            (release(ocid=None), RowProblem.NO_OCID, {}),
            ("text", RowProblem.NOT_A_NOTICE, {}),
        ],
    )  # fmt: skip
    def test_what_rejects_an_award(self, made: object, problem: RowProblem, params: dict[str, str]) -> None:
        refused = self.refused(made)
        assert (refused.message, refused.params, refused.place.number) == (problem, params, 7)

    def test_a_bad_award_does_not_stop_the_good_one_beside_it(self) -> None:
        rows = list(award_rows(release(award(suppliers=[]), award(id="2")), 1))
        assert [type(row) for row in rows] == [Rejected, AwardRow]
        assert [row.place.award_id for row in rows] == ["1", "2"]

    def test_one_award_that_is_not_in_a_list_is_read(self) -> None:
        assert self.one(release(awards=award())).supplier_kvk == "12345678"

    def test_the_first_signing_stands_in_for_a_missing_award_date(self) -> None:
        contracts = [
            {"awardID": "1", "dateSigned": "2026-05-02T00:00:00Z"},
            {"awardID": 1, "dateSigned": "2026-05-01"},
            {"awardID": "2", "dateSigned": "2026-01-01"},
            {"awardID": "1", "dateSigned": None},
            "text",
        ]
        made = self.one(release(award(date=None), contracts=contracts))
        assert made.award_date == date(2026, 5, 1)
        assert [note.message for note in made.notes] == [NoteText.DATE_SIGNED]

    def test_without_any_date_the_award_date_is_left_open(self) -> None:
        made = self.one(release(award(date="binnenkort"), contracts=None))
        assert made.award_date is None
        assert [note.message for note in made.notes] == [NoteText.DATE_UNKNOWN]

    def test_odd_or_missing_parts_of_the_notice_stay_empty(self) -> None:
        made = self.one(release(tender=None, buyer=[], date="x", id=None))
        assert (made.title, made.category, made.cpv, made.buyer_id, made.published) == ("", "", "", "", None)
        odd = self.one(release(tender={"title": "Bouw\n  brug", "mainProcurementCategory": "other"}))
        assert (odd.title, odd.category) == ("Bouw brug", "")

    def test_a_publication_without_time_zone_counts_as_utc(self) -> None:
        assert self.one(release(date="2026-03-05T09:00:00")).published == datetime(2026, 3, 5, 9, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2026-03-01T23:00:00Z", date(2026, 3, 2)),
            ("2026-06-30T22:00:00Z", date(2026, 7, 1)),
            ("2026-03-02T00:00:00+01:00", date(2026, 3, 2)),
            ("2026-03-31T23:59:59Z", date(2026, 3, 31)),
            ("2026-03-31T00:00:00Z", date(2026, 3, 31)),
            ("2026-03-31", date(2026, 3, 31)),
        ],
    )
    def test_the_award_date_is_the_dutch_day_it_names(self, text: str, day: date) -> None:
        assert self.one(release(award(date=text))).award_date == day

    @pytest.mark.parametrize("text", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "x", 5, None])
    def test_a_moment_that_cannot_be_is_unknown(self, text: object) -> None:
        assert self.one(release(date=text)).published is None


class TestVerdicts:
    STORED = {"name": "Linde", "phone": "0165-123456", "staff": 0}

    def test_an_unknown_row_is_new(self) -> None:
        assert judge(Place(3), {"name": "Linde"}, None).outcome is Outcome.NEW

    def test_an_equal_row_is_the_same(self) -> None:
        verdict = judge(Place(3), dict(self.STORED), self.STORED)
        assert (verdict.outcome, verdict.fields) == (Outcome.SAME, ())

    def test_a_changed_row_names_the_fields(self) -> None:
        verdict = judge(Place(3), {"name": "Linde", "phone": "1", "staff": 5, "new": "x"}, self.STORED)
        assert (verdict.outcome, verdict.fields) == (Outcome.UPDATED, ("phone", "staff", "new"))

    def test_an_empty_field_wipes_nothing_but_a_zero_or_a_no_does_count(self) -> None:
        assert changed_fields({"name": "", "phone": None, "staff": ()}, self.STORED) == ()
        assert changed_fields({"staff": 0, "name": False}, {"staff": 5, "name": True}) == ("staff", "name")

    def test_a_rejected_row_keeps_its_reason(self) -> None:
        rejected = Rejected(Place(9), "kvk_number", RowProblem.BAD_KVK)
        verdict = refuse(rejected)
        assert (verdict.outcome, verdict.place, verdict.rejected) == (Outcome.REJECTED, Place(9), rejected)

    @given(st.dictionaries(st.text(), st.none() | st.text() | st.integers()))
    def test_whatever_was_just_stored_is_the_same(self, row: dict[str, object]) -> None:
        assert judge(Place(1), row, dict(row)).outcome is Outcome.SAME

    def test_an_older_notice_does_not_supersede_a_later_one(self) -> None:
        old, new = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
        assert supersedes(new, old)
        assert supersedes(old, old)
        assert supersedes(None, None)
        assert supersedes(old, None)
        assert not supersedes(old, new)
        assert not supersedes(None, old)
