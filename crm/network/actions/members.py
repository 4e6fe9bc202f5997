"""What people do with the network: employers join and leave, and ties are told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy.exc import IntegrityError

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries import colleagues_in
from crm.employers.records import Employer
from crm.network.inviting import settle_invitation
from crm.network.queries import is_told, membership_record
from crm.network.records import Membership, Tie
from crm.network.rules import BOTH_WAYS, Motive, TieKind, left_in_time

_ALREADY = N_("This employer is a member already.")
_NOT_YET = N_("This day has not come yet. Choose today or an earlier day.")
_KNOWN = N_("This tie is known already.")


class _Terms(Command):
    joined_on: Day
    motive: Motive
    introduced_by_employer_id: int | None = None
    introduced_by_user_id: int | None = None


class JoinNetwork(_Terms):
    """An employer joins the network, brought by another employer, by a colleague or by itself."""

    employer_id: int


class EditMembership(_Terms):
    """A membership as it should have been written down."""

    membership_id: int
    version: int


class LeaveNetwork(Command):
    """An employer leaves the network."""

    membership_id: int
    version: int
    left_on: Day


class AddTie(Command):
    """Two employers are tied; told from the first."""

    employer_id: int
    other_employer_id: int
    kind: TieKind
    since: Day
    note: Annotated[str, Field(max_length=400), WITHOUT_BSN] = ""


class RemoveTie(Command):
    """Two employers are not tied (any more)."""

    tie_id: int
    version: int


@action(Permission.NETWORK_EDIT, JoinNetwork)
def join_network(work: Work, command: JoinNetwork) -> int:
    """Make an employer a member, again when it had left, and return the membership's id."""
    employer = work.get(Employer, command.employer_id)
    terms = command.model_dump(exclude={"employer_id"})
    _check_terms(work, employer, command)
    was = membership_record(work, command.employer_id)
    if was is not None and was.left_on is None:
        raise Invalid("employer_id", _ALREADY)
    membership = was or Membership(region_id=employer.region_id, employer_id=key(employer), **terms)
    for name, value in {**terms, "left_on": None}.items():
        setattr(membership, name, value)
    try:
        joined = key(work.add(membership))
    except IntegrityError as error:
        raise Invalid("employer_id", _ALREADY) from error
    settle_invitation(work, command.employer_id)
    return joined


@action(Permission.NETWORK_EDIT, EditMembership)
def edit_membership(work: Work, command: EditMembership) -> int:
    """Change a membership and return its id."""
    terms = command.model_dump(exclude={"membership_id", "version"})
    membership = work.edit(Membership, command.membership_id, command.version, terms)
    _check_terms(work, work.get(Employer, membership.employer_id), command)
    for name, value in terms.items():
        setattr(membership, name, value)
    return key(membership)


@action(Permission.NETWORK_EDIT, LeaveNetwork)
def leave_network(work: Work, command: LeaveNetwork) -> int:
    """End a membership and return its id; raises `Invalid` for a day before it began or in the future."""
    membership = work.edit(Membership, command.membership_id, command.version, {"left_on": command.left_on})
    if not left_in_time(membership.joined_on, command.left_on, clock.today()):
        raise Invalid("left_on", "Choose a day between the day it joined and today.")
    membership.left_on = command.left_on
    return key(membership)


@action(Permission.NETWORK_EDIT, AddTie)
def add_tie(work: Work, command: AddTie) -> int:
    """Tie two employers and return the tie's id; a tie that is known already is refused."""
    employer = work.get(Employer, command.employer_id)
    work.get(Employer, command.other_employer_id)
    if command.employer_id == command.other_employer_id:
        raise Invalid("other_employer_id", "An employer cannot be tied to itself. Choose another one.")
    if command.since > clock.today():
        raise Invalid("since", _NOT_YET)
    other_way = command.other_employer_id, command.employer_id
    if command.kind in BOTH_WAYS and is_told(work, *other_way, command.kind):
        raise Invalid("kind", _KNOWN)
    values = {**command.model_dump(), "note": command.note or None}
    try:
        return key(work.add(Tie(region_id=employer.region_id, **values)))
    except IntegrityError as error:
        raise Invalid("kind", _KNOWN) from error


@action(Permission.NETWORK_EDIT, RemoveTie)
def remove_tie(work: Work, command: RemoveTie) -> int:
    """Remove a tie and return its id; the audit keeps what it was."""
    tie = work.edit(Tie, command.tie_id, command.version, {})
    work.session.delete(tie)
    return command.tie_id


def _check_terms(work: Work, employer: Employer, terms: JoinNetwork | EditMembership) -> None:
    if terms.joined_on > clock.today():
        raise Invalid("joined_on", _NOT_YET)
    by_employer, by_user = terms.introduced_by_employer_id, terms.introduced_by_user_id
    if by_employer is not None and by_user is not None:
        raise Invalid("introduced_by_employer_id", "Choose an employer or a colleague, not both.")
    if by_employer is not None and key(work.get(Employer, by_employer)) == employer.id:
        raise Invalid("introduced_by_employer_id", "An employer cannot bring itself. Choose another one.")
    if by_user is not None and by_user not in colleagues_in(work, employer.region_id):
        raise Invalid("introduced_by_user_id", "Choose a colleague of this region.")
