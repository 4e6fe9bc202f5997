"""Figures for the council ("raadscijfers"): what was realised, and for how many people.

Two denominators stand side by side: what was imposed, and what was bought or, as long as nobody filled that
in, the value of the contracts. Example: Rotterdam realised € 25.2 million of € 22.5 million imposed, 112 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from crm.sroi.rules.small_numbers import (
    EXISTING,
    OWN_FILE,
    PEOPLE,
    SMALL,
    TOGETHER,
    Counts,
    Part,
    Profile,
    hidden_cells,
    place,
)
from crm.sroi.rules.versions import Earlier, hidden_beside

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
    contract_id: int = 0


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
        """What was realised, in percent of the purchasing volume; None when that is not known."""
        return None if self.bought_cents is None else share(self.realised_cents, self.bought_cents)

    @property
    def of_value(self) -> Decimal | None:
        """What was realised, in percent of the value of the contracts."""
        return share(self.realised_cents, self.value_cents)

    def of_people(self, part: int | None) -> Decimal | None:
        """Return a number of people in percent of all people; None when either may not be shown."""
        return None if part is None or self.people is None else share(part, self.people)


@dataclass(frozen=True)
class Council:
    """The figures of all authorities together, and of each of them in the order given."""

    together: Figure
    rows: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All together first, then each authority."""
        return self.together, *self.rows

    def of(self, authority_id: int | None) -> Figure:
        """Return the figures of one authority, or of all together."""
        return next((row for row in self.rows if row.authority_id == authority_id), self.together)


@dataclass(frozen=True)
class Ground:
    """What a published figure was counted from, and which counts of which authority it told (None is all)."""

    people: tuple[Person, ...]
    told: frozenset[tuple[int | None, Part]]


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
    people: Sequence[Person],
    bought: Mapping[int, int],
    authorities: Sequence[int],
    municipality_id: int | None = None,
    insiders: Iterable[frozenset[int]] = (),
    earlier: Sequence[Ground] = (),
) -> Council:
    """Return the figures of these authorities, with every count of people that may be shown.

    `bought` is the purchasing volume in whole cents by authority, where it is known; `insiders` are the sets
    of authorities that somebody works for and therefore knows the people of; `earlier` is what was published
    of the same contracts, and will lie beside these.
    """
    counts = _counts(people, authorities, municipality_id, insiders, earlier)
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


def _counts(
    people: Sequence[Person],
    authorities: Sequence[int],
    municipality_id: int | None,
    insiders: Iterable[frozenset[int]],
    earlier: Sequence[Ground],
) -> list[_Count]:
    """Return what may be shown: of all people first, then of those of each authority."""
    group_of = {authority_id: number for number, authority_id in enumerate(authorities, TOGETHER + 1)}
    profiles = [_profile(person, group_of) for person in people]
    known = {frozenset(group_of[one] for one in insider if one in group_of) for insider in insiders}
    known -= {frozenset()}
    hidden = hidden_cells(profiles, len(authorities), known)
    formers = [_earlier(ground, group_of) for ground in earlier]
    hidden = hidden_beside(profiles, len(authorities), hidden, formers, known)
    counts = Counts(profiles)

    def shown(group: int, part: Part) -> int | None:
        if (group, part) in hidden:
            return None
        number, *rest = counts.of((group, part))
        # Nobody of a group of people, or all of them, is told no more than a few.
        return number if not rest or counts.is_empty(group) or min(number, *rest) >= SMALL else None

    asked = None if municipality_id is None else place(municipality_id)
    return [
        _Count(
            shown(group, PEOPLE),
            shown(group, OWN_FILE),
            None if asked is None else shown(group, asked),
            shown(group, EXISTING),
        )
        for group in range(len(authorities) + 1)
    ]


def _earlier(ground: Ground, group_of: Mapping[int, int]) -> Earlier:
    return Earlier(
        tuple(_profile(person, group_of) for person in ground.people),
        frozenset(
            (TOGETHER if one is None else group_of[one], part)
            for one, part in ground.told
            if one is None or one in group_of
        ),
    )


def _profile(person: Person, group_of: Mapping[int, int]) -> Profile:
    parts: set[Part] = {place(person.municipality_id)}
    parts |= {OWN_FILE} if person.own_file else set()
    parts |= {EXISTING} if person.existing else set()
    groups = frozenset(group_of[one] for one in person.authorities if one in group_of)
    return Profile(groups, frozenset(parts))
