"""What council figures tell of people, and what was held back of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crm.sroi.rules.figures import Figure
from crm.sroi.rules.small_numbers import EXISTING, OWN_FILE, PEOPLE, Part, place


def told_of(figures: Iterable[Figure], municipality_id: int | None) -> frozenset[tuple[int | None, Part]]:
    """Return which counts of people these figures tell, by authority (None is all together)."""
    found: set[tuple[int | None, Part]] = set()
    for one in figures:
        counts = {PEOPLE: one.people, OWN_FILE: one.own_file, EXISTING: one.existing}
        found |= {(one.authority_id, part) for part, count in counts.items() if count is not None}
        if one.in_district is not None:
            found.add((one.authority_id, place(municipality_id)))
    return frozenset(found)


def without_people(figure: Figure) -> Figure:
    """Return a figure that tells no number of people."""
    return replace(figure, people=None, own_file=None, in_district=None, existing=None)


def held_back(now: Figure, published: Figure) -> list[str]:
    """Return which counts stand in a figure now and not in what would be published of it."""
    names = ("people", "own_file", "in_district", "existing")
    return [name for name in names if getattr(now, name) is not None and getattr(published, name) is None]
