"""Tables of accounts: regions, users, what they are assigned to, and their sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint
from sqlmodel import Field

from crm.core.access import Role
from crm.core.records import InRegion, OfEmployer, Record, UtcDateTime, Versioned, choice


class Region(Record, table=True):
    """A labour-market region ("arbeidsmarktregio")."""

    __tablename__ = "regions"

    code: str = Field(max_length=8, unique=True)
    name: str = Field(max_length=120)


class Installation(Record, table=True):
    """A fact about this installation, such as that it was filled with the demo region."""

    __tablename__ = "installation"

    name: str = Field(max_length=40, unique=True)
    value: str = Field(max_length=200)


class User(Versioned, Record, table=True):
    """Somebody who can sign in; `partner_id` only for partners."""

    __tablename__ = "users"
    masked: ClassVar[frozenset[str]] = frozenset({"password_hash"})

    email: str = Field(max_length=200, unique=True)
    name: str = Field(max_length=120)
    role: Role = Field(sa_column=Column(choice(Role), nullable=False))
    password_hash: str | None = Field(default=None, max_length=200)
    active: bool = True
    language: str = Field(default="nl", max_length=2)
    phone: str | None = Field(default=None, max_length=40)
    partner_id: int | None = Field(default=None, foreign_key="partners.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class Partner(Record, table=True):
    """An organisation that works with the desk: agency, school, re-integration firm."""

    __tablename__ = "partners"

    name: str = Field(max_length=160, unique=True)


class PartnerEmployer(Record, table=True):
    """An employer that is shared with a partner organisation."""

    __tablename__ = "partner_employers"
    __table_args__ = (UniqueConstraint("partner_id", "employer_id"),)

    partner_id: int = Field(foreign_key="partners.id")
    employer_id: int = Field(foreign_key="employers.id", index=True)


class UserRegion(Record, table=True):
    """A region that a member of staff is assigned to."""

    __tablename__ = "user_regions"
    __table_args__ = (UniqueConstraint("user_id", "region_id"),)

    user_id: int = Field(foreign_key="users.id", index=True)
    region_id: int = Field(foreign_key="regions.id")


class UserEmployer(Record, table=True):
    """The employer that a portal user belongs to; one for each user."""

    __tablename__ = "user_employers"

    user_id: int = Field(foreign_key="users.id", unique=True)
    employer_id: int = Field(foreign_key="employers.id", index=True)


class EmployerAdministrator(InRegion, OfEmployer, Record, table=True):
    """A portal user who gives colleagues of the same employer access, and ends it."""

    __tablename__ = "employer_administrators"
    __table_args__ = (UniqueConstraint("user_id", "employer_id"),)

    user_id: int = Field(foreign_key="users.id")


class EmployerInvitation(InRegion, OfEmployer, Record, table=True):
    """An invitation into the portal of an employer; only the hash of its link is kept.

    `ended_at` is when it was accepted, withdrawn or replaced; `user_id` is who came in by it.
    """

    __tablename__ = "employer_invitations"
    masked: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    token_hash: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=120)
    email: str = Field(max_length=200)
    as_administrator: bool = False
    invited_by_id: int = Field(foreign_key="users.id")
    invited_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    expires_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    user_id: int | None = Field(default=None, foreign_key="users.id")


class UserAuthority(Record, table=True):
    """A contracting authority that an SROI officer is assigned to."""

    __tablename__ = "user_authorities"
    __table_args__ = (UniqueConstraint("user_id", "authority_id"),)

    user_id: int = Field(foreign_key="users.id", index=True)
    authority_id: int = Field(foreign_key="authorities.id")


class SignInSession(Record, table=True):
    """One sign-in of one browser; only the hash of its cookie is kept."""

    __tablename__ = "sign_in_sessions"
    masked: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    token_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    expires_at: datetime = Field(sa_type=UtcDateTime, nullable=False)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInAttempts(Record, table=True):
    """How often a sign-in name failed lately, known by a keyed hash of the name."""

    __tablename__ = "sign_in_attempts"
    audited: ClassVar[bool] = False

    name_hash: str = Field(max_length=64, unique=True)
    failures: int = 0
    last_failed_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class Draft(Record, table=True):
    """What a user has typed but not saved yet; one for each form and subject."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("user_id", "form", "subject"),)
    audited: ClassVar[bool] = False

    user_id: int = Field(sa_column=Column(Integer, ForeignKey("users.id"), nullable=False, index=True))
    form: str = Field(max_length=40)
    subject: str = Field(default="", max_length=40)
    body: str = Field(sa_column=Column(Text, nullable=False))
    updated_at: Any = Field(sa_column=Column(UtcDateTime, nullable=False))
