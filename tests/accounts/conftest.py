"""Passwords are hashed cheaply here: it is the same Argon2, with less work."""

from __future__ import annotations

import pytest

from crm.accounts import passwords
from tests.quick import CHEAP


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", CHEAP)
