"""The README says what is so: who sees which screens, and which commands there are."""

from __future__ import annotations

import re

from typer.testing import CliRunner

from crm.cli import app
from crm.core.access import Actor, Role
from crm.ui.registry import pages_for
from tests.sources import ROOT

README = (ROOT / "README.md").read_text()
ROLES = {
    Role.ADVISER: "WSP adviser",
    Role.ACCOUNT_MANAGER: "Account manager",
    Role.SROI_OFFICER: "SROI officer",
    Role.MANAGER: "Manager",
    Role.ADMIN: "Administrator",
    Role.PARTNER: "Partner",
    Role.EMPLOYER: "Employer",
}


def roles_table() -> str:
    """Return the table of roles and the screens in their menu, as it belongs in the README."""
    lines = ["| Role | Screens |", "|---|---|"]
    for role, name in ROLES.items():
        menu = [spec.title for spec in pages_for(Actor(1, name, role)) if spec.menu]
        lines.append(f"| {name} (`{role.value}`) | {', '.join(menu)} |")
    return "\n".join(lines)


def test_the_table_of_roles_is_that_of_the_registry() -> None:
    shown = README.split("tests/test_readme.py -->\n")[1].split("\n<!-- /roles")[0]
    assert shown == roles_table()


def test_every_command_in_the_readme_is_there() -> None:
    named = {
        tuple(words.split())
        for words in re.findall(r"`crm ([a-z]+(?: (?:add|verify|seal|employers|awards))?)", README)
    }
    assert len(named) > 10
    for words in named:
        assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0, words


def test_every_file_in_the_readme_is_there() -> None:
    for name in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / name).exists(), name


def test_the_two_commands_are_all_the_setting_up() -> None:
    start = README.split("## Start")[1].split("##")[0]
    assert re.findall(r"^make (\w+)", start, re.MULTILINE) == ["run", "test"]
