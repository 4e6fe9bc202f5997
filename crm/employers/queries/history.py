"""What was changed at an employer, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.access import Permission
from crm.core.history import Change, history_of
from crm.core.records import Record
from crm.core.work import Work
from crm.employers.records import AccountTeamMember, ContactPerson, Employer, Establishment
from crm.employers.records_people import PersonWish
from crm.employers.records_plans import AccountGoal, AccountPlan
from crm.employers.records_structure import ArchivedEmployer


def employer_history(
    work: Work, employer_id: int, limit: int = 20, before: int | None = None
) -> list[Change]:
    """Return the changes of an employer, its people, places, plans and account team, newest first.

    Only for whoever may change employers or read the audit; raises `Forbidden` for others and `NotFound`
    when the employer is not yours.
    """
    if not work.actor.may(Permission.AUDIT_VIEW):
        work.actor.require(Permission.EMPLOYER_EDIT)
    about: dict[type[Record], ColumnElement[bool]] = {
        Employer: col(Employer.id) == employer_id,
        ContactPerson: col(ContactPerson.employer_id) == employer_id,
        Establishment: col(Establishment.employer_id) == employer_id,
        AccountTeamMember: col(AccountTeamMember.employer_id) == employer_id,
        AccountPlan: col(AccountPlan.employer_id) == employer_id,
        AccountGoal: col(AccountGoal.employer_id) == employer_id,
        PersonWish: col(PersonWish.employer_id) == employer_id,
        ArchivedEmployer: col(ArchivedEmployer.employer_id) == employer_id,
    }
    return history_of(work, about, limit, before)


def colleagues_named(work: Work, changes: Iterable[Change]) -> dict[int, str]:
    """Return the names of the colleagues that changes of an account team speak of, by id."""
    fields = [field for change in changes for field in change.fields if field.field == "user_id"]
    ids = {found for field in fields for found in (field.before, field.after) if isinstance(found, int)}
    named = select(User.id, User.name).where(col(User.id).in_(sorted(ids)))
    return {int(user_id or 0): name for user_id, name in work.session.exec(named)} if ids else {}
