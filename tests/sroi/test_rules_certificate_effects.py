"""What a certificate does for a contract. Source: https://adviespuntsr.nl/pso/; percentages are examples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from crm.sroi.rules.certificate_effects import Effect, EffectKind, effect_of
from tests.sroi.test_rules_held import AWARD, END, EXAMPLE, held

WHOLE = held("2026-01-01", "2027-12-31")
SHORT = held("2026-01-01", "2027-06-30")


@pytest.mark.parametrize(
    ("code", "one", "counted", "expected"),
    [
        ("pso_2", WHOLE, {"pso_2"}, Effect(EffectKind.LOWERS, Decimal(10))),
        ("pso_2", WHOLE, set(), Effect(EffectKind.NOT_COUNTED, Decimal(10))),
        ("pso_2", SHORT, set(), Effect(EffectKind.TOO_SHORT, Decimal(10))),
        ("eigen", WHOLE, set(), Effect(EffectKind.NOTHING, Decimal(0))),
    ],
)
def test_what_it_does(code, one, counted, expected):
    assert effect_of(code, [one], EXAMPLE, (AWARD, END), counted) == expected
