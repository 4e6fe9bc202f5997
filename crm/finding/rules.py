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


AnyScreen = Screen | OtherScreen


def long_words(typed: str) -> list[str]:
    """Return the words of a folded text that say enough to search by."""
    return [word for word in typed.split() if len(word) >= SHORTEST]


def sought(typed: str) -> list[str]:
    """Return what the words of a record must hold to be meant, of at least three letters each.

    Of a word of two letters that one begins so; of a mail address what stands before the @, because the rest
    is the same for very many.
    """
    begins = [f" {word}" for word in typed.split() if len(word) == SHORTEST - 1]
    return [*(_person_of(word) for word in long_words(typed)), *begins]


def forgives(piece: str) -> bool:
    """Return whether slips of the pen are forgiven: not in numbers, where one digit makes another one."""
    return not any(sign.isdigit() or sign in " @" for sign in piece)


def _person_of(word: str) -> str:
    person = word.split("@")[0]
    return person if len(person) >= SHORTEST else word


def survivors(word: str) -> list[str]:
    """Return pieces of four letters of a word, where it begins and ends counted as a letter.

    A slip of the pen leaves one of them standing unless it is in the middle of a short word.
    """
    whole = f" {word} "
    return [whole[start : start + _PIECE] for start in range(len(whole) - _PIECE + 1)]
