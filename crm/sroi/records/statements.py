"""Tables of final statements, the copies of them that went out, and letters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, OfEmployer, Record, UtcDateTime, choice
from crm.sroi.states import LetterKind


class Statement(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """A final statement ("eindafrekening") of a contract; the highest `number` is the current one.

    `inputs` is the canonical JSON that everything on paper is made from, `sha256` its hash, `code` what
    anyone can type to see that the paper is genuine. Never changed: a correction is a new one.
    """

    __tablename__ = "statements"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    contract_id: int = Field(foreign_key="contracts.id")
    number: int
    code: str = Field(max_length=20, unique=True)
    sha256: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id")
    inputs: str = Field(sa_column=Column(Text, nullable=False))


class StatementCopy(InRegion, OfAuthority, OfEmployer, Record, table=True):
    """The hash of a statement's PDF as it was handed out, so that a copy can be compared years later."""

    __tablename__ = "statement_copies"
    __table_args__ = (UniqueConstraint("statement_id", "sha256"),)

    statement_id: int = Field(foreign_key="statements.id")
    language: str = Field(max_length=2)
    sha256: str = Field(max_length=64)
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class Letter(InRegion, OfAuthority, OfEmployer, Internal, Record, table=True):
    """A letter that an officer made; `inputs` is the canonical JSON with its text. People send it."""

    __tablename__ = "letters"

    contract_id: int = Field(foreign_key="contracts.id", index=True)
    kind: LetterKind = Field(sa_column=Column(choice(LetterKind), nullable=False))
    language: str = Field(max_length=2)
    made_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    made_by_id: int | None = Field(default=None, foreign_key="users.id")
    inputs: str = Field(sa_column=Column(Text, nullable=False))
