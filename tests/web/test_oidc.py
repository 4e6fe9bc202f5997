"""Signing in with the organisation's account: only a proven answer to this browser's own question counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from joserfc.jwk import ECKey
from sqlmodel import select

from crm.accounts.records import SignInSession, User
from crm.core import clock
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.config import Settings, settings
from crm.core.records import key
from crm.core.work import reading, work
from crm.web.startup import CannotStart, check_can_start
from tests.conftest import NOW
from tests.factories import World, make_user
from tests.web.asking import Answer, get, signed_in
from tests.web.provider import CLIENT, EMAIL, SECRET, Provider, serving

FAILED = "Inloggen is niet gelukt."
NOBODY = "Met dit account kunt u hier niet inloggen."


@pytest.fixture
def noor(lite_world: World) -> User:
    """An adviser without a password of her own."""
    return make_user(Role.ADVISER, "Noor de Vries", email=EMAIL)


@pytest.fixture
def provider(lite_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with serving() as found:
        given = {
            "ISSUER": found.issuer,
            "CLIENT_ID": CLIENT,
            "CLIENT_SECRET": SECRET,
            "LABEL": "Gemeente <X>",
        }
        for name, value in given.items():
            monkeypatch.setenv(f"CRM_OIDC_{name}", value)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        settings.cache_clear()
        yield found


def set_out(provider: Provider, path: str = "/auth/oidc/start") -> tuple[str, str]:
    """Press the button and sign in at the provider; return the state and the cookie of this browser."""
    answer = get(path)
    assert answer.status == 303
    cookie = answer.cookies[0]
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=600", "Path=/auth/oidc"):
        assert part in cookie
    return provider.authorize(answer.header("location")), cookie.split(";")[0]


def come_back(state: str, cookie: str, more: str = "&code=c0de") -> Answer:
    return get(f"/auth/oidc/callback?state={quote(state)}{more}", cookie)


def sign_in(provider: Provider, path: str = "/auth/oidc/start") -> Answer:
    return come_back(*set_out(provider, path))


def refused(answer: Answer, sentence: str = FAILED) -> bool:
    given = [one for one in answer.cookies if one.startswith("crm_session=")]
    return answer.status == 403 and sentence in answer.text and not given and sessions() == 0


def sessions() -> int:
    with reading(system("test")) as unit:
        return len(unit.session.exec(select(SignInSession)).all())


def test_a_member_of_staff_gets_the_same_session_as_by_a_password(noor: User, provider: Provider) -> None:
    answer = sign_in(provider, "/auth/oidc/start?next=/werkgever%3Fid%3D7")
    assert (answer.status, answer.header("location")) == (303, "/werkgever?id=7")
    session = next(one for one in answer.cookies if one.startswith("crm_session="))
    for part in ("HttpOnly", "SameSite=lax", "Secure", "Max-Age=28800"):
        assert part in session
    assert get("/x", session.split(";")[0]).status == 200
    with reading(system("test")) as unit:
        stored = unit.session.exec(select(SignInSession)).one()
    assert (stored.user_id, stored.expires_at) == (key(noor), NOW + timedelta(hours=8))


def test_the_question_has_a_proof_a_state_and_a_nonce_of_its_own(noor: User, provider: Provider) -> None:
    sign_in(provider)
    first = provider.asked
    assert first["code_challenge_method"] == "S256"
    assert (first["client_id"], first["response_type"], first["scope"]) == (CLIENT, "code", "openid email")
    assert first["redirect_uri"] == "https://crm.example.nl/auth/oidc/callback"
    set_out(provider)
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != provider.asked[name]


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of-another-browser"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": [CLIENT, "another-client"]},
        {"aud": None},
        {"azp": "another-client"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": int(NOW.timestamp()) - 61},
        {"exp": None},
        {"iat": None},
        {"sub": None},
        {"email_verified": False},
        {"email_verified": None},
        {"email": None},
        {"email": ["noor@example.nl"]},
    ],
    ids=str,
)
def test_a_token_that_does_not_prove_it_opens_nothing(
    noor: User, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    assert refused(sign_in(provider))


def test_a_token_signed_with_another_key_or_not_at_all_opens_nothing(noor: User, provider: Provider) -> None:
    provider.published = ECKey.generate_key("P-256", {"kid": "one"})
    assert refused(sign_in(provider))
    provider.published, provider.unsigned = None, True
    assert refused(sign_in(provider))


@pytest.mark.parametrize("address", ["noor@stra\u00dfe.example", "noor@\u017ftrasse.example"])
def test_an_address_that_looks_alike_in_lower_case_is_somebody_else(
    lite_world: World, provider: Provider, address: str
) -> None:
    make_user(Role.ADVISER, "Noor de Vries", email="noor@strasse.example")
    provider.claims = {"email": address}
    assert refused(sign_in(provider), NOBODY)
    provider.claims = {"email": "Noor@Strasse.example"}
    assert sign_in(provider).status == 303


def test_an_answer_to_another_question_opens_nothing(noor: User, provider: Provider) -> None:
    theirs, _ = set_out(provider)
    state, cookie = set_out(provider)
    assert refused(come_back(theirs, cookie))
    assert refused(come_back(state, ""))
    assert refused(come_back(state, cookie[:-1] + ("0" if cookie[-1] != "0" else "1")))
    assert refused(come_back(state, cookie, "&error=access_denied"))
    assert refused(come_back(state, cookie, "&code=c0de&iss=https://evil.example"))
    with clock.frozen_at(NOW + timedelta(minutes=10)):
        assert refused(come_back(state, cookie))
    assert provider.tokens == []


def test_without_the_proof_of_this_browser_the_provider_gives_nothing(noor: User, provider: Provider) -> None:
    state, cookie = set_out(provider)
    provider.asked["code_challenge"] = "of-another-browser"
    assert refused(come_back(state, cookie))


@pytest.mark.parametrize("who", ["nobody", "disabled", "employer", "partner"])
def test_who_has_no_account_of_staff_hears_one_sentence(
    lite_world: World, provider: Provider, who: str
) -> None:
    if who != "nobody":
        role = {"employer": Role.EMPLOYER, "partner": Role.PARTNER}.get(who, Role.ADVISER)
        make_user(role, "Noor", email=EMAIL, active=who != "disabled")
    answer = sign_in(provider)
    assert refused(answer, NOBODY)
    assert EMAIL not in answer.text
    with reading(system("test")) as unit:
        told = unit.session.exec(select(AuditEntry).where(AuditEntry.action == "refuse")).one()
        assert unit.session.exec(select(User).where(User.email == EMAIL)).all() == [] or who != "nobody"
    assert told.intention == "accounts.sign_in"


def test_disabling_an_account_ends_what_was_signed_in_so(noor: User, provider: Provider) -> None:
    answer = sign_in(provider)
    cookie = next(one for one in answer.cookies if one.startswith("crm_session=")).split(";")[0]
    with work(system("test")) as unit:
        unit.get(User, key(noor)).active = False
        unit.commit()
    assert get("/x", cookie).status == 401


@pytest.mark.parametrize(
    "asked", ["https://evil.example/", "//evil.example", "/\\evil.example", "/auth/logout"]
)
def test_it_leads_nowhere_else(noor: User, provider: Provider, asked: str) -> None:
    assert sign_in(provider, f"/auth/oidc/start?next={quote(asked)}").header("location") == "/"


def test_the_session_that_was_there_ends(noor: User, provider: Provider) -> None:
    old = signed_in(noor)
    state, cookie = set_out(provider)
    assert come_back(state, f"{cookie}; {old}").status == 303
    assert get("/x", old).status == 401


@pytest.mark.parametrize(
    ("sub", "verified", "status"), [("7", True, 303), ("8", True, 403), ("7", False, 403)]
)
def test_an_address_told_apart_from_the_token_is_of_the_same_person(
    noor: User, provider: Provider, sub: str, verified: bool, status: int
) -> None:
    provider.claims = {"email": None, "email_verified": None}
    provider.user_info = {"sub": sub, "email": "Noor@Example.NL", "email_verified": verified}
    assert sign_in(provider).status == status


def test_a_provider_that_is_another_or_away_is_told_in_one_sentence(noor: User, provider: Provider) -> None:
    provider.issuer_told = "https://evil.example"
    answer = get("/auth/oidc/start?language=nl")
    assert (answer.status, answer.cookies) == (502, [])
    assert "lukt nu niet" in answer.text


def test_the_button_is_there_when_it_is_set_up_and_keeps_where_to_go(noor: User, provider: Provider) -> None:
    page = get("/auth/login?next=/sroi").text
    assert "Inloggen met Gemeente &lt;X&gt;" in page
    assert 'href="/auth/oidc/start?language=nl&amp;next=%2Fsroi"' in page


def test_without_a_provider_there_is_no_button_and_no_way(noor: User) -> None:
    assert "/auth/oidc" not in get("/auth/login").text
    assert get("/auth/oidc/start").header("location") == "/auth/login"
    assert refused(come_back("x", "crm_oidc=x.y"))


def test_half_a_setup_does_not_start(lite_world: World) -> None:
    with pytest.raises(CannotStart, match="CRM_OIDC_CLIENT_ID"):
        check_can_start(Settings(oidc_issuer="https://login.example.nl"))


@pytest.mark.parametrize(
    "issuer", ["http://login.example.nl", "login.example.nl", "http://127.0.0.1.evil.nl"]
)
def test_an_issuer_without_encryption_is_refused(issuer: str) -> None:
    with pytest.raises(ValueError, match="oidc_issuer"):
        Settings(oidc_issuer=issuer)


def test_the_redirect_address_is_the_one_of_the_site(
    noor: User, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_PUBLIC_URL", "https://vliegwiel.example.nl")
    settings.cache_clear()
    query = parse_qs(urlsplit(get("/auth/oidc/start").header("location")).query)
    assert query["redirect_uri"] == ["https://vliegwiel.example.nl/auth/oidc/callback"]
