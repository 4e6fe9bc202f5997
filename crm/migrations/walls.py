"""What a migration of new tables does beside making them: row security, and sizes for SQLite's plans."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

OWN = "(SELECT nullif(current_setting('crm.employer_id', true), '')::int)"
STAFF = "(SELECT current_setting('crm.scope', true) = 'staff')"


def close(owned: Iterable[str], staff_only: Iterable[str]) -> None:
    """Let portal users see their own employer's rows of `owned`, none of `staff_only` (PostgreSQL)."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in owned:
        _policy(table, f"{STAFF} OR employer_id = {OWN}")
    for table in staff_only:
        _policy(table, STAFF)


def plan(regional: Iterable[str]) -> None:
    """Tell SQLite what a full region looks like, so that it searches these tables by region first."""
    if op.get_bind().dialect.name != "sqlite":
        return
    database = sa.inspect(op.get_bind())
    for table in regional:
        for index in database.get_indexes(table):
            if index["column_names"][0] == "region_id":
                narrower = [max(20_000 // 100**depth, 1) for depth in range(1, len(index["column_names"]))]
                stat = " ".join(map(str, (20_000, 20_000, *narrower)))
                told = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:table, :index, :stat)"
                op.execute(sa.text(told).bindparams(table=table, index=index["name"], stat=stat))


def _policy(table: str, unless: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY own_rows ON {table} USING ({unless})")
