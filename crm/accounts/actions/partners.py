"""Organisations that the desk works with ("partners"): agencies, schools, re-integration firms."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints
from sqlalchemy.exc import IntegrityError

from crm.accounts.records import Partner
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work


class AddPartner(Command):
    """A partner organisation by its name."""

    name: Annotated[str, StringConstraints(min_length=2, max_length=160)]


@action(Permission.USER_MANAGE, AddPartner)
def add_partner(work: Work, command: AddPartner) -> int:
    """Add a partner organisation and return its id; raises `Invalid` when there is one of this name."""
    try:
        return key(work.add(Partner(name=command.name)))
    except IntegrityError:
        raise Invalid("name", "There is a partner organisation of this name already.") from None
