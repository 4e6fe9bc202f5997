"""Saved views: a list's filters, columns and order under a name, for oneself or for the colleagues too."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid, NotFound
from crm.core.privacy import refuse_bsn
from crm.core.records import key
from crm.core.work import Work
from crm.finding.queries.views import (
    View,
    default_table,
    defaults_of,
    own_default,
    own_view,
    view_table,
    views_of,
)
from crm.finding.rules import AnyScreen

ViewName = Annotated[str, Field(min_length=1, max_length=60)]
Choice = str | int | list[str | int] | None


class SaveView(Command):
    """A list as it stands now, under a name; one's own view of that name is replaced."""

    screen: AnyScreen
    name: ViewName
    chosen: dict[str, Choice] = Field(max_length=12)
    shared: bool = False


class ChangeView(Command):
    """Another name for a view, or another answer to who sees it."""

    screen: AnyScreen
    view_id: int
    version: int
    name: ViewName
    shared: bool


class DeleteView(Command):
    """A view to throw away."""

    screen: AnyScreen
    view_id: int


class ChooseDefaultView(Command):
    """The view a list opens with for this user; None for the list as it comes."""

    screen: AnyScreen
    view_id: int | None


@action(Permission.EMPLOYER_VIEW, SaveView)
def save_view(work: Work, command: SaveView) -> int:
    """Keep a view of one's own, in place of the one of that name; raises `Invalid` for a BSN in it."""
    refuse_bsn("name", command.name)
    for name, value in command.chosen.items():
        refuse_bsn(name, str(value))
    if (before := own_view(work, command.screen, command.name)) is not None:
        before.chosen, before.shared = dict(command.chosen), command.shared
        return key(before)
    made = view_table(command.screen)(
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
    _own(work, command.screen, command.view_id)
    refuse_bsn("name", command.name)
    view: View = work.edit(
        view_table(command.screen), command.view_id, command.version, {"name": command.name}
    )
    if any(
        row.name == command.name and row.by is None and row.id != key(view)
        for row in views_of(work, command.screen)
    ):
        raise Invalid("name", "You have a view of this name already. Choose another name.")
    view.name, view.shared = command.name, command.shared
    if not command.shared:
        for default in defaults_of(work, command.screen, key(view)):
            if default.user_id != view.user_id:
                work.session.delete(default)
    return key(view)


@action(Permission.EMPLOYER_VIEW, DeleteView)
def delete_view(work: Work, command: DeleteView) -> int:
    """Throw a view of one's own away; the list opens as it comes for whoever it opened with it."""
    view = _own(work, command.screen, command.view_id)
    for default in defaults_of(work, command.screen, key(view)):
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
    if (before := own_default(work, command.screen)) is not None:
        work.session.delete(before)
        work.flush()
    if command.view_id is not None:
        work.add(
            default_table(command.screen)(
                region_id=_team(work), user_id=_me(work), screen=command.screen, view_id=command.view_id
            )
        )
    return command.view_id


def _own(work: Work, screen: AnyScreen, view_id: int) -> View:
    view: View = work.get(view_table(screen), view_id)
    if view.user_id != work.actor.user_id:
        raise NotFound()
    return view


def _team(work: Work) -> int:
    """Return the region whose colleagues a shared view is for."""
    if not work.actor.regions:
        raise Invalid("name", "Views can only be kept by who works in a region.")
    return min(work.actor.regions)


def _me(work: Work) -> int:
    return int(work.actor.user_id or 0)
