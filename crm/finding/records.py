"""Tables of saved views: a list as somebody likes to see it, for themselves or for the whole team."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from crm.core.records import InRegion, Internal, Record, Versioned, choice
from crm.finding.rules import OtherScreen, Screen


class SavedView(Versioned, InRegion, Internal, Record, table=True):
    """The filters, columns and order of a list under a name; shared, the colleagues in the region see it too.

    `chosen` holds the choices by the names of the fields of the screen.
    """

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("user_id", "screen", "name"),)

    user_id: int = Field(foreign_key="users.id")
    screen: Screen = Field(sa_column=Column(choice(Screen), nullable=False))
    name: str = Field(max_length=60)
    chosen: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    shared: bool = False


class DefaultView(InRegion, Internal, Record, table=True):
    """The saved view with which a list opens for somebody."""

    __tablename__ = "default_views"
    __table_args__ = (UniqueConstraint("user_id", "screen"),)

    user_id: int = Field(foreign_key="users.id")
    screen: Screen = Field(sa_column=Column(choice(Screen), nullable=False))
    view_id: int = Field(foreign_key="saved_views.id", index=True)


class ListView(Versioned, InRegion, Internal, Record, table=True):
    """A saved view, as `SavedView`, of one of the lists that can be kept since all lists can."""

    __tablename__ = "list_views"
    __table_args__ = (UniqueConstraint("user_id", "screen", "name"),)

    user_id: int = Field(foreign_key="users.id")
    screen: OtherScreen = Field(sa_column=Column(choice(OtherScreen), nullable=False))
    name: str = Field(max_length=60)
    chosen: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    shared: bool = False


class ListDefault(InRegion, Internal, Record, table=True):
    """The saved view with which one of those lists opens for somebody."""

    __tablename__ = "list_defaults"
    __table_args__ = (UniqueConstraint("user_id", "screen"),)

    user_id: int = Field(foreign_key="users.id")
    screen: OtherScreen = Field(sa_column=Column(choice(OtherScreen), nullable=False))
    view_id: int = Field(foreign_key="list_views.id", index=True)
