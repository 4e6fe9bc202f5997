"""The program `crm`: what an administrator types, and what comes back."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crm.accounts import passwords
from crm.accounts.queries import user_by_email
from crm.accounts.records import User
from crm.cli import app
from crm.core.access import Role, system
from crm.core.config import settings
from crm.core.database import engine, using_database
from crm.core.work import reading
from crm.migrations import runner
from tests.factories import World
from tests.sroi.ruletexts import HEAD

type_in = CliRunner()


def account(email: str) -> User:
    with reading(system("test")) as unit:
        found = user_by_email(unit, email)
    assert found is not None
    return found


def test_the_program_starts_without_a_database_and_without_its_weight() -> None:
    heavy = "{'sqlalchemy', 'streamlit', 'pandas', 'alembic'}"
    asked = f"import crm.cli, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_help_names_every_command() -> None:
    shown = type_in.invoke(app, ["--help"]).stdout
    for command in (
        *("migrate", "serve", "demo", "user", "region", "audit", "backup", "restore"),
        *("import", "value", "obligation", "bench"),
    ):
        assert f" {command} " in shown


def test_a_fresh_database_is_made_and_then_left_alone(tmp_path: Path) -> None:
    with using_database(f"sqlite:///{tmp_path / 'fresh.sqlite'}"):
        first = type_in.invoke(app, ["migrate"])
        second = type_in.invoke(app, ["migrate"])
        assert runner.current_revision(engine()) == runner.newest_revision()
        engine().dispose()
    assert first.stdout == f"De database is nu op versie {runner.newest_revision()}.\n"
    assert second.stdout == "De database is bij.\n"


def test_the_language_of_the_installation_is_spoken(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_LANGUAGE", "en")
    settings.cache_clear()
    assert type_in.invoke(app, ["migrate"]).stdout == "The database is up to date.\n"


def test_a_wrong_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_MODE", "nonsense")
    settings.cache_clear()
    done = type_in.invoke(app, ["migrate"])
    assert done.exit_code == 2
    assert done.stderr.startswith("CRM_MODE: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    with using_database(f"postgresql://nobody@/nothing?host={tmp_path}"):
        done = type_in.invoke(app, ["audit", "verify"])
        engine().dispose()
    assert done.exit_code == 1
    assert done.stderr.startswith("Dit is niet gelukt: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_fault_of_the_program_itself_is_not_hidden(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down() -> None:
        raise ZeroDivisionError("a fault in the program")

    monkeypatch.setattr("crm.core.sealing.seal", break_down)
    assert isinstance(type_in.invoke(app, ["audit", "seal"]).exception, ZeroDivisionError)


def test_the_first_administrator_gets_a_password_once(sqlite_url: str) -> None:
    done = type_in.invoke(app, ["user", "add", "Baas@Example.nl", "--name", "De Baas"])
    shown = done.stdout.split("Het wachtwoord is ")[1].split(" ")[0]
    made = account("baas@example.nl")
    assert done.exit_code == 0
    assert made.role is Role.ADMIN
    assert passwords.matches(shown, made.password_hash)


def test_a_password_can_be_typed_without_showing(sqlite_url: str) -> None:
    typed = "een heel lang geheim\n"
    asking = ["user", "add", "baas@example.nl", "--name", "De Baas", "--ask"]
    done = type_in.invoke(app, asking, input=typed * 2)
    assert done.exit_code == 0
    assert "geheim" not in done.output
    assert passwords.matches(typed.strip(), account("baas@example.nl").password_hash)


def test_a_new_password_replaces_the_old(lite_world: World) -> None:
    email = lite_world.users[Role.ADVISER].email
    done = type_in.invoke(app, ["user", "password", email])
    shown = done.stdout.split("Het wachtwoord is ")[1].split(" ")[0]
    assert passwords.matches(shown, account(email).password_hash)


def test_a_weak_password_is_refused(lite_world: World) -> None:
    email = lite_world.users[Role.ADVISER].email
    done = type_in.invoke(app, ["user", "password", email, "--ask"], input="kort\n" * 2)
    assert done.exit_code == 2
    assert account(email).password_hash is None


def test_staff_need_a_region_that_exists(sqlite_url: str) -> None:
    adding = ["user", "add", "noor@example.nl", "--name", "Noor", "--role", "account_manager"]
    without = type_in.invoke(app, adding)
    unknown = type_in.invoke(app, [*adding, "--region", "AM18"])
    type_in.invoke(app, ["region", "add", "AM18", "West-Brabant"])
    done = type_in.invoke(app, [*adding, "--region", "AM18"])
    twice = type_in.invoke(app, ["region", "add", "AM18", "West-Brabant"])
    assert [without.exit_code, unknown.exit_code, done.exit_code, twice.exit_code] == [2, 2, 0, 2]
    assert unknown.stderr == "--region: Er is geen regio AM18. Voeg hem toe met `crm region add`.\n"
    assert twice.stderr == "code: Er is al een regio met deze code.\n"


def test_a_disabled_account_is_listed_as_such(lite_world: World) -> None:
    user = lite_world.users[Role.ADVISER]
    done = type_in.invoke(app, ["user", "disable", user.email])
    (line,) = [
        line for line in type_in.invoke(app, ["user", "list"]).stdout.splitlines() if user.email in line
    ]
    assert done.exit_code == 0
    assert line.split() == [user.email, "adviser", "adviser", "een", "disabled"]
    assert not account(user.email).active


def test_an_unknown_address_is_told(lite_world: World) -> None:
    done = type_in.invoke(app, ["user", "disable", "nobody@example.nl"])
    assert (done.exit_code, done.stderr) == (2, "Niemand logt in met dit adres. Zie `crm user list`.\n")


def test_the_log_is_sealed_and_verified(lite_world: World) -> None:
    sealed = type_in.invoke(app, ["audit", "seal"]).stdout
    verified = type_in.invoke(app, ["audit", "verify"]).stdout
    count = sealed.split()[0]
    assert int(count) > 0
    assert verified.startswith(f"Het logboek is heel: {count} verzegeld, 0 wachten nog.\n")


def test_backup_and_restore(lite_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive.zip"
    made = type_in.invoke(app, ["backup", str(archive)])
    full = type_in.invoke(app, ["restore", str(archive)])
    monkeypatch.setenv("CRM_DATA_DIR", str(tmp_path / "elsewhere"))
    settings.cache_clear()
    with using_database(settings().url):
        restored = type_in.invoke(app, ["restore", str(archive)])
        engine().dispose()
    assert [made.exit_code, full.exit_code, restored.exit_code] == [0, 2, 0]
    assert "Hier staat al een database" in full.stderr
    assert restored.stdout.splitlines()[-1].removesuffix(".").rpartition(" ")[2] in made.stdout


def test_the_demo_is_for_a_first_start_in_demo_mode_only(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use = type_in.invoke(app, ["demo", "load"])
    second_start = type_in.invoke(app, ["demo", "load", "--first-start"])
    monkeypatch.setenv("CRM_MODE", "production")
    settings.cache_clear()
    production = type_in.invoke(app, ["demo", "load"])
    first_start = type_in.invoke(app, ["demo", "load", "--first-start"])
    assert (in_use.exit_code, production.exit_code) == (2, 2)
    assert (second_start.exit_code, second_start.output) == (0, "")
    assert (first_start.exit_code, first_start.output) == (0, "")


@pytest.fixture
def served(lite_world: World, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database is the one that the settings name."""
    monkeypatch.setenv("CRM_DATABASE_URL", sqlite_url)
    settings.cache_clear()


def test_a_demo_that_broke_off_is_told(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(_demo: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("crm.demo.load.make_cases", break_off)
    type_in.invoke(app, ["demo", "load"])
    again = type_in.invoke(app, ["demo", "load", "--first-start"])
    assert again.exit_code == 2
    assert again.stderr.startswith("Het laden van de demoregio is afgebroken. Verwijder ")


def test_a_taken_port_is_named(served: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = type_in.invoke(app, ["serve", "--port", str(port)])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"Poort {port} is bezet.")


def test_a_database_that_is_behind_is_not_served(tmp_path: Path) -> None:
    with using_database(f"sqlite:///{tmp_path / 'behind.sqlite'}"):
        done = type_in.invoke(app, ["serve"])
        engine().dispose()
    assert done.exit_code == 2
    assert "crm migrate" in done.stderr


def test_serving_hands_over_to_the_server(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _program, words: handed.append(words))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = type_in.invoke(app, ["serve", "--port", str(port)])
    (words,) = handed
    assert f"http://127.0.0.1:{port}" in done.stdout
    assert "adviser@demo.vliegwiel.example" in done.stdout
    assert words[1:4] == ["-m", "streamlit", "run"]
    assert words[words.index("--server.address") + 1] == "127.0.0.1"


def test_a_calculation_needs_no_database(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text("not json")
    done = type_in.invoke(app, ["value", "--ruleset", "utrecht-current", "--facts", str(facts)])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert not Path(settings().data_dir / "vliegwiel.sqlite").exists()


def test_a_calculation_prints_json(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"contract_type": "services", "contract_sum_eur": 1_000_000}))
    done = type_in.invoke(app, ["obligation", "--ruleset", "lekstroom", "--facts", str(facts)])
    assert done.exit_code == 0
    assert "steps" in json.loads(done.stdout)


def test_an_obligation_goes_by_the_hours_of_work_of_a_file_that_says_so(tmp_path: Path) -> None:
    ruleset, facts = tmp_path / "hours.toml", tmp_path / "facts.json"
    ruleset.write_text(
        HEAD
        + '[obligation]\nbase = { value = "hours" }\nhour_value_eur = { value = 30 }\n'
        + "[[obligation.percentages]]\nvalue = 5\n"
    )
    facts.write_text(json.dumps({"contract_type": "services", "contract_hours": 12_000}))
    done = type_in.invoke(app, ["obligation", "--ruleset", str(ruleset), "--facts", str(facts)])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["amount"] == "18000.00"
