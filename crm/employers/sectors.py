"""Sectors in words: the codes of the SBI, which the trade register writes down as digits."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crm.core.config import PROJECT_ROOT
from crm.employers.rules import SbiEdition, folded

_CODES = PROJECT_ROOT / "data" / "codes" / "sbi-2008.csv"
_LIST = PROJECT_ROOT / "data" / "codes" / "sbi.csv"

_LONGEST = 6


@lru_cache(maxsize=1)
def _divisions() -> Mapping[str, Mapping[str, str]]:
    with _CODES.open(encoding="utf-8", newline="") as source:
        return {row["division"]: row for row in csv.DictReader(source)}


def sector_name(sbi_code: str | None, language: str) -> str | None:
    """Return the sector of an SBI code by its first two digits, or the code itself when it is unknown."""
    if not sbi_code:
        return None
    division = _divisions().get(sbi_code[:2])
    return division[language] if division else sbi_code


@dataclass(frozen=True)
class SbiCode:
    """A code of the SBI with its Dutch name; a letter is a section, digits are what lies below."""

    edition: SbiEdition
    code: str
    name: str


@lru_cache(maxsize=1)
def sbi_codes() -> tuple[SbiCode, ...]:
    """Return the codes of both editions, as far as the list goes."""
    with _LIST.open(encoding="utf-8", newline="") as source:
        return tuple(
            SbiCode(SbiEdition(row["edition"]), row["code"], row["nl"]) for row in csv.DictReader(source)
        )


def find_sbi_codes(text: str, edition: SbiEdition, limit: int = 8) -> list[SbiCode]:
    """Return the codes that somebody can mean: those that begin with the digits, or hold every word.

    Digits with more signs than the list has are offered as they are, named after the longest beginning that
    it knows, with that one below.
    """
    own = [found for found in sbi_codes() if found.edition is edition and found.code.isdigit()]
    typed = text.replace(".", "").strip()
    if typed.isdigit():
        below = [found for found in own if found.code.startswith(typed)]
        return (below or _longer(typed, own))[:limit]
    words = folded(text).split()
    if not words:
        return []
    return [found for found in own if all(word in folded(found.name) for word in words)][:limit]


def _longer(typed: str, own: list[SbiCode]) -> list[SbiCode]:
    above = [found for found in reversed(own) if typed.startswith(found.code)]
    if not above or len(typed) > _LONGEST:
        return above
    return [SbiCode(above[0].edition, typed, above[0].name), *above]


def sbi_name(edition: SbiEdition, code: str) -> str | None:
    """Return the name of a code, or that of the longest beginning which the list has; None for no sector."""
    names = {found.code: found.name for found in sbi_codes() if found.edition is edition}
    return next((names[code[:end]] for end in range(len(code), 1, -1) if code[:end] in names), None)
