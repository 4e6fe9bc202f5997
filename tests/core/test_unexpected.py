"""What the log tells of an error nobody expected."""

from __future__ import annotations

import pytest

from crm.core.unexpected import log_unexpected


def test_the_trace_names_what_led_to_it_without_what_was_said(caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            int("K. de Vries")
        except ValueError as cause:
            raise LookupError("K. de Vries") from cause
    except LookupError as error:
        reference = log_unexpected(error)
    assert f"Error {reference}" in caplog.text
    assert "builtins.ValueError\nwhich led to\n" in caplog.text
    assert "builtins.LookupError" in caplog.text
    assert "ValueError: " not in caplog.text
