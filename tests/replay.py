"""Plays the audit log back and compares it with the tables: whatever was not logged comes to light."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Mapper
from sqlalchemy.types import Numeric

from crm.core.audit import MASK, AuditEntry, plain_json
from crm.core.database import is_sqlite
from crm.core.records import Record, UtcDateTime
from crm.schema import metadata

# Follows from other records whose changes are logged, and changes with them in the same transaction.
DERIVED = {("employers", "last_contact_on")}

Row = dict[str, Any]


def unlogged(engine: Engine) -> list[str]:
    """Return what the tables hold that the audit log does not tell, one line for each record."""
    metadata()
    with engine.connect() as connection:
        if not is_sqlite(connection):
            connection.execute(text("SELECT set_config('crm.scope', 'staff', true)"))
        told = _told(connection)
        found: dict[tuple[str, str], Row] = {}
        filled = _filled(connection)
        for mapper in Record._sa_registry.mappers:
            if mapper.class_.audited and str(mapper.class_.__tablename__) in filled:
                found |= _stored(connection, mapper)
    wrong = [where for where in found.keys() | told.keys() if found.get(where) != told.get(where)]
    return [
        f"{where}: the log says {told.get(where)}, the table {found.get(where)}" for where in sorted(wrong)
    ]


def _filled(connection: Connection) -> set[str]:
    """Return the tables that hold anything, in one question: most are empty in most tests."""
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in metadata().tables)
    return set(connection.scalars(text(" UNION ALL ".join(asked))))


def _told(connection: Connection) -> dict[tuple[str, str], Row]:
    mappers = {str(mapper.class_.__tablename__): mapper for mapper in Record._sa_registry.mappers}
    entries = AuditEntry.__table__  # type: ignore[attr-defined]
    told: dict[tuple[str, str], Row] = {}
    for entry in connection.execute(select(entries).order_by(entries.c.id)):
        where = (entry.object_type, entry.object_id)
        if entry.action == "delete":
            told.pop(where, None)
        elif entry.action in {"insert", "update"}:
            after = _comparable(json.loads(entry.after), mappers[entry.object_type])
            told[where] = {**told.get(where, {}), **after}
    return told


def _stored(connection: Connection, mapper: Mapper[Any]) -> dict[tuple[str, str], Row]:
    columns = [attr.columns[0].label(attr.key) for attr in mapper.column_attrs]
    rows = connection.execute(select(*columns)).mappings()
    read = (_comparable(json.loads(plain_json(dict(row))), mapper) for row in rows)
    return {(str(mapper.class_.__tablename__), str(row["id"])): row for row in read}


def _comparable(row: Mapping[str, Any], mapper: Mapper[Any]) -> Row:
    table = str(mapper.class_.__tablename__)
    return {
        name: _same(value, mapper.columns[name].type)
        for name, value in row.items()
        if name != "version" and (table, name) not in DERIVED and name not in mapper.class_.masked
    }


def _same(value: Any, kind: object) -> Any:
    if value is None or value == MASK:
        return value
    if isinstance(kind, Numeric):
        return Decimal(str(value))
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return value
