"""Passwords: only the right one matches, and nobody's takes as much work as somebody's."""

from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher

from crm.accounts import passwords


def test_only_the_right_password_matches() -> None:
    stored = passwords.hashed("vier losse woorden hier")
    assert stored.startswith("$argon2id$")
    assert passwords.matches("vier losse woorden hier", stored)
    assert not passwords.matches("vier losse woorden hier ", stored)
    assert passwords.hashed("vier losse woorden hier") != stored


@pytest.mark.parametrize("stored", [None, "", "not a hash"])
def test_without_a_hash_nothing_matches(stored: str | None) -> None:
    assert not passwords.matches("", stored)


def test_the_work_is_done_also_for_a_name_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []
    real = PasswordHasher.verify

    def counted(self: PasswordHasher, *given: str) -> bool:
        done.append(1)
        return bool(real(self, *given))

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    passwords.matches("a guess of somebody", None)
    passwords.matches("a guess of somebody", passwords.hashed("vier losse woorden hier"))
    assert len(done) == 2


def test_a_hash_of_weaker_settings_is_outdated() -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash("vier losse woorden hier")
    assert passwords.is_outdated(weaker)
    assert not passwords.is_outdated(passwords.hashed("vier losse woorden hier"))


def test_a_temporary_password_can_be_read_out_and_is_never_the_same() -> None:
    made = {passwords.temporary() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}", one) for one in made)
