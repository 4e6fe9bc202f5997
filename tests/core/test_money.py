"""Euro amounts: whole cents, Dutch notation, nothing lost on the way."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.core.errors import Invalid
from crm.core.i18n import money, whole_euros
from crm.core.money import cents, euros, parse_euros

AMOUNTS = st.integers(min_value=0, max_value=10**14 - 1)


@given(AMOUNTS)
def test_cents_and_euros_are_each_others_way_back(amount: int) -> None:
    assert cents(euros(amount)) == amount


@given(AMOUNTS)
def test_what_is_shown_in_dutch_can_be_typed_in_again(amount: int) -> None:
    assert parse_euros(money(amount, "nl"), "amount") == amount
    assert parse_euros(whole_euros(amount, "nl"), "amount") == amount


@given(st.text("0123456789.,-+ €eE\u00a0\u0663²x", max_size=30))
def test_whatever_is_typed_is_an_amount_or_a_plain_fault(typed: str) -> None:
    with suppress(Invalid):
        assert 0 <= parse_euros(typed, "value") <= 10**14


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,56", 123_456),
        ("€ 50.000", 5_000_000),
        ("12,5", 1_250),
        ("12.5", 1_250),
        ("12.345", 1_234_500),
        ("1.234.567", 123_456_700),
        ("0", 0),
        (" 7 ", 700),
        ("1234.56", 123_456),
    ],
)
def test_dutch_notation(typed: str, amount: int) -> None:
    assert parse_euros(typed, "amount") == amount


@pytest.mark.parametrize(
    "typed", ["", "-1", "veel", "NaN", "Infinity", "1e20", "1,2,3", "€", "1,234.56", "1.2,5", "3,555"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match=r"1\.234,56"):
        parse_euros(typed, "amount")


@pytest.mark.parametrize(("amount", "whole"), [("0.005", 1), ("0.004", 0), ("2.675", 268), ("-0.005", -1)])
def test_half_a_cent_goes_up(amount: str, whole: int) -> None:
    assert cents(Decimal(amount)) == whole


def test_whole_euros_stand_without_cents() -> None:
    assert whole_euros(5_000_000, "nl") == "€ 50.000"
    assert whole_euros(1_333_333, "nl") == "€ 13.333,33"
    assert money(123_456, "en") == "€1,234.56"
