"""When two words are alike, and which pieces of a word survive a slip of the pen."""

from __future__ import annotations

import pytest

from crm.finding.likeness import ALIKE, likenesses
from crm.finding.rules import forgives, long_words, sought, survivors


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("jansen", "jansen"),
        ("jans", "jansen"),
        ("jasnen", "jansen"),
        ("janssen", "jansen"),
        ("bakkrij", "bakkerij zundert"),
        ("zundret bakk", "bakkerij zundert"),
        ("kerij", "bakkerij"),
        ("bakkrji zun", "bakkerij zundert"),
    ],
)
def test_a_slip_of_the_pen_is_forgiven(typed: str, text: str) -> None:
    assert likenesses(typed.split(), [text])[0] >= ALIKE


@pytest.mark.parametrize(
    ("typed", "text"),
    [("tulp", "hulp"), ("bakkerij breda", "bakkerij zundert"), ("jansen", "pieters"), ("x", "")],
)
def test_another_word_is_another_word(typed: str, text: str) -> None:
    assert likenesses(typed.split(), [text]) == [0.0]


def test_the_word_itself_is_most_like_it() -> None:
    whole, begun, inside, wrong = likenesses(["linde"], ["linde", "lindeboom", "schoonlinde", "linse"])
    assert whole == begun > inside > wrong > 0


@pytest.mark.parametrize("slip", ["bakkrij", "bakkeij", "bakkerji", "abkkerij", "bakkerijj", "vakkerij"])
def test_a_piece_of_a_word_survives_a_slip(slip: str) -> None:
    assert any(piece in " bakkerij " for piece in survivors(slip))


def test_two_letters_say_too_little() -> None:
    assert long_words("de linde in bv") == ["linde"]


def test_a_short_word_counts_where_a_word_begins_and_of_a_mail_address_the_person() -> None:
    assert sought("persoon 45") == ["persoon", " 45"]
    assert sought("j de linde") == ["linde", " de"]
    assert sought("j.jansen@delinde.nl") == ["j.jansen"]
    assert sought("jj@delinde.nl") == ["jj@delinde.nl"]


def test_slips_are_forgiven_in_words_and_not_in_numbers() -> None:
    assert [forgives(piece) for piece in ("bakkrij", "etten-luer", "10000042", " 45", "jj@x")] == [
        True,
        True,
        False,
        False,
        False,
    ]
