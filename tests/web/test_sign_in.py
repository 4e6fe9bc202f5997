"""Signing in: one sentence for every wrong try, slower and slower, and never to somewhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.accounts import passwords
from crm.accounts.records import SignInAttempts, SignInSession, User
from crm.accounts.rules import demo_email
from crm.core import clock
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.config import settings
from crm.core.records import key
from crm.core.work import reading, work
from crm.web.sign_in import local_path
from tests.conftest import NOW
from tests.factories import World, make_user
from tests.web.asking import Answer, ask, get, post, signed_in

PASSWORD = "vier losse woorden hier"
WRONG = "Het e-mailadres of het wachtwoord klopt niet."


@pytest.fixture
def noor(world: World) -> User:
    """An adviser with a password."""
    return make_user(
        Role.ADVISER, "Noor de Vries", email="noor@example.nl", password_hash=passwords.hashed(PASSWORD)
    )


def enter(name: str = "noor@example.nl", password: str = PASSWORD, cookie: str = "", **more: str) -> Answer:
    """Fill in the form and send it."""
    return post("/auth/login", {"name": name, "password": password, **more}, cookie=cookie)


def session_cookie(answer: Answer) -> str:
    """The session cookie of an answer."""
    return next((cookie for cookie in answer.cookies if cookie.startswith("crm_session=")), "")


def test_the_right_password_opens_a_session_of_eight_hours(noor: User) -> None:
    answer = enter("  Noor@Example.NL ", next="/werkgever?id=7")
    assert (answer.status, answer.header("location")) == (303, "/werkgever?id=7")
    cookie = session_cookie(answer)
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=28800", "Path=/"):
        assert part in cookie
    token = cookie.split(";")[0]
    assert get("/x", token).status == 200
    with clock.frozen_at(NOW + timedelta(hours=8)):
        assert get("/x", token).status == 401


def test_over_plain_http_the_cookie_is_not_secure(noor: User) -> None:
    body = f"name=noor@example.nl&password={PASSWORD.replace(' ', '+')}".encode()
    answer = ask("POST", "/auth/login", body=body, headers={"origin": "http://crm.example.nl"}, scheme="http")
    assert answer.status == 303
    assert "Secure" not in session_cookie(answer)


def test_only_a_hash_of_the_cookie_is_kept(noor: User) -> None:
    token = session_cookie(enter()).split(";")[0].removeprefix("crm_session=")
    with reading(system("test")) as unit:
        stored = unit.session.exec(select(SignInSession)).one()
        entries = unit.session.exec(select(AuditEntry)).all()
    assert token not in stored.token_hash
    assert len(stored.token_hash) == 64
    assert not any(token in entry.after or stored.token_hash in entry.after for entry in entries)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("noor@example.nl", "een heel ander wachtwoord"),
        ("niemand@example.nl", PASSWORD),
        ("", ""),
        ("noor@example.nl", ""),
    ],
)
def test_a_wrong_try_says_the_same_whatever_was_wrong(noor: User, name: str, password: str) -> None:
    answer = enter(name, password)
    assert answer.status == 422
    assert WRONG in answer.text
    assert not answer.cookies
    assert password == "" or password not in answer.text


def test_after_a_wrong_try_only_the_password_is_asked_again(noor: User) -> None:
    page = enter('noor@"><b>.nl', "mis mis mis mis").text
    assert 'value="noor@&quot;&gt;&lt;b&gt;.nl"' in page
    assert "mis mis" not in page
    assert "noor@" not in get("/auth/login?name=noor@example.nl").text


def test_a_disabled_account_and_one_without_password_say_the_same(noor: User) -> None:
    make_user(Role.ADVISER, "Sam", email="sam@example.nl")
    with work(system("test")) as unit:
        unit.get(User, key(noor)).active = False
        unit.commit()
    assert WRONG in enter().text
    assert WRONG in enter("sam@example.nl", "").text


@pytest.mark.parametrize("name", ["noor@example.nl", "niemand@example.nl"])
def test_the_fourth_try_waits_and_each_failure_doubles_the_wait(noor: User, name: str) -> None:
    for _ in range(3):
        assert WRONG in enter(name, "mis mis mis mis").text
    assert "Wacht 2 seconden" in enter(name, PASSWORD).text
    with clock.frozen_at(NOW + timedelta(seconds=2)):
        assert WRONG in enter(name, "mis mis mis mis").text
        assert "Wacht 4 seconden" in enter(name, PASSWORD).text


def test_waiting_is_at_most_a_quarter_of_an_hour_and_then_the_right_password_works(noor: User) -> None:
    moment = NOW
    for _ in range(16):
        with clock.frozen_at(moment):
            enter(password="mis mis mis mis")
        moment += timedelta(minutes=15)
    with clock.frozen_at(moment - timedelta(minutes=15)):
        assert "Wacht 900 seconden" in enter().text
    with clock.frozen_at(moment):
        assert enter().status == 303
        assert WRONG in enter(password="mis mis mis mis").text


def test_a_stranger_who_guesses_does_not_keep_a_known_browser_out(noor: User) -> None:
    known = next(cookie for cookie in enter().cookies if cookie.startswith("crm_device=")).split(";")[0]
    for _ in range(4):
        enter(password="mis mis mis mis")
    assert "Wacht" in enter().text
    assert enter(cookie=known).status == 303
    assert "Wacht" in enter(cookie="crm_device=é" + "0" * 64).text


def test_failures_are_forgotten_after_a_day_and_kept_without_the_name(noor: User) -> None:
    for _ in range(5):
        enter(password="mis mis mis mis")
    with reading(system("test")) as unit:
        kept = unit.session.exec(select(SignInAttempts)).one()
    assert "noor" not in kept.name_hash
    with clock.frozen_at(NOW + timedelta(days=1)):
        assert WRONG in enter(password="mis mis mis mis").text
        assert WRONG in enter(password="mis mis mis mis").text


def test_what_strangers_tried_days_ago_is_cleared_away(noor: User) -> None:
    enter("niemand@example.nl")
    with clock.frozen_at(NOW + timedelta(days=2)):
        enter("ook-niemand@example.nl")
        assert enter().status == 303
    with reading(system("test")) as unit:
        assert len(unit.session.exec(select(SignInAttempts)).all()) == 1


def test_refusals_and_sign_ins_are_in_the_audit_log(noor: User) -> None:
    enter(password="mis mis mis mis")
    enter("niemand@example.nl")
    enter()
    with reading(system("test")) as unit:
        found = unit.session.exec(select(AuditEntry).where(AuditEntry.intention == "accounts.sign_in")).all()
    assert [(entry.action, entry.object_type, entry.object_id) for entry in found] == [
        ("refuse", "users", str(noor.id)),
        ("refuse", "users", "unknown"),
        ("insert", "sign_in_sessions", "1"),
    ]
    assert found[2].actor_name == "Noor de Vries"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://crm.example.nl.evil.example"},
        {},
        {"sec-fetch-site": "cross-site"},
    ],
)
@pytest.mark.parametrize("path", ["/auth/login", "/auth/demo", "/auth/logout"])
def test_a_form_from_elsewhere_is_refused(noor: User, path: str, headers: dict[str, str]) -> None:
    cookie = signed_in(noor)
    body = f"name=noor@example.nl&password={PASSWORD.replace(' ', '+')}&role=adviser".encode()
    answer = ask("POST", path, headers=headers, body=body, cookie=cookie)
    assert answer.status == 403
    assert not answer.cookies
    assert get("/x", cookie).status == 200


def test_a_browser_that_names_no_origin_may_say_same_origin(noor: User) -> None:
    body = f"name=noor@example.nl&password={PASSWORD.replace(' ', '+')}".encode()
    assert ask("POST", "/auth/login", headers={"sec-fetch-site": "same-origin"}, body=body).status == 303


def test_a_form_that_is_too_large_is_refused(noor: User) -> None:
    assert enter(password="x" * 9000).status == 403


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "werkgever",
        "",
        "/auth/logout",
        "/x\r\nset-cookie: a=b",
        "http:evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(noor: User, asked: str) -> None:
    assert local_path(asked) == "/"
    assert enter(next=asked).header("location") == "/"


def test_who_is_signed_in_goes_on_from_the_sign_in_page(noor: User) -> None:
    answer = get("/auth/login?next=/werkgevers", signed_in(noor), page=True)
    assert (answer.status, answer.header("location")) == (303, "/werkgevers")


def test_signing_in_again_ends_the_session_that_was_there(noor: User) -> None:
    old = signed_in(noor)
    assert enter(cookie=old).status == 303
    assert get("/x", old).status == 401


def test_signing_out_ends_the_session(noor: User) -> None:
    cookie = signed_in(noor)
    assert "Uitloggen" in get("/auth/logout", cookie, page=True).text
    assert get("/x", cookie).status == 200
    answer = post("/auth/logout", {}, cookie=cookie)
    assert (answer.status, answer.header("location")) == (303, "/auth/login?out=1")
    assert 'crm_session=""' in answer.cookies[0]
    assert get("/x", cookie).status == 401
    assert "U bent uitgelogd." in get("/auth/login?out=1", page=True).text


def test_signing_out_without_a_session_is_no_fault(lite_world: World) -> None:
    assert post("/auth/logout", {}).status == 303
    assert get("/auth/logout", page=True).header("location") == "/auth/login"


def test_the_page_is_dutch_or_english_and_remembers_where_to_go(lite_world: World) -> None:
    dutch, english = get("/auth/login?next=/sroi"), get("/auth/login?next=/sroi&language=en")
    assert '<html lang="nl">' in dutch.text
    assert "Wachtwoord" in dutch.text
    assert '<html lang="en">' in english.text
    assert "Password" in english.text
    assert english.text.count('value="/sroi"') == 2
    assert '<html lang="nl">' in get("/auth/login?language=xx").text


def test_what_stands_in_the_address_is_not_taken_for_html(lite_world: World) -> None:
    page = get('/auth/login?next=/"><script>x</script>').text
    assert "<script>" not in page


def test_the_form_works_with_a_password_manager(lite_world: World) -> None:
    page = get("/auth/login").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "<script" not in page


def test_demo_users_sign_in_with_one_button_in_demo_mode_only(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = make_user(Role.ADVISER, "Demo", email=demo_email(Role.ADVISER))
    page = get("/auth/login").text
    assert '<button name="role" value="adviser"' in page
    assert 'value="admin"' not in page
    answer = post("/auth/demo", {"role": "adviser"})
    assert answer.status == 303
    assert get("/x", session_cookie(answer).split(";")[0]).status == 200
    assert post("/auth/demo", {"role": "admin"}).status == 403
    assert post("/auth/demo", {"role": "boss"}).status == 403
    monkeypatch.setenv("CRM_MODE", "production")
    settings.cache_clear()
    assert post("/auth/demo", {"role": "adviser"}).status == 403
    assert "role" not in get("/auth/login").text.replace('role="group"', "")
    assert demo.active


def test_a_demo_address_with_another_role_opens_nothing(lite_world: World) -> None:
    make_user(Role.ADMIN, "Not an adviser", email=demo_email(Role.ADVISER))
    assert post("/auth/demo", {"role": "adviser"}).status == 403
