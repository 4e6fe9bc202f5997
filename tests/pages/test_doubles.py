"""The screen of duplicates: finding, comparing, making one, and undoing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from crm.core.access import Role
from crm.core.records import key
from crm.core.work import perform
from crm.employers.actions.merging import MergeEmployers, merge_employers
from crm.employers.records import ContactPerson, Employer
from crm.ui.registry import PAGES_DIR
from tests.exchange.importing import every
from tests.factories import World, make_employer, make_person, make_session
from tests.pages.walking import opened
from tests.sources import ROOT

PAGE = str(PAGES_DIR / "staff/doubles.py")


def screen(world: World, **asked: int) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[Role.ADVISER])))}
    at.run()
    for name, value in asked.items():
        at.query_params[name] = str(value)
    return at.switch_page(PAGE).run()


def press(at: AppTest, label: str) -> AppTest:
    found = next(one for one in at.button if one.label == label)
    return found.click().run()


def test_two_that_look_alike_become_one_and_two_again(lite_world: World) -> None:
    linde = lite_world.employer_a
    twin = make_employer(key(lite_world.region), "Linde Groen", website="https://linde.nl")
    person = make_person(twin)
    at = press(screen(lite_world), "Zoek dubbelingen")
    assert not at.exception
    assert any("De Linde Groen BV" in one.value for one in at.markdown)
    at = screen(lite_world, een=key(linde), ander=key(twin))
    assert any("Contactpersonen: 1" in one.value for one in at.markdown)
    at = press(at, "Voeg samen")
    assert not at.exception
    assert key(twin) not in [key(employer) for employer in every(Employer)]
    assert every(Employer)[0].website == "https://linde.nl"
    assert every(ContactPerson)[0].employer_id == key(linde)
    at = press(screen(lite_world), "Ongedaan maken")
    assert not at.exception
    assert every(ContactPerson)[0].employer_id == key(twin)
    assert key(person) == key(every(ContactPerson)[0])


def test_two_that_are_told_apart_are_not_proposed_again(lite_world: World) -> None:
    make_employer(key(lite_world.region), "Linde Groen")
    at = press(press(screen(lite_world), "Zoek dubbelingen"), "Niet dezelfde")
    assert "Er zijn geen werkgevers die op elkaar lijken." in [one.value for one in at.success]
    at = press(screen(lite_world), "Zoek dubbelingen")
    assert "Er zijn geen werkgevers die op elkaar lijken." in [one.value for one in at.success]


def test_an_address_of_what_is_gone_says_so(lite_world: World) -> None:
    at = screen(lite_world, een=key(lite_world.employer_a), ander=4711)
    assert not at.exception
    assert "niet meer allebei" in at.info[0].value


@pytest.mark.parametrize(
    ("file", "name", "more"),
    [
        ("staff/employer.py", "id", {}),
        ("staff/employer_edit.py", "id", {}),
        ("staff/visit.py", "employer", {}),
        ("staff/needs.py", "employer", {"new": "1"}),
        ("staff/questions.py", "employer", {"list": "orientatie"}),
        ("staff/placements.py", "employer", {"new": "1"}),
        ("staff/carving.py", "employer", {"new": "1"}),
    ],
)
def test_an_old_address_leads_to_the_employer_it_became(
    lite_world: World, file: str, name: str, more: dict[str, str]
) -> None:
    kept, gone = lite_world.employer_a, make_employer(key(lite_world.region), "Linde Groen")
    command = MergeEmployers(kept_id=key(kept), kept_version=1, gone_id=key(gone), gone_version=1)
    perform(lite_world.actor(Role.ADVISER), merge_employers, command)
    at = opened(lite_world, file, **{name: key(gone)}, **more)
    assert not at.exception
    assert at.query_params[name] in (str(key(kept)), [str(key(kept))])
    assert not at.error
