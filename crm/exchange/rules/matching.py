"""Whether a line means something that is known already: a person, a number of staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar


class Known(Protocol):
    """A contact person as far as telling people apart needs."""

    name: str
    email: str | None


P = TypeVar("P", bound=Known)


def same_person(people: Iterable[P], name: str, email: str, folded: Callable[[str], str]) -> P | None:
    """Return the person a line means: of the same name, else of the same e-mail address and surname.

    A shared mailbox does not make two people one; without a name the address alone decides, when only one
    person has it.
    """
    found = list(people)
    wanted = folded(name)
    named = next((person for person in found if wanted and folded(person.name) == wanted), None)
    mailed = [person for person in found if email and (person.email or "").casefold() == email.casefold()]
    if named is not None or not mailed:
        return named
    if not wanted:
        return mailed[0] if len(mailed) == 1 else None
    surname = wanted.split()[-1]
    return next((person for person in mailed if folded(person.name).split()[-1:] == [surname]), None)


def staff_change(stored: int | None, least: int | None, most: int | None) -> int | None:
    """Return the number of staff to write, or None when the stored one fits the number or class.

    A class such as 10-19 is kept as its lowest number; a precise number within it is better than that.
    """
    if least is None:
        return None
    fits = stored is not None and least <= stored and (most is None or stored <= most)
    return None if fits else least
