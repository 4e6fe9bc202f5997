"""What an action has to know before it writes: is it there already, does it wait, does it count twice."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.access import Permission
from crm.core.audit import AuditEntry
from crm.core.work import Work, beyond_scope
from crm.placements.records import WeeklyHours
from crm.sroi.commands import HoursFrom
from crm.sroi.records import AuthorityRuleSet, Contract, Effort, PersonClaim
from crm.sroi.states import EffortState

UNSENT = (EffortState.DRAFT, EffortState.SENT_BACK)
COUNTING = (EffortState.SUBMITTED, EffortState.APPROVED)


def award_is_registered(work: Work, award_key: str) -> bool:
    """Return whether a contract came from this award already."""
    return work.session.exec(select(Contract.id).where(Contract.award_key == award_key)).first() is not None


def efforts_on(work: Work, contract_id: int) -> list[Effort]:
    """Return every effort on a contract, for a change of them all."""
    return list(work.session.exec(select(Effort).where(Effort.contract_id == contract_id)))


def has_efforts(work: Work, contract_id: int) -> bool:
    """Return whether there is any effort on a contract."""
    return work.session.exec(select(Effort.id).where(Effort.contract_id == contract_id)).first() is not None


def has_waiting_efforts(work: Work, contract_id: int) -> bool:
    """Return whether an effort on a contract waits for review."""
    waiting = select(Effort.id).where(
        Effort.contract_id == contract_id, col(Effort.state) == EffortState.SUBMITTED
    )
    return work.session.exec(waiting).first() is not None


def unsent_effort(work: Work, placement_id: int, contract_id: int) -> Effort | None:
    """Return the effort of a placement on a contract that was not handed in yet."""
    same = select(Effort).where(
        Effort.contract_id == contract_id,
        Effort.placement_id == placement_id,
        col(Effort.state).in_(UNSENT),
    )
    return work.session.exec(same).first()


def was_offered_by(work: Work, effort_id: int, user_id: int | None) -> bool:
    """Return whether this user offered the placement that an effort counts; the audit knows who did."""
    offered = select(AuditEntry.id).where(
        AuditEntry.object_type == "efforts",
        AuditEntry.object_id == str(effort_id),
        AuditEntry.intention == "sroi.offer_placement",
        AuditEntry.actor_id == user_id,
    )
    return work.session.exec(offered.limit(1)).first() is not None


def days_count_already(work: Work, placement_id: int, start: date, end: date, but: int | None) -> bool:
    """Return whether another effort than `but` counts days of a placement, with whatever authority."""
    same_days = select(func.count()).where(
        Effort.placement_id == placement_id,
        col(Effort.state).in_(COUNTING),
        col(Effort.starts_on) <= end,
        col(Effort.ends_on) >= start,
    )
    if but is not None:
        same_days = same_days.where(Effort.id != but)
    with beyond_scope(work.actor, Permission.EFFORT_SUBMIT) as everything:
        return everything.session.exec(same_days).one() > 0


def claimed_until(work: Work, placement_id: int, but: int | None) -> date | None:
    """Return the last day of a placement that another effort than `but` claims, with whatever authority."""
    claimed = select(func.max(Effort.ends_on)).where(
        Effort.placement_id == placement_id, col(Effort.state) != EffortState.WITHDRAWN
    )
    if but is not None:
        claimed = claimed.where(Effort.id != but)
    with beyond_scope(work.actor, Permission.EFFORT_OFFER) as everything:
        return everything.session.exec(claimed).one()


def hours_of(work: Work, placement_id: int) -> tuple[HoursFrom, ...]:
    """Return the weekly hours of a placement, from its start on."""
    history = select(WeeklyHours).where(WeeklyHours.placement_id == placement_id)
    found = work.session.exec(history.order_by(col(WeeklyHours.from_on)))
    return tuple(HoursFrom(start=step.from_on, hours=step.hours) for step in found)


def assignment_on(work: Work, authority_id: int, valid_from: date) -> AuthorityRuleSet | None:
    """Return the rule set that was assigned to an authority from exactly this day on."""
    same_day = select(AuthorityRuleSet).where(
        AuthorityRuleSet.authority_id == authority_id, AuthorityRuleSet.valid_from == valid_from
    )
    return work.session.exec(same_day).first()


def person_claims_of(work: Work, effort_id: int) -> list[PersonClaim]:
    """Return what an effort claims of a person's time, for a change."""
    return list(work.session.exec(select(PersonClaim).where(PersonClaim.effort_id == effort_id)))


def copy_of(work: Work, effort: Effort, starts_on: date) -> Effort | None:
    """Return an effort for the same work from this day on, on the same contract, that was made before."""
    same = select(Effort).where(
        Effort.contract_id == effort.contract_id,
        Effort.block == effort.block,
        Effort.subject == effort.subject,
        Effort.description == effort.description,
        Effort.starts_on == starts_on,
        col(Effort.state) != EffortState.WITHDRAWN,
    )
    if effort.placement_id is not None:
        same = same.where(Effort.placement_id == effort.placement_id)
    return work.session.exec(same.order_by(col(Effort.id))).first()
