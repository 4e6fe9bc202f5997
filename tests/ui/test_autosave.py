"""What the browser sends from a field is checked before anything is done with it."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from crm.ui.autosave import Typed, store_name, typed_in


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"value": {"text": "Keuken", "stamp": "1-2"}}, Typed("Keuken", "1-2")),
        ({"value": {"text": "", "stamp": "1-2"}}, Typed("", "1-2")),
        ({"value": None}, None),
        ({"value": "Keuken"}, None),
        ({"value": {"text": ["Keuken"], "stamp": "1-2"}}, None),
        ({"value": {"text": "Keuken"}}, None),
        (None, None),
    ],
)
def test_only_a_text_with_its_stamp_is_taken_over(
    monkeypatch: pytest.MonkeyPatch, state: Any, expected: Typed | None
) -> None:
    monkeypatch.setattr(st, "session_state", {"field": state})
    assert typed_in("field") == expected


def test_nothing_was_sent_from_a_field_that_was_not_shown_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    assert typed_in("field") is None


def test_copies_on_a_device_are_apart_for_each_user_employer_and_field() -> None:
    names = {
        store_name(user, "visit", subject, field)
        for user in (1, 11)
        for subject in ("1", "11")
        for field in ("summary", "signal")
    }
    assert len(names) == 8
    assert not any(name.startswith("vliegwiel:draft:1:") for name in names if ":11:visit" in name)
