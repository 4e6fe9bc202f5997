"""What notices say together, the contract they come to, and when a line means somebody known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.employers.rules import folded
from crm.exchange.rules import Finding, NoteText
from crm.exchange.rules.matching import same_person, staff_change
from crm.exchange.rules.notices import (
    LONGEST_KEY,
    Statement,
    award_key,
    taken_back,
    together,
    with_statement,
)
from crm.exchange.rules.runs import (
    STALE_AFTER,
    ImportKind,
    RunState,
    guess_kind,
    percent,
    state_now,
)
from crm.exchange.rules.terms import NoTerms, Terms, terms_of, type_of_cpv, year_after

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def said(month: int, **changes: object) -> Statement:
    values: dict[str, object] = {
        "run": 1,
        "published": f"2026-{month:02d}-05T08:00:00+00:00",
        "release_id": f"{500 + month}",
        "title": "Groenonderhoud",
        "category": "services",
        "cpv": "77310000",
        "supplier_name": "Zonnehof Groen B.V.",
        "supplier_kvk": "12345678",
        "amount_cents": 25_000_000,
        "award_date": date(2026, 3, 2),
        "contract_start": date(2026, 4, 1),
        "contract_end": date(2028, 3, 31),
    }
    return Statement(**(values | changes))  # type: ignore[arg-type]


class TestTogether:
    def test_the_later_notice_goes_first_and_the_earlier_one_fills_its_gaps(self) -> None:
        later = said(4, title="", category="", amount_cents=30_000_000, contract_end=None, award_date=None)
        result = together([said(3, is_signing_date=True), later])
        assert result.amount_cents == 30_000_000
        assert (result.title, result.category, result.contract_end) == (
            "Groenonderhoud",
            "services",
            date(2028, 3, 31),
        )
        assert (result.award_date, result.is_signing_date) == (date(2026, 3, 2), True)

    def test_a_maximum_belongs_to_its_own_amount(self) -> None:
        ceiling = said(3, is_ceiling=True)
        assert together([ceiling, said(4)]).is_ceiling is False
        assert together([ceiling, said(4, amount_cents=None)]).is_ceiling is True

    @pytest.mark.parametrize(("name", "number"), [("ZONNEHOF GROEN B.V.", "12345678"), ("Somebody else", "")])
    def test_a_number_stays_with_the_same_name_only(self, name: str, number: str) -> None:
        assert together([said(3), said(4, supplier_name=name, supplier_kvk="")]).supplier_kvk == number

    def test_what_was_said_before_an_award_was_taken_back_no_longer_counts(self) -> None:
        back = taken_back(datetime(2026, 4, 5, tzinfo=UTC), "504", "cancelled", 1)
        assert together([said(3), back]).status == "cancelled"
        assert together([said(3), back, said(5, amount_cents=None)]).amount_cents is None

    def test_notices_without_a_date_come_before_all_others_in_order_of_number(self) -> None:
        old = said(3, published="", release_id="99", title="Old")
        older = said(3, published="", release_id="9", title="Older")
        assert together([old, older]).title == "Old"
        assert together([said(3), old]).title == "Groenonderhoud"

    @given(
        st.lists(
            st.builds(
                said,
                st.integers(1, 4),
                title=st.sampled_from(["", "A", "B"]),
                release_id=st.sampled_from(["1", "2", "10"]),
                status=st.sampled_from(["", "", "cancelled"]),
                amount_cents=st.sampled_from([None, 1000, 2000]),
                supplier_kvk=st.sampled_from(["", "12345678"]),
            ),
            min_size=1,
            max_size=6,
        ),
        st.randoms(use_true_random=False),
    )
    def test_no_order_of_reading_changes_what_they_say(
        self, statements: list[Statement], chance: object
    ) -> None:
        mixed = list(statements)
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        one: tuple[Statement, ...] = ()
        other: tuple[Statement, ...] = ()
        for statement in statements:
            one = with_statement(one, statement)
        for statement in mixed:
            other = with_statement(other, statement)
        assert one == other
        assert together(one) == together(other)


class TestStatements:
    def test_the_same_notice_in_a_later_import_takes_the_place_of_the_earlier(self) -> None:
        corrected = replace(said(3), run=2, title="Corrected")
        assert with_statement((said(3), said(4)), corrected) == (corrected, said(4))

    def test_a_statement_survives_being_stored(self) -> None:
        for statement in (said(3), said(3, award_date=None, contract_start=None, contract_end=None)):
            assert Statement.from_json(statement.as_json()) == statement

    def test_an_award_is_known_by_its_number_else_its_lots_else_its_first_supplier(self) -> None:
        assert award_key("o", "7", ("1",), "Linde") == "o|7"
        assert award_key("o", "", ("1", "2"), "Linde") == "o|lots:1,2"
        assert award_key("o", "", (), "LINDE") == award_key("o", "", (), "Linde")

    def test_a_key_that_is_too_long_stays_different_from_every_other(self) -> None:
        lots = [str(number) for number in range(200)]
        one, other = award_key("o", "", lots, ""), award_key("o", "", lots[1:], "")
        assert len(one) <= LONGEST_KEY
        assert one != other


class TestTerms:
    def test_a_whole_notice_needs_no_assumptions(self) -> None:
        assert terms_of(said(3), "ocds-1") == Terms(
            title="Groenonderhoud",
            contract_type="services",
            value_cents=25_000_000,
            award_on=date(2026, 3, 2),
            start_on=date(2026, 4, 1),
            end_on=date(2028, 3, 31),
            supplier_name="Zonnehof Groen B.V.",
            supplier_kvk="12345678",
            cpv_code="77310000",
        )

    @pytest.mark.parametrize(
        ("gap", "why"),
        [
            ({"amount_cents": None}, Finding.NO_VALUE),
            ({"category": "", "cpv": ""}, Finding.NO_TYPE),
            ({"award_date": None, "published": ""}, Finding.NO_DATE),
        ],
    )
    def test_without_value_kind_or_date_there_is_no_contract(
        self, gap: dict[str, object], why: Finding
    ) -> None:
        terms = terms_of(said(3, **gap), "ocds-1")
        assert isinstance(terms, NoTerms)
        assert terms.message == why

    @pytest.mark.parametrize(
        ("start", "end", "expected", "notes"),
        [
            (None, None, (date(2026, 3, 2), date(2027, 3, 1)), [Finding.START_ASSUMED, Finding.END_ASSUMED]),
            (None, date(2026, 9, 1), (date(2026, 3, 2), date(2026, 9, 1)), [Finding.START_ASSUMED]),
            (date(2026, 4, 1), None, (date(2026, 4, 1), date(2027, 3, 31)), [Finding.END_ASSUMED]),
            (
                date(2026, 4, 1),
                date(2026, 3, 1),
                (date(2026, 4, 1), date(2027, 3, 31)),
                [Finding.TERM_ODD],
            ),
            (None, date(2026, 3, 1), (date(2026, 3, 2), date(2027, 3, 1)), [Finding.TERM_ODD]),
        ],
    )
    def test_a_term_that_is_missing_or_odd_becomes_a_year_and_says_so(
        self, start: date | None, end: date | None, expected: tuple[date, date], notes: list[Finding]
    ) -> None:
        terms = terms_of(said(3, contract_start=start, contract_end=end), "ocds-1")
        assert isinstance(terms, Terms)
        assert (terms.start_on, terms.end_on) == expected
        assert [note.message for note in terms.notes] == notes

    @pytest.mark.parametrize(
        ("change", "note"),
        [
            ({"title": ""}, Finding.TITLE_UNKNOWN),
            ({"title": "x" * 401}, Finding.TITLE_CUT),
            ({"suppliers": 3}, Finding.SHARED),
            ({"is_ceiling": True}, NoteText.VALUE_CEILING),
            ({"supplier_kvk": ""}, NoteText.NO_SUPPLIER_KVK),
            ({"category": ""}, Finding.TYPE_FROM_CPV),
            ({"is_signing_date": True}, NoteText.DATE_SIGNED),
            ({"award_date": None}, Finding.AWARD_PUBLISHED),
        ],
    )
    def test_whatever_an_officer_should_check_is_said(
        self, change: dict[str, object], note: Finding | NoteText
    ) -> None:
        terms = terms_of(said(3, **change), "ocds-1")
        assert isinstance(terms, Terms)
        assert note in [found.message for found in terms.notes]
        assert 0 < len(terms.title) <= 400

    def test_an_award_without_a_date_has_the_dutch_day_on_which_it_came_out(self) -> None:
        terms = terms_of(said(3, award_date=None, published="2026-03-04T23:30:00+00:00"), "ocds-1")
        assert isinstance(terms, Terms)
        assert terms.award_on == date(2026, 3, 5)

    @pytest.mark.parametrize(
        ("cpv", "kind"),
        [
            ("45000000", "works"),
            ("45000000-7", "works"),
            ("50000000", "services"),
            ("98000000", "services"),
            ("03000000", "goods"),
            ("44000000", "goods"),
            ("48000000", "goods"),
            ("46000000", ""),
            ("99000000", ""),
            ("02000000", ""),
            ("45", ""),
            ("abc", ""),
            ("", ""),
        ],
    )
    def test_the_division_of_a_cpv_code_tells_what_is_bought(self, cpv: str, kind: str) -> None:
        assert type_of_cpv(cpv) == kind

    @pytest.mark.parametrize("code", ["", "7" * 17])
    def test_a_cpv_code_that_is_none_is_left_out(self, code: str) -> None:
        terms = terms_of(said(3, cpv=code), "ocds-1")
        assert isinstance(terms, Terms)
        assert terms.cpv_code is None

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            (date(2026, 1, 1), date(2026, 12, 31)),
            (date(2024, 2, 29), date(2025, 2, 28)),
            (date(2023, 3, 1), date(2024, 2, 29)),
            (date(9999, 1, 1), date(9999, 12, 31)),
        ],
    )
    def test_a_term_of_a_year(self, start: date, end: date) -> None:
        assert year_after(start) == end


class TestRuns:
    @pytest.mark.parametrize(
        ("silent", "is_gone", "expected"),
        [
            (timedelta(0), False, RunState.RUNNING),
            (STALE_AFTER, False, RunState.RUNNING),
            (STALE_AFTER + timedelta(seconds=1), False, RunState.INTERRUPTED),
            (timedelta(0), True, RunState.INTERRUPTED),
        ],
    )
    def test_a_run_is_interrupted_when_nobody_works_on_it(
        self, silent: timedelta, is_gone: bool, expected: RunState
    ) -> None:
        assert state_now(RunState.RUNNING, NOW - silent, NOW, is_gone) is expected

    def test_a_run_that_has_ended_stays_as_it_ended(self) -> None:
        assert state_now(RunState.DONE, NOW - timedelta(days=9), NOW, is_gone=True) is RunState.DONE

    @pytest.mark.parametrize(
        ("head", "kind"),
        [
            (b'{"releases": []}', ImportKind.AWARDS),
            (b"\xef\xbb\xbf\n [", ImportKind.AWARDS),
            (b"\x1f\x8b\x08", ImportKind.AWARDS),
            (b"PK\x03\x04", ImportKind.EMPLOYERS),
            (b"KvK;Naam", ImportKind.EMPLOYERS),
            (b"", ImportKind.EMPLOYERS),
        ],
    )
    def test_the_first_bytes_tell_what_a_file_holds(self, head: bytes, kind: ImportKind) -> None:
        assert guess_kind(head) is kind

    @pytest.mark.parametrize(
        ("done", "total", "expected"), [(0, 3, 0), (1, 3, 33), (3, 3, 100), (4, 3, 100), (0, 0, 100)]
    )
    def test_percent(self, done: int, total: int, expected: int) -> None:
        assert percent(done, total) == expected


@dataclass
class Person:
    name: str
    email: str | None = None


class TestMatching:
    PEOPLE = (
        Person("J. de Wit", "info@linde.test"),
        Person("K. Bos", "info@linde.test"),
        Person("Noor Visser", "N.Visser@linde.test"),
        Person("Zonder Adres"),
    )

    @pytest.mark.parametrize(
        ("name", "email", "found"),
        [
            ("j. de wit", "", "J. de Wit"),
            ("J. de Wit", "nieuw@linde.test", "J. de Wit"),
            ("Jan de Wit", "info@linde.test", "J. de Wit"),
            ("A. Nieuw", "info@linde.test", None),
            ("N. Visser", "n.visser@linde.test", "Noor Visser"),
            ("", "n.visser@linde.test", "Noor Visser"),
            ("", "info@linde.test", None),
            ("", "", None),
            ("Onbekend", "", None),
        ],
    )
    def test_who_a_line_means(self, name: str, email: str, found: str | None) -> None:
        person = same_person(self.PEOPLE, name, email, folded)
        assert (person.name if person else None) == found

    @pytest.mark.parametrize(
        ("stored", "least", "most", "expected"),
        [
            (None, 10, 19, 10),
            (14, 10, 19, None),
            (10, 10, 19, None),
            (19, 10, 19, None),
            (20, 10, 19, 10),
            (9, 10, 19, 10),
            (300, 250, None, None),
            (14, 12, 12, 12),
            (14, None, None, None),
        ],
    )
    def test_a_class_never_replaces_a_number_within_it(
        self, stored: int | None, least: int | None, most: int | None, expected: int | None
    ) -> None:
        assert staff_change(stored, least, most) == expected
