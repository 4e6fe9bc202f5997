"""Lists and everything as files: whose rows, which filters, no formulas, no secrets."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import inspect
from typer.testing import CliRunner

from crm.accounts.records import Region
from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.cli import app
from crm.core.access import Role, system
from crm.core.errors import AppError, Forbidden, NotFound
from crm.core.i18n import in_language
from crm.core.records import Record, key
from crm.core.work import perform, reading
from crm.employers.actions.wishes import NoteWish, note_wish
from crm.employers.rules import Consent
from crm.exchange.everything import ABOUT_PEOPLE, columns_of, tables_for, write_everything
from crm.exchange.exporting import exported
from crm.exchange.lists import LISTS
from tests.factories import TODAY, World, make_employer, make_person, save

WORDS = in_language("nl")


def table(world: World, role: Role, name: str, **asked: str) -> list[list[str]]:
    with reading(world.actor(role)) as unit:
        content = exported(unit, name, "csv", asked, WORDS)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_a_list_holds_the_rows_of_the_screen_and_no_others(lite_world: World) -> None:
    make_employer(key(save(Region(code="AM01", name="Elders"))), "Ver weg BV")
    make_employer(key(lite_world.region), "Weg BV", ceased_on=TODAY)
    rows = table(lite_world, Role.ADVISER, "employers")
    assert [row[0] for row in rows] == ["Naam", "De Linde Groen BV", "Van Dam Logistiek BV"]
    assert [row[0] for row in table(lite_world, Role.ADVISER, "employers", ceased="True")[1:]] == ["Weg BV"]
    assert [row[0] for row in table(lite_world, Role.ADVISER, "employers", text="linde")[1:]] == [
        "De Linde Groen BV"
    ]
    assert [row[0] for row in table(lite_world, Role.PARTNER, "employers")[1:]] == ["De Linde Groen BV"]


def test_what_looks_like_a_formula_is_text(lite_world: World) -> None:
    make_employer(key(lite_world.region), '=HYPERLINK("http://x")', city="@SUM(1)", phone="+31 165")
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        content = exported(unit, "employers", "xlsx", {"text": "hyperlink"}, WORDS)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    _, row = sheet.iter_rows(values_only=True)
    assert (row[0], row[6], row[8]) == ('\'=HYPERLINK("http://x")', "'@SUM(1)", "'+31 165")
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_people_are_listed_for_one_employer(lite_world: World) -> None:
    make_person(lite_world.employer_a, "Aan A")
    make_person(lite_world.employer_b, "Aan B")
    asked = str(key(lite_world.employer_b))
    rows = table(lite_world, Role.ADVISER, "contact-persons", employer_id=asked)
    assert [row[:2] for row in rows[1:]] == [["Van Dam Logistiek BV", "Aan B"]]


def test_people_who_want_to_be_left_alone_or_have_left_go_into_no_list(lite_world: World) -> None:
    make_person(lite_world.employer_a, "Anna")
    make_person(lite_world.employer_a, "Weg", active=False)
    alone = make_person(lite_world.employer_a, "Bert")
    wish = NoteWish(contact_person_id=key(alone), consent=Consent.NOT_ASKED, do_not_contact=True)
    perform(lite_world.actor(Role.ADVISER), note_wish, wish)
    assert [row[1] for row in table(lite_world, Role.ADVISER, "contact-persons")[1:]] == ["Anna"]


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize("role", list(Role))
def test_every_list_is_only_for_who_may_see_it(lite_world: World, name: str, role: Role) -> None:
    actor = lite_world.actor(role)
    with reading(actor) as unit:
        if actor.may(LISTS[name].permission):
            assert exported(unit, name, "csv", {}, WORDS).startswith(b"\xef\xbb\xbf")
        else:
            with pytest.raises(Forbidden):
                exported(unit, name, "csv", {}, WORDS)


def test_another_list_is_not_there(lite_world: World) -> None:
    with reading(lite_world.actor(Role.ADVISER)) as unit, pytest.raises(NotFound):
        exported(unit, "users", "csv", {}, WORDS)


def archive(world: World, role: Role | None) -> zipfile.ZipFile:
    file = io.BytesIO()
    write_everything(system("test") if role is None else world.actor(role), file)
    return zipfile.ZipFile(file)


def test_everything_has_a_table_each_and_says_what_columns_mean(lite_world: World) -> None:
    make_person(lite_world.employer_a, "=Formule")
    save(
        Candidate(
            region_id=key(lite_world.region),
            reference="K-1",
            group=next(iter(TargetGroup)),
            registered_on=TODAY,
        )
    )
    found = archive(lite_world, None)
    told = found.read("columns.csv").decode("utf-8-sig")
    people = found.read("contact_persons.csv").decode("utf-8-sig").splitlines()
    assert "'=Formule" in people[1].split(";")
    assert "K-1" in found.read("candidates.csv").decode()
    assert 'contact_persons;"Somebody we speak with at an employer (""contactpersoon"")' in told
    assert "employers.id" in told


def test_an_administrator_gets_everything_but_jobseekers(lite_world: World) -> None:
    names = set(archive(lite_world, Role.ADMIN).namelist())
    assert {"employers.csv", "contact_persons.csv", "contracts.csv", "columns.csv"} <= names
    assert not {"candidates.csv", "person_claims.csv", "sign_in_sessions.csv"} & names
    assert not {"event_candidates.csv", "event_talks.csv"} & names
    headings = archive(lite_world, Role.ADMIN).read("placements.csv").decode("utf-8-sig").split("\r\n")[0]
    assert {"started_on", "candidate_reference"} & set(headings.split(";")) == {"started_on"}
    for role in set(Role) - {Role.ADMIN}:
        with pytest.raises(AppError):
            archive(lite_world, role)


def test_no_secret_ever_goes_out() -> None:
    told = {
        f"{mapper.class_.__tablename__}.{name}"
        for mapper in tables_for(system("test"))
        for name in columns_of(mapper, system("test"))
        if re.search("password|token|secret|salt", name)
    }
    assert told == set()


def test_every_table_is_in_the_archive_or_left_out_on_purpose() -> None:
    inside = {str(mapper.class_.__tablename__) for mapper in tables_for(system("test"))}
    every = {str(inspect(mapper.class_).local_table.name) for mapper in Record._sa_registry.mappers}
    private = {"drafts", "calendar_feeds", "mail_addresses", "waiting_mails"}
    assert every - inside == ({"sign_in_sessions", "sign_in_attempts"} | private) & every


def test_what_hangs_on_a_jobseeker_goes_only_to_whom_may_see_them_unless_it_tells_nothing_of_them() -> None:
    """A placement goes to everybody, without the columns that say whose it is."""
    pointing = {
        str(mapper.class_.__tablename__)
        for mapper in Record._sa_registry.mappers
        for column in mapper.columns
        for foreign in column.foreign_keys
        if foreign.column.table.name in {"candidates", "event_candidates", "placements"}
    }
    told = {"efforts", "network_invitations", "placements", "weekly_hours"}
    assert pointing - told <= set(ABOUT_PEOPLE)


def test_the_command_writes_one_new_file(lite_world: World, tmp_path: Path) -> None:
    file = tmp_path / "alles.zip"
    assert CliRunner().invoke(app, ["export", "all", str(file)]).exit_code == 0
    assert "employers.csv" in zipfile.ZipFile(file).namelist()
    again = CliRunner().invoke(app, ["export", "all", str(file)])
    assert again.exit_code != 0
