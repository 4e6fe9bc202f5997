"""Employers whose names look alike at the same place, as people and registers write names differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from crm.employers.rules import folded

SAME_POSTCODE = 80
"""How alike names must be, in percent, at the same postcode; elsewhere in the place they must be closer."""

SAME_PLACE = 90
_LEGAL_FORMS = re.compile(r"\b(?:b ?v|n ?v|v ?o ?f|c ?v|u ?a|bv ba|holding|stichting|cooperatie|de|het)\b")
_SIGNS = re.compile(r"[^a-z0-9]+")
_BLOCK = 3
_LARGE = 2000
"""A block of more is looked at in parts, so that a big place costs no more than its small ones."""

_LINES = 250
"""How many names are compared with all others at once."""


@dataclass(frozen=True)
class Party:
    """An employer as far as telling it from others needs."""

    id: int
    name: str
    postcode: str
    city: str


@dataclass(frozen=True)
class Alike:
    """Two employers that look alike, and how much their names do, in percent."""

    one: int
    other: int
    score: int


def bare_name(name: str) -> str:
    """Return a name without capitals, accents, punctuation and legal form ("rechtsvorm")."""
    plain = " ".join(_SIGNS.sub(" ", folded(name)).split())
    return " ".join(_LEGAL_FORMS.sub(" ", plain).split()) or plain


class Parties:
    """Employers to look among, by postcode and by place: only those near are compared."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self._names: dict[int, str] = {}
        self._near: defaultdict[str, dict[int, str]] = defaultdict(dict)
        for party in parties:
            name = bare_name(party.name)
            self._names[party.id] = name
            for block in _blocks(name, party.postcode, party.city):
                self._near[block][party.id] = name

    def like(self, name: str, postcode: str, city: str) -> tuple[int, int] | None:
        """Return the employer that a name at a place looks like most, with the percentage."""
        bare = bare_name(name)
        best: tuple[int, int] | None = None
        for block in _blocks(bare, postcode, city):
            found = process.extractOne(
                bare, self._near.get(block, {}), scorer=fuzz.token_sort_ratio, score_cutoff=_least(block)
            )
            if found is not None and (best is None or found[1] > best[1]):
                best = int(found[2]), int(found[1])
        return best

    def pairs(self) -> Iterator[Alike]:
        """Yield all employers that look alike, those most alike first."""
        found: dict[tuple[int, int], int] = {}
        for block, names in self._near.items():
            for part in _parts(names):
                for one, other, score in _pairs(part, _least(block)):
                    found[one, other] = max(score, found.get((one, other), 0))
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return (Alike(one, other, score) for (one, other), score in ranked)


def _parts(names: dict[int, str]) -> Iterable[dict[int, str]]:
    """Return a block as it is, or a large one in parts: names whose words all begin alike, in any order."""
    if len(names) <= _LARGE:
        return [names]
    parts: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for one, name in names.items():
        parts[" ".join(sorted(word[:_BLOCK] for word in name.split()))][one] = name
    return parts.values()


def _pairs(names: dict[int, str], least: int) -> Iterator[tuple[int, int, int]]:
    """Yield those of a block that look alike, the lower id first; so many lines at a time fit in memory."""
    ids = sorted(names)
    # Words in order once, instead of at every comparison.
    words = [" ".join(sorted(names[one].split())) for one in ids]
    for start in range(0, len(ids) - 1, _LINES):
        scores = process.cdist(
            words[start : start + _LINES], words[start:], scorer=fuzz.ratio, score_cutoff=least
        )
        for line, other in zip(*scores.nonzero(), strict=True):
            if other > line:
                yield ids[start + line], ids[start + other], int(scores[line, other])


def _blocks(bare: str, postcode: str, city: str) -> Iterator[str]:
    if code := postcode.replace(" ", "").upper():
        yield f"postcode {code}"
    if place := folded(city):
        yield f"place {place} {bare[:_BLOCK]}"


def _least(block: str) -> int:
    return SAME_POSTCODE if block.startswith("postcode") else SAME_PLACE
