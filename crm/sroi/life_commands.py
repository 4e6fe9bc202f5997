"""What users ask of a contract's life: events, its owner, changes, and parts for other companies."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.days import Day
from crm.core.privacy import REFERENCE_WITHOUT_BSN, WITHOUT_BSN
from crm.sroi.commands import Code, MakeLetter, Reason
from crm.sroi.rules.changing import ChangeKind, EndingMethod
from crm.sroi.rules.life import ClockKind, EventKind
from crm.sroi.rules.sharing import ShareKind
from crm.sroi.states import MailState

Told = Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN]
Reference = Annotated[str, StringConstraints(max_length=80), REFERENCE_WITHOUT_BSN]
Share = Annotated[Decimal, Field(gt=0, le=100, max_digits=5, decimal_places=2)]


class NoteEvent(Command):
    """Note that a first contact, a plan or a report came in on a day; `due_on` is the day it answers."""

    contract_id: int
    kind: EventKind
    happened_on: Day
    due_on: Day | None = None
    note: Told = ""


class NoteReminder(Command):
    """Note that a step of the sanction ladder was taken for something that is overdue."""

    contract_id: int
    about: ClockKind
    due_on: Day
    step: Code
    happened_on: Day
    note: Told = ""


class MakeReminder(Command):
    """Make the letter that goes with a step of the sanction ladder, and note that the step was taken.

    `by_mail` writes down a mail with it as well, which is sent when this is kept.
    """

    step: NoteReminder
    letter: MakeLetter
    by_mail: bool = False


class RemindByItself(Command):
    """Take the step of the sanction ladder that goes without a click, when its day has come."""

    contract_id: int


class TryMail(Command):
    """Say of the mail of a reminder that it is being sent now, so that nobody else sends it."""

    mail_id: int


class NoteMail(Command):
    """Say what came of the mail of a reminder: to whom it went, or that nobody could be reached."""

    mail_id: int
    state: MailState
    addresses: tuple[str, ...] = ()


class TakeBackEvent(Command):
    """Say that an event was noted by mistake; it stays, with the reason."""

    event_id: int
    reason: Reason


class ChangeOwner(Command):
    """Give a contract to another officer."""

    contract_id: int
    version: int
    officer_id: int


class RefreshClocks(Command):
    """Work out what is due next on contracts that have no clock yet, at most `most` at once."""

    most: Annotated[int, Field(ge=1, le=10_000)] = 500


class ChangeContract(Command):
    """Note a change of a confirmed contract; `version` is the contract's.

    `amount_cents` is excl. VAT; for an early end what is left of the obligation, for invoiced turnover below
    zero a credit note. `starts_on` and `ends_on` are the invoiced period, `ends_on` alone the new last day.
    """

    contract_id: int
    version: int
    kind: ChangeKind
    holds_on: Day
    starts_on: Day | None = None
    ends_on: Day | None = None
    amount_cents: Annotated[int, Field(ge=-(10**13), le=10**13)] | None = None
    method: EndingMethod | None = None
    reference: Reference = ""
    reason: Reason


class TakeBackChange(Command):
    """Undo a change that was a mistake; both stay on record, and the obligation is computed again."""

    change_id: int
    version: int
    reason: Reason


class ProposeShare(Command):
    """Propose that another company takes over a part: an amount, or a percentage of the obligation.

    The company is told by its id, or by its KvK number.
    """

    contract_id: int
    other_employer_id: int | None = None
    kvk_number: Annotated[str, StringConstraints(pattern=r"^\d{8}$")] | None = None
    kind: ShareKind
    amount_cents: Annotated[int, Field(gt=0, le=10**13)] | None = None
    percentage: Share | None = None
    starts_on: Day
    ends_on: Day | None = None
    note: Told = ""


class AnswerShare(Command):
    """Say yes or no to a part, as the main contractor or as the other company."""

    share_id: int
    agrees: bool
    reason: Told = ""


class SplitAgain(Command):
    """Propose the parts anew that do not fit the obligation any more, with the reason."""

    contract_id: int
    reason: Reason


class TakeBackShare(Command):
    """Take a part back while it is proposed, or end it once agreed, with the reason."""

    share_id: int
    version: int
    reason: Reason
