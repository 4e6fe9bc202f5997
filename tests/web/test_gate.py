"""The gate: whoever is not signed in sees the sign-in page and nothing else, by http or websocket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from crm.accounts.records import SignInSession, User
from crm.core import clock
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import work
from tests.counting import statements
from tests.factories import World
from tests.web.asking import connect, get, signed_in


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/gebruikers",
        "/files/1",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/_stcore/upload_file/x/y",
        "/media/abc.png",
        "/static/js/index.js",
        "/app/static/fonts/OFL.txt",
        "/auth/login/",
        "/auth/../gebruikers",
        "/auth/other",
        "/healthz/x",
    ],
)
def test_a_stranger_gets_401(lite_world: World, path: str) -> None:
    answer = get(path)
    assert answer.status == 401
    assert answer.body == b"Sign in first"


def test_a_stranger_who_opens_a_page_is_asked_to_sign_in_and_comes_back(lite_world: World) -> None:
    answer = get("/werkgever?id=7", page=True)
    assert (answer.status, answer.header("location")) == (303, "/auth/login?next=/werkgever%3Fid%3D7")
    assert get("/", page=True).header("location") == "/auth/login"


@pytest.mark.parametrize("path", ["/_stcore/stream", "/auth/login", "/"])
def test_a_strangers_websocket_is_refused(lite_world: World, path: str) -> None:
    assert connect(path) is None


def test_an_identity_from_outside_is_thrown_away(lite_world: World) -> None:
    admin = lite_world.users[Role.ADMIN]
    session = signed_in(admin)
    assert get("/x", headers={"x-crm-user": "1"}).status == 401
    assert connect(headers={"x-crm-user": "1"}) is None
    other = signed_in(lite_world.users[Role.EMPLOYER], expires_at=clock.now() + timedelta(hours=1))
    assert get("/x", other, headers={"x-crm-user": "1"}).text == '{"ident":["2"]}'
    assert connect(cookie=other, headers={"x-crm-user": "1"}) == '["2"]'
    assert connect(cookie=session) == '["1"]'


def _revoke(user: User) -> None:
    with work(system("test")) as unit:
        unit.get(SignInSession, 1).revoked_at = clock.now()
        unit.commit()


def _disable(user: User) -> None:
    with work(system("test")) as unit:
        unit.get(User, key(user)).active = False
        unit.commit()


def _expire(_user: User) -> None:
    with work(system("test")) as unit:
        unit.get(SignInSession, 1).expires_at = clock.now()
        unit.commit()


@pytest.mark.parametrize("end", [_revoke, _disable, _expire])
def test_a_session_that_has_ended_opens_nothing(world: World, end: Callable[[User], None]) -> None:
    user = world.users[Role.ADVISER]
    cookie = signed_in(user)
    assert get("/x", cookie).status == 200
    end(user)
    assert get("/x", cookie).status == 401
    assert connect(cookie=cookie) is None


@pytest.mark.parametrize("cookie", ["crm_session=", "crm_session=1", "crm_session=" + "x" * 5000, "other=1"])
def test_an_odd_cookie_is_no_session(lite_world: World, cookie: str) -> None:
    assert get("/x", cookie).status == 401


def test_a_cookie_beside_it_does_not_hide_the_session(lite_world: World) -> None:
    cookie = signed_in(lite_world.users[Role.ADVISER])
    assert get("/x", f'odd="a b;{{}}; {cookie}; tail=é').status == 200


@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_see_the_metrics(lite_world: World, role: Role) -> None:
    cookie = signed_in(lite_world.users[role])
    assert get("/_stcore/metrics", cookie).status == (200 if role is Role.ADMIN else 404)
    assert get("/_stcore/agent/interact", cookie).status == 404


@pytest.mark.parametrize(
    ("role", "home", "elsewhere"),
    [
        (Role.ADVISER, "/vandaag", "/gebruikers"),
        (Role.EMPLOYER, "/mijn-contracten", "/vandaag"),
        (Role.ADMIN, "/gebruikers", "/mijn-contracten"),
    ],
)
def test_the_address_of_the_first_page_leads_to_it(
    lite_world: World, role: Role, home: str, elsewhere: str
) -> None:
    cookie = signed_in(lite_world.users[role])
    answer = get(f"{home}?a=1", cookie, page=True)
    assert (answer.status, answer.header("location")) == (303, "/?a=1")
    assert get(elsewhere, cookie, page=True).status == 200


def test_a_request_costs_one_query(lite_world: World) -> None:
    cookie = signed_in(lite_world.users[Role.ADVISER])
    with statements() as seen:
        get("/x", cookie)
    assert len(seen) == 1


def test_every_answer_carries_the_security_headers(lite_world: World) -> None:
    for answer in (get("/x"), get("/auth/login"), get("/healthz"), get("/", page=True)):
        assert answer.header("x-content-type-options") == "nosniff"
        assert answer.header("x-frame-options") == "DENY"
        assert answer.header("referrer-policy") == "same-origin"
        assert "geolocation=(self)" in answer.header("permissions-policy")
        assert "frame-ancestors 'none'" in answer.header("content-security-policy")
        assert answer.header("strict-transport-security")
    assert "unsafe" not in get("/auth/login").header("content-security-policy")
