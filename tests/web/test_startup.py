"""An installation that is not fit to serve does not start, and says why in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

from crm.accounts.records import Installation
from crm.core.config import Settings, settings
from crm.core.database import engine_for
from crm.migrations import runner
from crm.web import startup
from crm.web.startup import CannotStart, check_can_start, start_or_explain
from tests.factories import save

SECRET = "x" * 32
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _details_hidden(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As `.streamlit/config.toml` has it; what a test holds it lets go."""
    real = config.get_option
    monkeypatch.setattr(
        config, "get_option", lambda name: "none" if name == "client.showErrorDetails" else real(name)
    )
    yield
    while startup._held:
        startup._held.pop().close()


def production(url: str, **values: object) -> Settings:
    """A fit installation, but for what the test changes."""
    given = {"mode": "production", "database_url": url, "secret_key": SECRET, **values}
    return settings().model_copy(update=given)


def test_a_fit_installation_starts(sqlite_url: str) -> None:
    check_can_start(production(sqlite_url))
    check_can_start(production(sqlite_url))


def test_postgres_may_have_many_processes(postgres_url: str) -> None:
    check_can_start(production(postgres_url, processes=8))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"secret_key": "change-me"}, "no secret of its own"),
        ({"secret_key": "x" * 31}, "too short"),
        ({"processes": 2}, "SQLite serves one process"),
    ],
)
def test_production_refuses_what_is_unsafe_and_a_demo_does_not(
    sqlite_url: str, values: dict[str, object], sentence: str
) -> None:
    with pytest.raises(CannotStart, match=sentence):
        check_can_start(production(sqlite_url, **values))
    check_can_start(production(sqlite_url, **values, mode="demo"))


def test_production_refuses_the_demo_region(sqlite_url: str) -> None:
    save(Installation(name="demo", value="seed"))
    with pytest.raises(CannotStart, match="demo region"):
        check_can_start(production(sqlite_url))


@pytest.mark.parametrize("shown", ["full", "stacktrace", "type"])
def test_production_refuses_to_show_error_details(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, shown: str
) -> None:
    monkeypatch.setattr(config, "get_option", lambda _name: shown)
    with pytest.raises(CannotStart, match="Error details"):
        check_can_start(production(sqlite_url))


@pytest.mark.parametrize("mode", ["demo", "production"])
def test_a_database_that_is_behind_is_refused_in_any_mode(tmp_path: Path, mode: str) -> None:
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    with pytest.raises(CannotStart, match="crm migrate"):
        check_can_start(production(url, mode=mode))
    runner.upgrade(engine_for(url), "0001")
    with pytest.raises(CannotStart, match="crm migrate"):
        check_can_start(production(url, mode=mode))
    engine_for(url).dispose()


def test_a_database_that_does_not_answer_is_refused(tmp_path: Path) -> None:
    url = f"postgresql://nobody@/nothing?host={tmp_path}"
    with pytest.raises(CannotStart, match="does not answer"):
        check_can_start(production(url))
    engine_for(url).dispose()


def test_a_second_process_on_the_same_data_is_refused(sqlite_url: str) -> None:
    given = production(sqlite_url)
    holder = (
        "import fcntl,sys; held=open(sys.argv[1],'a'); fcntl.flock(held,fcntl.LOCK_EX);"
        "print('held',flush=True); sys.stdin.read()"
    )
    given.data_dir.mkdir(parents=True, exist_ok=True)
    other = subprocess.Popen(
        [sys.executable, "-c", holder, given.data_dir / "process.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(CannotStart, match="Another process"):
            check_can_start(given)
    finally:
        other.communicate(timeout=10)
    check_can_start(given)


def test_a_refusal_is_one_sentence_in_the_language_of_the_installation(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRM_DATABASE_URL", sqlite_url)
    settings.cache_clear()
    start_or_explain()
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("CRM_MODE", "production")
    monkeypatch.setenv("CRM_SECRET_KEY", "change-me")
    settings.cache_clear()
    with pytest.raises(SystemExit) as end:
        start_or_explain()
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert said == "Deze installatie heeft geen eigen geheim. Stel CRM_SECRET_KEY in.\n"


def test_the_server_ends_with_one_sentence_and_exit_code_2(sqlite_url: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("streamlit"), "run", ROOT / "streamlit_app.py", "--server.port=0"],
        cwd=tmp_path,
        env={
            **os.environ,
            "CRM_MODE": "production",
            "CRM_SECRET_KEY": "short",
            "CRM_DATABASE_URL": sqlite_url,
            "CRM_LANGUAGE": "en",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == "The secret is too short. Give CRM_SECRET_KEY at least 32 characters.\n"
    assert "Traceback" not in done.stdout
