"""Counts an installation: rows for each table, SROI totals, and where the audit chain ends."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, inspect, select, text

from crm.core.sealing import verify
from crm.exchange.backup.manifest import AuditHead, EffortTotal, Figures, SroiTotal
from crm.schema import metadata

_CONTRACTS = text("""
    SELECT a.name AS authority, c.state, count(*) AS contracts,
           sum(c.obligation_cents) AS obligation_cents,
           sum(c.submitted_cents) AS submitted_cents,
           sum(c.approved_cents) AS approved_cents
    FROM contracts c JOIN authorities a ON a.id = c.authority_id
    GROUP BY a.name, c.state
""")
_EFFORTS = text("""
    SELECT state, count(*) AS efforts, sum(value_cents) AS value_cents, sum(approved_cents) AS approved_cents
    FROM efforts GROUP BY state
""")


def count_everything(connection: Connection) -> Figures:
    """Return the figures; raises `Invalid` when the audit chain is broken."""
    chain = verify(connection)
    return Figures(
        rows=_rows(connection),
        contracts=sorted(
            (SroiTotal(**_plain(row)) for row in connection.execute(_CONTRACTS).mappings()),
            key=lambda total: (total.authority, total.state),
        ),
        efforts=sorted(
            (EffortTotal(**_plain(row)) for row in connection.execute(_EFFORTS).mappings()),
            key=lambda total: total.state,
        ),
        audit=AuditHead(sealed=chain.sealed, waiting=chain.waiting, head=chain.head),
    )


def file_hashes(connection: Connection) -> list[str]:
    """Return the hashes of all stored files that the database speaks of, in order."""
    present = set(inspect(connection).get_table_names())
    kept = [table for name, table in metadata().tables.items() if name in present and keeps_files(table)]
    return sorted(
        {
            sha256
            for table in kept
            for sha256 in connection.scalars(
                select(table.c.sha256).where(table.c.sha256.is_not(None)).distinct()
            )
        }
    )


def keeps_files(table: Table) -> bool:
    """Return whether a table refers to stored files: by their hash, with what kind of file each is."""
    return {"sha256", "media_type"} <= set(table.c.keys())


def _rows(connection: Connection) -> dict[str, int]:
    present = set(inspect(connection).get_table_names())
    return {
        table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()  # noqa: S608
        for table in sorted(metadata().tables)
        if table in present
    }


def _plain(row: RowMapping) -> dict[str, Any]:
    # PostgreSQL answers a sum of integers as a decimal.
    return {str(name): int(value) if isinstance(value, Decimal) else value for name, value in row.items()}
