"""The public page of an invitation: shows who invites, sets a password, and gives nothing away."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from crm.accounts.records import EmployerAdministrator
from crm.core import clock
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import perform
from crm.sroi.actions import colleagues as actions
from tests.conftest import NOW
from tests.factories import World, make_person, make_user, save
from tests.web.asking import Answer, get, post, signed_in

PATH = "/auth/uitnodiging"
PASSWORD = "vier losse woorden hier"
CLOSED = "Deze link werkt niet."


def invite(world: World, email: str = "sam@example.nl", name: str = "Sam <b>Bakker</b>") -> str:
    """Invite somebody into the portal of employer A and return the secret of the link."""
    user, employer = world.users[Role.EMPLOYER], world.employer_a
    save(EmployerAdministrator(user_id=key(user), employer_id=key(employer), region_id=employer.region_id))
    make_person(employer, email=email)
    command = actions.InviteColleague(employer_id=key(employer), name=name, email=email)
    return perform(world.actor(Role.EMPLOYER), actions.invite_colleague, command).token


def send(
    token: str, password: str = PASSWORD, again: str | None = None, cookie: str = "", **headers: str
) -> Answer:
    fields = {"code": token, "password": password, "again": password if again is None else again}
    return post(PATH, {**fields, "language": "nl"}, cookie=cookie, **headers)


def test_the_page_says_who_invites_in_both_languages(lite_world: World) -> None:
    token = invite(lite_world)
    page = get(f"{PATH}?code={token}", page=True)
    assert page.status == 200
    assert "De Linde Groen BV nodigt u uit" in page.text
    assert 'value="sam@example.nl"' in page.text
    assert "<b>" not in page.text
    assert "invites you" in get(f"{PATH}?code={token}&language=en", page=True).text
    assert page.header("cache-control") == "no-store"
    assert page.header("referrer-policy") == "same-origin"
    assert "default-src 'none'" in page.header("content-security-policy")
    assert f'name="code" value="{token}"><button name="language"' in page.text


def test_a_good_password_signs_in_and_works_from_then_on(lite_world: World) -> None:
    token = invite(lite_world)
    answer = send(token)
    assert (answer.status, answer.header("location")) == (303, "/")
    session = next(cookie for cookie in answer.cookies if cookie.startswith("crm_session="))
    assert "HttpOnly" in session
    assert get("/x", session.split(";")[0]).status == 200
    assert post("/auth/login", {"name": "sam@example.nl", "password": PASSWORD}).status == 303


def test_the_link_does_nothing_a_second_time(lite_world: World) -> None:
    token = invite(lite_world)
    send(token)
    again = send(token, "heel andere woorden nu")
    assert again.status == 404
    assert CLOSED in again.text
    assert not again.cookies
    assert get(f"{PATH}?code={token}", page=True).status == 404


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("te kort", "te kort", "Gebruik minstens 12 tekens."),
        (PASSWORD, "iets anders getypt", "De twee wachtwoorden zijn niet gelijk."),
    ],
)
def test_a_password_that_will_not_do_is_asked_again(
    lite_world: World, password: str, again: str, said: str
) -> None:
    token = invite(lite_world)
    for _ in range(5):
        answer = send(token, password, again)
        assert answer.status == 422
        assert said in answer.text
        assert password not in answer.text
        assert not answer.cookies
    assert send(token).status == 303


def test_a_link_that_ran_out_an_unknown_one_and_a_taken_address_say_the_same(lite_world: World) -> None:
    make_user(Role.ADVISER, "Noor", email="noor@example.nl")
    token = invite(lite_world, "noor@example.nl")
    taken, unknown = send(token), send("x" * 43)
    with clock.frozen_at(NOW + timedelta(days=7)):
        expired = send(token)
    assert taken.status == unknown.status == expired.status == 404
    assert taken.body == unknown.body == expired.body
    assert [*taken.cookies, *unknown.cookies, *expired.cookies] == []


def test_who_guesses_links_has_to_wait(lite_world: World) -> None:
    token = invite(lite_world)
    for number in range(3):
        assert get(f"{PATH}?code=guess{number}", page=True).status == 404
    waiting = get(f"{PATH}?code={token}", page=True)
    assert waiting.status == 429
    assert "te vaak" in waiting.text
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        assert get(f"{PATH}?code={token}", page=True).status == 200


def test_a_form_from_elsewhere_is_refused_and_changes_nothing(lite_world: World) -> None:
    token = invite(lite_world)
    assert send(token, origin="https://evil.example").status == 403
    assert send(token, "x" * 9000).status == 403
    assert send(token).status == 303


def test_who_was_signed_in_here_is_signed_out(lite_world: World) -> None:
    token = invite(lite_world)
    cookie = signed_in(lite_world.users[Role.EMPLOYER])
    assert send(token, cookie=cookie).status == 303
    assert get("/x", cookie).status == 401


@pytest.mark.parametrize("code", ["", "%00", quote("' OR 1=1 --"), "é" * 300])
def test_odd_links_are_not_found(lite_world: World, code: str) -> None:
    assert get(f"{PATH}?code={quote(code)}", page=True).status == 404
