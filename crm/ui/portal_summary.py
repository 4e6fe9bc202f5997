"""A contract on one screen: what is owed and by when, what counts, what is needed, and what to do now."""

from __future__ import annotations

import streamlit as st

from crm.core.i18n import N_
from crm.core.money import cents
from crm.sroi.next_steps import NextStep, Todo
from crm.sroi.queries import ContractRow
from crm.sroi.queries.portal import PortalContract
from crm.sroi.rules import Bilingual, Status
from crm.sroi.standing import last_day
from crm.ui import shell
from crm.ui.explanation import explanation_popover, spoken
from crm.ui.portal import EFFORT, STANDING
from crm.ui.sroi import inline_badge, look_of, time_left
from crm.ui.words import _, day, money, n_, number, plain, whole_euros

MOST_STEPS = 3
BUTTONS = {
    Todo.CORRECT: N_("Correct"),
    Todo.EVIDENCE: N_("Add evidence"),
    Todo.FINISH: N_("Finish"),
    Todo.COUNT: N_("Let it count"),
}


def show_standing(contract: PortalContract) -> None:
    """Show how the contract stands: the sentence, the one large number, the bar and the sum."""
    row = contract.page.row
    with st.container(border=True):
        left, right = st.columns([5, 6], gap="large", vertical_alignment="center")
        with left:
            _large(row)
        with right:
            _sum(row)
            with st.container(horizontal=True):
                explanation_popover(
                    _("Why {amount}?", amount=whole_euros(row.obligation_cents)),
                    contract.page.obligation,
                    _("the obligation"),
                    key="why_obligation",
                )
                explain_social_return()


def show_steps(contract: PortalContract, steps: list[NextStep]) -> str | None:
    """Show what can be done now as a numbered list; return what was asked for here: `counts` or None."""
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


def explain_social_return() -> None:
    """Say in plain words what social return is, one tap away."""
    with st.popover(_("What is social return?"), icon=":material/help:", type="tertiary"):
        st.markdown(
            _(
                "The municipality gave you a contract. In return you help people who find it hard to get "
                "work. That is called social return."
            )
        )
        st.markdown(
            _(
                "You do not pay the amount. Everything you do has a value in euros: someone you hire, "
                "a trainee, something you buy from a social enterprise, or an activity. "
                "Together those values have to reach the amount."
            )
        )


def _large(row: ContractRow) -> None:
    standing = row.standing
    word = _(STANDING[standing.status]) if standing else ""
    st.markdown(f"**{word}** {inline_badge(look_of(row))}")
    if standing is None or standing.status is Status.SETTLED:
        st.metric(_("Counted"), whole_euros(row.approved_cents))
    else:
        st.metric(_("Still needed, by {day}", day=day(last_day(row))), whole_euros(row.needed_cents))
    approved, submitted = _shares(row)
    told = _("{approved} % counts, {submitted} % is under review", approved=approved, submitted=submitted)
    if standing is not None and standing.status is not Status.SETTLED and standing.days_left:
        told += " · " + _("{left} left", left=time_left(standing))
    st.progress(min(approved, 100), text=told)


def _shares(row: ContractRow) -> tuple[int, int]:
    whole = row.obligation_cents
    return (100 * row.approved_cents // whole, 100 * row.submitted_cents // whole) if whole else (100, 0)


def _sum(row: ContractRow) -> None:
    lines = {
        _("You have to reach"): row.obligation_cents,
        _("This counts already"): row.approved_cents,
        _("Under review"): row.submitted_cents,
        _("Still needed"): row.needed_cents,
    }
    with st.container(gap="xxsmall"):
        for what, amount in lines.items():
            with st.container(horizontal=True, horizontal_alignment="distribute", wrap=False):
                st.markdown(what, width="content")
                st.markdown(f"**{whole_euros(amount)}**", width="content")


def _nothing_to_do(row: ContractRow) -> str:
    if row.standing is not None and row.standing.status is Status.SETTLED:
        return _("This contract is closed. You do not have to do anything any more.")
    return _("You do not have to do anything now. Thank you for what you have done.")


def _step(contract: PortalContract, step: NextStep, place: int) -> str | None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        what, why = _told(contract.page.row, step)
        st.markdown(f"**{place}\\. {what}**  \n{why}", width=700)
        kind = "primary" if place == 1 and step.effort else "secondary"
        if step.todo is Todo.FILL:
            return "counts" if st.button(_("What counts?"), icon=":material/calculate:") else None
        if st.button(_(BUTTONS[step.todo]), key=f"step_{place}", type=kind):  # type: ignore[arg-type]
            _go(contract, step)
    return None


def _go(contract: PortalContract, step: NextStep) -> None:
    if step.effort:
        shell.go(EFFORT, id=step.effort.id)
    elif step.placement:
        shell.go(EFFORT, contract=contract.page.row.id, placement=step.placement.id)


def _told(row: ContractRow, step: NextStep) -> tuple[str, str]:
    if step.effort:
        return _about_effort(step)
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
