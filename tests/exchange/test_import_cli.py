"""`crm import`: what it prints, what it writes, how it ends, and how much memory it takes."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crm.accounts.records import Region
from crm.cli import app
from crm.core.records import key
from crm.employers.records import Employer
from crm.exchange import cli
from crm.exchange.records import ImportRun
from crm.sroi.records import AuthorityRuleSet
from tests.exchange.factories import award, employers_csv, package, release, write_year
from tests.exchange.importing import RULES, every, obliging
from tests.factories import World, save

ROOT = Path(__file__).resolve().parents[2]
LINES = "KvK;Naam;Plaats\n12345678;De Linde;Zundert\n12;=Fout;Zundert\n;Leeg;\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A list with one good line and two bad ones."""
    path = tmp_path / "werkgevers.csv"
    path.write_text(LINES)
    return path


def crm(*words: object) -> Result:
    return CliRunner().invoke(app, ["import", *map(str, words)])


def counts(result: Result) -> dict[str, int]:
    cells = [line.split() for line in result.stdout.splitlines()]
    return {words[0]: int(words[1]) for words in cells if len(words) == 2 and words[1].isdigit()}


def test_bad_lines_are_told_and_the_command_still_succeeds(lite_world: World, table: Path) -> None:
    result = crm("employers", table)
    assert result.exit_code == 0
    assert counts(result) == {
        "Nieuw": 1,
        "Bijgewerkt": 0,
        "Ongewijzigd": 0,
        "Afgewezen": 2,
        "Overgeslagen": 0,
    }
    assert "regel 3: KvK-nummer: Een KvK-nummer heeft 8 cijfers." in result.stdout
    assert "regel 4: KvK-nummer: Het KvK-nummer ontbreekt." in result.stdout
    assert "100 %: 3 van 3 regels" in result.stderr


def test_every_verdict_can_be_had_as_a_table(lite_world: World, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit.csv"
    assert crm("employers", table, "--verdicts", out).exit_code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file, delimiter=";")
    assert headings == [
        "Regel of aankondiging",
        "Uitkomst",
        "Nummer",
        "Wat is er veranderd",
        "Opmerkingen",
        "Waarover",
    ]
    assert [(row[0], row[1], row[5]) for row in rows] == [
        ("2", "Nieuw", "De Linde"),
        ("3", "Afgewezen", ""),
        ("4", "Afgewezen", ""),
    ]


def test_a_name_that_looks_like_a_formula_is_text(lite_world: World, tmp_path: Path) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "uit.csv"
    file.write_text("KvK;Naam\n12345678;=HYPERLINK(1)\n")
    assert crm("employers", file, "--verdicts", out).exit_code == 0
    assert "'=HYPERLINK(1)" in out.read_text()
    assert [one.name for one in every(Employer)][-1] == "=HYPERLINK(1)"


def test_a_file_that_stands_in_the_way_is_never_written_over(lite_world: World, table: Path) -> None:
    result = crm("employers", table, "--verdicts", table)
    assert result.exit_code == 2
    assert "bestaat al" in result.stderr
    assert table.read_text() == LINES
    assert every(ImportRun) == []


def test_a_place_that_cannot_be_written_is_one_sentence(
    lite_world: World, table: Path, tmp_path: Path
) -> None:
    result = crm("employers", table, "--verdicts", tmp_path / "nowhere" / "uit.csv")
    assert result.exit_code == 2
    assert "kan niet worden geschreven" in result.stderr


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("employers", "a;b\n1;2\n", "Het bestand heeft geen regel met kolomnamen."),
        ("employers", "", "Het bestand is leeg."),
        ("awards", LINES, "Dit is geen JSON-bestand."),
        ("awards", "{}", "Er staan geen aankondigingen in dit bestand."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_code_2(
    lite_world: World, tmp_path: Path, kind: str, content: str, sentence: str
) -> None:
    file = tmp_path / "bestand"
    file.write_text(content)
    result = crm(kind, file)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_one_sentence(lite_world: World, tmp_path: Path) -> None:
    result = crm("employers", tmp_path / "nergens.csv")
    assert result.exit_code == 2
    assert "nergens.csv kan niet worden gelezen" in result.stderr


def test_a_file_that_breaks_off_shows_what_came_in_before(lite_world: World, tmp_path: Path) -> None:
    buyer = obliging(lite_world)
    data = package(*[release(buyer=buyer, ocid=f"o{number}", noise="x" * 5000) for number in range(50)])
    file = tmp_path / "jaar.json"
    file.write_bytes(data[: len(data) // 2])
    result = crm("awards", file)
    assert result.exit_code == 2
    assert counts(result)["Nieuw"] > 0
    assert "Het bestand stopt of is beschadigd" in result.stderr


def test_awards_say_who_is_unknown_and_show_the_others(lite_world: World, tmp_path: Path) -> None:
    buyer = obliging(lite_world)
    bad = [award(id=f"w{number}", value=None) for number in range(25)]
    file = tmp_path / "jaar.json"
    file.write_bytes(package(release(award(), *bad, buyer=buyer), release(ocid="o2")))
    result = crm("awards", file)
    assert result.exit_code == 0
    assert counts(result)["Afgewezen"] == 26
    assert "1 afgewezen gunningen zijn van inkopers die hier geen opdrachtgever zijn." in result.stdout
    assert "De eerste 20 afgewezen regels" in result.stdout
    assert result.stdout.count("aankondiging 1 (ocds-1l04xe-0001 w") == 20


def test_the_region_is_named_by_its_code(lite_world: World, table: Path) -> None:
    elsewhere = save(Region(code="AM01", name="Elders"))
    assert "meer dan één regio" in crm("employers", table).stderr
    assert "AM77" in crm("employers", table, "--region", "AM77").stderr
    assert crm("employers", table, "--region", "AM01").exit_code == 0
    assert [one.region_id for one in every(Employer)][-1] == key(elsewhere)


def test_a_database_of_another_version_is_refused(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    result = crm("employers", table)
    assert result.exit_code == 2
    assert "crm migrate" in result.stderr


def test_at_a_terminal_one_line_moves(
    lite_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    meter = cli._Meter(cli.ImportKind.AWARDS)
    for done in (0, 1_000_000, 1_000_001, 2_000_000):
        meter.show(done, 2_000_000)
    meter.close()
    shown = capsys.readouterr().err
    assert shown == "\r0 %: 0 van 2 MB\r50 %: 1 van 2 MB\r100 %: 2 van 2 MB\n"


# The high-water mark of the process itself: `ru_maxrss` starts at that of the process it was forked from.
MEASURE = """
import re, sys
from pathlib import Path
from crm.cli import app
try:
    app(["import", "awards", sys.argv[1]])
finally:
    print("peak", re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def test_a_year_of_awards_comes_in_with_little_memory(
    lite_world: World, sqlite_url: str, tmp_path: Path
) -> None:
    save(
        AuthorityRuleSet(
            region_id=lite_world.authority.region_id,
            authority_id=key(lite_world.authority),
            rule_set_code=RULES,
            valid_from=date(2020, 1, 1),
        )
    )
    year = tmp_path / "year.json"
    notices = write_year(year, 30, buyers=100)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(year)],
        env=os.environ | {"CRM_DATABASE_URL": sqlite_url, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    words = done.stdout.split()
    assert int(words[words.index("Afgewezen") + 1]) == notices // 3
    assert int(words[words.index("peak") + 1]) < 200_000


def test_the_size_of_an_employers_file_is_limited(
    lite_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.exchange.tables.MAX_BYTES", 1000)
    monkeypatch.setattr("crm.exchange.running.MAX_BYTES", 1000)
    file = tmp_path / "groot.csv"
    file.write_bytes(employers_csv(50))
    result = crm("employers", file)
    assert result.exit_code == 2
    assert "Splits" in result.stderr
