"""Who of an employer has access to its portal, who decides about that, and what an invitation says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import col, select

from crm.accounts.actions.sign_in import token_hash
from crm.accounts.queries.invitations import (
    InvitationRow,
    PortalUserRow,
    employer_administrators,
    invitation_by_hash,
    invitation_rows,
    portal_users,
)
from crm.accounts.records import User, UserAuthority, UserEmployer
from crm.accounts.rules import own_domain, sign_in_name
from crm.core.access import Permission, Role, system
from crm.core.errors import Forbidden, NotFound
from crm.core.work import Work, beyond_scope, reading
from crm.employers.records import ContactPerson, Employer
from crm.sroi.queries.widening import SeenContract, contracts_seen, would_open
from crm.sroi.records import Authority, Contract
from crm.sroi.standing import CONFIRMED


@dataclass(frozen=True)
class Colleagues:
    """The people of an employer in its portal; who does not decide about them sees their names only.

    `limits` names, for who does not see every contract of the employer, the authorities whose contracts they
    see; `opens` holds, for those whom the actor can let see more, the contracts that they would see then.
    """

    users: list[PortalUserRow]
    invitations: list[InvitationRow]
    may_manage: bool
    limits: dict[int, list[str]] = field(default_factory=dict)
    opens: Mapping[int, Sequence[SeenContract]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """What the holder of a link is told: which employer invites whom."""

    employer: str
    name: str
    email: str


def manages_colleagues(work: Work, employer_id: int) -> bool:
    """Return whether the actor decides who has access to the portal of an employer.

    That is an administrator of that employer, and an officer with a confirmed contract of theirs.
    """
    if not work.actor.may(Permission.COLLEAGUE_MANAGE):
        return False
    if work.actor.role is Role.EMPLOYER:
        return work.actor.user_id in employer_administrators(work, employer_id)
    return bool(own_authorities(work, employer_id))


def own_authorities(work: Work, employer_id: int) -> frozenset[int]:
    """Return the authorities of an officer that have a confirmed contract with an employer."""
    confirmed = col(Contract.state).in_(CONFIRMED)
    theirs = select(Contract.authority_id).where(Contract.employer_id == employer_id, confirmed).distinct()
    return frozenset(work.session.exec(theirs))


def managed_employer(work: Work, employer_id: int) -> Employer:
    """Return an employer about whose people the actor decides, and nobody else does until this ends.

    Raises `NotFound` for an employer that is not theirs and `Forbidden` for a colleague who is no
    administrator (any more).
    """
    # First in line, then asked who decides: an administrator who was removed meanwhile removes nobody.
    queue = {"key_share": True}
    employer = work.session.get(Employer, employer_id, with_for_update=queue, populate_existing=True)
    if employer is None:
        raise NotFound()
    if not manages_colleagues(work, employer_id):
        if work.actor.role is Role.EMPLOYER:
            raise Forbidden("Only an administrator of your organisation does this. Ask them.")
        raise NotFound()
    return employer


def is_address_of(work: Work, employer: Employer, email: str) -> bool:
    """Return whether an address belongs to an employer, as far as the register tells.

    It is that of a contact person, or has the domain of the website, of a contact person or of a colleague,
    unless everybody can get an address there or members of staff have theirs. Whether somebody has an
    account with the address plays no part.
    """
    with beyond_scope(work.actor, Permission.COLLEAGUE_MANAGE) as everything:
        known = select(ContactPerson.email).where(
            ContactPerson.employer_id == employer.id, col(ContactPerson.active)
        )
        noted = {sign_in_name(one) for one in everything.session.exec(known) if one}
        if email in noted:
            return True
        domain = own_domain(email)
        if not domain or _is_of_staff(everything, domain):
            return False
        colleagues = (
            select(User.email)
            .join(UserEmployer, col(UserEmployer.user_id) == col(User.id))
            .where(UserEmployer.employer_id == employer.id, User.role == Role.EMPLOYER, col(User.active))
        )
        sources = {*noted, *everything.session.exec(colleagues), employer.website or ""}
    return domain in {own_domain(source) for source in sources}


def _is_of_staff(work: Work, domain: str) -> bool:
    theirs = select(User.id).where(
        col(User.role).not_in((Role.EMPLOYER, Role.PARTNER)),
        col(User.email).endswith(f"@{domain}", autoescape=True),
    )
    return work.session.exec(theirs.limit(1)).first() is not None


def colleagues_of(work: Work, employer_id: int) -> Colleagues:
    """Return the people of an employer in its portal; raises `NotFound` when it is not the actor's."""
    if work.actor.role is Role.EMPLOYER:
        return _own_colleagues(work, employer_id)
    seen = contracts_seen(work, employer_id) if work.actor.may(Permission.COLLEAGUE_MANAGE) else []
    if not any(one.is_own and one.confirmed for one in seen):
        raise NotFound()
    users = portal_users(work, employer_id)
    limits = _limits(work, users)
    opens = would_open(work, seen, {user.id: frozenset(limits.get(user.id, ())) for user in users})
    return Colleagues(users, invitation_rows(work, employer_id), True, _names(limits), opens)


def _own_colleagues(work: Work, employer_id: int) -> Colleagues:
    if employer_id not in work.actor.employers:
        raise NotFound()
    users = portal_users(work, employer_id)
    limits = _limits(work, users)
    if manages_colleagues(work, employer_id):
        known = {user.id: frozenset(limits.get(user.id, ())) for user in users}
        opens = would_open(work, contracts_seen(work, employer_id), known)
        return Colleagues(users, invitation_rows(work, employer_id), True, _names(limits), opens)
    hidden = [replace(row, email="", last_in=None) for row in users if row.active]
    own = {user_id: found for user_id, found in limits.items() if user_id == work.actor.user_id}
    return Colleagues(hidden, [], False, _names(own))


def _names(limits: Mapping[int, Mapping[int, str]]) -> dict[int, list[str]]:
    return {user_id: sorted(found.values()) for user_id, found in limits.items()}


def _limits(work: Work, users: Sequence[PortalUserRow]) -> dict[int, dict[int, str]]:
    if not users:
        return {}
    wanted = (
        select(UserAuthority.user_id, Authority.id, Authority.name)
        .join(Authority, col(Authority.id) == col(UserAuthority.authority_id))
        .where(col(UserAuthority.user_id).in_([user.id for user in users]))
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for user_id, authority_id, name in work.session.exec(wanted):
        found[user_id][int(authority_id or 0)] = name
    return dict(found)


def offered(token: str) -> Offered:
    """Return what the holder of a link is told; raises `ClosedLink` when it opens nothing."""
    with reading(system("sign-in")) as work:
        invitation = invitation_by_hash(work, token_hash(token))
        employer = work.get(Employer, invitation.employer_id)
        return Offered(employer.name, invitation.name, invitation.email)
