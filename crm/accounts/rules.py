"""Rules of accounts: how long a sign-in lasts, how wrong passwords are slowed down, what a password is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

SESSION_LENGTH = timedelta(hours=8)
INVITATION_LENGTH = timedelta(days=7)
FREE_FAILURES = 2
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200

DEMO_DOMAIN = "demo.vliegwiel.example"
DEMO_INSTALLATION = "demo"
DEMO_LOADING = "loading"

_WIDELY_USED = frozenset(
    {
        "123456789012",
        "1234567890123",
        "administrator",
        "letmeinletmein",
        "passwordpassword",
        "password1234",
        "qwertyqwerty",
        "qwertyuiop12",
        "wachtwoord12",
        "wachtwoord123",
        "wachtwoord1234",
        "welkom012345",
        "welkom123456",
        "welkomwelkom",
    }
)


class Weakness(StrEnum):
    """Why a password is refused."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    LIKE_YOU = "like_you"
    GUESSED_FIRST = "guessed_first"


def demo_email(role: str) -> str:
    """Return the sign-in name of the demo user of a role."""
    return f"{role}@{DEMO_DOMAIN}"


# Providers of mail for everybody: who shares such a domain shares no organisation.
PUBLIC_MAIL = frozenset(
    {
        "aol.com",
        "caiway.nl",
        "casema.nl",
        "chello.nl",
        "gmail.com",
        "gmx.com",
        "gmx.net",
        "googlemail.com",
        "hccnet.nl",
        "hetnet.nl",
        "home.nl",
        "hotmail.com",
        "hotmail.nl",
        "icloud.com",
        "kpnmail.nl",
        "kpnplanet.nl",
        "live.com",
        "live.nl",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "onsbrabantnet.nl",
        "outlook.be",
        "outlook.com",
        "outlook.nl",
        "planet.nl",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "quicknet.nl",
        "solcon.nl",
        "telenet.be",
        "telfort.nl",
        "upcmail.nl",
        "versatel.nl",
        "xs4all.nl",
        "yahoo.com",
        "yahoo.nl",
        "ymail.com",
        "zeelandnet.nl",
        "ziggo.nl",
        "zonnet.nl",
    }
)


def own_domain(address: str) -> str:
    """Return the domain of an e-mail address or website that only one organisation uses, or nothing."""
    host = address.strip().casefold().rpartition("@")[2].rpartition("://")[2]
    domain = host.partition("/")[0].partition(":")[0].removeprefix("www.")
    return "" if domain in PUBLIC_MAIL or "." not in domain else domain


def narrowest(former: frozenset[int], now: frozenset[int]) -> frozenset[int]:
    """Return the authorities that both limits let somebody see, where none at all stands for every one.

    Where they share nothing, the former hold: none may not come to stand for all.
    """
    return (former & now or former) if former and now else former or now


def wait_after(failures: int) -> timedelta:
    """Return how long the next try must wait after so many failures in a row.

    The first three tries are free; from the third failure on 2, 4, 8 … seconds, at most 15 minutes.
    """
    if failures <= FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_FAILURES, 20)), LONGEST_WAIT)


def failures_that_count(failures: int, last_failed_at: datetime, now: datetime) -> int:
    """Return how many failures still count; after a day they are forgotten."""
    return 0 if now - last_failed_at >= FORGOTTEN_AFTER else failures


def seconds_to_wait(failures: int, last_failed_at: datetime, now: datetime) -> int:
    """Return in how many whole seconds the next try is allowed; zero when it is allowed now."""
    counted = failures_that_count(failures, last_failed_at, now)
    left = last_failed_at + wait_after(counted) - now
    return max(0, -(-left // timedelta(seconds=1)))


def sign_in_name(text: str) -> str:
    """Return an e-mail address as it is compared: without spaces around it, in lower case."""
    return text.strip().casefold()


def weakness(password: str, email: str, name: str) -> Weakness | None:
    """Return why a password cannot be used, or None when it can.

    Length and not being easy to guess are all that counts; no rules about kinds of characters
    (NIST SP 800-63B, section 3.1.1.2).
    """
    if len(password) < SHORTEST_PASSWORD:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST_PASSWORD:
        return Weakness.TOO_LONG
    plain = password.casefold()
    if any(own in plain and len(plain) - len(own) < SHORTEST_PASSWORD // 2 for own in _own(email, name)):
        return Weakness.LIKE_YOU
    if plain in _WIDELY_USED or len(set(plain)) < 4:
        return Weakness.GUESSED_FIRST
    return None


def _own(email: str, name: str) -> list[str]:
    """Return what others know about somebody and would try first."""
    address = email.casefold()
    spoken = name.casefold()
    own = {address, address.partition("@")[0], spoken, spoken.replace(" ", "")}
    return [text for text in own if len(text) >= 4]
