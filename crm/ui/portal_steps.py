"""What a contractor can do now on a contract, as a numbered list with a way to do each."""

from __future__ import annotations

import streamlit as st

from crm.core import clock
from crm.core.i18n import N_
from crm.core.money import cents
from crm.sroi.next_steps import NextStep, Todo
from crm.sroi.queries import ContractRow
from crm.sroi.queries.portal import PortalContract
from crm.sroi.rules import Bilingual, Status
from crm.sroi.rules.life import Clock
from crm.ui import shell
from crm.ui.explanation import spoken
from crm.ui.life_words import LATE, when
from crm.ui.portal import EFFORT
from crm.ui.words import _, day, money, n_, number, plain, whole_euros

MOST_STEPS = 3
BUTTONS = {
    Todo.MAKE_PLAN: N_("To the plan"),
    Todo.CORRECT_PLAN: N_("To the plan"),
    Todo.SEND_PLAN: N_("To the plan"),
    Todo.REPORT: N_("Fill in"),
    Todo.CORRECT: N_("Correct"),
    Todo.EVIDENCE: N_("Add evidence"),
    Todo.FINISH: N_("Finish"),
    Todo.COUNT: N_("Let it count"),
    Todo.FILL: N_("See how"),
}
OPENS = {
    Todo.MAKE_PLAN: "plan",
    Todo.CORRECT_PLAN: "plan",
    Todo.SEND_PLAN: "plan",
    Todo.REPORT: "efforts",
    Todo.FILL: "ways",
}
DUE = {
    Todo.CONTACT: (
        N_("Get in touch with us"),
        N_("Then we look together at what suits your company."),
    ),
    Todo.MAKE_PLAN: (
        N_("Make your plan"),
        N_("Tell us what you are going to do, and send it to us."),
    ),
    Todo.REPORT: (
        N_("Tell us what you did"),
        N_("Fill in what you did since the last time, and add the evidence."),
    ),
}


def has_first(steps: list[NextStep]) -> bool:
    """Return whether something waits for the contractor that goes before anything new."""
    return bool(steps) and steps[0].todo not in (Todo.FILL, Todo.COUNT, Todo.CONTACT)


def show_steps(contract: PortalContract, steps: list[NextStep]) -> str | None:
    """Show what can be done now as a numbered list; return which part of the contract was asked for."""
    if not steps:
        st.markdown(_nothing_to_do(contract.page.row))
        return None
    shown, more = _split(steps)
    asked = None
    with st.container(gap="xsmall"):
        st.header(_("What you can do now"), anchor=False)
        with st.container(border=True, gap="small"):
            for place, step in enumerate(shown, 1):
                asked = _step(contract, step, place) or asked
    if more:
        with st.expander(_("And {count} more", count=len(more))):
            for place, step in enumerate(more, len(shown) + 1):
                asked = _step(contract, step, place) or asked
    return asked


def _split(steps: list[NextStep]) -> tuple[list[NextStep], list[NextStep]]:
    """Return the steps to show at once, always with what fills the rest, and those that can wait."""
    if len(steps) <= MOST_STEPS or steps[-1].todo is not Todo.FILL:
        return steps[:MOST_STEPS], steps[MOST_STEPS:]
    return [*steps[: MOST_STEPS - 1], steps[-1]], steps[MOST_STEPS - 1 : -1]


def _nothing_to_do(row: ContractRow) -> str:
    if row.standing is not None and row.standing.status is Status.SETTLED:
        return _("This contract is closed. You do not have to do anything any more.")
    return _("You do not have to do anything now. Thank you for what you have done.")


def _step(contract: PortalContract, step: NextStep, place: int) -> str | None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        what, why = _told(contract.page.row, step)
        by = f" {_late(step.due)}" if step.due else ""
        st.markdown(f"**{place}\\. {what}**{by}  \n{why}", width=780)
        if step.todo is Todo.CONTACT:
            _offer_contact(contract)
            return None
        kind = "primary" if place == 1 and step.todo is not Todo.FILL else "secondary"
        if st.button(_(BUTTONS[step.todo]), key=f"step_{place}", type=kind):  # type: ignore[arg-type]
            _go(contract, step)
            return OPENS.get(step.todo)
    return None


def _offer_contact(contract: PortalContract) -> None:
    if contract.contact is not None:
        st.link_button(_("Send a mail"), f"mailto:{contract.contact.email}", icon=":material/mail:")


def _go(contract: PortalContract, step: NextStep) -> None:
    if step.effort:
        shell.go(EFFORT, id=step.effort.id)
    elif step.placement:
        shell.go(EFFORT, contract=contract.page.row.id, placement=step.placement.id)


def _told(row: ContractRow, step: NextStep) -> tuple[str, str]:
    if step.effort:
        return _about_effort(step)
    if step.due:
        what, why = DUE[step.todo]
        return _(what), _(why)
    if step.todo is Todo.CORRECT_PLAN:
        return _("Correct your plan"), _("We said: “{reason}”", reason=plain(step.reason))
    if step.todo is Todo.SEND_PLAN:
        return _("Finish your plan"), _("It holds only after you send it to us and we agree.")
    if placement := step.placement:
        return (
            _("{who} works with you but does not count yet", who=plain(placement.reference)),
            _(
                "{job}, from {start} to {end}",
                job=plain(placement.job_title),
                start=day(placement.start),
                end=day(placement.end),
            ),
        )
    needed = _("Reach the last {amount}", amount=whole_euros(row.needed_cents))
    return needed, _example(step)


def _late(due: Clock) -> str:
    """Return by when, in colour once it presses: `by 8 Dec 2026, 3 days left`."""
    icon, colour = LATE[due.lateness(clock.today())]
    return f":{colour}-badge[{icon} {when(due)}]"


def _about_effort(step: NextStep) -> tuple[str, str]:
    effort = step.effort
    if effort is None:
        return "", ""
    who = plain(effort.subject or effort.description or spoken(effort.block_name))
    if step.todo is Todo.CORRECT:
        said = _("We said: “{reason}”", reason=plain(effort.review_reason or ""))
        return _("Correct {who}", who=who), said
    if step.todo is Todo.EVIDENCE:
        kinds = ", ".join(spoken(Bilingual(kind.name_nl, kind.name_en)) for kind in effort.missing)
        why = _("Then we can approve {amount}.", amount=money(effort.value_cents))
        return _("Add evidence to {who}", who=who), f"{plain(kinds)}. {why}"
    return _("Finish {who}", who=who), _("It counts only after you send it in.")


def _example(step: NextStep) -> str:
    example = step.example
    if example is None:
        return _("Ask us what you can do.")
    return n_(
        "For example {count} person ({block}), {hours} hours a week, {months} = {amount}.",
        "For example {count} people ({block}), {hours} hours a week, {months} = {amount}.",
        example.people,
        block=plain(spoken(example.block.name)),
        hours=number(example.hours),
        months=n_("{count} month", "{count} months", example.months),
        amount=money(cents(example.amount)),
    )
