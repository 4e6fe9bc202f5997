"""What counts of the efforts of a contract when kinds of effort may fill only a part of it.

Maastricht (https://www.podium24.nl/socialreturn/aanbestedingen-1/informatie-opdrachtnemer): at most 50 % of
the employment that is created through BOL and BBL, existing workers at most 25 % of the SR amount. Where
that is silent, it is read so (assumed): "created employment" is what was approved on the kinds of the base
together; what is above a limit is taken off all its efforts in proportion, so that neither the order of
handing in nor of approving decides; limits are applied one after the other, in the order of the rule set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from crm.sroi.rules.explanation import Bilingual, Note, Params, Step
from crm.sroi.rules.kinds import CapBase, Kind
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.numbers import Rounding, rounded
from crm.sroi.rules.terms import Cap

BASE_OBLIGATION = "{share} % of the obligation may be filled this way"
BASE_OBLIGATION_NAMED = "{share} % of the obligation may be filled by: {name}"
BASE_APPROVED = "{share} % of what was approved may be filled this way"
BASE_APPROVED_NAMED = "{share} % of what was approved may be filled by: {name}"
ROOM_FORMULA = "{share} % × {base}"
CUT = "Cut off by this limit"
CUT_FORMULA = "{claimed} − {room}"
TOTAL = "What counts of all efforts together"
IN_PROPORTION = "What is above a limit is taken off all its efforts in proportion; the publication is silent."
LABELS = {
    (CapBase.OBLIGATION, False): BASE_OBLIGATION,
    (CapBase.OBLIGATION, True): BASE_OBLIGATION_NAMED,
    (CapBase.APPROVED, False): BASE_APPROVED,
    (CapBase.APPROVED, True): BASE_APPROVED_NAMED,
}


@dataclass(frozen=True, slots=True)
class Item:
    """An effort that limits may touch; `key` tells it apart, `amount` is what was approved, in euro."""

    key: str
    block: str
    kind: Kind
    amount: Decimal
    tags: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Cut:
    """What one limit takes off one effort, in euro; `cap` is its place in the rule set, from 0."""

    key: str
    cap: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of each effort (euro by key), what each limit took off, and why."""

    amounts: dict[str, Decimal]
    cuts: tuple[Cut, ...]
    steps: tuple[Step, ...]
    assumptions: tuple[Note, ...]
    total: Decimal


def covers(cap: Cap, block: str, kind: Kind, tags: frozenset[str]) -> bool:
    """Tell whether a limit is about an effort: its kind, its block and one of its tags must fit."""
    of_kind = cap.kind is None or cap.kind is kind
    of_block = not cap.blocks or block in cap.blocks
    return of_kind and of_block and (not cap.tags or not tags.isdisjoint(cap.tags))


def count_under_caps(ruleset: RuleSet, obligation: Decimal, items: Sequence[Item]) -> Counted:
    """Return what counts of the efforts of a contract under the limits of its rule set.

    `obligation` and amounts are in euro, whole cents; keys must differ. No limit is exceeded, nothing
    becomes negative, and what counts with what was cut off is what was approved, to the cent. The order of
    the efforts does not matter.
    """
    amounts = {item.key: item.amount for item in items}
    cuts: list[Cut] = []
    steps: list[Step] = []
    for place, cap in enumerate(ruleset.caps):
        covered = [item for item in items if covers(cap, item.block, item.kind, item.tags)]
        if covered:
            base = _base(cap, obligation, items)
            room = rounded(Fraction(base) * Fraction(cap.share_pct) / 100, Rounding.CENT_DOWN)
            taken = _taken({item.key: amounts[item.key] for item in covered}, room)
            steps += _steps(
                ruleset, cap, base, room, sum((amounts[item.key] for item in covered), Decimal(0))
            )
            for key, amount in taken.items():
                amounts[key] -= amount
                cuts.append(Cut(key, place, amount))
    total = sum(amounts.values(), Decimal("0.00"))
    steps.append(Step(TOTAL, amount=total, source=ruleset.source))
    notes = (Note(IN_PROPORTION),) if cuts else ()
    return Counted(amounts, tuple(cuts), tuple(steps), notes, total)


def _base(cap: Cap, obligation: Decimal, items: Sequence[Item]) -> Decimal:
    if cap.base is CapBase.OBLIGATION:
        return obligation
    counted = (item.amount for item in items if not cap.base_kinds or item.kind in cap.base_kinds)
    return sum(counted, Decimal(0))


def _taken(claimed: dict[str, Decimal], room: Decimal) -> dict[str, Decimal]:
    """Return what is taken off each claim so that together they fill the room, in whole cents.

    Cents that do not divide go to the largest remainders, and then by amount and key.
    """
    total = sum(claimed.values(), Decimal(0))
    if total <= room:
        return {}
    exact = {key: Fraction(amount) * Fraction(room) / Fraction(total) for key, amount in claimed.items()}
    kept = {key: rounded(share, Rounding.CENT_DOWN) for key, share in exact.items()}
    loose = int((room - sum(kept.values(), Decimal(0))) * 100)
    by_remainder = sorted(exact, key=lambda key: (Fraction(kept[key]) - exact[key], -claimed[key], key))
    for key in by_remainder[:loose]:
        kept[key] += Decimal("0.01")
    return {key: claimed[key] - kept[key] for key in sorted(claimed) if claimed[key] > kept[key]}


def _steps(ruleset: RuleSet, cap: Cap, base: Decimal, room: Decimal, claimed: Decimal) -> list[Step]:
    name: Bilingual | None = cap.name
    params: Params = {"share": cap.share_pct, "base": base, **({"name": name} if name else {})}
    source = cap.source or ruleset.source
    label = LABELS[cap.base, name is not None]
    steps = [Step(label, ROOM_FORMULA, params, room, source, cap.assumed)]
    if claimed > room:
        off: Params = {"claimed": claimed, "room": room}
        steps.append(Step(CUT, CUT_FORMULA, off, claimed - room, source, cap.assumed))
    return steps
