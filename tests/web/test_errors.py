"""Unexpected errors: a number on screen, the trace in the log, and nothing that anybody typed."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.web.errors import keep_messages_out_of_the_log
from tests.factories import World
from tests.web.asking import get, signed_in


def test_an_error_in_a_route_becomes_a_sentence_with_a_number(
    lite_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    answer = get("/fail", signed_in(lite_world.users[Role.ADVISER]))
    assert answer.status == 500
    assert answer.header("x-frame-options") == "DENY"
    number = re.search(r"dit nummer: ([0-9A-F]{8})\.", answer.text)
    assert number is not None
    assert number[1] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "asking.py" in caplog.text
    assert "secret@example.nl" not in caplog.text + answer.text


def test_an_answer_that_breaks_off_half_way_stays_broken(lite_world: World) -> None:
    with pytest.raises(RuntimeError):
        get("/break-off", signed_in(lite_world.users[Role.ADVISER]))


def _page_that_raises(error: str) -> str:
    return f"""
import streamlit as st
from crm.core.errors import Invalid, NotFound, SignedOut
from crm.web.script_errors import show_error
try:
    raise {error}
except Exception as error:
    show_error(error)
"""


def _shown(error: str) -> list[str]:
    at = AppTest.from_string(_page_that_raises(error)).run()
    assert not at.exception
    return [str(fault.value) for fault in at.error]


def test_a_fault_that_reaches_the_top_of_a_page_is_its_sentence() -> None:
    assert _shown('Invalid("x", "Use at least {length} characters.", length=12)') == [
        "Gebruik minstens 12 tekens."
    ]
    assert _shown("NotFound()") == ["Dit is niet gevonden. Misschien is het verplaatst of verwijderd."]
    assert _shown("SignedOut()") == ["U bent uitgelogd. Log opnieuw in om verder te gaan."]


def test_anything_else_on_a_page_is_a_number(caplog: pytest.LogCaptureFixture) -> None:
    (shown,) = _shown('ValueError("J. de Wit, 0612345678")')
    number = re.search(r"dit nummer: ([0-9A-F]{8})\.", shown)
    assert number is not None
    assert number[1] in caplog.text
    assert "de Wit" not in shown


def test_streamlit_does_not_log_what_was_typed_beside_us(caplog: pytest.LogCaptureFixture) -> None:
    streamlit = logging.getLogger("streamlit.error_util")
    streamlit.addHandler(caplog.handler)
    keep_messages_out_of_the_log()
    try:
        for error in (ValueError("J. de Wit"), SyntaxError("a page that does not compile")):
            streamlit.error("Uncaught app execution", exc_info=error)
    finally:
        streamlit.removeHandler(caplog.handler)
        streamlit.filters.clear()
    assert "J. de Wit" not in caplog.text
    assert "a page that does not compile" in caplog.text


def test_the_launcher_hands_every_script_error_to_us() -> None:
    source = (Path(__file__).parents[2] / "streamlit_app.py").read_text()
    assert "on_script_error=show_error" in source
