"""Settings: from the environment or an `.env` file; a wrong one is named."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from crm.core.config import Settings, settings
from crm.core.errors import Invalid
from tests.sources import ROOT


def test_without_an_address_the_database_is_one_file_in_the_data_directory(tmp_path: Path) -> None:
    assert settings().url == f"sqlite:///{tmp_path / 'installation' / 'vliegwiel.sqlite'}"
    assert settings().is_sqlite


def test_an_address_makes_it_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATABASE_URL", "postgresql://crm@db/crm")
    settings.cache_clear()
    assert settings().url == "postgresql://crm@db/crm"
    assert not settings().is_sqlite


@pytest.mark.parametrize(
    ("name", "value"), [("CRM_MODE", "test"), ("CRM_LANGUAGE", "fr"), ("CRM_PROCESSES", "0")]
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    with pytest.raises(Invalid) as caught:
        settings()
    assert caught.value.field == name


def test_an_env_file_counts_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("CRM_MODE=production\nCRM_LANGUAGE=en\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRM_LANGUAGE", "nl")
    settings.cache_clear()
    assert not settings().is_demo
    assert settings().language == "nl"


def test_the_secret_of_a_demo_is_its_own_and_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRM_SECRET_KEY")
    settings.cache_clear()
    secret = settings().secret
    kept = settings().data_dir / "secret.key"
    assert len(secret) == 64
    assert settings().secret == secret
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "a-secret-for-tests" not in repr(settings())


def test_the_example_names_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"^#? ?(CRM_[A-Z_]+)=", example, re.MULTILINE))
    assert named == {f"CRM_{field}".upper() for field in Settings.model_fields}
