"""How alike two texts are, word by word."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from crm.finding.rules import SHORTEST

# Of 100: one letter wrong in a word of five is 80, two letters changed places in a word of seven 86.
ALIKE = 74.0
# A short word with one letter wrong is soon another word: tulp and hulp.
_SHORT, _SHORT_ALIKE = 4, 86.0
_BEGINS, _INSIDE = 100.0, 92.0


def likenesses(typed: Sequence[str], texts: Sequence[str]) -> list[float]:
    """Return for each text how alike it is to what was typed, from 0 to 100.

    Each word typed counts by the word of the text that is most like it or begins so; one that is like none
    of them makes the text another one: 0. Words that are typed half, as one types, count as whole.
    """
    split = [text.split() for text in texts]
    known = sorted({word for words in split for word in words})
    tables = [_against(word, known) for word in typed]
    least = [_SHORT_ALIKE if len(word) <= _SHORT else ALIKE for word in typed]
    found = []
    for words in split:
        best = [max((table[word] for word in words), default=0.0) for table in tables]
        alike = all(score >= enough for score, enough in zip(best, least, strict=True))
        found.append(sum(best) / len(best) if best and alike else 0.0)
    return found


def _against(typed: str, known: Sequence[str]) -> dict[str, float]:
    whole = process.cdist([typed], known, scorer=fuzz.ratio)[0]
    begun = process.cdist([typed], [word[: len(typed)] for word in known], scorer=fuzz.ratio)[0]
    # A word that only begins alike comes after one that is alike as a whole.
    return {
        word: _held(typed, word) or max(float(all_of_it), float(start) - 4)
        for word, all_of_it, start in zip(known, whole, begun, strict=True)
    }


def _held(typed: str, word: str) -> float:
    if word.startswith(typed):
        return _BEGINS
    return _INSIDE if len(typed) >= SHORTEST and typed in word else 0.0
