"""Tables of the parties in the network that are no employers, and of who is invited to join."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record, Versioned, choice
from crm.network.rules import PartyKind, PartyTieKind


class Party(Versioned, InRegion, Internal, Record, table=True):
    """A neighbourhood organisation, connector, school or agency; `ended_on` once we work together no more."""

    __tablename__ = "parties"
    __table_args__ = (Index(None, "region_id", "name"),)

    kind: PartyKind = Field(sa_column=Column(choice(PartyKind), nullable=False))
    name: str = Field(max_length=160)
    municipality_id: int | None = Field(default=None, foreign_key="municipalities.id", index=True)
    contact_name: str | None = Field(default=None, max_length=120)
    email: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=40)
    note: str | None = Field(default=None, max_length=400)
    ended_on: date | None = None


class PartyTie(Versioned, InRegion, Internal, Record, table=True):
    """How a party is tied to an employer or to another party, told from the party."""

    __tablename__ = "party_ties"
    __table_args__ = (
        UniqueConstraint("party_id", "tied_employer_id", "kind"),
        UniqueConstraint("party_id", "tied_party_id", "kind"),
        CheckConstraint("(tied_employer_id IS NULL) <> (tied_party_id IS NULL)", name="one_other_end"),
        CheckConstraint("tied_party_id IS NULL OR tied_party_id <> party_id", name="not_itself"),
    )

    party_id: int = Field(foreign_key="parties.id", index=True)
    tied_employer_id: int | None = Field(default=None, foreign_key="employers.id", index=True)
    tied_party_id: int | None = Field(default=None, foreign_key="parties.id", index=True)
    kind: PartyTieKind = Field(sa_column=Column(choice(PartyTieKind), nullable=False))
    since: date
    note: str | None = Field(default=None, max_length=400)


class PartyTalk(InRegion, Internal, Record, table=True):
    """A colleague spoke with a party."""

    __tablename__ = "party_talks"
    __table_args__ = (Index(None, "party_id", "held_on"),)

    party_id: int = Field(foreign_key="parties.id")
    user_id: int = Field(foreign_key="users.id", index=True)
    held_on: date
    summary: str = Field(default="", max_length=400)


class NetworkInvitation(InRegion, OfEmployer, Internal, Record, table=True):
    """The follow-up in which an account holder invites the new employer of a former participant."""

    __tablename__ = "network_invitations"
    __table_args__ = (UniqueConstraint("employer_id"), UniqueConstraint("follow_up_id"))

    follow_up_id: int = Field(foreign_key="follow_ups.id")
    placement_id: int = Field(foreign_key="placements.id", index=True)
    made_on: date
