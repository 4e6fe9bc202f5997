"""One employer: what its page shows above the tabs, its places, and who holds the account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import Partner, PartnerEmployer, User, UserRegion
from crm.core import clock
from crm.core.access import Role
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import (
    AccountTeamMember,
    ContactPerson,
    Employer,
    Establishment,
    Municipality,
)
from crm.employers.records_bulk import EmployerTag
from crm.employers.records_people import PersonWish
from crm.employers.records_structure import ArchivedEmployer
from crm.employers.rules import Segment, TeamRole, is_too_quiet

_HOLDERS = (Role.ADVISER, Role.ACCOUNT_MANAGER, Role.SROI_OFFICER)

_BETWEEN_TAGS = "\n"


@dataclass(frozen=True)
class EmployerView:
    """An employer with the names around it: `deputies`, `partners` and `left_alone` are read as one line.

    `left_alone` names who does not want to be contacted, `archived_because` says why it was put away if it
    was, and `in_team` whether the actor holds the account or deputises.
    """

    id: int
    version: int
    region_id: int
    name: str
    kvk_number: str | None
    sbi_code: str | None
    staff_size: int | None
    street: str | None
    postcode: str | None
    city: str | None
    municipality_id: int | None
    municipality: str | None
    segment: Segment
    phone: str | None
    website: str | None
    ceased_on: date | None
    holder_id: int | None
    holder: str | None
    deputies: str | None
    partners: str | None
    last_contact_on: date | None
    too_quiet: bool
    left_alone: str | None = None
    archived_because: str | None = None
    in_team: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class EstablishmentRow:
    """A place where the employer works ("vestiging")."""

    id: int
    version: int
    number: str
    name: str
    street: str | None
    postcode: str | None
    city: str | None
    municipality_id: int | None
    ceased_on: date | None


@dataclass(frozen=True)
class TeamRow:
    """A colleague's time in the account team."""

    id: int
    user_id: int
    name: str
    team_role: TeamRole
    since: date
    until: date | None


def employer_view(work: Work, employer_id: int) -> EmployerView:
    """Return an employer for its page, in one query; raises `NotFound` when it is not yours."""
    holder = aliased(User)
    found = work.session.execute(
        sa_select(
            Employer,
            col(Municipality.name),
            col(holder.name),
            _deputies(),
            _partners(),
            _left_alone(),
            _archived_because(),
            _is_in_team(work.actor.user_id),
            _tags(),
        )
        .outerjoin(Municipality, col(Municipality.id) == Employer.municipality_id)
        .outerjoin(holder, col(holder.id) == Employer.holder_id)
        .where(col(Employer.id) == employer_id)
    ).first()
    if found is None:
        raise NotFound()
    employer, municipality, holder_name, deputies, partners, left_alone, archived_because, in_team = found[:8]
    return EmployerView(
        **employer.model_dump(exclude={"search_key"}),
        municipality=municipality,
        holder=holder_name,
        deputies=deputies,
        partners=partners,
        too_quiet=is_too_quiet(employer.segment, employer.last_contact_on, clock.today()),
        left_alone=left_alone,
        archived_because=archived_because,
        in_team=in_team or (employer.holder_id is not None and employer.holder_id == work.actor.user_id),
        tags=tuple(sorted(found[8].split(_BETWEEN_TAGS))) if found[8] else (),
    )


def establishments(work: Work, employer_id: int) -> list[EstablishmentRow]:
    """Return the establishments of an employer by name, closed ones last."""
    found = (
        select(Establishment)
        .where(Establishment.employer_id == employer_id)
        .order_by(col(Establishment.ceased_on).is_not(None), Establishment.name, Establishment.number)
    )
    return [
        EstablishmentRow(**place.model_dump(exclude={"region_id", "employer_id"}))
        for place in work.session.exec(found)
    ]


def team(work: Work, employer_id: int) -> list[TeamRow]:
    """Return everybody who holds or held this account or deputised, those of now first."""
    found = (
        select(AccountTeamMember, User.name)
        .join(User, col(User.id) == AccountTeamMember.user_id)
        .where(AccountTeamMember.employer_id == employer_id)
        .order_by(
            col(AccountTeamMember.until).is_not(None),
            col(AccountTeamMember.until).desc(),
            col(AccountTeamMember.team_role).desc(),
            col(AccountTeamMember.id).desc(),
        )
    )
    return [
        TeamRow(key(member), member.user_id, name, member.team_role, member.since, member.until)
        for member, name in work.session.exec(found)
    ]


def team_now(work: Work, employer_id: int) -> list[AccountTeamMember]:
    """Return the records of those who hold the account or deputise today."""
    found = select(AccountTeamMember).where(
        AccountTeamMember.employer_id == employer_id, col(AccountTeamMember.until).is_(None)
    )
    return list(work.session.exec(found))


def municipalities(work: Work) -> dict[int, str]:
    """Return the names of the municipalities in the actor's regions, by id."""
    found = select(Municipality.id, Municipality.name).order_by(Municipality.name)
    return {int(municipality_id or 0): name for municipality_id, name in work.session.exec(found)}


def colleagues_in(work: Work, region_id: int) -> dict[int, str]:
    """Return the names of the active colleagues who can hold an account in a region, by id."""
    found = (
        select(User.id, User.name)
        .join(UserRegion, col(UserRegion.user_id) == User.id)
        .where(UserRegion.region_id == region_id, col(User.active), col(User.role).in_(_HOLDERS))
        .order_by(User.name)
    )
    return {int(user_id or 0): name for user_id, name in work.session.exec(found)}


def _deputies() -> ScalarSelect[Any]:
    return (
        select(func.aggregate_strings(col(User.name), ", "))
        .join(AccountTeamMember, col(AccountTeamMember.user_id) == User.id)
        .where(
            AccountTeamMember.employer_id == Employer.id,
            AccountTeamMember.team_role == TeamRole.DEPUTY,
            col(AccountTeamMember.until).is_(None),
        )
        .correlate(Employer)
        .scalar_subquery()
    )


def _tags() -> ScalarSelect[Any]:
    return (
        select(func.aggregate_strings(col(EmployerTag.tag), _BETWEEN_TAGS))
        .where(EmployerTag.employer_id == Employer.id)
        .correlate(Employer)
        .scalar_subquery()
    )


def _partners() -> ScalarSelect[Any]:
    return (
        select(func.aggregate_strings(col(Partner.name), ", "))
        .join(PartnerEmployer, col(PartnerEmployer.partner_id) == Partner.id)
        .where(PartnerEmployer.employer_id == Employer.id)
        .correlate(Employer)
        .scalar_subquery()
    )


def _left_alone() -> ScalarSelect[Any]:
    return (
        select(func.aggregate_strings(col(ContactPerson.name), ", "))
        .join(PersonWish, col(PersonWish.contact_person_id) == ContactPerson.id)
        .where(
            ContactPerson.employer_id == Employer.id,
            col(ContactPerson.active),
            col(PersonWish.do_not_contact),
        )
        .correlate(Employer)
        .scalar_subquery()
    )


def _archived_because() -> ScalarSelect[Any]:
    away = select(ArchivedEmployer.reason).where(ArchivedEmployer.employer_id == Employer.id)
    return away.correlate(Employer).scalar_subquery()


def _is_in_team(user_id: int | None) -> ColumnElement[bool]:
    own = select(AccountTeamMember.id).where(
        AccountTeamMember.employer_id == Employer.id,
        AccountTeamMember.user_id == user_id,
        col(AccountTeamMember.until).is_(None),
    )
    return own.correlate(Employer).exists()
