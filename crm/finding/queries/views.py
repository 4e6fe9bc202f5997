"""Saved views: one's own and those that colleagues share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.records import key
from crm.core.work import Work
from crm.finding.records import DefaultView, ListDefault, ListView, SavedView
from crm.finding.rules import AnyScreen, Screen

MOST_VIEWS = 40
View = SavedView | ListView
Default = DefaultView | ListDefault


@dataclass(frozen=True)
class ViewRow:
    """A saved view; `by` is the colleague it is shared by, None for one's own."""

    id: int
    version: int
    name: str
    chosen: Mapping[str, Any]
    shared: bool
    by: str | None
    is_default: bool


def view_table(screen: AnyScreen) -> Any:
    """Return the table that holds the views of a list."""
    return SavedView if isinstance(screen, Screen) else ListView


def default_table(screen: AnyScreen) -> Any:
    """Return the table that says with which view a list opens."""
    return DefaultView if isinstance(screen, Screen) else ListDefault


def views_of(work: Work, screen: AnyScreen) -> list[ViewRow]:
    """Return one's own views of a list and those that colleagues share, by name; in one question."""
    me = work.actor.user_id
    views = view_table(screen)
    defaults = default_table(screen)
    mine = and_(col(defaults.view_id) == views.id, col(defaults.user_id) == me)
    asked: Any = sa_select(views, User.name, defaults.id)  # type: ignore[call-overload]
    asked = asked.join(User, col(User.id) == views.user_id).outerjoin(defaults, mine)
    asked = asked.where(col(views.screen) == screen)
    asked = asked.where(or_(col(views.user_id) == me, col(views.shared)))
    ordered = asked.order_by(col(views.name), col(views.id)).limit(MOST_VIEWS)
    return [
        ViewRow(
            key(view),
            view.version,
            view.name,
            view.chosen,
            view.shared,
            by=None if view.user_id == me else owner,
            is_default=default is not None,
        )
        for view, owner, default in work.session.execute(ordered)
    ]


def own_view(work: Work, screen: AnyScreen, name: str) -> View | None:
    """Return one's own view of a list of this name."""
    views = view_table(screen)
    found: Any = select(views).where(
        views.user_id == work.actor.user_id, views.screen == screen, views.name == name
    )
    kept: View | None = work.session.exec(found).first()
    return kept


def own_default(work: Work, screen: AnyScreen) -> Default | None:
    """Return what says with which view a list opens for the actor."""
    defaults = default_table(screen)
    found: Any = select(defaults).where(defaults.user_id == work.actor.user_id, defaults.screen == screen)
    kept: Default | None = work.session.exec(found).first()
    return kept


def defaults_of(work: Work, screen: AnyScreen, view_id: int) -> list[Default]:
    """Return for whom a list opens with a view."""
    defaults = default_table(screen)
    return list(work.session.exec(select(defaults).where(defaults.view_id == view_id)))
