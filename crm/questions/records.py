"""The table of answers that employers gave to a question list."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, Versioned


class AnswerSet(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """The answers of an employer to one version of a list, by question id; what was not asked is left out."""

    __tablename__ = "answer_sets"
    __table_args__ = (Index(None, "employer_id", "list_code", "held_on"),)

    list_code: str = Field(max_length=40)
    list_version: int
    held_on: date
    author_id: int = Field(foreign_key="users.id")
    moment_id: int | None = Field(default=None, foreign_key="contact_moments.id", index=True)
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
