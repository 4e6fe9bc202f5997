"""The screens for users, the audit log and one's own account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from crm.accounts import passwords
from crm.accounts.actions.sign_in import sign_in
from crm.accounts.queries import actor_of_session, open_sessions, users
from crm.accounts.records import Partner, SignInSession, User
from crm.accounts.records_access import HiddenContract
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import SignedOut
from crm.core.records import key
from crm.core.work import reading, work
from crm.ui.registry import page
from tests.accounts.factories import details
from tests.accounts.test_unlimited import let_in
from tests.factories import World, make_session, make_user, save
from tests.quick import CHEAP
from tests.sources import ROOT
from tests.sroi.factories import make_contract

PASSWORD = "vier losse woorden hier"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", CHEAP)


def opened(file: str, session: SignInSession, **params: object) -> AppTest:
    """Open a page in a session."""
    at = AppTest.from_file(str(ROOT / "crm/ui/main.py"), default_timeout=60)
    at.user = {"ident": str(key(session))}
    at.run().switch_page(str(page(file).path))
    for name, value in params.items():
        at.query_params[name] = str(value)
    return at.run()


def labelled(widgets: Any, label: str) -> Any:
    """Return the widget with this label."""
    return next(widget for widget in widgets if widget.label == label)


def shown(at: AppTest) -> str:
    """Return what stands on the screen in words."""
    parts = (at.title, at.header, at.markdown, at.caption, at.text, at.info, at.warning, at.error, at.success)
    words = [element.value for kind in parts for element in kind]
    return "\n".join([*words, *(button.label for button in at.button), *(e.label for e in at.expander)])


@pytest.fixture
def admin(lite_world: World) -> SignInSession:
    """A session of the administrator."""
    return make_session(lite_world.users[Role.ADMIN])


def test_the_list_shows_everybody_and_finds_by_name_and_role(lite_world: World, admin: SignInSession) -> None:
    make_user(Role.MANAGER, "Weg", active=False)
    at = opened("admin/users.py", admin)
    assert "9 gebruikers" in shown(at)
    assert "Nog nooit ingelogd" in shown(at)
    assert "Uitgezet" in shown(at)
    labelled(at.text_input, "Zoeken").set_value("portaal").run()
    assert "1 gebruiker" in shown(at)
    assert "Portaal B" in shown(at)
    labelled(at.selectbox, "Rol").set_value(Role.ADMIN).run()
    assert "Niemand gevonden" in shown(at)


def test_a_new_user_gets_a_password_that_is_shown_once(lite_world: World, admin: SignInSession) -> None:
    at = opened("admin/users.py", admin)
    labelled(at.button, "Gebruiker toevoegen").click().run()
    labelled(at.text_input, "Naam").set_value("Noor de Vries")
    labelled(at.text_input, "E-mailadres").set_value("noor@example.nl")
    labelled(at.button, "Gebruiker toevoegen").click().run()
    assert not at.error
    assert at.title[0].value == "Noor de Vries"
    password = at.code[0].value
    assert sign_in("noor@example.nl", password).token
    at.run()
    assert not at.code


def test_what_is_wrong_is_said_with_the_name_of_the_field(lite_world: World, admin: SignInSession) -> None:
    at = opened("admin/users.py", admin, user="new")
    labelled(at.text_input, "Naam").set_value("Noor de Vries")
    labelled(at.text_input, "E-mailadres").set_value("noor")
    labelled(at.button, "Gebruiker toevoegen").click().run()
    assert at.error[0].value == "E-mailadres: Vul een e-mailadres in, bijvoorbeeld noor@example.nl."
    with reading(system("test")) as unit:
        assert users(unit).total == 8


def test_a_portal_user_is_tied_to_an_employer_that_is_searched(
    lite_world: World, admin: SignInSession
) -> None:
    user = lite_world.users[Role.EMPLOYER]
    at = opened("admin/users.py", admin, user=key(user))
    assert labelled(at.selectbox, "Werkgever").value == key(lite_world.employer_a)
    labelled(at.text_input, "Zoek de werkgever").set_value("van dam").run()
    labelled(at.selectbox, "Werkgever").set_value(key(lite_world.employer_b))
    labelled(at.button, "Bewaren").click().run()
    assert not at.error
    assert details(user).employer_id == key(lite_world.employer_b)


def test_an_officer_gets_authorities(lite_world: World, admin: SignInSession) -> None:
    user = lite_world.users[Role.ADVISER]
    at = opened("admin/users.py", admin, user=key(user))
    labelled(at.selectbox, "Rol").set_value(Role.SROI_OFFICER).run()
    labelled(at.multiselect, "Opdrachtgevers").set_value([key(lite_world.other_authority)])
    labelled(at.button, "Bewaren").click().run()
    assert details(user).role is Role.SROI_OFFICER
    assert details(user).authority_ids == {key(lite_world.other_authority)}


def test_a_partner_keeps_the_organisation(lite_world: World, admin: SignInSession) -> None:
    at = opened("admin/users.py", admin, user=key(lite_world.users[Role.PARTNER]))
    assert labelled(at.selectbox, "Partnerorganisatie").value == key(lite_world.partner)


def test_a_partner_organisation_is_added_with_its_first_user(lite_world: World, admin: SignInSession) -> None:
    at = opened("admin/users.py", admin, user="new")
    labelled(at.selectbox, "Rol").set_value(Role.PARTNER).run()
    labelled(at.button, "Partnerorganisatie toevoegen").click().run()
    labelled(at.text_input, "Naam van de organisatie").set_value("Praktijkschool Zuid").run()
    labelled(at.button, "Toevoegen").click().run()
    assert not at.exception
    labelled(at.text_input, "Naam").set_value("Mees Mol")
    labelled(at.text_input, "E-mailadres").set_value("mees@example.nl")
    labelled(at.multiselect, "Regio's").set_value([key(lite_world.region)])
    labelled(at.button, "Gebruiker toevoegen").click().run()
    assert not at.error
    with reading(system("test")) as unit:
        made = unit.session.exec(select(User).where(User.email == "mees@example.nl")).one()
        assert unit.get(Partner, made.partner_id or 0).name == "Praktijkschool Zuid"


def test_who_comes_second_compares_before_saving(lite_world: World, admin: SignInSession) -> None:
    user = lite_world.users[Role.MANAGER]
    at = opened("admin/users.py", admin, user=key(user))
    labelled(at.text_input, "Naam").set_value("Van mij")
    with work(system("test")) as unit:
        unit.get(User, key(user)).name = "Van een ander"
        unit.commit()
    labelled(at.button, "Bewaren").click().run()
    assert at.title[0].value == "Iemand anders was u voor"
    assert "Van een ander" in at.dataframe[0].value.to_string()
    labelled(at.button, "Het mijne bewaren").click().run()
    assert details(user).name == "Van mij"


def test_disabling_ends_the_work_of_that_user_at_the_next_click(
    lite_world: World, admin: SignInSession
) -> None:
    user = lite_world.users[Role.ADVISER]
    theirs = opened("shared/account.py", make_session(user))
    at = opened("admin/users.py", admin, user=key(user))
    labelled(at.button, "Account uitzetten").click().run()
    assert "Dit account is uitgezet" in shown(at)
    labelled(theirs.text_input, "Naam").set_value("Nog even")
    labelled(theirs.button, "Naam bewaren").click().run()
    assert theirs.error[0].value == "U bent uitgelogd. Log opnieuw in om verder te gaan."
    assert details(user).name == "adviser een"
    labelled(at.button, "Account aanzetten").click().run()
    assert details(user).active


def test_an_administrator_hands_out_a_password_and_ends_sessions(
    lite_world: World, admin: SignInSession
) -> None:
    user = make_user(Role.ADVISER, "Noor", email="noor@example.nl")
    session = make_session(user)
    at = opened("admin/users.py", admin, user=key(user))
    labelled(at.button, "Overal uitloggen").click().run()
    with pytest.raises(SignedOut):
        actor_of_session(key(session))
    labelled(at.button, "Tijdelijk wachtwoord geven").click().run()
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", at.code[0].value)


def test_the_last_administrator_is_told(lite_world: World, admin: SignInSession) -> None:
    at = opened("admin/users.py", admin, user=key(lite_world.users[Role.ADMIN]))
    labelled(at.button, "Account uitzetten").click().run()
    assert at.error[0].value.startswith("Kan inloggen: Dit is de laatste beheerder.")


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 16])
def test_an_odd_number_in_the_address_is_not_found(
    lite_world: World, admin: SignInSession, asked: str
) -> None:
    assert "Dit is niet gevonden" in shown(opened("admin/users.py", admin, user=asked))


def test_the_language_switches_at_once_and_stays(lite_world: World) -> None:
    user = lite_world.users[Role.MANAGER]
    at = opened("shared/account.py", make_session(user))
    assert at.title[0].value == "Mijn account"
    labelled(at.segmented_control, "Taal").set_value("en").run()
    assert at.title[0].value == "My account"
    assert details(user).language == "en"
    assert opened("shared/account.py", make_session(user)).title[0].value == "My account"


def test_a_name_is_changed(lite_world: World) -> None:
    user = lite_world.users[Role.MANAGER]
    at = opened("shared/account.py", make_session(user))
    labelled(at.text_input, "Naam").set_value("Els van Dijk")
    labelled(at.button, "Naam bewaren").click().run()
    assert details(user).name == "Els van Dijk"


def test_a_password_is_changed_after_the_current_one(lite_world: World) -> None:
    noor = make_user(Role.ADVISER, "Noor", email="noor@example.nl", password_hash=passwords.hashed(PASSWORD))
    elsewhere = make_session(noor)
    at = opened("shared/account.py", make_session(noor))
    for current in ("mis", PASSWORD):
        labelled(at.text_input, "Huidig wachtwoord").set_value(current)
        labelled(at.text_input, "Nieuw wachtwoord").set_value("een heel ander rijtje")
        labelled(at.button, "Wachtwoord wijzigen").click().run()
        assert bool(at.error) == (current == "mis")
    assert sign_in("noor@example.nl", "een heel ander rijtje").token
    with pytest.raises(SignedOut):
        actor_of_session(key(elsewhere))


def test_sessions_are_shown_and_ended(lite_world: World) -> None:
    user = lite_world.users[Role.MANAGER]
    elsewhere, here = make_session(user), make_session(user)
    make_session(user)
    at = opened("shared/account.py", here)
    assert shown(at).count("een ander apparaat") == 2
    at.button(key=f"session_{elsewhere.id}").click().run()
    assert shown(at).count("een ander apparaat") == 1
    labelled(at.button, "Overal elders uitloggen").click().run()
    with reading(system("test")) as unit:
        assert [session.id for session in open_sessions(unit, key(user))] == [here.id]


def test_signing_out_ends_this_session_and_leaves(lite_world: World) -> None:
    here = make_session(lite_world.users[Role.EMPLOYER])
    at = opened("shared/account.py", here)
    labelled(at.button, "Uitloggen").click().run()
    assert "U bent uitgelogd" in shown(at)
    with pytest.raises(SignedOut):
        actor_of_session(key(here))


def test_the_log_shows_a_change_in_words(lite_world: World, admin: SignInSession) -> None:
    with work(system("test")) as unit:
        unit.get(User, key(lite_world.users[Role.MANAGER])).active = False
        unit.note(
            "view", "contracts", 7, {"value_cents": 123456, "end_on": "2026-12-31", "purposes": ["a", "b"]}
        )
        unit.note("view", "users", 1, {"created_at": "2026-11-24T09:30:00.000000+00:00", "odd_field": None})
        unit.commit()
    said = shown(opened("admin/audit.py", admin))
    assert "gewijzigd: Gebruiker 4" in said
    assert "**Actief**: ja → nee" in said
    assert "**Bedrag**: € 1\\.234,56" in said
    assert "**Eindigt op**: 31 dec 2026" in said
    assert "**Waarover**: a, b" in said
    assert "**Gemaakt op**: 24 nov 2026 10\\:30" in said


def test_the_log_is_filtered(lite_world: World, admin: SignInSession) -> None:
    at = opened("admin/audit.py", admin)
    labelled(at.selectbox, "Gegeven").set_value("regions").run()
    assert "1 regel" in shown(at)
    labelled(at.text_input, "Wie").set_value("niemand").run()
    assert "Hier gebeurde niets in deze periode" in shown(at)


def test_the_chain_is_checked_with_a_button(lite_world: World) -> None:
    at = opened("admin/audit.py", make_session(lite_world.users[Role.MANAGER]))
    labelled(at.button, "Logboek controleren").click().run()
    assert "Het logboek is heel" in at.success[0].value
    from crm.core.sealing import seal

    seal()
    with work(system("test")) as unit:
        unit.get(AuditEntry, 1).actor_name = "Iemand anders"
        unit.commit()
    labelled(at.button, "Logboek controleren").click().run()
    assert at.error[0].value == "Het logboek is gewijzigd bij schakel 1."


def test_accounts_let_in_without_a_limit_are_listed_and_limited(
    lite_world: World, admin: SignInSession
) -> None:
    assert "zonder grens" not in shown(opened("admin/users.py", admin))
    users = [
        let_in(lite_world, name, lite_world.users[Role.SROI_OFFICER]) for name in ("Een", "Twee", "Drie")
    ]
    at = opened("admin/users.py", admin)
    assert "3 accounts zonder grens" in shown(at)
    assert "toegelaten door sroi_officer" in shown(at).replace("\\", "")
    labelled(at.button, "Beperken tot Gemeente Halderberge").click().run()
    labelled(at.button, "Mag alle contracten zien").click().run()
    assert "1 account zonder grens" in shown(at)
    labelled(at.button, "Beperken tot Gemeente Halderberge").click().run()
    assert "zonder grens" not in shown(at)
    limited = [lite_world.actor_for(user).authorities for user in users]
    assert sorted(map(len, limited)) == [0, 1, 1]


def test_an_account_from_which_a_merge_hides_contracts_says_so(
    lite_world: World, admin: SignInSession
) -> None:
    user = lite_world.users[Role.EMPLOYER]
    save(HiddenContract(user_id=key(user), contract_id=key(make_contract(lite_world))))
    told = shown(opened("admin/users.py", admin, user=key(user)))
    assert "ziet dit account 1 contract van de werkgever niet" in told
