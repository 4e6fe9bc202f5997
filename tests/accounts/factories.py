"""Commands about accounts as they come from a screen."""

from __future__ import annotations

from typing import Any

from crm.accounts.actions import CreateUser, EditUser
from crm.accounts.queries import UserDetails, user_details
from crm.accounts.records import User
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import reading
from tests.factories import World


def new_user(world: World, **values: Any) -> CreateUser:
    """Ask for a new adviser in the region of the world."""
    given: dict[str, Any] = {
        "email": "noor@example.nl",
        "name": "Noor de Vries",
        "role": Role.ADVISER,
        "region_ids": {key(world.region)},
    }
    return CreateUser(**{**given, **values})


def details(user: User) -> UserDetails:
    """Read an account as it is now."""
    with reading(system("test")) as unit:
        return user_details(unit, key(user))


def edited(user: User, **values: Any) -> EditUser:
    """Change some fields of an account and leave the others as they are."""
    now = details(user)
    given = {
        name: getattr(now, name)
        for name in (
            "version",
            "email",
            "name",
            "role",
            "language",
            "phone",
            "region_ids",
            "authority_ids",
            "employer_id",
            "partner_id",
        )
    }
    return EditUser(**{"user_id": now.id, **given, **values})
