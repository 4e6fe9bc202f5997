"""Values of lists in words, as screens say them, for lists that go out as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from crm.core import i18n
from crm.sroi.rules import Bilingual
from crm.sroi.rules.standing import Standing
from crm.ui import carving, employers, events, needs, network, placements, sroi, visits

_WORDS: tuple[Mapping[Any, str], ...] = (
    *(
        employers.SEGMENTS,
        visits.KINDS,
        visits.PURPOSES,
        visits.TALK_OUTCOMES,
        network.MOTIVES,
        carving.STAGES,
    ),
    *(network.PARTY_KINDS, events.KINDS),
    *(placements.GROUPS, placements.FORMS, placements.REASONS, placements.STATES),
    *(needs.KINDS, needs.URGENCIES, needs.PHASES, needs.OUTCOMES),
    *({value: look[0] for value, look in looks.items()} for looks in (sroi.STATUS, sroi.STATE, sroi.EFFORT)),
)
# By kind of value: codes of different kinds can be the same text.
_BY_KIND: dict[type, Mapping[Any, str]] = {type(next(iter(words))): words for words in _WORDS}


def words_for(language: str) -> Callable[[object], object]:
    """Return what gives a value as it is said in a language, and gives what has no word as it is."""
    words = i18n.in_language(language)

    def told(value: object) -> object:
        match value:
            case Enum():
                known = _BY_KIND.get(type(value), {})
                return words(known[value]) if value in known else value
            case Bilingual():
                return value.nl if language == "nl" else value.en
            case Standing():
                return told(value.status)
            case list():
                return [told(part) for part in value]
        return value

    return told
