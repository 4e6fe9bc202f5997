"""What can be found, and the pieces of a word that survive a slip of the pen."""

from __future__ import annotations

from enum import IntEnum, StrEnum

SHORTEST = 3
_PIECE = 4


class Kind(IntEnum):
    """What can be found; the numbers stand in the index."""

    EMPLOYER = 1
    PERSON = 2
    CONTRACT = 3
    CASE = 4
    CANDIDATE = 5
    PLACEMENT = 6
    PARTY = 7
    NEED = 8


class Screen(StrEnum):
    """A list of which views can be saved."""

    EMPLOYERS = "employers"
    CONTRACTS = "contracts"
    PLACEMENTS = "placements"


class OtherScreen(StrEnum):
    """The other lists of which views can be saved; they have tables of their own."""

    NEEDS = "needs"
    CASES = "cases"
    REVIEW = "review"
    MEMBERS = "members"
    PARTIES = "parties"
    EVENTS = "events"
    IMPORTS = "imports"


AnyScreen = Screen | OtherScreen


def long_words(typed: str) -> list[str]:
    """Return the words of a folded text that say enough to search by."""
    return [word for word in typed.split() if len(word) >= SHORTEST]


def survivors(word: str) -> list[str]:
    """Return pieces of four letters of a word, where it begins and ends counted as a letter.

    A slip of the pen leaves one of them standing unless it is in the middle of a short word.
    """
    whole = f" {word} "
    return [whole[start : start + _PIECE] for start in range(len(whole) - _PIECE + 1)]
