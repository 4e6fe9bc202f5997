"""What every table stands on: naming, column types, version numbers, and who a row belongs to."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import declared_attr, registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored and returned in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; turn an aware one into UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Return the moment aware, also from SQLite that forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(options: type[Enum]) -> SqlEnum:
    """Return the column type for an enum: its value as text, held by a CHECK."""
    return SqlEnum(
        options,
        native_enum=False,
        length=32,
        create_constraint=True,
        name=options.__name__.lower(),
        values_callable=lambda found: [member.value for member in found],
    )


class Record(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING))):
    """Base of every table. `audited` and `masked` tell the audit what to keep of a change."""

    audited: ClassVar[bool] = True
    masked: ClassVar[frozenset[str]] = frozenset()

    id: int | None = Field(default=None, primary_key=True)


class Versioned(SQLModel):
    """Counts its changes, so that a form can tell that somebody was there first."""

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class InRegion(SQLModel):
    """Belongs to a labour-market region ("arbeidsmarktregio"): the tenant boundary."""

    region_id: int = Field(foreign_key="regions.id", index=True)


class OfEmployer(SQLModel):
    """Hangs off one employer; a portal user sees it only when the employer is their own."""

    employer_id: int = Field(foreign_key="employers.id", index=True)


class OfAuthority(SQLModel):
    """Falls under one contracting authority ("opdrachtgever")."""

    authority_id: int = Field(foreign_key="authorities.id", index=True)


class TheEmployer(SQLModel):
    """Marks the employer itself, whose own id is the boundary."""


class TheContract(SQLModel):
    """Marks the contract itself, whose own id can be put out of sight."""


class Internal(SQLModel):
    """About an employer but not for the employer: visits, network, carving cases."""


def key(record: Record) -> int:
    """Return the id of a record that has been flushed."""
    if record.id is None:
        raise RuntimeError(f"{type(record).__name__} has not been written yet")
    return record.id
