"""Numbers as people type them: a comma is a comma, and what is no number is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.core.decimals import decimal_of, read_needed, read_number
from crm.core.errors import Invalid
from crm.core.i18n import number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        ("13", "13"),
        (" 13,5 ", "13.5"),
        ("0,25", "0.25"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("12.345.678", "12345678"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_it_is_written_here(typed: str, value: str) -> None:
    assert decimal_of(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    ["", "twee", "-3", "+3", "3,", ",5", "1,234", "1,234.5", "1.2,5", "3,555", "0.125", "1e3", "1_000"],
)
def test_what_is_no_number_or_could_be_another_is_none(typed: str) -> None:
    assert decimal_of(typed) is None


@given(st.decimals(0, 10**12, places=2))
def test_what_is_shown_in_dutch_can_be_typed_in_again(value: Decimal) -> None:
    assert decimal_of(number(value, "nl")) == value


def test_an_empty_field_is_nothing_or_a_fault_when_it_is_needed() -> None:
    assert read_number("  ", "hours") is None
    with pytest.raises(Invalid, match="for example 13,5") as fault:
        read_needed("", "hours")
    assert fault.value.field == "hours"


def test_a_wrong_number_is_a_fault_of_its_field() -> None:
    with pytest.raises(Invalid, match="for example 13,5") as fault:
        read_number("twee", "hours")
    assert fault.value.field == "hours"
