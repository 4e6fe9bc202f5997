"""Reminders by mail: to whom one goes, which go by themselves today, and which still have to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, and_, cast, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import EmployerAdministrator, User, UserAuthority, UserEmployer
from crm.accounts.records_access import HiddenContract
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import ContactPerson
from crm.employers.records_people import PersonRole, PersonWish
from crm.employers.rules import Consent, ContactRole
from crm.sroi import rulebook
from crm.sroi.queries import life
from crm.sroi.records import Contract, ContractClock, ContractEvent
from crm.sroi.records.reminder_mails import ReminderMail
from crm.sroi.rules import RuleSet
from crm.sroi.rules.life import EventKind, automatic_day, clocks_of, goes_by_itself
from crm.sroi.standing import OPEN
from crm.sroi.states import MailState

MOST_ADDRESSES = 5


@dataclass(frozen=True)
class Recipient:
    """Somebody a reminder is for, and the language to write in."""

    email: str
    language: str = "nl"


def recipients(work: Work, contract_id: int, employer_id: int, authority_id: int) -> list[Recipient]:
    """Return whom to write about a contract of an employer with an authority.

    Those are its contact persons for social return who did not refuse mail; without any, the administrators
    of its portal who see contracts of this authority. From whom a merge hides the contract gets none.
    """
    found = _contacts(work, contract_id, employer_id)
    return found or _administrators(work, contract_id, employer_id, authority_id)


def _contacts(work: Work, contract_id: int, employer_id: int) -> list[Recipient]:
    kept_from = (
        select(User.email)
        .join(HiddenContract, col(HiddenContract.user_id) == User.id)
        .where(HiddenContract.contract_id == contract_id)
    )
    wanted = (
        select(ContactPerson.email)
        .join(PersonRole, col(PersonRole.contact_person_id) == ContactPerson.id)
        .outerjoin(PersonWish, col(PersonWish.contact_person_id) == ContactPerson.id)
        .where(
            ContactPerson.employer_id == employer_id,
            PersonRole.role == ContactRole.SROI,
            col(ContactPerson.active).is_(True),
            or_(col(PersonWish.consent).is_(None), col(PersonWish.consent) != Consent.REFUSED),
            func.lower(ContactPerson.email).not_in(kept_from),
        )
        .order_by(col(ContactPerson.id))
    )
    return [Recipient(email) for email in work.session.exec(wanted) if email][:MOST_ADDRESSES]


def _administrators(work: Work, contract_id: int, employer_id: int, authority_id: int) -> list[Recipient]:
    limits = select(UserAuthority.authority_id).where(UserAuthority.user_id == User.id)
    hidden = select(HiddenContract.id).where(
        HiddenContract.user_id == User.id, HiddenContract.contract_id == contract_id
    )
    wanted = (
        select(User.email, User.language)
        .join(EmployerAdministrator, col(EmployerAdministrator.user_id) == User.id)
        .join(UserEmployer, col(UserEmployer.user_id) == User.id)
        .where(
            EmployerAdministrator.employer_id == employer_id,
            UserEmployer.employer_id == employer_id,
            User.role == Role.EMPLOYER,
            col(User.active).is_(True),
            ~hidden.exists(),
            or_(~limits.exists(), limits.where(UserAuthority.authority_id == authority_id).exists()),
        )
        .order_by(col(User.id))
        .limit(MOST_ADDRESSES)
    )
    return [Recipient(email, language) for email, language in work.session.exec(wanted)]


def may_be_due(work: Work, today: date) -> list[int]:
    """Return the open contracts of which a step that goes by itself has come, the longest ago in front."""
    wanted = (
        select(ContractClock.contract_id, Contract.rule_set_id, ContractClock.reminder_code)
        .join(Contract, col(Contract.id) == ContractClock.contract_id)
        .where(col(ContractClock.reminder_on) <= today, col(Contract.state).in_(OPEN))
        .order_by(col(ContractClock.reminder_on), col(ContractClock.id))
    )
    found = work.session.exec(wanted).all()
    rulesets = rulebook.stored(work, {rule_set_id for _, rule_set_id, _ in found})
    by_itself = {number: set(_codes(ruleset)) for number, ruleset in rulesets.items()}
    return [contract_id for contract_id, number, code in found if code in by_itself[number]]


def _codes(ruleset: RuleSet) -> Iterable[str]:
    return (step.code for step in ruleset.sanctions.ladder if goes_by_itself(step))


def due_by_itself(work: Work, contract: Contract, today: date) -> life.Reminder | None:
    """Return the reminder of a contract that goes without a click today.

    None as well when the mail of that very step was refused before, as then somebody has to look at it, and
    when what was approved is all of the obligation: no letter of a reminder fits that.
    """
    if contract.approved_cents >= contract.obligation_cents:
        return None
    ruleset = rulebook.of_contract(work, contract)
    happened = life.happened_on(work, key(contract))
    clocks = clocks_of(life.facts_of(life.dated_of(contract), ruleset, happened))
    reminder = life.reminder_of(ruleset, clocks, happened.events)
    if reminder is None or not goes_by_itself(reminder.step):
        return None
    taken = life.steps_taken(reminder.clock, happened.events)
    if automatic_day(reminder.clock, reminder.step, ruleset.sanctions.ladder, taken) > today:
        return None
    return None if _was_refused(work, key(contract), reminder) else reminder


def _was_refused(work: Work, contract_id: int, reminder: life.Reminder) -> bool:
    wanted = (
        select(ReminderMail.id)
        .join(ContractEvent, col(ContractEvent.id) == ReminderMail.contract_event_id)
        .where(
            ReminderMail.contract_id == contract_id,
            ReminderMail.state == MailState.REFUSED,
            ContractEvent.kind == EventKind.REMINDER,
            ContractEvent.step == reminder.step.code,
            ContractEvent.about == reminder.clock.kind.value,
            ContractEvent.due_on == reminder.clock.due_on,
        )
    )
    return work.session.exec(wanted.limit(1)).first() is not None


def waiting_mails(work: Work) -> list[int]:
    """Return the mails that were not tried yet, the oldest first.

    Those of a step that was taken back, and about what came in meanwhile, are not sent any more.
    """
    mistake = aliased(ContractEvent)
    wanted: Any = (
        select(ReminderMail.id)
        .join(ContractEvent, col(ContractEvent.id) == ReminderMail.contract_event_id)
        .join(
            ContractClock,
            and_(
                col(ContractClock.contract_id) == ReminderMail.contract_id,
                col(ContractClock.due_on) == ContractEvent.due_on,
                cast(col(ContractClock.kind), String) == ContractEvent.about,
            ),
        )
        .outerjoin(mistake, col(mistake.takes_back_id) == ContractEvent.id)
        .where(ReminderMail.state == MailState.WAITS, col(mistake.id).is_(None))
        .order_by(col(ReminderMail.id))
    )
    return list(work.session.exec(wanted))
