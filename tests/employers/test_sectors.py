"""Sectors in words."""

from __future__ import annotations

import pytest

from crm.employers.sectors import sector_name


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("8710", "nl", "verpleging en verzorging"),
        ("42", "nl", "grond- weg- en waterbouw"),
        ("8710", "en", "nursing and care homes"),
        ("0000", "nl", "0000"),
        (None, "nl", None),
    ],
)
def test_the_first_two_digits_tell_the_sector(code: str | None, language: str, name: str | None) -> None:
    assert sector_name(code, language) == name
