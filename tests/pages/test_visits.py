"""The visit screens: what is typed becomes a visit, a draft comes back, and nothing is saved half."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.accounts.drafts import SaveDraft, draft_of, save_draft
from crm.core import access
from crm.core.access import Role, system
from crm.core.errors import Forbidden
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import ContactPerson, Employer
from crm.jobcarving.records import CarvingCase
from crm.ui import visits_saved
from crm.ui.registry import page
from crm.visits.records import Attendance, ContactMoment, FollowUp
from crm.visits.records_outcomes import MomentOutcome
from crm.visits.rules import MomentKind, TalkOutcome
from tests.factories import TODAY, World, make_employer, make_person, make_session, make_user
from tests.sources import ROOT
from tests.visits.factories import make_moment

Fields = dict[str, Any]


def opened(world: World, role: Role = Role.ADVISER, **params: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(make_session(world.users[role])))}
    at.run().switch_page(str(page("staff/visit.py").path))
    for name, value in params.items():
        at.query_params[name] = str(value)
    return at.run()


def widget(at: AppTest, kind: str, ends_with: str) -> Any:
    return next(one for one in getattr(at, kind) if str(one.key or "").endswith(ends_with))


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def text(at: AppTest) -> str:
    parts = (at.title, at.header, at.markdown, at.info, at.success, at.warning, at.error, at.caption)
    return "\n".join(one.value for kind in parts for one in kind)


def everything(kind: type[Any]) -> list[Any]:
    with reading(system("test")) as unit:
        return list(unit.session.exec(select(kind).order_by(kind.id)))


def draft(world: World, employer: Employer, role: Role = Role.ADVISER, **fields: Any) -> None:
    given: Fields = {
        "summary": "De keuken loopt over.",
        "next_action": "Voorstel sturen",
        "stamps": {"summary": "1-2"},
        **fields,
    }
    command = SaveDraft(form="visit", subject=str(key(employer)), title=employer.name, fields=given)
    perform(world.actor(role), save_draft, command)


def kept(world: World, employer: Employer, role: Role = Role.ADVISER) -> Fields | None:
    with reading(world.actor(role)) as unit:
        found = draft_of(unit, "visit", str(key(employer)))
    return found[0] if found else None


def test_an_employer_is_found_while_typing(lite_world: World) -> None:
    at = opened(lite_world)
    at.text_input(key="visit_search").set_value("van dam").run()
    assert [one.label for one in at.button if "Dam" in one.label] == ["Van Dam Logistiek BV · Roosendaal"]


def test_recent_employers_and_waiting_drafts_are_one_tap_away(lite_world: World) -> None:
    make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER])
    draft(lite_world, lite_world.employer_b)
    labels = [one.label for one in opened(lite_world).button]
    assert "De Linde Groen BV · Roosendaal" in labels
    assert any(label.startswith("Van Dam Logistiek BV · 24 nov 2026") for label in labels)


def test_nobody_found_says_what_to_try(lite_world: World) -> None:
    at = opened(lite_world)
    at.text_input(key="visit_search").set_value("zzzz").run()
    assert "Geen werkgever gevonden" in text(at)


def test_it_says_who_holds_the_account_before_you_type(lite_world: World) -> None:
    sam = make_user(Role.ACCOUNT_MANAGER, "Sam")
    employer = make_employer(key(lite_world.region), "De Linde Zorg", holder_id=key(sam))
    make_moment(employer, sam, summary="Het *rooster* besproken")
    at = opened(lite_world, employer=key(employer))
    assert "Accounthouder is Sam." in at.info[0].value
    assert "Het \\*rooster\\* besproken" in at.info[0].value


def test_an_employer_elsewhere_does_not_open(lite_world: World) -> None:
    at = opened(lite_world, employer=999)
    assert "niet gevonden" in text(at)
    assert not at.exception


def test_a_draft_becomes_a_visit_with_its_next_action_and_is_gone(lite_world: World) -> None:
    employer = lite_world.employer_a
    person = make_person(employer)
    draft(lite_world, employer, people=[str(key(person))], purposes=["sroi"], due="14")
    at = press(opened(lite_world, employer=key(employer)), "Bewaren")
    assert not at.exception
    (moment,), (follow_up,) = everything(ContactMoment), everything(FollowUp)
    assert (moment.summary, moment.purposes, moment.held_on) == ("De keuken loopt over.", ["sroi"], TODAY)
    assert (follow_up.what, (follow_up.due_on - TODAY).days) == ("Voorstel sturen", 14)
    assert [one.contact_person_id for one in everything(Attendance)] == [key(person)]
    assert kept(lite_world, employer) is None


def test_a_draft_open_in_two_windows_makes_one_visit_and_one_opportunity(lite_world: World) -> None:
    employer = lite_world.employer_a
    draft(lite_world, employer, purposes=["carving"], department="Keuken")
    first, second = (opened(lite_world, employer=key(employer)) for _window in range(2))
    press(first, "Bewaren")
    press(second, "Bewaren")
    assert "Dit is al bewaard" in second.error[0].value
    assert (len(everything(ContactMoment)), len(everything(CarvingCase))) == (1, 1)


def test_also_when_the_second_window_typed_on(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a)
    first, second = (opened(lite_world, employer=key(lite_world.employer_a)) for _window in range(2))
    press(first, "Bewaren")
    widget(second, "text_input", "next_action").set_value("Nog eens bellen").run()
    press(second, "Bewaren")
    assert "Dit is al bewaard" in second.error[0].value
    assert len(everything(ContactMoment)) == 1


def test_what_was_saved_is_told_and_leads_on(lite_world: World) -> None:
    moment = make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, saved=key(moment))
    assert "Het staat op de tijdlijn van De Linde Groen BV" in text(at)
    assert "Naar De Linde Groen BV" in [one.label for one in at.button]


def test_without_a_next_step_nothing_is_saved_and_the_draft_stays(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a, next_action="")
    at = press(opened(lite_world, employer=key(lite_world.employer_a)), "Bewaren")
    assert "Volgende actie: Zeg wat er nu gaat gebeuren" in text(at)
    assert everything(ContactMoment) == []
    assert kept(lite_world, lite_world.employer_a) is not None


def test_a_reason_is_enough(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a, step="none", no_action_reason="Alles loopt", next_action="x")
    press(opened(lite_world, employer=key(lite_world.employer_a)), "Bewaren")
    assert everything(ContactMoment)[0].no_action_reason == "Alles loopt"
    assert everything(FollowUp) == []


def test_every_choice_is_kept_at_once(lite_world: World) -> None:
    employer = lite_world.employer_a
    at = opened(lite_world, employer=key(employer))
    assert kept(lite_world, employer) is None
    widget(at, "text_input", "next_action").set_value("Terugbellen").run()
    widget(at, "button_group", "kind").set_value("call").run()
    found = kept(lite_world, employer)
    assert found is not None
    assert (found["next_action"], found["kind"]) == ("Terugbellen", "call")


def test_what_came_of_it_survives_a_refresh_and_is_saved_with_the_visit(lite_world: World) -> None:
    employer = lite_world.employer_a
    draft(lite_world, employer)
    at = opened(lite_world, employer=key(employer))
    widget(at, "button_group", "outcomes").set_value(["appointment", "candidates"]).run()
    again = opened(lite_world, employer=key(employer))
    assert widget(again, "button_group", "outcomes").value == ["appointment", "candidates"]
    press(again, "Bewaren")
    chosen = {TalkOutcome.APPOINTMENT, TalkOutcome.CANDIDATES}
    assert {one.outcome for one in everything(MomentOutcome)} == chosen


def test_taking_everything_back_leaves_no_draft(lite_world: World) -> None:
    at = opened(lite_world, employer=key(lite_world.employer_a))
    widget(at, "text_input", "next_action").set_value("Terugbellen").run()
    widget(at, "text_input", "next_action").set_value("").run()
    assert kept(lite_world, lite_world.employer_a) is None


def test_a_discarded_draft_empties_the_form(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a)
    at = opened(lite_world, employer=key(lite_world.employer_a))
    assert widget(at, "text_input", "next_action").value == "Voorstel sturen"
    press(at, "Ja, gooi weg")
    assert widget(at, "text_input", "next_action").value == ""
    assert kept(lite_world, lite_world.employer_a) is None


def test_a_draft_forgets_what_no_longer_exists(lite_world: World) -> None:
    employer = lite_world.employer_a
    gone = make_person(employer, active=False)
    draft(
        lite_world,
        employer,
        people=[str(key(gone)), "999"],
        purposes=["sroi", "verdwenen"],
        outcomes=["later", "verdwenen"],
        next_owner_id=999,
    )
    at = opened(lite_world, employer=key(employer))
    assert not at.exception
    press(at, "Bewaren")
    (moment,), (follow_up,) = everything(ContactMoment), everything(FollowUp)
    assert moment.purposes == ["sroi"]
    assert [one.outcome for one in everything(MomentOutcome)] == [TalkOutcome.LATER]
    assert follow_up.owner_id == key(lite_world.users[Role.ADVISER])
    assert everything(Attendance) == []


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"held_on": "2027-01-01"}, "Datum: Deze dag moet nog komen"),
        ({"due": "other", "due_on": "2026-11-01"}, "Wanneer: "),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_not_saved_as_another(
    lite_world: World, days: Fields, why: str
) -> None:
    draft(lite_world, lite_world.employer_a, **days)
    at = press(opened(lite_world, employer=key(lite_world.employer_a)), "Bewaren")
    assert why in at.error[0].value
    assert everything(ContactMoment) == []


def test_a_day_ahead_is_refused_while_it_stands_in_the_form(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a)
    at = opened(lite_world, employer=key(lite_world.employer_a))
    widget(at, "date_input", "held_on").set_value(date(2026, 11, 30)).run()
    press(at, "Bewaren")
    assert "Deze dag moet nog komen" in at.error[0].value
    assert everything(ContactMoment) == []


def test_somebody_new_is_added_on_the_spot(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a)
    at = opened(lite_world, employer=key(lite_world.employer_a))
    widget(at, "button_group", "people").set_value(["+"]).run()
    widget(at, "text_input", "new_name").set_value("  P.  van Loon ").run()
    press(at, "Bewaren")
    assert [one.name for one in everything(ContactPerson)] == ["P. van Loon"]
    assert len(everything(Attendance)) == 1


def test_a_day_of_ones_own_choice(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a, due="other", due_on="2027-01-15")
    press(opened(lite_world, employer=key(lite_world.employer_a)), "Bewaren")
    assert everything(FollowUp)[0].due_on.isoformat() == "2027-01-15"


CARVING = {"purposes": ["carving"], "department": "Keuken", "signal": "Koks doen de afwas"}


def test_an_opportunity_becomes_a_case_of_the_visit(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a, **CARVING)
    at = press(opened(lite_world, employer=key(lite_world.employer_a)), "Bewaren")
    (moment,), (case,) = everything(ContactMoment), everything(CarvingCase)
    assert (case.department, case.signal, case.moment_id) == ("Keuken", "Koks doen de afwas", key(moment))
    assert not at.exception


def test_without_a_department_there_is_no_opportunity_yet(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a, **{**CARVING, "department": " "})
    press(opened(lite_world, employer=key(lite_world.employer_a)), "Bewaren")
    assert len(everything(ContactMoment)) == 1
    assert everything(CarvingCase) == []


def test_an_officer_is_not_asked_for_one(lite_world: World) -> None:
    draft(lite_world, lite_world.employer_a, Role.SROI_OFFICER, **CARVING)
    at = opened(lite_world, Role.SROI_OFFICER, employer=key(lite_world.employer_a))
    assert not [one for one in at.text_input if str(one.key).endswith("department")]
    press(at, "Bewaren")
    assert len(everything(ContactMoment)) == 1
    assert everything(CarvingCase) == []


def test_when_the_opportunity_fails_the_visit_stands_and_it_can_be_tried_again(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_work: object, _command: object) -> int:
        raise Forbidden()

    with monkeypatch.context() as patched:
        patched.setattr(visits_saved, "open_case", refuse)
        draft(lite_world, lite_world.employer_a, **CARVING)
        at = press(opened(lite_world, employer=key(lite_world.employer_a)), "Bewaren")
        assert "Het bezoek is bewaard, maar de kans niet" in text(at)
    assert len(everything(ContactMoment)) == 1
    press(at, "Probeer de kans opnieuw")
    assert [case.department for case in everything(CarvingCase)] == ["Keuken"]


def test_a_citizen_service_number_is_refused_before_anything_is_saved(lite_world: World) -> None:
    at = opened(lite_world, employer=key(lite_world.employer_a))
    widget(at, "text_input", "next_action").set_value("Bel 123456782").run()
    assert kept(lite_world, lite_world.employer_a) is None
    press(at, "Bewaren")
    assert "BSN" in text(at)
    assert everything(ContactMoment) == []


def test_a_role_that_was_taken_away_ends_the_form(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened(lite_world, employer=key(lite_world.employer_a))
    monkeypatch.setitem(access.ROLE_PERMISSIONS, Role.ADVISER, frozenset())
    widget(at, "text_input", "next_action").set_value("Terugbellen").run()
    assert kept(lite_world, lite_world.employer_a) is None


def test_the_author_puts_right_what_came_of_it(lite_world: World) -> None:
    author = lite_world.users[Role.ADVISER]
    moment = make_moment(lite_world.employer_a, author, outcomes=(TalkOutcome.LATER,))
    at = opened(lite_world, moment=key(moment))
    chips = next(one for one in at.button_group if one.label == "Wat kwam ervan")
    assert chips.value == ["later"]
    chips.set_value(["no_interest"])
    press(at, "Bewaren")
    assert [one.outcome for one in everything(MomentOutcome)] == [TalkOutcome.NO_INTEREST]


def test_the_author_puts_a_contact_right(lite_world: World) -> None:
    moment = make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER], summary="Tikfaut")
    at = opened(lite_world, moment=key(moment))
    at.text_area[0].set_value("Tikfout")
    press(at, "Bewaren")
    assert everything(ContactMoment)[0].summary == "Tikfout"


def test_a_change_by_another_tab_is_shown_beside_mine(lite_world: World) -> None:
    moment = make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER])
    at = opened(lite_world, moment=key(moment))
    with work(system("test")) as unit:
        unit.get(ContactMoment, key(moment)).kind = MomentKind.MAIL
        unit.commit()
    at.text_area[0].set_value("Van mij")
    press(at, "Bewaren")
    assert "Iemand anders heeft dit gewijzigd" in text(at)
    assert everything(ContactMoment)[0].summary == "Gesproken over het rooster."


def test_somebody_elses_contact_does_not_open_for_a_change(lite_world: World) -> None:
    moment = make_moment(lite_world.employer_a, lite_world.users[Role.ACCOUNT_MANAGER])
    at = opened(lite_world, moment=key(moment))
    assert "niet gevonden" in text(at)
    assert not at.text_area
