"""A file looked at first: what headings mean, who is meant, what would happen, and lines to mend."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from crm.core.access import Actor, Role, system
from crm.core.errors import Invalid, NotFound
from crm.core.i18n import in_language
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import Employer
from crm.exchange import spool
from crm.exchange.actions import (
    AnswerLikeness,
    FilePlan,
    RemoveMapping,
    SaveMapping,
    StartImport,
    answer_likeness,
    remove_mapping,
    save_mapping,
    start_import,
)
from crm.exchange.corrections import corrections
from crm.exchange.queries.mappings import count_questions, kept_for_later, plan_of, questions, saved_mappings
from crm.exchange.records_undo import ImportStep
from crm.exchange.rules import Finding, Outcome
from crm.exchange.rules.headings import field_of
from crm.exchange.rules.plans import LEAVE_OUT, NEW, Existing
from crm.exchange.rules.runs import ImportKind
from crm.exchange.running import carry_out
from crm.exchange.tables import open_employers, seen_headings
from tests.exchange.importing import Brought, every, outcome_of
from tests.factories import World, make_employer, make_user

HEAD = "KvK-nummer;Naam;Straat;Postcode;Plaats\n"
TWIN = f"{HEAD}68750110;Linde Groen;Kade 1;4701AB;Roosendaal\n"


def brought(actor: Actor, data: str | bytes, **plan: object) -> Brought:
    """Bring in a file as the screen does: put aside, with a plan."""
    data = data.encode() if isinstance(data, str) else data
    found = spool.keep(io.BytesIO(data))
    command = StartImport(
        kind=ImportKind.EMPLOYERS,
        file_name="x.csv",
        sha256=found.sha256,
        size_bytes=len(data),
        plan=FilePlan(**plan),
    )
    run_id = perform(actor, start_import, command)
    carry_out(run_id, found.path, lambda: actor)
    return outcome_of(run_id)


@pytest.fixture
def adviser(lite_world: World) -> Actor:
    with work(system("test")) as unit:
        unit.get(Employer, key(lite_world.employer_a)).postcode = "4701 AB"
        unit.commit()
    return lite_world.actor(Role.ADVISER)


class TestHeadings:
    def test_somebody_can_say_what_a_heading_means(self) -> None:
        data = b"Klantcode;Relatie;Naam;KvK\n1;De Linde;Anders;68750110\n"
        assert [(seen.written, seen.field, seen.sample) for seen in seen_headings(data)] == [
            ("Klantcode", "", "1"),
            ("Relatie", "", "De Linde"),
            ("Naam", "name", "Anders"),
            ("KvK", "kvk_number", "68750110"),
        ]
        meant = {"relatie": "name", "naam": ""}
        assert field_of("Naam", meant) is None
        [row] = open_employers(data, meant)
        assert getattr(row, "name") == "De Linde"  # noqa: B009

    def test_a_file_of_unknown_headings_still_shows_them(self) -> None:
        data = b"Titel;;\nA;B;C\n68750110;De Linde;x\n"
        assert [seen.written for seen in seen_headings(data)] == ["A", "B", "C"]
        meant = {"a": "kvk_number", "b": "name"}
        assert len(open_employers(data, meant)) == 1

    def test_a_column_of_bsns_stays_one_whatever_somebody_says(self) -> None:
        assert field_of("BSN", {"bsn": ""}) == "bsn"
        with pytest.raises(Invalid):
            open_employers(b"KvK;Naam;BSN\n1;a;2\n", {"bsn": "remark"})

    def test_an_empty_or_odd_file_has_none(self) -> None:
        with pytest.raises(Invalid):
            seen_headings(b"")
        with pytest.raises(Invalid):
            seen_headings(b"geen tabel")

    def test_a_meaning_is_kept_by_name_replaced_and_removed(self, lite_world: World) -> None:
        actor, region_id = lite_world.actor(Role.ADVISER), key(lite_world.region)
        for field in ("name", "city"):
            asked = SaveMapping(region_id=region_id, name="Oud", headings={"relatie": field, "x": ""})
            if field == "name":
                perform(actor, save_mapping, asked)
            else:
                with pytest.raises(Invalid):
                    perform(actor, save_mapping, asked)
        changed = SaveMapping(region_id=region_id, name="Oud", headings={"relatie": "place"})
        perform(actor, save_mapping, changed)
        with reading(actor) as unit:
            assert saved_mappings(unit) == {"Oud": {"relatie": "place"}}
        perform(actor, remove_mapping, RemoveMapping(region_id=region_id, name="Oud"))
        with pytest.raises(NotFound):
            perform(actor, remove_mapping, RemoveMapping(region_id=region_id, name="Oud"))
        with pytest.raises(Invalid):
            perform(actor, save_mapping, SaveMapping(region_id=999, name="Oud", headings={}))


class TestCheck:
    def test_a_check_says_what_would_happen_and_keeps_nothing(self, adviser: Actor) -> None:
        before = [employer.model_dump() for employer in every(Employer)]
        kvk = before[0]["kvk_number"]
        found = brought(
            adviser, f"{HEAD}{kvk};Andere naam;;;\n68750111;Nieuw BV;;;\n12;Fout;;;\n", only_check=True
        )
        assert found.outcomes == [Outcome.UPDATED, Outcome.NEW, Outcome.REJECTED]
        assert [employer.model_dump() for employer in every(Employer)] == before
        assert every(ImportStep) == []
        assert kept_for_later(key(found.run))

    def test_who_is_here_already_can_be_left_alone(self, adviser: Actor) -> None:
        kvk = every(Employer)[0].kvk_number
        lines = f"{HEAD}{kvk};Andere naam;;;\n68750111;Nieuw BV;;;\n68750111;Nieuw BV;Kade 2;;\n"
        found = brought(adviser, lines, existing=Existing.SKIP)
        assert found.outcomes == [Outcome.SKIPPED, Outcome.NEW, Outcome.SAME]
        assert found.messages() == [Finding.KNOWN_HERE]
        assert every(Employer)[0].name == "De Linde Groen BV"


class TestLooksLike:
    @pytest.mark.parametrize(
        ("answer", "outcome", "names"),
        [
            ("same", Outcome.UPDATED, ["Linde Groen", "Van Dam Logistiek BV"]),
            (NEW, Outcome.NEW, ["De Linde Groen BV", "Linde Groen", "Van Dam Logistiek BV"]),
            (LEAVE_OUT, Outcome.SKIPPED, ["De Linde Groen BV", "Van Dam Logistiek BV"]),
        ],
    )
    def test_a_line_that_looks_known_waits_for_an_answer(
        self, adviser: Actor, answer: int | str, outcome: Outcome, names: list[str]
    ) -> None:
        linde = every(Employer)[0]
        first = brought(adviser, TWIN)
        run_id = key(first.run)
        assert (first.outcomes, first.messages()) == ([Outcome.SKIPPED], [Finding.LOOKS_LIKE])
        with reading(adviser) as unit:
            [asked] = questions(unit, run_id)
        assert (asked.place, asked.employer_id, asked.score) == (2, key(linde), 100)
        assert (asked.told["postcode"], asked.kept["name"]) == ("4701 AB", "De Linde Groen BV")
        given = key(linde) if isinstance(answer, str) else answer
        perform(adviser, answer_likeness, AnswerLikeness(run_id=run_id, place=2, answer=given))
        with reading(adviser) as unit:
            assert (count_questions(unit, run_id), questions(unit, run_id)) == (0, [])
            plan = plan_of(unit, run_id)
        answers = {str(line): told for line, told in plan.answers.items()}
        again = brought(adviser, TWIN, answers=answers)
        assert again.outcomes == [outcome]
        assert sorted(employer.name for employer in every(Employer)) == names
        assert every(Employer)[0].kvk_number == linde.kvk_number

    def test_another_answer_or_somebody_else_is_refused(self, adviser: Actor, lite_world: World) -> None:
        run_id = key(brought(adviser, TWIN).run)
        other = make_employer(key(lite_world.region))
        wrong = AnswerLikeness(run_id=run_id, place=2, answer=key(other))
        with pytest.raises(Invalid):
            perform(adviser, answer_likeness, wrong)
        with pytest.raises(NotFound):
            perform(adviser, answer_likeness, AnswerLikeness(run_id=run_id, place=3, answer=NEW))
        stranger = lite_world.actor_for(make_user(Role.ADVISER, "Ander"))
        with pytest.raises(NotFound):
            perform(stranger, answer_likeness, AnswerLikeness(run_id=run_id, place=2, answer=NEW))

    def test_an_answer_cannot_reach_into_another_region(self, adviser: Actor) -> None:
        found = brought(adviser, TWIN, answers={"2": 999_999})
        assert (found.outcomes, found.messages()) == ([Outcome.REJECTED], [Finding.ELSEWHERE])


class TestCorrections:
    def test_rejected_lines_come_back_with_their_reason_and_can_be_mended(self, adviser: Actor) -> None:
        head = "KvK-nummer;Naam;Telefoon;Contactpersoon;Opmerking\n"
        data = (
            f"{head}12;=Fout BV;+31 165 123456;J. Jansen;\n68750111;Goed BV;;;\n68750112;Bsn BV;;;111222333\n"
        )
        found = brought(adviser, data)
        with reading(adviser) as unit:
            content, is_workbook = corrections(unit, key(found.run), in_language("nl"))
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert not is_workbook
        assert [row[:5] for row in rows] == [
            ["KvK-nummer", "Naam", "Telefoon", "Contactpersoon", "Opmerking"],
            ["12", "'=Fout BV", "'+31 165 123456", "J. Jansen", ""],
            ["68750112", "Bsn BV", "", "", ""],
        ]
        assert rows[1][5] == "KvK-nummer: Een KvK-nummer heeft 8 cijfers."
        mended = brought(adviser, content.replace(b"\r\n12;", b"\r\n68750110;"))
        assert mended.outcomes == [Outcome.NEW, Outcome.NEW]
        names = {employer.name: employer.phone for employer in every(Employer)}
        assert "=Fout BV" in names

    def test_a_workbook_comes_back_as_one(self, adviser: Actor) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].append(["KvK", "Naam"])
        book.worksheets[0].append(["12", "Fout BV"])
        file = io.BytesIO()
        book.save(file)
        found = brought(adviser, file.getvalue())
        with reading(adviser) as unit:
            content, is_workbook = corrections(unit, key(found.run), in_language("nl"))
        assert is_workbook
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
        assert [row[:2] for row in rows] == [("KvK", "Naam"), ("12", "Fout BV")]

    def test_a_file_that_is_gone_gives_nothing_back(self, adviser: Actor, tmp_path: Path) -> None:
        found = brought(adviser, f"{HEAD}12;Fout;;;\n")
        kept = spool.find(found.run.sha256)
        assert kept is not None
        spool.remove(kept)
        with reading(adviser) as unit, pytest.raises(NotFound):
            corrections(unit, key(found.run), in_language("nl"))
