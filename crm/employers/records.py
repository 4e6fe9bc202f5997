"""Tables of employers: the organisation, its establishments, its people and who holds the account."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Column, Index, text
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, TheEmployer, Versioned, choice
from crm.employers.rules import Segment, TeamRole


class Municipality(InRegion, Record, table=True):
    """A municipality ("gemeente") with its CBS code."""

    __tablename__ = "municipalities"

    code: str = Field(max_length=8, unique=True)
    name: str = Field(max_length=80)


class Employer(Versioned, InRegion, TheEmployer, Record, table=True):
    """An employer ("werkgever"); `last_contact_on` and `holder_id` follow from its moments and team."""

    __tablename__ = "employers"
    __table_args__ = (
        CheckConstraint("kvk_number IS NULL OR length(kvk_number) = 8", name="kvk_digits"),
        Index(None, "region_id", "search_key"),
        Index(None, "region_id", "last_contact_on"),
        Index(None, "holder_id", "last_contact_on"),
    )

    name: str = Field(max_length=200)
    kvk_number: str | None = Field(default=None, max_length=8, unique=True)
    sbi_code: str | None = Field(default=None, max_length=8)
    staff_size: int | None = None
    street: str | None = Field(default=None, max_length=160)
    postcode: str | None = Field(default=None, max_length=7)
    city: str | None = Field(default=None, max_length=80)
    municipality_id: int | None = Field(default=None, foreign_key="municipalities.id", index=True)
    segment: Segment = Field(default=Segment.LOCAL, sa_column=Column(choice(Segment), nullable=False))
    phone: str | None = Field(default=None, max_length=40)
    website: str | None = Field(default=None, max_length=200)
    ceased_on: date | None = None
    holder_id: int | None = Field(default=None, foreign_key="users.id")
    last_contact_on: date | None = None
    search_key: str = Field(default="", max_length=400)


class Establishment(Versioned, InRegion, OfEmployer, Record, table=True):
    """A place where the employer works ("vestiging"), with its twelve-digit number."""

    __tablename__ = "establishments"
    __table_args__ = (CheckConstraint("length(number) = 12", name="number_digits"),)

    number: str = Field(max_length=12, unique=True)
    name: str = Field(max_length=200)
    street: str | None = Field(default=None, max_length=160)
    postcode: str | None = Field(default=None, max_length=7)
    city: str | None = Field(default=None, max_length=80)
    municipality_id: int | None = Field(default=None, foreign_key="municipalities.id", index=True)
    ceased_on: date | None = None


class ContactPerson(Versioned, InRegion, OfEmployer, Internal, Record, table=True):
    """Somebody we speak with at an employer ("contactpersoon"); `active` is false once they left."""

    __tablename__ = "contact_persons"

    name: str = Field(max_length=120)
    job_title: str | None = Field(default=None, max_length=120)
    email: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=40)
    active: bool = True


class AccountTeamMember(InRegion, OfEmployer, Internal, Record, table=True):
    """Who holds or deputises an account ("accounthouder"), from when until when."""

    __tablename__ = "account_team"
    __table_args__ = (
        Index(
            "uq_account_team_one_holder",
            "employer_id",
            unique=True,
            sqlite_where=text("team_role = 'holder' AND until IS NULL"),
            postgresql_where=text("team_role = 'holder' AND until IS NULL"),
        ),
    )

    user_id: int = Field(foreign_key="users.id", index=True)
    team_role: TeamRole = Field(sa_column=Column(choice(TeamRole), nullable=False))
    since: date
    until: date | None = None
