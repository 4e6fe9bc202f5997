"""Bringing in employers: who is meant, what changes, what is refused, and nothing half."""

from __future__ import annotations

import io
import time
from datetime import date

import openpyxl
import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import func, select

from crm.accounts.records import Region, UserRegion
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.exchange.actions import StartUndo, start_undo
from crm.exchange.intake import entry
from crm.exchange.queries.undo import undo_of
from crm.exchange.rules import FileProblem, Finding, Outcome, RowProblem, RunProblem
from crm.exchange.rules.runs import ImportKind, RunState
from crm.exchange.undoing import undo
from tests.exchange.factories import employers_csv
from tests.exchange.importing import bring_in, employers, every, start
from tests.factories import World, make_employer, make_person, save

HEADINGS = (
    "KvK-nummer;Vestigingsnummer;Handelsnaam;SBI-code;Werkzame personen;Straat;Huisnummer;Postcode;Plaats;"
    "Gemeente;Contactpersoon;Functie;Telefoon;E-mail"
)
WHOLE = (
    "12345678;000012345678;De Linde Zorg;87.10;240;Kerkstraat;1;4701AB;Roosendaal;Roosendaal;"
    "J. de Wit;directeur;0165-123456;j.dewit@linde.test"
)
SAME, NEW, UPDATED, REJECTED = Outcome.SAME, Outcome.NEW, Outcome.UPDATED, Outcome.REJECTED


def table(*lines: str, headings: str = HEADINGS) -> str:
    return "\r\n".join([headings, *lines])


def short(*lines: str) -> str:
    return table(*lines, headings="KvK;Naam;Plaats;Contactpersoon;E-mail;Telefoon;Vestigingsnummer;Straat")


def employer(kvk_number: str = "12345678") -> Employer:
    (found,) = [one for one in every(Employer) if one.kvk_number == kvk_number]
    return found


def audit_entries() -> int:
    with reading(system("test")) as unit:
        return unit.session.exec(select(func.count()).select_from(AuditEntry)).one()


class TestTakenIn:
    def test_a_whole_line_becomes_employer_establishment_and_contact_person(self, world: World) -> None:
        brought = employers(table(WHOLE))
        assert brought.outcomes == [NEW]
        assert (brought.verdicts[0].subject, brought.verdicts[0].place) == ("De Linde Zorg", 2)
        made = employer()
        assert (made.name, made.sbi_code, made.staff_size) == ("De Linde Zorg", "8710", 240)
        assert (made.street, made.postcode, made.city) == ("Kerkstraat 1", "4701 AB", "Roosendaal")
        assert (made.municipality_id, made.region_id) == (key(world.municipality), key(world.region))
        assert made.search_key == "de linde zorg roosendaal 12345678"
        (place,) = every(Establishment)
        assert (place.employer_id, place.number, place.street) == (made.id, "000012345678", "Kerkstraat 1")
        (person,) = every(ContactPerson)
        assert (person.employer_id, person.name, person.job_title) == (made.id, "J. de Wit", "directeur")
        assert (person.email, person.phone) == ("j.dewit@linde.test", "0165-123456")

    def test_the_same_file_twice_changes_nothing_but_the_list_of_runs(self, world: World) -> None:
        data = employers_csv(25)
        first = employers(data)
        before = [every(model) for model in (Employer, Establishment, ContactPerson)]
        entries = audit_entries()
        second = employers(data)
        assert first.counts == {"new": 25}
        assert second.counts == {"same": 25}
        assert [every(model) for model in (Employer, Establishment, ContactPerson)] == before
        # The start and the end of the run itself.
        assert audit_entries() == entries + 2

    def test_each_new_record_is_in_the_audit_once_under_the_import(self, world: World) -> None:
        employers(table(WHOLE))
        with reading(system("test")) as unit:
            found = unit.session.exec(
                select(AuditEntry.object_type, AuditEntry.action).where(
                    AuditEntry.intention == "exchange.import_employers"
                )
            ).all()
        assert sorted(found) == [
            ("contact_persons", "insert"),
            ("employers", "insert"),
            ("establishments", "insert"),
        ]

    def test_only_what_the_file_says_changes_and_is_named(self, world: World) -> None:
        employers(table(WHOLE))
        brought = employers(table("12345678;;De Linde Zorg;;;Dorpsstraat;2;;;;J. de Wit;;06-12345678;"))
        (verdict,) = brought.verdicts
        assert (verdict.verdict, verdict.changed) == (UPDATED, ["street", "contact_phone"])
        found = employer()
        assert (found.street, found.postcode, found.staff_size) == ("Dorpsstraat 2", "4701 AB", 240)
        (person,) = every(ContactPerson)
        assert (person.phone, person.job_title) == ("06-12345678", "directeur")

    def test_excel_and_windows_1252_read_alike(self, world: World) -> None:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(["KvK-nummer", "Naam", "Plaats", "Aantal medewerkers"])
        book.active.append([12345678.0, "Café Één", "Sint-Willebrord", 12])
        out = io.BytesIO()
        book.save(out)
        assert employers(out.getvalue()).outcomes == [NEW]
        text = "KvK-nummer;Naam;Plaats;Aantal medewerkers\n12345678;Café Één;Sint-Willebrord;12\n"
        assert employers(text.encode("cp1252")).outcomes == [SAME]
        assert employer().name == "Café Één"

    def test_a_class_is_kept_as_its_lowest_number_and_never_spoils_a_better_one(self, world: World) -> None:
        line = "12345678;;Linde;;10-19;;;;;;;;;"
        assert employers(table(line)).outcomes == [NEW]
        assert employer().staff_size == 10
        with work(system("test")) as unit:
            unit.get(Employer, key(employer())).staff_size = 14
            unit.commit()
        assert employers(table(line)).outcomes == [SAME]
        assert employer().staff_size == 14

    def test_an_unknown_municipality_is_the_place_when_there_is_no_other(self, world: World) -> None:
        brought = employers(
            table("12345678;;Linde;;;;;;;Nergenshuizen;;;;", "87654321;;Berk;;;;;;Zundert;Elders;;;;")
        )
        assert brought.messages(0) == [Finding.MUNICIPALITY_UNKNOWN]
        assert (employer().city, employer().municipality_id) == ("Nergenshuizen", None)
        assert employer("87654321").city == "Zundert"

    def test_gemeente_before_the_name_does_no_harm(self, world: World) -> None:
        employers(table("12345678;;Linde;;;;;;;Gemeente ROOSENDAAL;;;;"))
        assert employer().municipality_id == key(world.municipality)


class TestWhoIsMeant:
    def test_one_number_with_several_establishments_is_one_employer(self, world: World) -> None:
        data = short(
            "12345678;Linde Noord;Zundert;;;;000000000001;Noord",
            "12345678;Linde Zuid;Rucphen;;;;000000000002;Zuid",
        )
        assert employers(data).outcomes == [NEW, UPDATED]
        assert employers(data).outcomes == [SAME, SAME]
        found = employer()
        assert (found.name, found.city, found.street) == ("Linde Noord", "Zundert", "Noord")
        places = [(one.employer_id, one.name, one.city) for one in every(Establishment)]
        assert places == [(found.id, "Linde Noord", "Zundert"), (found.id, "Linde Zuid", "Rucphen")]

    def test_another_order_of_establishments_changes_nothing(self, world: World) -> None:
        lines = [
            "12345678;Linde Noord;Zundert;;;;000000000001;Noord",
            "12345678;Linde Zuid;Rucphen;;;;000000000002;Zuid",
        ]
        employers(short(*lines))
        assert employers(short(*reversed(lines))).outcomes == [SAME, SAME]

    def test_the_first_line_about_an_employer_speaks_and_the_next_says_so(self, world: World) -> None:
        data = short("12345678;Eerste;Zundert;;;;;", "12345678;Tweede;Rucphen;;;;;")
        first = employers(data)
        assert first.outcomes == [NEW, SAME]
        assert first.verdicts[1].remarks == [
            {"field": "", "message": Finding.ALREADY_SAID, "params": {"line": 2}}
        ]
        assert employers(data).outcomes == [SAME, SAME]
        assert employer().name == "Eerste"

    def test_also_when_the_lines_lie_far_apart(self, world: World) -> None:
        filling = [f"{20_000_000 + number};Werkgever {number};;;;;;" for number in range(250)]
        brought = employers(short("12345678;Eerste;;;;;;", *filling, "12345678;Tweede;;;;;;"))
        assert brought.outcomes == [NEW] * 251 + [SAME]

    def test_an_employer_without_a_number_is_known_by_name_and_postcode_and_gets_it(
        self, world: World
    ) -> None:
        known = make_employer(key(world.region), "Café Linde", kvk_number=None, postcode="4701 AB")
        make_employer(key(world.region), "Cafe Linde", kvk_number=None, postcode="4881 ZZ")
        brought = employers(table("12345678;;CAFE LINDE;;;;;4701 AB;;;;;;"))
        assert (brought.outcomes, brought.verdicts[0].changed) == ([UPDATED], ["kvk_number", "name"])
        assert employer().id == known.id
        assert employer().search_key == "cafe linde roosendaal 12345678"

    def test_an_employer_made_from_an_award_has_no_address_and_is_known_by_name(self, world: World) -> None:
        known = make_employer(key(world.region), "Linde", kvk_number=None)
        assert employers(table("12345678;;Linde;;;;;4701 AB;;;;;;")).outcomes == [UPDATED]
        assert employer().id == known.id

    def test_two_of_that_name_are_too_many(self, world: World) -> None:
        for _ in range(2):
            make_employer(key(world.region), "Linde", kvk_number=None)
        brought = employers(short("12345678;Linde;;;;;;"))
        assert (brought.outcomes, brought.messages()) == ([REJECTED], [Finding.TWO_EMPLOYERS])

    def test_an_establishment_of_somebody_else_is_refused(self, world: World) -> None:
        employers(short("12345678;Linde;;;;;000000000001;"))
        brought = employers(short("87654321;Berk;;;;;000000000001;"))
        assert (brought.outcomes, brought.messages()) == ([REJECTED], [Finding.OTHER_KVK])
        assert [one.kvk_number for one in every(Employer)].count("87654321") == 0

    def test_an_establishment_and_a_number_of_two_employers_are_refused(self, world: World) -> None:
        unnumbered = make_employer(key(world.region), "Linde", kvk_number=None)
        save(
            Establishment(
                region_id=key(world.region), employer_id=key(unnumbered), number="000000000001", name="L"
            )
        )
        make_employer(key(world.region), "Berk", kvk_number="12345678")
        brought = employers(short("12345678;Linde;;;;;000000000001;"))
        assert brought.messages() == [Finding.TWO_EMPLOYERS]

    def test_an_establishment_finds_its_employer_that_has_no_number_yet(self, world: World) -> None:
        unnumbered = make_employer(key(world.region), "Heel anders", kvk_number=None)
        save(
            Establishment(
                region_id=key(world.region), employer_id=key(unnumbered), number="000000000001", name="L"
            )
        )
        assert employers(short("12345678;Linde;;;;;000000000001;")).outcomes == [UPDATED]
        assert employer().id == unnumbered.id

    def test_one_that_has_ceased_is_filled_in_but_stays_ceased(self, world: World) -> None:
        ceased = make_employer(key(world.region), "Linde", kvk_number="12345678", ceased_on=date(2025, 1, 1))
        brought = employers(short("12345678;Linde;Zundert;;;;;"))
        assert (brought.outcomes, brought.messages()) == ([UPDATED], [Finding.CEASED])
        assert (employer().city, employer().ceased_on) == ("Zundert", ceased.ceased_on)


class TestPeople:
    def test_people_who_share_a_mailbox_stay_two(self, world: World) -> None:
        data = short(
            "12345678;Linde;;J. de Wit;info@linde.test;;;", "12345678;Linde;;K. Bos;info@linde.test;;;"
        )
        assert employers(data).outcomes == [NEW, UPDATED]
        assert employers(data).outcomes == [SAME, SAME]
        assert [person.name for person in every(ContactPerson)] == ["J. de Wit", "K. Bos"]

    def test_somebody_known_by_address_and_surname_gets_the_name_of_the_file(self, world: World) -> None:
        employers(short("12345678;Linde;;J. de Wit;j@linde.test;;;"))
        brought = employers(short("12345678;Linde;;Jan de Wit;J@linde.test;;;"))
        assert brought.verdicts[0].changed == ["contact_name"]
        assert [person.name for person in every(ContactPerson)] == ["Jan de Wit"]

    def test_a_number_without_a_name_is_the_employers_own(self, world: World) -> None:
        brought = employers(short("12345678;Linde;;;info@linde.test;0165-123456;;"))
        assert brought.messages() == [Finding.PERSON_UNNAMED]
        assert employer().phone == "0165-123456"
        assert every(ContactPerson) == []

    def test_an_address_without_a_name_finds_the_one_who_has_it(self, world: World) -> None:
        employers(short("12345678;Linde;;J. de Wit;j@linde.test;;;"))
        brought = employers(short("12345678;Linde;;;j@linde.test;0165-123456;;"))
        assert brought.verdicts[0].changed == ["contact_phone"]
        assert employer().phone is None

    def test_somebody_who_left_stays_as_they_were(self, world: World) -> None:
        found = make_employer(key(world.region), "Linde", kvk_number="12345678")
        make_person(found, "J. de Wit", active=False)
        brought = employers(short("12345678;Linde;;J. de Wit;;0165-123456;;"))
        assert brought.messages() == [Finding.PERSON_LEFT]
        assert [(one.active, one.phone) for one in every(ContactPerson)] == [(False, None)]

    def test_nothing_about_a_person_gets_into_the_verdicts(self, world: World) -> None:
        brought = employers(
            table(
                "12345678;;Linde;;;;;;;;Jan Geheim;;612345678;geen.adres(at)linde",
                "87654321;;Berk;;jan.geheim@linde.test;;;jan.geheim@linde.test;;;;;;",
            )
        )
        kept = repr([(v.subject, v.reference, v.remarks, v.changed) for v in brought.verdicts]).lower()
        assert "geheim" not in kept
        assert "linde.test" not in kept
        assert "12345678'" in kept
        assert "612345678" not in kept
        assert Finding.NOT_READ in brought.messages(0)
        assert Finding.ZERO_ADDED in brought.messages(0)


class TestRefused:
    def test_bad_lines_never_stop_the_good_ones(self, world: World) -> None:
        brought = employers(
            short(
                "12345678;Linde;;;;;;",
                "123;Fout nummer;;;;;;",
                ";Zonder nummer;;;;;;",
                "22222222;;;;;;;",
                "33333333;Vestiging fout;;;;;99;",
                "44444444;Jan 123456782;;;;;;",
                "87654321;Berk;;;;;;",
            )
        )
        assert brought.outcomes == [NEW, *[REJECTED] * 5, NEW]
        assert [brought.messages(number) for number in range(1, 6)] == [
            [RowProblem.BAD_KVK],
            [RowProblem.NO_KVK],
            [RowProblem.NO_NAME],
            [RowProblem.BAD_ESTABLISHMENT],
            [RowProblem.BSN],
        ]
        assert [verdict.place for verdict in brought.verdicts] == [2, 3, 4, 5, 6, 7, 8]
        assert brought.verdicts[5].subject == ""
        assert (brought.run.new_count, brought.run.rejected_count) == (2, 5)

    @pytest.mark.parametrize(
        ("field", "line"),
        [
            ("name", "12345678;{long};;;;;;"),
            ("place", "12345678;Linde;{long};;;;;"),
            ("contact_name", "12345678;Linde;;{long};;;;"),
            ("street", "12345678;Linde;;;;;;{long}"),
        ],
    )
    def test_what_is_too_long_to_keep_refuses_the_whole_line(
        self, world: World, field: str, line: str
    ) -> None:
        brought = employers(short(line.format(long="x" * 201), "87654321;Berk;;;;;;"))
        assert brought.outcomes == [REJECTED, NEW]
        assert brought.verdicts[0].remarks[0]["field"] == field
        assert brought.messages() == [Finding.TOO_LONG]

    def test_an_employer_of_another_region_is_neither_shown_nor_changed(self, world: World) -> None:
        elsewhere = save(Region(code="AM01", name="Elders"))
        theirs = make_employer(key(elsewhere), "Geheim BV", kvk_number="12345678")
        brought = employers(short("12345678;Overgenomen;Zundert;;;;;"), world.actor(Role.ADVISER))
        assert (brought.outcomes, brought.messages()) == ([REJECTED], [Finding.ELSEWHERE])
        assert "Geheim" not in repr(brought.verdicts[0].remarks)
        assert employer().name == theirs.name

    def test_an_administrator_reaches_every_region(self, world: World) -> None:
        elsewhere = save(Region(code="AM01", name="Elders"))
        make_employer(key(elsewhere), "Linde", kvk_number="12345678")
        admin = world.actor(Role.ADMIN)
        brought = employers(short("12345678;Linde;Zundert;;;;;"), admin, key(world.region))
        assert brought.outcomes == [UPDATED]
        assert employer().region_id == key(elsewhere)

    def test_a_line_that_the_database_refuses_leaves_nothing_behind(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        original = entry.Entry._person

        def fail(self: entry.Entry, account: object) -> None:
            original(self, account)  # type: ignore[arg-type]
            if self.row.name == "Kapot":
                raise RuntimeError("something nobody thought of")

        monkeypatch.setattr(entry.Entry, "_person", fail)
        brought = employers(
            short(
                "12345678;Linde;;J. de Wit;;;000000000001;",
                "22222222;Kapot;;K. Bos;;;000000000002;",
                "12345678;Linde;;L. Vos;;;000000000003;",
                "87654321;Berk;;M. Es;;;000000000004;",
            )
        )
        assert brought.outcomes == [NEW, REJECTED, UPDATED, NEW]
        assert brought.messages(1) == [Finding.NOT_SAVED]
        assert [person.name for person in every(ContactPerson)] == ["J. de Wit", "L. Vos", "M. Es"]
        assert len(every(Establishment)) == 3
        assert "22222222" not in [one.kvk_number for one in every(Employer)]

    def test_a_line_that_crosses_somebody_elses_change_is_done_again(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        crossings = iter([True, True, False])
        original = entry.Entry._person

        def cross(self: entry.Entry, account: object) -> None:
            original(self, account)  # type: ignore[arg-type]
            if next(crossings, False):
                raise IntegrityError("insert", {}, Exception("taken"))

        monkeypatch.setattr(entry.Entry, "_person", cross)
        assert employers(short("12345678;Linde;;J. de Wit;;;;")).outcomes == [NEW]
        assert len(every(ContactPerson)) == 1

    def test_a_number_that_stays_taken_is_refused_in_the_end(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def taken(self: entry.Entry, account: object) -> None:
            raise IntegrityError("insert", {}, Exception("taken"))

        monkeypatch.setattr(entry.Entry, "_person", taken)
        brought = employers(short("12345678;Linde;;J. de Wit;;;;"))
        assert (brought.outcomes, brought.messages()) == ([REJECTED], [Finding.NOT_SAVED])

    @pytest.mark.parametrize(
        ("data", "problem"),
        [
            (b"", FileProblem.EMPTY),
            (b"a;b\n1;2\n", FileProblem.NO_HEADINGS),
            (b"naam;plaats\nLinde;Zundert\n", FileProblem.NO_KVK_COLUMN),
            (b"kvk;naam;bsn\n12345678;Linde;1\n", FileProblem.BSN_COLUMN),
            (b"PK\x03\x04broken", FileProblem.BROKEN_EXCEL),
        ],
    )
    def test_a_file_that_cannot_be_read_ends_the_run_with_one_sentence(
        self, world: World, data: bytes, problem: FileProblem
    ) -> None:
        brought = bring_in(ImportKind.EMPLOYERS, data)
        assert (brought.run.state, brought.run.message) == (RunState.FAILED, problem)
        assert brought.verdicts == []


class TestRegions:
    def test_with_more_than_one_region_one_must_be_named(self, world: World) -> None:
        elsewhere = save(Region(code="AM01", name="Elders"))
        with pytest.raises(Invalid) as refused:
            start(ImportKind.EMPLOYERS, b"x")
        assert refused.value.message == RunProblem.WHICH_REGION
        employers(short("12345678;Linde;;;;;;"), region_id=key(elsewhere))
        assert employer().region_id == key(elsewhere)

    def test_somebody_with_one_region_brings_into_that_one(self, world: World) -> None:
        save(Region(code="AM01", name="Elders"))
        employers(short("12345678;Linde;;;;;;"), world.actor(Role.ADVISER))
        assert employer().region_id == key(world.region)

    def test_a_region_of_others_is_refused(self, world: World) -> None:
        elsewhere = save(Region(code="AM01", name="Elders"))
        with pytest.raises(Invalid) as refused:
            start(ImportKind.EMPLOYERS, b"x", world.actor(Role.ADVISER), key(elsewhere))
        assert refused.value.message == RunProblem.UNKNOWN_REGION

    def test_somebody_without_a_region_has_nowhere_to_bring_them(self, world: World) -> None:
        with work(system("test")) as unit:
            for given in unit.session.exec(select(UserRegion)):
                unit.session.delete(given)
            unit.commit()
        with pytest.raises(Invalid) as refused:
            start(ImportKind.EMPLOYERS, b"x", world.actor(Role.ADVISER))
        assert refused.value.message == RunProblem.NO_REGION


@pytest.mark.uncounted
def test_ten_thousand_employers_come_in_and_are_taken_back_well_within_a_minute(lite_world: World) -> None:
    began = time.process_time()
    brought = employers(employers_csv(10_000))
    assert brought.counts == {"new": 10_000}
    assert time.process_time() - began < 30
    perform(system("test"), start_undo, StartUndo(run_id=key(brought.run)))
    undo(key(brought.run), lambda: system("test"))
    with reading(system("test")) as unit:
        taken_back = undo_of(unit, key(brought.run))
    assert taken_back is not None
    assert (taken_back.removed, taken_back.left) == (30_000, 0)
    assert len(every(Employer)) == 2
    assert time.process_time() - began < 60
