"""Slows down who tries again and again at a door without a sign-in.

A try is counted before it is answered, so that many at the same moment are slowed down like one after the
other.
"""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy.exc import IntegrityError

from crm.accounts import queries
from crm.accounts.records import SignInAttempts
from crm.accounts.rules import failures_that_count, seconds_to_wait
from crm.core import clock
from crm.core.access import system
from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.work import work

ORIGIN = "sign-in"
_WAIT = N_("That was tried too often. Wait {seconds} seconds and try again.")


def keyed(text: str) -> str:
    """Return what is kept of who tries: a hash that only this installation can make."""
    return hmac.new(settings().secret, text.encode(), hashlib.sha256).hexdigest()


def count_try(attempts_key: str) -> None:
    """Count a try as failed until it succeeds; raises `Invalid` when it comes too soon."""
    try:
        with work(system(ORIGIN)) as unit:
            attempts = queries.attempts_on(unit, attempts_key)
            moment = clock.now()
            if attempts is None:
                attempts = SignInAttempts(name_hash=attempts_key, last_failed_at=moment)
            elif seconds := seconds_to_wait(attempts.failures, attempts.last_failed_at, moment):
                raise Invalid("", _WAIT, seconds=seconds)
            attempts.failures = 1 + failures_that_count(attempts.failures, attempts.last_failed_at, moment)
            attempts.last_failed_at = moment
            unit.add(attempts)
            unit.commit()
    except IntegrityError:
        raise Invalid("", _WAIT, seconds=1) from None


def forgive_try(attempts_key: str) -> None:
    """Forget the tries of somebody who got it right."""
    with work(system(ORIGIN)) as unit:
        if attempts := queries.attempts_on(unit, attempts_key):
            unit.session.delete(attempts)
            unit.commit()
