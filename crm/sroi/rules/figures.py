"""Figures for the council ("raadscijfers"): what was realised, and for how many people.

Two denominators stand side by side: what was imposed, and what was bought. Example: Rotterdam realised
€ 25.2 million of € 22.5 million imposed, 112 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from crm.sroi.rules.small_numbers import hidden_rows, shown

TENTH = Decimal("0.1")


class Basis(StrEnum):
    """Which contracts belong to a year: those awarded in it, or those that end in it."""

    AWARDED = "awarded"
    ENDED = "ended"


@dataclass(frozen=True)
class ContractFact:
    """A contract of the period, in whole cents; `standing` is a word for how it stands.

    One that is not `confirmed` yet counts among the standings and nowhere else.
    """

    authority_id: int
    standing: str
    confirmed: bool
    value_cents: int
    imposed_cents: int
    realised_cents: int


@dataclass(frozen=True)
class EffortFact:
    """An approved effort for a person; two efforts that share a key are about the same person."""

    authority_id: int
    keys: frozenset[str]
    own_file: bool = False
    municipality_id: int | None = None
    existing: bool = False


@dataclass(frozen=True)
class Person:
    """One person behind one or more efforts; the municipality is that of the first effort."""

    authorities: frozenset[int]
    own_file: bool
    municipality_id: int | None
    existing: bool


@dataclass(frozen=True)
class Figure:
    """The figures of one authority, or of all together (`authority_id` None); amounts in whole cents.

    `bought_cents` is the purchasing volume as filled in, None when it is not known. A count of people is
    None when it may not be shown; `in_district` is None as well when no municipality was chosen.
    """

    authority_id: int | None
    contracts: int
    standings: tuple[tuple[str, int], ...]
    value_cents: int
    bought_cents: int | None
    imposed_cents: int
    realised_cents: int
    people: int | None
    own_file: int | None
    in_district: int | None
    existing: int | None

    @property
    def of_imposed(self) -> Decimal | None:
        """What was realised, in percent of what was imposed."""
        return share(self.realised_cents, self.imposed_cents)

    @property
    def of_bought(self) -> Decimal | None:
        """What was realised, in percent of the purchasing volume; of the contracts when that is not known."""
        return share(
            self.realised_cents, self.value_cents if self.bought_cents is None else self.bought_cents
        )

    def of_people(self, part: int | None) -> Decimal | None:
        """Return a number of people in percent of all people; None when either may not be shown."""
        return None if part is None or self.people is None else share(part, self.people)


@dataclass(frozen=True)
class Council:
    """The figures of all authorities together, and of each of them in the order given."""

    together: Figure
    rows: tuple[Figure, ...]

    def of(self, authority_id: int | None) -> Figure:
        """Return the figures of one authority, or of all together."""
        return next((row for row in self.rows if row.authority_id == authority_id), self.together)


def share(part: int, whole: int) -> Decimal | None:
    """Return a part in percent of the whole with one decimal, half rounded up; None without a whole."""
    if whole <= 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)


def people_of(efforts: Iterable[EffortFact]) -> list[Person]:
    """Return the people behind efforts, each counted once over all contracts and authorities."""
    groups: list[tuple[set[str], list[EffortFact]]] = []
    place_of: dict[str, int] = {}
    for effort in efforts:
        met = sorted({place_of[key] for key in effort.keys if key in place_of})
        place = met[0] if met else len(groups)
        if not met:
            groups.append((set(), []))
        for other in met[1:]:
            groups[place][0].update(groups[other][0])
            groups[place][1].extend(groups[other][1])
            groups[other] = (set(), [])
        groups[place][0].update(effort.keys)
        groups[place][1].append(effort)
        place_of |= dict.fromkeys(groups[place][0], place)
    return [_person(found) for _keys, found in groups if found]


def council_figures(
    contracts: Sequence[ContractFact],
    efforts: Iterable[EffortFact],
    bought: Mapping[int, int],
    authorities: Sequence[int],
    municipality_id: int | None = None,
) -> Council:
    """Return the figures of these authorities, with every count of people that may be shown.

    `bought` is the purchasing volume in whole cents by authority, where it is known.
    """
    people = people_of(efforts)
    each = [[person for person in people if one in person.authorities] for one in authorities]
    counts = _counts(people, each, municipality_id)
    known = [bought.get(one) for one in authorities]
    total = None if not known or None in known else sum(amount for amount in known if amount is not None)
    return Council(
        _figure(None, contracts, total, counts[0]),
        tuple(
            _figure(one, [fact for fact in contracts if fact.authority_id == one], bought.get(one), count)
            for one, count in zip(authorities, counts[1:], strict=True)
        ),
    )


@dataclass(frozen=True)
class _Count:
    people: int | None
    own_file: int | None
    in_district: int | None
    existing: int | None


def _person(efforts: Sequence[EffortFact]) -> Person:
    return Person(
        frozenset(effort.authority_id for effort in efforts),
        any(effort.own_file for effort in efforts),
        efforts[0].municipality_id,
        any(effort.existing for effort in efforts),
    )


def _figure(
    authority_id: int | None, contracts: Sequence[ContractFact], bought: int | None, count: _Count
) -> Figure:
    confirmed = [fact for fact in contracts if fact.confirmed]
    return Figure(
        authority_id,
        len(contracts),
        tuple(sorted(Counter(fact.standing for fact in contracts).items())),
        sum(fact.value_cents for fact in confirmed),
        bought,
        sum(fact.imposed_cents for fact in confirmed),
        sum(fact.realised_cents for fact in confirmed),
        count.people,
        count.own_file,
        count.in_district,
        count.existing,
    )


def _counts(people: list[Person], each: list[list[Person]], municipality_id: int | None) -> list[_Count]:
    """Return what may be shown: of all people first, then of those of each authority."""
    totals = [len(found) for found in each]
    hidden = hidden_rows([(total,) for total in totals])
    all_shown = shown(len(people))
    if all_shown is None:
        hidden = frozenset(range(len(each)))
    groups = [people, *each]
    own = _parts([sum(one.own_file for one in group) for group in groups], groups, hidden)
    existing = _parts([sum(one.existing for one in group) for group in groups], groups, hidden)
    district: list[int | None] = [None] * len(groups)
    if municipality_id is not None:
        there = [sum(one.municipality_id == municipality_id for one in group) for group in groups]
        small = [_is_hidden_place(group, municipality_id) for group in groups]
        also = frozenset(place for place, is_small in enumerate(small[1:]) if is_small)
        district = _parts(there, groups, hidden | also, all_hidden=small[0])
    counted = [all_shown, *(None if place in hidden else total for place, total in enumerate(totals))]
    return [_Count(*found) for found in zip(counted, own, district, existing, strict=True)]


def _parts(
    parts: list[int], groups: list[list[Person]], hidden: frozenset[int], *, all_hidden: bool = False
) -> list[int | None]:
    """Return a part of each group as it may be shown; the rest of the group must not be small either."""
    pairs = [(part, len(group) - part) for part, group in zip(parts, groups, strict=True)]
    if all_hidden or hidden_rows(pairs[:1]):
        gone = {place + 1 for place in hidden}
        return [None if group or place in gone else 0 for place, group in enumerate(groups)]
    out = hidden_rows(pairs[1:], hidden)
    return [parts[0], *(None if place in out else part for place, part in enumerate(parts[1:]))]


def _is_hidden_place(group: list[Person], municipality_id: int) -> bool:
    """Tell whether a municipality hides in the list of all of them, that can be asked for one by one."""
    counted = Counter(person.municipality_id for person in group)
    places = list(counted)
    out = hidden_rows([(counted[place],) for place in places])
    return municipality_id in counted and places.index(municipality_id) in out
