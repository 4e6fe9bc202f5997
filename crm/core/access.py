"""Who may do what, and who may see what: the one place that answers both."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from crm.core.errors import Forbidden


class Role(StrEnum):
    """The seven roles; a user has exactly one."""

    ADVISER = "adviser"
    ACCOUNT_MANAGER = "account_manager"
    SROI_OFFICER = "sroi_officer"
    MANAGER = "manager"
    ADMIN = "admin"
    PARTNER = "partner"
    EMPLOYER = "employer"


class Permission(StrEnum):
    """What an action or page asks for, as `noun:action`."""

    EMPLOYER_VIEW = "employer:view"
    EMPLOYER_EDIT = "employer:edit"
    VISIT_VIEW = "visit:view"
    VISIT_LOG = "visit:log"
    NETWORK_VIEW = "network:view"
    NETWORK_EDIT = "network:edit"
    CARVING_VIEW = "carving:view"
    CARVING_EDIT = "carving:edit"
    CANDIDATE_VIEW = "candidate:view"
    CANDIDATE_EDIT = "candidate:edit"
    PLACEMENT_VIEW = "placement:view"
    PLACEMENT_EDIT = "placement:edit"
    CONTRACT_VIEW = "contract:view"
    CONTRACT_EDIT = "contract:edit"
    STATEMENT_VIEW = "statement:view"
    EFFORT_OFFER = "effort:offer"
    EFFORT_SUBMIT = "effort:submit"
    EFFORT_REVIEW = "effort:review"
    EVIDENCE_VIEW = "evidence:view"
    EVIDENCE_ADD = "evidence:add"
    PORTAL_VIEW = "portal:view"
    COLLEAGUE_MANAGE = "colleague:manage"
    RULESET_VIEW = "ruleset:view"
    FIGURES_VIEW = "figures:view"
    FIGURES_PUBLISH = "figures:publish"
    RULESET_EDIT = "ruleset:edit"
    IMPORT_RUN = "import:run"
    USER_MANAGE = "user:manage"
    AUDIT_VIEW = "audit:view"
    PROFILE_EDIT = "profile:edit"


P = Permission

_EVERY_STAFF_MEMBER = {P.PROFILE_EDIT, P.EMPLOYER_VIEW, P.NETWORK_VIEW, P.CARVING_VIEW, P.PLACEMENT_VIEW}
_RELATION_WORK = _EVERY_STAFF_MEMBER | {
    P.EMPLOYER_EDIT,
    P.VISIT_VIEW,
    P.VISIT_LOG,
    P.NETWORK_EDIT,
    P.CARVING_EDIT,
    P.CANDIDATE_VIEW,
    P.PLACEMENT_EDIT,
    P.CONTRACT_VIEW,
    P.EFFORT_OFFER,
    P.RULESET_VIEW,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADVISER: frozenset(_RELATION_WORK | {P.CANDIDATE_EDIT, P.IMPORT_RUN}),
    Role.ACCOUNT_MANAGER: frozenset(_RELATION_WORK),
    Role.SROI_OFFICER: frozenset(
        _EVERY_STAFF_MEMBER
        | {
            P.VISIT_VIEW,
            P.VISIT_LOG,
            P.CONTRACT_VIEW,
            P.CONTRACT_EDIT,
            P.COLLEAGUE_MANAGE,
            P.STATEMENT_VIEW,
            P.EFFORT_OFFER,
            P.EFFORT_SUBMIT,
            P.EFFORT_REVIEW,
            P.EVIDENCE_VIEW,
            P.EVIDENCE_ADD,
            P.RULESET_VIEW,
            P.FIGURES_VIEW,
            P.IMPORT_RUN,
        }
    ),
    Role.MANAGER: frozenset(
        _EVERY_STAFF_MEMBER
        | {
            P.VISIT_VIEW,
            P.CONTRACT_VIEW,
            P.STATEMENT_VIEW,
            P.RULESET_VIEW,
            P.FIGURES_VIEW,
            P.FIGURES_PUBLISH,
            P.AUDIT_VIEW,
        }
    ),
    Role.ADMIN: frozenset(
        {P.PROFILE_EDIT, P.USER_MANAGE, P.AUDIT_VIEW, P.RULESET_VIEW, P.RULESET_EDIT, P.IMPORT_RUN}
    ),
    Role.PARTNER: frozenset({P.PROFILE_EDIT, P.EMPLOYER_VIEW, P.CARVING_VIEW, P.PLACEMENT_VIEW}),
    Role.EMPLOYER: frozenset(
        {
            P.PROFILE_EDIT,
            P.PORTAL_VIEW,
            P.COLLEAGUE_MANAGE,
            P.STATEMENT_VIEW,
            P.EFFORT_SUBMIT,
            P.EVIDENCE_VIEW,
            P.EVIDENCE_ADD,
        }
    ),
}


@dataclass(frozen=True)
class Scope:
    """Which records an actor may see; `None` stands for all of them.

    `internal` is whether records about an employer that are not meant for that employer
    (visits, network, carving cases) are visible at all. `hidden` are contracts that are not visible though
    the rest would let them.
    """

    regions: frozenset[int] | None = frozenset()
    authorities: frozenset[int] | None = frozenset()
    employers: frozenset[int] | None = frozenset()
    internal: bool = False
    hidden: frozenset[int] = frozenset()


EVERYTHING = Scope(regions=None, authorities=None, employers=None, internal=True)


@dataclass(frozen=True)
class Actor:
    """The person (or the system itself) in whose name something happens, read fresh on every run.

    `hidden` are contracts of their own employer that a portal user does not see since a merge.
    """

    user_id: int | None
    name: str
    role: Role | None
    regions: frozenset[int] = frozenset()
    authorities: frozenset[int] = frozenset()
    employers: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    language: str = "nl"
    session_id: int | None = None
    origin: str = "web"
    permissions: frozenset[Permission] = field(init=False)

    def __post_init__(self) -> None:
        allowed = frozenset(Permission) if self.role is None else ROLE_PERMISSIONS[self.role]
        object.__setattr__(self, "permissions", allowed)

    def may(self, permission: Permission) -> bool:
        """Return whether this actor holds the permission."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise `Forbidden` unless this actor holds the permission."""
        if not self.may(permission):
            raise Forbidden()

    @property
    def employer_id(self) -> int | None:
        """The one employer a portal user belongs to."""
        return next(iter(self.employers), None) if self.role is Role.EMPLOYER else None


def system(origin: str) -> Actor:
    """Return the actor for work nobody clicked: migrations, imports from the command line, demo data."""
    return Actor(user_id=None, name="Vliegwiel", role=None, origin=origin)


def visible(actor: Actor) -> Scope:
    """Return which employers, authorities and regions this actor may see."""
    match actor.role:
        case None:
            return EVERYTHING
        case Role.EMPLOYER:
            # Who was let in by an officer sees the contracts of that officer's authorities alone.
            limits = actor.authorities or None
            return Scope(None, limits, actor.employers, internal=False, hidden=actor.hidden)
        case Role.PARTNER:
            return Scope(
                regions=actor.regions,
                authorities=frozenset(),
                employers=actor.employers,
                internal=True,
            )
        case Role.SROI_OFFICER:
            return Scope(regions=actor.regions, authorities=actor.authorities, employers=None, internal=True)
        case Role.ADMIN:
            return Scope(regions=None, authorities=frozenset(), employers=None, internal=False)
        case _:
            return Scope(regions=actor.regions, authorities=None, employers=None, internal=True)
