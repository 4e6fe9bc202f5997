"""Links audit entries into a hash chain after they are written, and checks the chain.

Writers never wait for each other: a sealer picks up what has been committed and gives it the next
links. An entry that is changed, or removed once sealed, breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, text

from crm.core.audit import AuditEntry, AuditSeal, content_hash
from crm.core.database import engine, is_sqlite
from crm.core.errors import Invalid

GENESIS = "0" * 64
_BATCH = 5_000
_SEALER_LOCK = 7_207_001


@dataclass(frozen=True)
class ChainReport:
    """What a check of the chain found: links, entries still waiting, and the last link's hash."""

    sealed: int
    waiting: int
    head: str


def seal() -> int:
    """Link every committed entry that has no link yet; return how many."""
    sealed = 0
    while count := _seal_batch():
        sealed += count
    return sealed


def check_chain() -> ChainReport:
    """Recompute the chain of this installation; raises `Invalid` at the first link that does not fit."""
    with engine().connect() as connection:
        return verify(connection)


def verify(connection: Connection) -> ChainReport:
    """Recompute every link; raises `Invalid` at the first one that does not fit."""
    head, last = GENESIS, 0
    with connection.execution_options(yield_per=_BATCH).execute(_links()) as links:
        for link in links.mappings():
            content = _content(link)
            head = _link(head, content)
            if link["id"] != last + 1 or link["chain_hash"] != head:
                raise Invalid("audit", "The audit log was changed at link {link}.", link=link["id"])
            last = link["id"]
    total = connection.scalar(select(func.count()).select_from(AuditEntry)) or 0
    return ChainReport(sealed=last, waiting=total - last, head=head)


def _links() -> Select[Any]:
    entries, seals = AuditEntry.__table__, AuditSeal.__table__  # type: ignore[attr-defined]
    return (
        select(seals.c.id, seals.c.chain_hash, *(column.label(f"e_{column.name}") for column in entries.c))
        .join_from(seals, entries, entries.c.id == seals.c.entry_id, isouter=True)
        .order_by(seals.c.id)
    )


def _content(link: RowMapping) -> str:
    """Return the hash of a link's entry as it is now; nothing fits when it was taken out or changed."""
    entry = {name.removeprefix("e_"): value for name, value in link.items() if name.startswith("e_")}
    if entry["id"] is None or content_hash(entry) != entry["content_hash"]:
        return ""
    return str(entry["content_hash"])


def _seal_batch() -> int:
    with engine().execution_options(writes=True).begin() as connection:
        if not _alone(connection):
            return 0
        entries, seals = AuditEntry.__table__, AuditSeal.__table__  # type: ignore[attr-defined]
        last = connection.execute(select(seals.c.id, seals.c.chain_hash).order_by(seals.c.id.desc())).first()
        number, head = (last.id, last.chain_hash) if last else (0, GENESIS)
        waiting = connection.execute(
            select(entries.c.id, entries.c.content_hash)
            .where(~select(seals.c.id).where(seals.c.entry_id == entries.c.id).exists())
            .order_by(entries.c.id)
            .limit(_BATCH)
        ).all()
        links = []
        for entry in waiting:
            number, head = number + 1, _link(head, entry.content_hash)
            links.append({"id": number, "entry_id": entry.id, "chain_hash": head})
        if links:
            connection.execute(insert(seals), links)
        return len(links)


def _alone(connection: Connection) -> bool:
    """Return whether this is the only sealer; on SQLite the writing transaction sees to that."""
    if is_sqlite(connection):
        return True
    lock = text("SELECT pg_try_advisory_xact_lock(:lock)")
    return bool(connection.scalar(lock, {"lock": _SEALER_LOCK}))


def _link(head: str, content: str) -> str:
    return hashlib.sha256(f"{head}{content}".encode()).hexdigest()
