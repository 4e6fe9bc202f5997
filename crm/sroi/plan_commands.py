"""What users ask of a plan of action and its handover; checked again on the server."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from crm.core.actions import Command
from crm.core.days import Day
from crm.core.privacy import WITHOUT_BSN
from crm.sroi.commands import Cents, Code, Hours, Quantity, Reason

People = Annotated[int, Field(ge=1, le=500)]
Name = Annotated[str, StringConstraints(min_length=2, max_length=120), WITHOUT_BSN]
Function = Annotated[str, StringConstraints(max_length=120), WITHOUT_BSN]
Told = Annotated[str, StringConstraints(max_length=400), WITHOUT_BSN]


class PlanLineFacts(Command):
    """A line of a plan; the facts are those of one person or one purchase, `people` how many of them."""

    block: Code
    people: People = 1
    start: Day | None = None
    end: Day | None = None
    hours_per_week: Hours | None = None
    worked_hours: Quantity | None = None
    quantity: Quantity | None = None
    amount_cents: Cents | None = None
    labour_amount_cents: Cents | None = None
    age: Annotated[int, Field(ge=12, le=100)] | None = None
    benefit_start: Day | None = None
    permanent: bool = False
    tags: tuple[Code, ...] = ()
    activity: Told = ""


class AddPlanLines(Command):
    """Add lines to the plan that is being made; `version` is the plan's, None when it does not matter.

    With `renew` a new version is started first when the newest one was accepted.
    """

    contract_id: int
    version: int | None = None
    renew: bool = False
    lines: Annotated[tuple[PlanLineFacts, ...], Field(min_length=1, max_length=100)]


class EditPlanLine(PlanLineFacts):
    """Change a line; `version` is that of its plan."""

    line_id: int
    version: int


class RemovePlanLine(Command):
    """Take a line out of the plan; `version` is that of its plan."""

    line_id: int
    version: int


class HandInPlan(Command):
    """Hand in the plan to be accepted."""

    plan_id: int
    version: int


class DiscardPlan(Command):
    """Throw a version away that is being made; what was agreed before holds again."""

    plan_id: int
    version: int


class RenewPlan(Command):
    """Start a new version of an accepted plan, with its lines."""

    plan_id: int
    version: int


class SendPlanBack(Command):
    """Send the plan back with what has to change."""

    plan_id: int
    version: int
    reason: Reason


class AcceptPlan(Command):
    """Accept the plan, and name the contract manager at the client who takes it over on a day."""

    plan_id: int
    version: int
    name: Name
    function: Function = ""
    handed_on: Day


class NotePromise(Command):
    """Note what was promised in the bid, by whom and when."""

    contract_id: int
    name: Name
    function: Function = ""
    note: Told = ""
    handed_on: Day


class NameSiteContact(Command):
    """Name who sees to the plan where the work is done, from a day on."""

    contract_id: int
    name: Name
    function: Function = ""
    handed_on: Day


class ConfirmHandover(Command):
    """Note on which day somebody took the plan over."""

    handover_id: int
    version: int
    confirmed_on: Day
