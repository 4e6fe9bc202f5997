"""Numbers, notations and how often an employer is spoken with."""

from __future__ import annotations

from datetime import date

import pytest

from crm.employers.rules import (
    Segment,
    as_postcode,
    as_web_address,
    days_since,
    folded,
    is_establishment_number,
    is_kvk_number,
    is_too_quiet,
    quiet_since,
    search_key,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("text", "valid"), [("12345678", True), ("1234567", False), ("1234567a", False)])
def test_a_kvk_number_has_eight_digits(text: str, valid: bool) -> None:
    assert is_kvk_number(text) is valid


@pytest.mark.parametrize(("text", "valid"), [("000012345678", True), ("12345678", False), ("٠" * 12, False)])
def test_an_establishment_number_has_twelve_digits(text: str, valid: bool) -> None:
    assert is_establishment_number(text) is valid


@pytest.mark.parametrize(
    ("segment", "last_fine"),
    [
        (Segment.KEY, date(2026, 9, 25)),
        (Segment.REGIONAL, date(2026, 7, 27)),
        (Segment.SOCIAL_ENTERPRISE, date(2026, 7, 27)),
        (Segment.LOCAL, date(2026, 2, 27)),
        (Segment.SROI_ONLY, date(2025, 11, 24)),
    ],
)
def test_each_segment_has_its_own_patience(segment: Segment, last_fine: date) -> None:
    assert quiet_since(segment, TODAY) == last_fine
    assert not is_too_quiet(segment, last_fine, TODAY)
    assert is_too_quiet(segment, date.fromordinal(last_fine.toordinal() - 1), TODAY)


def test_never_spoken_with_is_too_quiet() -> None:
    assert is_too_quiet(Segment.SROI_ONLY, None, TODAY)


@pytest.mark.parametrize(
    ("typed", "written"),
    [("4701ab", "4701 AB"), (" 4701 AB ", "4701 AB"), ("0701 AB", None), ("4701", None), ("AB 4701", None)],
)
def test_a_postcode_gets_one_notation(typed: str, written: str | None) -> None:
    assert as_postcode(typed) == written


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.delinde.nl", "https://www.delinde.nl"),
        ("http://delinde.nl/werk", "http://delinde.nl/werk"),
        ("javascript:alert(1)", None),
        ("ftp://delinde.nl", None),
        ("https://delinde.nl/<script>", None),
        ("delinde", None),
    ],
)
def test_a_web_address_gets_its_scheme_and_nothing_else_passes(typed: str, address: str | None) -> None:
    assert as_web_address(typed) == address


def test_days_are_counted_from_midnight_to_midnight() -> None:
    assert days_since(date(2026, 11, 15), TODAY) == 9


def test_searching_forgets_accents_capitals_and_extra_spaces() -> None:
    assert folded("  Café  DE Linde ") == "cafe de linde"
    assert search_key("Café", None, "12345678") == "cafe 12345678"
