"""Who holds an account: exactly one colleague at a time, and the history of it is kept."""

from __future__ import annotations

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.employers.queries.details import colleagues_in, team_now
from crm.employers.records import AccountTeamMember, Employer
from crm.employers.rules import TeamRole


class ChangeHolder(Command):
    """Another colleague becomes account holder ("accounthouder") from today."""

    employer_id: int
    version: int
    holder_id: int


class AddDeputy(Command):
    """A colleague deputises for the account holder ("plaatsvervanger") from today."""

    employer_id: int
    user_id: int


class EndDeputy(Command):
    """A colleague no longer deputises."""

    member_id: int


@action(Permission.EMPLOYER_EDIT, ChangeHolder)
def change_holder(work: Work, command: ChangeHolder) -> int:
    """Hand an account to a colleague in the region; the holder until now is kept in the history."""
    employer = work.edit(Employer, command.employer_id, command.version, {"holder_id": command.holder_id})
    give_to(work, employer, command.holder_id)
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, AddDeputy)
def add_deputy(work: Work, command: AddDeputy) -> int:
    """Let a colleague deputise; the account holder cannot, and twice changes nothing."""
    employer = work.get(Employer, command.employer_id)
    _refuse_stranger(work, "user_id", employer, command.user_id)
    if employer.holder_id == command.user_id:
        raise Invalid("user_id", "This colleague already holds the account. Choose someone else.")
    if command.user_id not in {member.user_id for member in team_now(work, key(employer))}:
        _join(work, employer, command.user_id, TeamRole.DEPUTY)
    return command.employer_id


@action(Permission.EMPLOYER_EDIT, EndDeputy)
def end_deputy(work: Work, command: EndDeputy) -> int:
    """End a colleague's time as deputy today."""
    member = work.get(AccountTeamMember, command.member_id)
    if member.team_role is TeamRole.HOLDER:
        raise Invalid("member_id", "An account always has a holder. Choose another holder instead.")
    member.until = member.until or clock.today()
    return command.member_id


def give_to(work: Work, employer: Employer, holder_id: int) -> None:
    """Make a colleague the holder; raises `Invalid` when they cannot hold an account in this region."""
    _refuse_stranger(work, "holder_id", employer, holder_id)
    if employer.holder_id == holder_id:
        return
    for member in team_now(work, key(employer)):
        if member.team_role is TeamRole.HOLDER or member.user_id == holder_id:
            member.until = clock.today()
    # The old holder is written off first: the database holds at most one at a time.
    work.flush()
    _join(work, employer, holder_id, TeamRole.HOLDER)
    employer.holder_id = holder_id


def _join(work: Work, employer: Employer, user_id: int, team_role: TeamRole) -> None:
    work.add(
        AccountTeamMember(
            region_id=employer.region_id,
            employer_id=key(employer),
            user_id=user_id,
            team_role=team_role,
            since=clock.today(),
        )
    )


def _refuse_stranger(work: Work, field: str, employer: Employer, user_id: int) -> None:
    if user_id not in colleagues_in(work, employer.region_id):
        raise Invalid(field, "This colleague cannot hold an account in this region. Choose someone else.")
