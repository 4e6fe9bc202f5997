"""A value that a field does not allow is answered with what it does allow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.errors import Invalid
from crm.core.i18n import translate


class Asked(Command):
    """One field for each kind of limit."""

    hours: Annotated[Decimal, Field(gt=0, le=60, decimal_places=1)] = Decimal(8)
    age: Annotated[int, Field(ge=12, le=100)] | None = None
    share: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)] = Decimal(5)
    amount_cents: Annotated[int, Field(ge=0, le=10**13)] = 0
    least: Annotated[int, Field(ge=2)] = 2
    above: Annotated[int, Field(gt=2)] = 3
    most: Annotated[int, Field(le=2)] = 2
    below: Annotated[int, Field(lt=2)] = 1
    name: Annotated[str, StringConstraints(min_length=1, max_length=5)] = "naam"
    tasks: Annotated[tuple[int, ...], Field(min_length=1, max_length=2)] = (1,)
    day: Annotated[date, Field(ge=date(1990, 1, 1))] = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("hours", "0", "Vul meer dan 0 en hoogstens 60 in."),
        ("hours", "61", "Vul meer dan 0 en hoogstens 60 in."),
        ("hours", "13.25", "Rond dit af op één cijfer achter de komma, bijvoorbeeld 13,5."),
        ("hours", None, "Vul dit veld in."),
        ("age", 11, "Vul minstens 12 en hoogstens 100 in."),
        ("share", "101", "Vul minstens 0 en hoogstens 100 in."),
        ("share", "5000", "Vul minstens 0 en hoogstens 100 in."),
        ("share", "5.125", "Rond dit af op 2 cijfers achter de komma."),
        ("amount_cents", 10**14, "Vul minstens € 0 en hoogstens € 100.000.000.000 in."),
        ("least", 1, "Vul minstens 2 in."),
        ("above", 2, "Vul meer dan 2 in."),
        ("most", 3, "Vul hoogstens 2 in."),
        ("below", 2, "Vul minder dan 2 in."),
        ("name", "", "Vul dit veld in."),
        ("name", "te lang", "Dit is te lang: hooguit 5 tekens."),
        ("tasks", (), "Vul dit veld in."),
        ("tasks", (1, 2, 3), "Dit is te veel: hoogstens 2."),
        ("day", date(1989, 1, 1), "Deze waarde kan hier niet. Kijk het na en probeer het opnieuw."),
        ("hours", "veel", "Deze waarde kan hier niet. Kijk het na en probeer het opnieuw."),
    ],
)
def test_what_is_not_allowed_is_answered_with_what_is(field: str, value: Any, sentence: str) -> None:
    with pytest.raises(Invalid) as fault:
        Asked(**{field: value})
    assert fault.value.field == field
    assert translate("nl", fault.value.message, **fault.value.params) == sentence
