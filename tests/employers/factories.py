"""Makes what hangs off an employer: places and colleagues in the account team."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm.accounts.records import Region, User, UserRegion
from crm.core.access import Role
from crm.core.records import key
from crm.employers.records import AccountTeamMember, Employer, Establishment
from crm.employers.rules import TeamRole
from tests.factories import World, make_user, save


def make_establishment(
    employer: Employer, number: str, name: str = "Hoofdkantoor", **values: Any
) -> Establishment:
    """Make an establishment of an employer."""
    return save(
        Establishment(
            region_id=employer.region_id, employer_id=key(employer), number=number, name=name, **values
        )
    )


def make_member(employer: Employer, user: User, team_role: TeamRole, **values: Any) -> AccountTeamMember:
    """Make a colleague's part in the account team; `holder_id` of the employer stays as it is."""
    values = {"since": date(2026, 1, 1), **values}
    return save(
        AccountTeamMember(
            region_id=employer.region_id,
            employer_id=key(employer),
            user_id=key(user),
            team_role=team_role,
            **values,
        )
    )


def make_colleague(world: World, name: str, region: Region | None = None) -> User:
    """Make another adviser, in the world's region unless told otherwise."""
    user = make_user(Role.ADVISER, name)
    save(UserRegion(user_id=key(user), region_id=key(region or world.region)))
    return user


def elsewhere() -> Region:
    """Make another region."""
    return save(Region(code="AM01", name="Elders"))
