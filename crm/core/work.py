"""The unit of work: one click, one transaction, rolled back unless committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from crm.core import audit, scoping
from crm.core.access import EVERYTHING, Actor, Permission, Scope, visible
from crm.core.database import engine
from crm.core.errors import Conflict, NotFound, SignedOut
from crm.core.records import Record

R = TypeVar("R", bound=Record)
C = TypeVar("C")
T = TypeVar("T")

_RETRIES = 5
_RETRY_CODES = {"40001", "40P01"}


class ScopedSession(Session):
    """A session that carries an actor's scope and writes the audit; made only by a unit of work."""


event.listen(ScopedSession, "do_orm_execute", scoping.scope_selects)
event.listen(ScopedSession, "after_begin", scoping.tell_database)
event.listen(ScopedSession, "after_flush", audit.record_changes)


class Work:
    """One transaction in the name of an actor. Open it with `work` or `reading`."""

    def __init__(self, actor: Actor, *, writes: bool, scope: Scope | None = None) -> None:
        self.actor = actor
        bind = engine().execution_options(writes=writes)
        self.session = ScopedSession(bind, expire_on_commit=False, autoflush=writes)
        scoping.apply_scope(self.session, scope or visible(actor))
        self.session.info["actor"] = actor
        self.session.info["intention"] = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()

    @property
    def scope(self) -> Scope:
        """What this unit sees: the actor's own, or everything when it was opened beyond that."""
        found: Scope = self.session.info["scope"]
        return found

    @property
    def user_id(self) -> int:
        """The id of the user whose work this is; raises `SignedOut` when it is nobody's, but the system's."""
        if self.actor.user_id is None:
            raise SignedOut()
        return self.actor.user_id

    def intend(self, intention: str) -> None:
        """Name what the user is doing; every audit entry from here on carries it."""
        self.session.info["intention"] = intention

    def get(self, model: type[R], record_id: int) -> R:
        """Return the record, or raise `NotFound` when there is none or it is not the actor's."""
        found = self.session.get(model, record_id)
        if found is None:
            raise NotFound()
        return found

    def edit(self, model: type[R], record_id: int, version: int, yours: Mapping[str, Any]) -> R:
        """Return the record for a change that was prepared on `version`.

        Raises `Conflict` with the stored fields beside `yours` when it has changed since.
        """
        found = self.get(model, record_id)
        current: int = getattr(found, "version")  # noqa: B009
        if current != version:
            raise Conflict({name: getattr(found, name, None) for name in yours}, yours, current)
        return found

    def add(self, record: R) -> R:
        """Write a new record now, so that it has its id."""
        self.session.add(record)
        self.flush()
        return record

    def flush(self) -> None:
        """Write what is pending; raises `Conflict` when somebody changed a record in between."""
        try:
            self.session.flush()
        except StaleDataError as error:
            raise Conflict({}, {}, 0) from error

    def note(
        self, action: str, kind: str, object_id: int | str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Write an audit entry for something that changes nothing: a view, an export, a refusal."""
        audit.write_note(self.session, action, kind, str(object_id), detail)

    def commit(self) -> None:
        """Make it last; raises `Conflict` when somebody changed a record in between."""
        self.flush()
        self.session.commit()


@contextmanager
def work(actor: Actor) -> Iterator[Work]:
    """Open a unit of work that may write; it rolls back unless `commit` is called."""
    with Work(actor, writes=True) as unit:
        yield unit


@contextmanager
def reading(actor: Actor) -> Iterator[Work]:
    """Open a unit of work that only reads."""
    with Work(actor, writes=False) as unit:
        yield unit


@contextmanager
def beyond_scope(actor: Actor, permission: Permission, *, writes: bool = False) -> Iterator[Work]:
    """Open a unit of work in the actor's name that sees everything.

    For the few questions that need the whole installation (is this KvK number taken, is this hour
    counted elsewhere); whoever opens it must hold `permission` and may hand out only its own answer.
    """
    actor.require(permission)
    with Work(actor, writes=writes, scope=EVERYTHING) as unit:
        yield unit


@contextmanager
def seeing_all(work: Work, permission: Permission) -> Iterator[None]:
    """Let a unit of work see and write everything for the length of a block, in its own transaction.

    For what an actor does that counts on a record of others too, such as an effort on a part of another
    company's contract. Whoever opens it must hold `permission`, and looks up beforehand whether the actor may
    touch that very record; what was read in the block can be found again afterwards by its id.
    """
    work.actor.require(permission)
    own = work.scope
    if work.session.autoflush:
        work.flush()
    scoping.change_scope(work.session, EVERYTHING)
    try:
        yield
        if work.session.autoflush:
            work.flush()
    finally:
        scoping.apply_scope(work.session, own)
    scoping.change_scope(work.session, own)


def perform(actor: Actor, action: Callable[[Work, C], T], command: C) -> T:
    """Run one action in one transaction and commit it.

    Tried again when the database says that two transactions crossed (serialisation, deadlock);
    raises what the action raises.
    """
    for _ in range(_RETRIES):
        try:
            with work(actor) as unit:
                result = action(unit, command)
                unit.commit()
                return result
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in _RETRY_CODES:
                raise
            crossed = error
    raise crossed
