"""Labour-market regions ("arbeidsmarktregio's") that an installation works for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints
from sqlalchemy.exc import IntegrityError

from crm.accounts.records import Region
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work


class AddRegion(Command):
    """A region by its code and name, such as AM18."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\d{2}$")]
    name: Annotated[str, Field(min_length=2, max_length=120)]


@action(Permission.USER_MANAGE, AddRegion)
def add_region(work: Work, command: AddRegion) -> int:
    """Add a region and return its id; raises `Invalid` when there is one with this code."""
    try:
        return key(work.add(Region(code=command.code, name=command.name)))
    except IntegrityError:
        raise Invalid("code", "There is a region with this code already.") from None
