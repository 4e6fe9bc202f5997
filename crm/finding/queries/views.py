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
from crm.finding.records import DefaultView, SavedView
from crm.finding.rules import Screen

MOST_VIEWS = 40


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


def views_of(work: Work, screen: Screen) -> list[ViewRow]:
    """Return one's own views of a list and those that colleagues share, by name; in one question."""
    me = work.actor.user_id
    mine = and_(col(DefaultView.view_id) == SavedView.id, col(DefaultView.user_id) == me)
    asked: Any = sa_select(SavedView, User.name, DefaultView.id)  # type: ignore[call-overload]
    asked = asked.join(User, col(User.id) == SavedView.user_id).outerjoin(DefaultView, mine)
    asked = asked.where(col(SavedView.screen) == screen)
    asked = asked.where(or_(col(SavedView.user_id) == me, col(SavedView.shared)))
    ordered = asked.order_by(col(SavedView.name), col(SavedView.id)).limit(MOST_VIEWS)
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


def own_view(work: Work, screen: Screen, name: str) -> SavedView | None:
    """Return one's own view of a list of this name."""
    found = select(SavedView).where(
        SavedView.user_id == work.actor.user_id, SavedView.screen == screen, SavedView.name == name
    )
    return work.session.exec(found).first()


def own_default(work: Work, screen: Screen) -> DefaultView | None:
    """Return what says with which view a list opens for the actor."""
    found = select(DefaultView).where(DefaultView.user_id == work.actor.user_id, DefaultView.screen == screen)
    return work.session.exec(found).first()


def defaults_of(work: Work, view_id: int) -> list[DefaultView]:
    """Return for whom a list opens with a view."""
    return list(work.session.exec(select(DefaultView).where(DefaultView.view_id == view_id)))
