"""Saved views: a list's filters, columns and order under a name, for oneself or for the colleagues too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import and_, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.privacy import refuse_bsn
from crm.core.records import key
from crm.core.work import Work
from crm.finding.records import DefaultView, SavedView
from crm.finding.rules import Screen

MOST_VIEWS = 40

ViewName = Annotated[str, Field(min_length=1, max_length=60)]
Choice = str | int | list[str | int] | None


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


class SaveView(Command):
    """A list as it stands now, under a name; one's own view of that name is replaced."""

    screen: Screen
    name: ViewName
    chosen: dict[str, Choice] = Field(max_length=12)
    shared: bool = False


class ChangeView(Command):
    """Another name for a view, or another answer to who sees it."""

    view_id: int
    version: int
    name: ViewName
    shared: bool


class DeleteView(Command):
    """A view to throw away."""

    view_id: int


class ChooseDefaultView(Command):
    """The view a list opens with for this user; None for the list as it comes."""

    screen: Screen
    view_id: int | None


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


@action(Permission.EMPLOYER_VIEW, SaveView)
def save_view(work: Work, command: SaveView) -> int:
    """Keep a view of one's own, in place of the one of that name; raises `Invalid` for a BSN in it."""
    refuse_bsn("name", command.name)
    for name, value in command.chosen.items():
        refuse_bsn(name, str(value))
    same = select(SavedView).where(
        SavedView.user_id == work.actor.user_id,
        SavedView.screen == command.screen,
        SavedView.name == command.name,
    )
    if (before := work.session.exec(same).first()) is not None:
        before.chosen, before.shared = dict(command.chosen), command.shared
        return key(before)
    made = SavedView(
        region_id=_team(work),
        user_id=_me(work),
        screen=command.screen,
        name=command.name,
        chosen=dict(command.chosen),
        shared=command.shared,
    )
    return key(work.add(made))


@action(Permission.EMPLOYER_VIEW, ChangeView)
def change_view(work: Work, command: ChangeView) -> int:
    """Rename a view of one's own, or share it or no longer; raises `Invalid` when the name is taken."""
    _own(work, command.view_id)
    refuse_bsn("name", command.name)
    view = work.edit(SavedView, command.view_id, command.version, {"name": command.name})
    if any(
        row.name == command.name and row.by is None and row.id != key(view)
        for row in views_of(work, view.screen)
    ):
        raise Invalid("name", "You have a view of this name already. Choose another name.")
    view.name, view.shared = command.name, command.shared
    if not command.shared:
        for default in _defaults(work, key(view)):
            if default.user_id != view.user_id:
                work.session.delete(default)
    return key(view)


@action(Permission.EMPLOYER_VIEW, DeleteView)
def delete_view(work: Work, command: DeleteView) -> int:
    """Throw a view of one's own away; the list opens as it comes for whoever it opened with it."""
    view = _own(work, command.view_id)
    for default in _defaults(work, key(view)):
        work.session.delete(default)
    work.flush()
    work.session.delete(view)
    return command.view_id


@action(Permission.EMPLOYER_VIEW, ChooseDefaultView)
def choose_default_view(work: Work, command: ChooseDefaultView) -> int | None:
    """Let a list open with a view that one may see, or as it comes."""
    if command.view_id is not None and command.view_id not in {
        row.id for row in views_of(work, command.screen)
    }:
        raise NotFound()
    mine = select(DefaultView).where(
        DefaultView.user_id == work.actor.user_id, DefaultView.screen == command.screen
    )
    if (before := work.session.exec(mine).first()) is not None:
        work.session.delete(before)
        work.flush()
    if command.view_id is not None:
        work.add(
            DefaultView(
                region_id=_team(work), user_id=_me(work), screen=command.screen, view_id=command.view_id
            )
        )
    return command.view_id


def _own(work: Work, view_id: int) -> SavedView:
    view = work.get(SavedView, view_id)
    if view.user_id != work.actor.user_id:
        raise NotFound()
    return view


def _defaults(work: Work, view_id: int) -> list[DefaultView]:
    return list(work.session.exec(select(DefaultView).where(DefaultView.view_id == view_id)))


def _team(work: Work) -> int:
    """Return the region whose colleagues a shared view is for."""
    if not work.actor.regions:
        raise Invalid("name", "Views can only be kept by who works in a region.")
    return min(work.actor.regions)


def _me(work: Work) -> int:
    return int(work.actor.user_id or 0)
