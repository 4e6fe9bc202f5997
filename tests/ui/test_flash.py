"""What a change says comes after the page is drawn anew, so never beside what it settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.factories import World
from tests.pages.walking import opened


def flashed(at: AppTest, message: str) -> AppTest:
    at.session_state["flash"] = message
    return at.run()


def noting(order: list[str], name: str, show: Callable[..., Any]) -> Callable[..., Any]:
    def shown(*args: Any, **options: Any) -> Any:
        order.append(name)
        return show(*args, **options)

    return shown


def test_the_message_follows_the_page(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(lite_world, "staff/placements.py")
    order: list[str] = []
    for name in ("title", "toast"):
        monkeypatch.setattr(st, name, noting(order, name, getattr(st, name)))
    flashed(at, "Bewaard.")
    assert order == ["title", "toast"]
    assert [one.value for one in at.toast] == ["Bewaard."]
    assert not at.run().toast


def test_a_page_that_stops_halfway_says_it_too(lite_world: World) -> None:
    at = flashed(opened(lite_world, "staff/carving.py", new=1), "Bewaard.")
    assert [one.value for one in at.toast] == ["Bewaard."]
    assert not at.exception
