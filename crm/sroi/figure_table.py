"""The council figures as lines to read: on the screen and in the file they are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from crm.core.i18n import N_, number, translate, whole_euros
from crm.sroi.rules.figures import Figure

HIDDEN = N_("not shown")
UNKNOWN = "–"
STANDINGS = {
    "to_confirm": N_("to be confirmed"),
    "on_course": N_("on course"),
    "behind": N_("behind"),
    "in_repair": N_("in repair"),
    "met": N_("met"),
    "settled": N_("settled"),
}
Line = tuple[str, str]


def figure_of(stored: Mapping[str, Any]) -> Figure:
    """Return the figures as a published document holds them."""
    values = {name: value for name, value in stored.items() if name not in ("name", "standings")}
    return Figure(authority_id=None, standings=tuple(sorted(stored["standings"].items())), **values)


def percent(value: Decimal | None, language: str) -> str:
    """Return a share to read: `112 %`, a dash when there is none."""
    return UNKNOWN if value is None else f"{number(value, language)} %"


def lines(figure: Figure, language: str, municipality: str | None) -> list[Line]:
    """Return every figure with its name, the amounts in euros."""

    def say(message: str, **params: object) -> str:
        return translate(language, message, **params)

    bought = figure.bought_cents
    found = [
        (say("Contracts"), str(figure.contracts)),
        (say("Value of the contracts"), whole_euros(figure.value_cents, language)),
        (
            say("Purchasing volume"),
            say("not filled in") if bought is None else whole_euros(bought, language),
        ),
        (say("Imposed"), whole_euros(figure.imposed_cents, language)),
        (say("Realised"), whole_euros(figure.realised_cents, language)),
        (say("Realised of what was imposed"), percent(figure.of_imposed, language)),
        (
            (say("Realised of the value of the contracts"), percent(figure.of_value, language))
            if bought is None
            else (say("Realised of the purchasing volume"), percent(figure.of_bought, language))
        ),
    ]
    return [*found, *_people(figure, language, municipality), *_standings(figure, language)]


def table_of(document: Mapping[str, Any], language: str, number_of: int) -> Iterator[list[str]]:
    """Yield a published figure as rows for a spreadsheet: what it is about, the figures, the definition."""

    def say(message: str, **params: object) -> str:
        return translate(language, message, **params)

    asked = document["filter"]
    yield [say("Region"), asked["region"]]
    yield [say("Authority"), asked["authority"] or say("All authorities")]
    yield [say("Year"), str(asked["year"])]
    yield [say("Version {number}", number=number_of), document["definition"]["code"]]
    yield []
    yield from map(list, lines(figure_of(document["figure"]), language, asked["municipality"]))
    for row in document["authorities"]:
        yield []
        yield [row["name"]]
        yield from map(list, lines(figure_of(row), language, asked["municipality"]))
    yield []
    for one in document.get("sources", ()):
        yield [say("Source of the purchasing volume of {authority}", authority=one["name"]), one["source"]]
    for sentence in document["definition"]["text"][language]:
        yield [say("Definition"), sentence]


def _people(figure: Figure, language: str, municipality: str | None) -> Iterator[Line]:
    yield translate(language, "People"), _count(figure.people, language)
    yield translate(language, "From our own file"), _part(figure, figure.own_file, language)
    yield translate(language, "Through the contractor"), _rest(figure, figure.own_file, language)
    if municipality is not None:
        label = translate(language, "At employers in {place}", place=municipality)
        yield label, _part(figure, figure.in_district, language)
    yield translate(language, "New staff"), _rest(figure, figure.existing, language)
    yield translate(language, "Existing staff"), _part(figure, figure.existing, language)


def _standings(figure: Figure, language: str) -> Iterator[Line]:
    for standing, count in figure.standings:
        word = translate(language, STANDINGS.get(standing, standing))
        yield translate(language, "Contracts: {standing}", standing=word), str(count)


def _rest(figure: Figure, part: int | None, language: str) -> str:
    rest = None if part is None or figure.people is None else figure.people - part
    return _part(figure, rest, language)


def _part(figure: Figure, part: int | None, language: str) -> str:
    if part is None:
        return _count(part, language)
    return f"{part} ({percent(figure.of_people(part), language)})" if figure.people else str(part)


def _count(count: int | None, language: str) -> str:
    return translate(language, HIDDEN) if count is None else str(count)
