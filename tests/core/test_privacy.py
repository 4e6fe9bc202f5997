"""A citizen service number is refused wherever somebody types it, and nothing else is."""

from __future__ import annotations

from typing import Annotated

import pytest

from crm.core.actions import Command
from crm.core.errors import Invalid
from crm.core.privacy import REFERENCE_WITHOUT_BSN, WITHOUT_BSN, holds_bsn, refuse_bsn


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "zijn nummer is 111222333.",
        "BSN:123456782, bellen",
        "1112.22.333",
        "111 222 333",
        "111-222-333",
        "vorige keer 999999999 en nu 123456782",
    ],
)
def test_a_number_that_passes_the_eleven_test_is_seen(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "123456789",
        "000000000",
        "KvK 11122233",
        "vestiging 111222333000",
        "bel 0111222333",
        "+31 111 222 333",
        "+111222333",
        "ruim 111 222 333 444 euro",
        "111.222-333",
        "24-11-2026 om 10.30",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not holds_bsn(text)


def test_the_field_is_named_and_the_number_is_not_repeated() -> None:
    with pytest.raises(Invalid) as caught:
        refuse_bsn("summary", "kandidaat 111222333")
    assert caught.value.field == "summary"
    assert "111222333" not in str(caught.value)


def test_an_empty_field_is_fine() -> None:
    assert refuse_bsn("summary", None) is None


def test_a_command_refuses_it_under_the_name_of_the_field() -> None:
    class Note(Command):
        what: Annotated[str, WITHOUT_BSN]
        why: Annotated[str | None, WITHOUT_BSN] = None

    assert Note(what="bellen op 0165 123456").what == "bellen op 0165 123456"
    with pytest.raises(Invalid) as caught:
        Note(what="bellen", why="111222333")
    assert caught.value.field == "why"


class Reference(Command):
    """A number that somebody else gave out."""

    reference: Annotated[str | None, REFERENCE_WITHOUT_BSN] = None


@pytest.mark.parametrize("text", ["C-111222333", "INK111222333", "123456789", "2026 C-111222333", None])
def test_a_reference_with_a_letter_or_of_another_number_is_kept(text: str | None) -> None:
    assert Reference(reference=text).reference == text


@pytest.mark.parametrize(
    "text", ["111222333", "111 222 333", "voor 111222333", "BSN:111222333", "bsn111222333"]
)
def test_a_reference_that_looks_like_one_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(Invalid, match="with a letter or a dash"):
        Reference(reference=text)
