"""Words, amounts and days in the language of who is looking."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crm.core import i18n


def test_dutch_comes_from_the_catalogue_and_english_from_the_code() -> None:
    assert i18n.translate("nl", "The database is up to date.") == "De database is bij."
    assert i18n.translate("en", "The database is up to date.") == "The database is up to date."


def test_an_unknown_message_is_shown_as_it_is() -> None:
    assert i18n.translate("nl", "Never said before: {what}", what="this") == "Never said before: this"


def test_parameters_are_filled_in() -> None:
    speak = i18n.in_language("nl")
    assert speak("{count} entries were linked.", count=3) == "3 regels zijn verzegeld."


def test_a_message_without_parameters_may_hold_braces() -> None:
    assert i18n.translate("nl", "a {brace} in a text") == "a {brace} in a text"


@pytest.mark.parametrize(("count", "text"), [(0, "0 doors"), (1, "1 door"), (2, "2 doors")])
def test_a_count_chooses_its_form(count: int, text: str) -> None:
    assert i18n.translate_count("en", "{count} door", "{count} doors", count) == text


def test_days_and_moments_are_on_the_dutch_clock() -> None:
    summer_night = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert i18n.moment(summer_night, "nl") == "2 jul 2026 00:30"
    assert i18n.day(date(2026, 11, 24), "nl", "full") == "dinsdag 24 november 2026"
    assert i18n.day(date(2026, 11, 24), "en") == "24 Nov 2026"
