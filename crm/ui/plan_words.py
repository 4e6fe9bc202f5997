"""How plans of action are said: fixed words for their state, a line in words, what the plan covers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crm.core.i18n import N_
from crm.sroi.queries import ContractRow
from crm.sroi.queries.plans import PlanLineRow, PlanRow
from crm.sroi.rules import Block, FactsError, RuleSet
from crm.sroi.rules.plan import HandoverStep, PlanState, share_of, short_of
from crm.sroi.rules.questions import is_about_a_person, plainly
from crm.ui.explanation import spoken
from crm.ui.sroi import Look
from crm.ui.words import _, day, moment, n_, number, plain, whole_euros

STATE: dict[PlanState, Look] = {
    PlanState.DRAFT: (N_("draft"), ":material/edit_note:", "gray"),
    PlanState.HANDED_IN: (N_("to be decided on"), ":material/hourglass_top:", "blue"),
    PlanState.ACCEPTED: (N_("accepted"), ":material/check_circle:", "green"),
    PlanState.SENT_BACK: (N_("sent back"), ":material/undo:", "orange"),
}
PORTAL_STATE: dict[PlanState, Look] = {
    PlanState.DRAFT: (N_("not sent yet"), ":material/edit_note:", "gray"),
    PlanState.HANDED_IN: (N_("under review"), ":material/hourglass_top:", "blue"),
    PlanState.ACCEPTED: (N_("agreed"), ":material/check_circle:", "green"),
    PlanState.SENT_BACK: (N_("needs a correction"), ":material/undo:", "orange"),
}
STEPS = {
    HandoverStep.PROMISE: N_("Promised in the bid"),
    HandoverStep.CONTRACT_MANAGER: N_("Contract manager of the client"),
    HandoverStep.SITE_CONTACT: N_("Contact where the work is done"),
}


def covers(row: ContractRow, plan: PlanRow) -> str:
    """Return what the plan covers of the obligation, in one sentence."""
    if not row.obligation_cents:
        return _("The plan is worth {total}.", total=whole_euros(plan.total_cents))
    told = _(
        "The plan covers **{total}** of {obligation}: {share} %.",
        total=whole_euros(plan.total_cents),
        obligation=whole_euros(row.obligation_cents),
        share=share_of(row.obligation_cents, plan.total_cents),
    )
    short = short_of(row.obligation_cents, plan.total_cents)
    return told + (" " + _("{short} is not planned yet.", short=whole_euros(short)) if short else "")


def came_about(plan: PlanRow) -> str:
    """Return which version a plan is, and who handed it in and decided on it when."""
    parts = [_("Version {number}", number=plan.number)]
    if plan.handed_in_at:
        who = plain(plan.handed_in_by or "Vliegwiel")
        parts.append(_("handed in by {who}, {when}", who=who, when=moment(plan.handed_in_at)))
    if plan.decided_at and plan.state in (PlanState.ACCEPTED, PlanState.SENT_BACK):
        who = plain(plan.decided_by or "Vliegwiel")
        accepted = plan.state is PlanState.ACCEPTED
        words = N_("accepted by {who}, {when}") if accepted else N_("sent back by {who}, {when}")
        parts.append(_(words, who=who, when=moment(plan.decided_at)))
    return " · ".join(parts)


def block_words(ruleset: RuleSet, code: str, *, in_plain: bool) -> str:
    """Return a block by its name, or in the words of an employer; its code when there is no such block."""
    try:
        block: Block = ruleset.block(code)
    except FactsError:
        return plain(code)
    return plain(spoken(plainly(block) if in_plain else block.name))


def details(ruleset: RuleSet, line: PlanLineRow) -> str:
    """Return how many people, how many hours and when: `2 people · 24 hours a week · 1 Jan – 30 Sep`."""
    parts = [people(line.people)] if _personal(ruleset, line.block) else []
    return " · ".join([*parts, *_hours(line.facts), period(line)])


def people(count: int) -> str:
    """Return a number of people in words."""
    return n_("{count} person", "{count} people", count)


def period(line: PlanLineRow) -> str:
    """Return when a line is to happen."""
    if line.starts_on is None or line.ends_on in (None, line.starts_on):
        return day(line.starts_on)
    return f"{day(line.starts_on)} – {day(line.ends_on)}"


def _personal(ruleset: RuleSet, code: str) -> bool:
    try:
        return is_about_a_person(ruleset.block(code))
    except FactsError:
        return False


def _hours(facts: dict[str, Any]) -> list[str]:
    told = []
    if hours := facts.get("hours_per_week"):
        told.append(_("{hours} hours a week", hours=number(Decimal(hours))))
    if quantity := facts.get("quantity"):
        told.append(_("{hours} hours", hours=number(Decimal(quantity))))
    return told
