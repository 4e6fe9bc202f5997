"""What users decide about their calendar feed and their daily mail."""

from __future__ import annotations

import secrets

from crm.accounts.actions.sign_in import token_hash
from crm.agenda.queries import digest_of, feed_of
from crm.agenda.records import CalendarFeed, DigestWish
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.work import Work


class MakeFeed(Command):
    """A new secret address for my calendar; the one before opens nothing any more."""


class RevokeFeed(Command):
    """No calendar for me any more."""


class AskDigest(Command):
    """Whether I want a mail each working day about what is due."""

    wanted: bool


@action(Permission.VISIT_LOG, MakeFeed)
def make_feed(work: Work, _command: MakeFeed) -> str:
    """Give the actor a calendar feed and return its secret, which is told once and kept as a hash."""
    token = secrets.token_urlsafe(32)
    feed = feed_of(work, work.user_id)
    if feed is None:
        made = CalendarFeed(user_id=work.user_id, token_hash=token_hash(token), made_at=clock.now())
        work.add(made)
    else:
        feed.token_hash, feed.made_at = token_hash(token), clock.now()
    return token


@action(Permission.VISIT_LOG, RevokeFeed)
def revoke_feed(work: Work, _command: RevokeFeed) -> int:
    """Take the actor's calendar feed away; returns how many there were."""
    feed = feed_of(work, work.user_id)
    if feed is None:
        return 0
    work.session.delete(feed)
    return 1


@action(Permission.VISIT_LOG, AskDigest)
def ask_digest(work: Work, command: AskDigest) -> bool:
    """Start or stop the actor's daily mail; returns whether they get one from now on."""
    wish = digest_of(work, work.user_id)
    if wish is None and command.wanted:
        work.add(DigestWish(user_id=work.user_id, since=clock.now()))
    elif wish is not None and not command.wanted:
        work.session.delete(wish)
    return command.wanted
