"""The certificates that a company holds: which cover a whole contract, and which lapse before its end.

A PSO certificate "must be valid at tender and during the whole contract" (https://adviespuntsr.nl/pso/); the
day of the award stands for the tender here. That a renewal that follows without a gap counts as one is our
reading. Levels: PSO aspirant, basistrede (since April 2023, https://www.ionvallei.nl/news/pso-toegankelijker/),
1, 2, 3 and 30+; Code Sociale Ondernemingen; the recognitions of Haaglanden
(https://sociaalondernemenhaaglanden.nl/veelgestelde-vragen/) and of Social Enterprise NL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from crm.sroi.rules.explanation import Bilingual
from crm.sroi.rules.model import RuleSet

WARN_DAYS = 90
KINDS: dict[str, Bilingual] = {
    "pso_aspirant": Bilingual("PSO aspirant", "PSO aspirant"),
    "pso_basis": Bilingual("PSO basistrede", "PSO basic level"),
    "pso_1": Bilingual("PSO trede 1", "PSO level 1"),
    "pso_2": Bilingual("PSO trede 2", "PSO level 2"),
    "pso_3": Bilingual("PSO trede 3", "PSO level 3"),
    "pso_30plus": Bilingual("PSO 30+", "PSO 30+"),
    "code_sociale_ondernemingen": Bilingual(
        "Register Code Sociale Ondernemingen", "Register of the Code for Social Enterprises"
    ),
    "haaglanden_recognition": Bilingual(
        "Erkende sociale onderneming Haaglanden", "Recognised social enterprise Haaglanden"
    ),
    "haaglanden_aspirant": Bilingual(
        "Aspirant sociale onderneming Haaglanden", "Aspiring social enterprise Haaglanden"
    ),
    "se_nl": Bilingual("Lid van Social Enterprise NL", "Member of Social Enterprise NL"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate in the time that it is valid; both days count."""

    code: str
    valid_from: date
    valid_until: date


class NoticeKind(StrEnum):
    """What there is to say about a certificate on a contract.

    `lapses`: within 90 days, before the contract ends. `gone`: it lowers the confirmed obligation but no
    longer covers the contract. `uncounted`: it would lower the confirmed obligation more. `counts`: it will
    lower the obligation that is still to be confirmed. `too_short`: it would, if it were valid to the end.
    """

    LAPSES = "lapses"
    GONE = "gone"
    UNCOUNTED = "uncounted"
    COUNTS = "counts"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know about a certificate; `last_day` is None when it is not valid at all."""

    kind: NoticeKind
    code: str
    last_day: date | None


def name_of(code: str, rulesets: Iterable[RuleSet] = ()) -> Bilingual:
    """Return what a certificate is called: the usual name, else that of a rule set, else its code."""
    if code in KINDS:
        return KINDS[code]
    named = (one.name for ruleset in rulesets for one in ruleset.certificates if one.code == code)
    return next(named, Bilingual(code, code))


def covered_until(held: Iterable[Held], code: str, day: date) -> date | None:
    """Return the last day of the unbroken time that a certificate is valid on a day; None when it is not."""
    last: date | None = None
    for one in sorted((one for one in held if one.code == code), key=lambda one: one.valid_from):
        latest_start = day if last is None else last + timedelta(days=1)
        if one.valid_from <= latest_start and one.valid_until >= (last or day):
            last = one.valid_until
    return last


def covering(held: Sequence[Held], first: date, last: date) -> frozenset[str]:
    """Return the codes of the certificates that are valid on the first day and without a gap to the last."""
    return frozenset(one.code for one in held if _reaches(covered_until(held, one.code, first), last))


def lapsing(held: Sequence[Held], today: date) -> list[tuple[str, date]]:
    """Return what lapses within 90 days without a renewal, with its last day; the first to lapse in front."""
    ends = {one.code: covered_until(held, one.code, today) for one in held}
    limit = today + timedelta(days=WARN_DAYS)
    return sorted(((code, end) for code, end in ends.items() if end and end <= limit), key=_by_day)


def notices(
    held: Sequence[Held],
    ruleset: RuleSet,
    term: tuple[date, date],
    today: date,
    counted: frozenset[str] | None,
) -> list[Notice]:
    """Return what to know of a company's certificates on a contract, from its award to its last day.

    `counted` are the codes that lower the confirmed obligation; None while it is to be confirmed.
    """
    award, end = term
    soon = [Notice(NoticeKind.LAPSES, code, day) for code, day in lapsing(held, today) if day < end]
    covers = covering(held, award, end)
    if counted is None:
        return [*_before_confirming(held, ruleset, covers, award), *soon]
    gone = [
        Notice(NoticeKind.GONE, code, covered_until(held, code, award)) for code in sorted(counted - covers)
    ]
    most = max((discount(ruleset, code) for code in counted & covers), default=Decimal(0))
    missed = [code for code in sorted(covers - counted) if discount(ruleset, code) > most]
    return [*gone, *(Notice(NoticeKind.UNCOUNTED, code, end) for code in missed), *soon]


def discount(ruleset: RuleSet, code: str) -> Decimal:
    """Return the discount in per cent that a certificate gives under a rule set, to compare with others."""
    given = (one.obligation_discount_pct for one in ruleset.certificates if one.code == code)
    return max((one for one in given if one is not None), default=Decimal(0))


def _before_confirming(
    held: Sequence[Held], ruleset: RuleSet, covers: frozenset[str], award: date
) -> list[Notice]:
    told = []
    for code in sorted({one.code for one in held}):
        day = covered_until(held, code, award)
        if day is not None and discount(ruleset, code) > 0:
            kind = NoticeKind.COUNTS if code in covers else NoticeKind.TOO_SHORT
            told.append(Notice(kind, code, day))
    return told


def _reaches(end: date | None, last: date) -> bool:
    return end is not None and end >= last


def _by_day(lapse: tuple[str, date]) -> tuple[date, str]:
    return lapse[1], lapse[0]
