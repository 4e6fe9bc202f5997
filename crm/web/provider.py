"""Talks to the organisation's own sign-in (OpenID Connect): where to send a visitor, and who came back.

What the provider says is believed only when it is signed with a key that it publishes, is meant for us and
answers the question that was asked (OpenID Connect Core 1.0, section 3.1.3.7).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from crm.core import clock
from crm.core.config import Settings, settings
from crm.core.errors import AppError
from crm.core.i18n import N_

# Keys that only the provider has; never a shared secret, and never no signature at all.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_SCOPE = "openid email"
_SECONDS = 10
_LEEWAY = 60
_KEPT = 600
_NO_ANSWER = N_(
    "Signing in with the account of your organisation does not work now. "
    "Try again later, or use your password."
)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class NoAnswer(AppError):
    """The provider does not answer, or not as it should."""

    def __init__(self) -> None:
        super().__init__(_NO_ANSWER)


class Why(StrEnum):
    """Why an answer is not believed, for the log alone."""

    NO_QUESTION = "this browser asked nothing, or too long ago"
    STATE = "the answer to another question"
    ISSUER = "the answer of another provider"
    NO_CODE = "no code"
    EXCHANGE = "the code was not taken"
    PROOF = "the token is not right"
    AUDIENCES = "several audiences and no authorised party"
    CLIENT = "made for another client"
    NO_ADDRESS = "no e-mail address"
    UNVERIFIED = "an address that was not verified"


class NotBelieved(AppError):
    """What came back does not prove who somebody is; `why` and `detail` are for the log alone."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(N_("Signing in did not work. Open the sign-in page and try again."))
        self.why = f"{why}: {detail}" if detail else why.value


@dataclass(frozen=True)
class Question:
    """What one browser was sent away with: only its own answer fits."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


def address_for(question: Question) -> str:
    """Return where to send a visitor who wants to sign in; raises `NoAnswer`."""
    where = _where()
    with _client(question) as client:
        address, _state = client.create_authorization_url(
            where["authorization_endpoint"],
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
        )
    return str(address)


def vouched_email(question: Question, code: str) -> str:
    """Return the verified e-mail address of who came back with a code.

    Raises `NoAnswer`, and `NotBelieved` when signature, issuer, audience, nonce or time are not right or the
    provider does not say that the address was verified.
    """
    where = _where()
    try:
        with _client(question) as client:
            token = client.fetch_token(
                where["token_endpoint"], code=code, code_verifier=question.verifier, allow_redirects=False
            )
            keys = _keys(client, where["jwks_uri"])
            claims = _checked(str(token.get("id_token", "")), keys, question.nonce)
            told = claims if "email" in claims else _user_info(client, where, claims)
    except AuthlibBaseError as error:
        raise NotBelieved(Why.EXCHANGE, type(error).__name__) from None
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotBelieved(
            Why.PROOF, f"{type(error).__name__} {getattr(error, 'claim', '')}".strip()
        ) from None
    except RequestException:
        raise NoAnswer() from None
    email = told["email"]
    if told.get("email_verified") not in (True, "true") or not isinstance(email, str):
        raise NotBelieved(Why.UNVERIFIED)
    return email


def _keys(client: OAuth2Session, address: str) -> KeySet:
    published: Any = _get(client, address)
    return KeySet.import_key_set(published)


def _checked(id_token: str, keys: KeySet, nonce: str) -> dict[str, Any]:
    client_id = settings().oidc_client_id
    claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
    jwt.JWTClaimsRegistry(
        now=int(clock.now().timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": settings().oidc_issuer},
        sub={"essential": True},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(claims)
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") is None:
        raise NotBelieved(Why.AUDIENCES)
    if claims.get("azp", client_id) != client_id:
        raise NotBelieved(Why.CLIENT)
    return claims


def _user_info(client: OAuth2Session, where: dict[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
    """Return what the provider tells apart from the token, when that has no address; of the same person."""
    if not _is_safe(str(where.get("userinfo_endpoint", ""))):
        raise NotBelieved(Why.NO_ADDRESS)
    found = _get(client, where["userinfo_endpoint"], withhold_token=False)
    if found.get("sub") != claims["sub"] or "email" not in found:
        raise NotBelieved(Why.NO_ADDRESS)
    return found


def _client(question: Question) -> OAuth2Session:
    given: Settings = settings()
    return OAuth2Session(
        given.oidc_client_id,
        given.oidc_client_secret or None,
        token_endpoint_auth_method="client_secret_basic" if given.oidc_client_secret else "none",
        scope=_SCOPE,
        redirect_uri=question.redirect_uri,
        code_challenge_method="S256",
        default_timeout=_SECONDS,
    )


def _where() -> dict[str, Any]:
    """Return the addresses that the provider publishes, kept for ten minutes."""
    return _published(settings().oidc_issuer, int(clock.now().timestamp()) // _KEPT)


@lru_cache(maxsize=2)
def _published(issuer: str, _period: int) -> dict[str, Any]:
    try:
        with OAuth2Session(default_timeout=_SECONDS) as client:
            found = _get(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    except (RequestException, ValueError):
        raise NoAnswer() from None
    if found.get("issuer") != issuer or not all(_is_safe(str(found.get(name, ""))) for name in _ENDPOINTS):
        raise NoAnswer()
    return found


def _get(client: OAuth2Session, address: str, *, withhold_token: bool = True) -> dict[str, Any]:
    answer = client.get(address, withhold_token=withhold_token, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _is_safe(address: str) -> bool:
    """Tell whether an address is encrypted on its way, or stays on this machine with its issuer."""
    parts = urlsplit(address)
    own = urlsplit(settings().oidc_issuer)
    return parts.scheme == "https" or (own.scheme == "http" and parts.netloc == own.netloc)
