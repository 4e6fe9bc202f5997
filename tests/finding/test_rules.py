"""When two words are alike, and which pieces of a word survive a slip of the pen."""

from __future__ import annotations

import pytest

from crm.finding.likeness import ALIKE, likenesses
from crm.finding.rules import long_words, survivors


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
