"""The people of the demo desk: one sign-in for each role, and colleagues beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm.accounts.records import Region, User, UserRegion
from crm.accounts.rules import demo_email
from crm.core import clock
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import Work

DEMO_PASSWORD = "vliegwiel-demo"  # noqa: S105
NAMES = {
    Role.ADVISER: "Sam Verhagen",
    Role.ACCOUNT_MANAGER: "Noor Bastiaansen",
    Role.SROI_OFFICER: "Amir Haddad",
    Role.MANAGER: "Carla Wouters",
    Role.ADMIN: "Bram Kools",
    Role.PARTNER: "Petra Mol",
    Role.EMPLOYER: "Els van Dorsthout",
}
COLLEAGUES = (
    (Role.ADVISER, "Lotte Damen"),
    (Role.ADVISER, "Youssef Amrani"),
    (Role.ACCOUNT_MANAGER, "Henk Luijten"),
    (Role.ACCOUNT_MANAGER, "Marit de Graaf"),
    (Role.SROI_OFFICER, "Iris Koenen"),
    # A rule set takes two administrators: one who makes it and one who approves it.
    (Role.ADMIN, "Wilma Joosen"),
)


@dataclass
class Staff:
    """The demo users: `by_role` signs in with one click, `relations` hold accounts."""

    by_role: dict[Role, User] = field(default_factory=dict)
    relations: list[User] = field(default_factory=list)
    officers: list[User] = field(default_factory=list)


def make_staff(work: Work, region: Region, password_hash: str) -> Staff:
    """Make every demo user; only those with a role's own address can be signed in with one click.

    The second administrator signs in with the password, the other colleagues not at all.
    """
    staff = Staff()
    for role, name in NAMES.items():
        staff.by_role[role] = _user(work, role, name, demo_email(role), password_hash, region)
    others = [
        _user(work, role, name, colleague_email(name), _second_password(role, password_hash), region)
        for role, name in COLLEAGUES
    ]
    everybody = [*staff.by_role.values(), *others]
    staff.relations = [user for user in everybody if user.role in {Role.ADVISER, Role.ACCOUNT_MANAGER}]
    staff.officers = [user for user in everybody if user.role is Role.SROI_OFFICER]
    return staff


def colleague_email(name: str) -> str:
    """Return the address of a colleague in the demo."""
    return f"{name.split()[0].lower()}@demo.vliegwiel.example"


def second_admin_email() -> str:
    """Return the address of the administrator who approves what the first one makes."""
    return next(colleague_email(name) for role, name in COLLEAGUES if role is Role.ADMIN)


def _second_password(role: Role, password_hash: str) -> str | None:
    return password_hash if role is Role.ADMIN else None


def _user(work: Work, role: Role, name: str, email: str, password_hash: str | None, region: Region) -> User:
    user = work.add(
        User(email=email, name=name, role=role, password_hash=password_hash, created_at=clock.now())
    )
    if role not in {Role.EMPLOYER, Role.ADMIN}:
        work.add(UserRegion(user_id=key(user), region_id=key(region)))
    return user
