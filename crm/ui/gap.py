"""Closing a gap: what somebody wants to keep to, the mixes that then fill it, and putting one in the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.decimals import decimal_of
from crm.core.i18n import N_
from crm.core.money import cents
from crm.sroi import actions, gap
from crm.sroi.plan_commands import AddPlanLines, PlanLineFacts
from crm.sroi.queries import ContractPage
from crm.sroi.rules.caps import Item
from crm.sroi.rules.forecast import Forecast
from crm.sroi.rules.gap import Costs, Line, Mix, Wishes, price_of, ways
from crm.sroi.rules.questions import plainly
from crm.sroi.standing import last_day
from crm.ui.dates import ask_day
from crm.ui.explanation import show_explanation, spoken
from crm.ui.forms import attempt, flash
from crm.ui.sroi import on_parts_sentence, period_of_days
from crm.ui.tables import show_table
from crm.ui.words import _, day, n_, plain, typed_number, whole_euros


@dataclass(frozen=True)
class Reader:
    """For whom it is shown: in plain words or not, and whether a mix can be put in the plan."""

    in_plain: bool = False
    may_take: bool = True


OFFICER, PORTAL, LOOKING = Reader(), Reader(in_plain=True), Reader(in_plain=True, may_take=False)
LABELS = {"lines": N_("Plan of action"), "start": N_("Start on"), "contract_id": N_("Contract")}


def show(actor: Actor, contract: ContractPage, forecast: Forecast, reader: Reader = OFFICER) -> int | None:
    """Show ways to fill what a contract lacks; return the id of the plan once a mix was put in it."""
    row = contract.row
    until = last_day(row)
    short, items = _what_is_short(forecast)
    if not short:
        st.success(_("Nothing is missing: what goes on now is enough."))
        return None
    st.markdown(
        _("**{amount}** is missing on {day}, the last day.", amount=whole_euros(cents(short)), day=day(until))
    )
    if reader.in_plain:
        st.caption(_("What goes on now is counted in, just as what we still have to look at."))
        if told := on_parts_sentence(forecast):
            st.caption(told)
    with st.container(border=True):
        wishes = _wishes(row.id, until)
        costs = _costs(row.id)
    known = gap.Known(contract.rule_set, forecast.obligation, items)
    with st.spinner(_("Looking for mixes…"), show_time=False):
        found = _found(known, short, wishes, until, costs)
    if not found:
        st.info(_("No mix fills it within these wishes. Allow more, or start earlier."))
        return None
    st.caption(
        _("The cheapest for you first. The costs are estimates.")
        if reader.in_plain
        else _("The cheapest for the contractor first. The costs are estimates.")
    )
    for number, mix in enumerate(found, start=1):
        if (plan_id := _mix(actor, contract, number, mix, until, reader)) is not None:
            return plan_id
    return None


@st.cache_data(max_entries=64, show_spinner=False)
def _found(known: gap.Known, short: Decimal, wishes: Wishes, until: date, costs: Costs) -> list[Mix]:
    return gap.mixes(ways(known.ruleset, wishes, until, costs), short, wishes, known)


def _what_is_short(forecast: Forecast) -> tuple[Decimal, tuple[Item, ...]]:
    """Return what is missing, and what is counted on beside it."""
    if not forecast.planned or forecast.short == forecast.short_with_plan:
        return forecast.short, forecast.items
    with_plan = st.toggle(
        _("Count on the rest of the plan: {amount}", amount=whole_euros(cents(forecast.planned))), value=True
    )
    if with_plan:
        return forecast.short_with_plan, (*forecast.items, *forecast.planned_items)
    return forecast.short, forecast.items


def _wishes(contract_id: int, until: date) -> Wishes:
    first, second = st.columns(2)
    with first:
        start = ask_day(_("Start on"), _next_month(until), key=f"gap_start_{contract_id}")
        people = st.number_input(
            _("At most how many people?"),
            0,
            50,
            None,
            key=f"gap_people_{contract_id}",
            placeholder=_("no limit"),
        )
    with second:
        buying = st.number_input(
            _("Buy for at most how many euro?"),
            0,
            10_000_000,
            None,
            500,
            key=f"gap_buying_{contract_id}",
            placeholder=_("no limit"),
        )
        interns = st.checkbox(_("With internships"), value=True, key=f"gap_interns_{contract_id}")
        hours = st.checkbox(_("With hours of own staff"), value=True, key=f"gap_hours_{contract_id}")
    return Wishes(start, people, interns, hours, None if buying is None else Decimal(buying))


def _next_month(until: date) -> date:
    first = (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    return first if first <= until else min(clock.today(), until)


def _costs(contract_id: int) -> Costs:
    """Ask what things cost this contractor; each figure stands on an assumption until it is changed."""
    assumed = gap.assumed_costs()
    asked = {
        "hire_hour": _("Wage cost of an hour, before subsidies (€)"),
        "intern_month": _("Allowance of an intern for a full-time month (€)"),
        "own_hour": _("An hour of own staff (€)"),
        "guidance_hours_week": _("Hours of guidance a week for each person"),
        "purchase_premium_pct": _("How much more social purchasing costs (%)"),
    }
    told: dict[str, Decimal] = {}
    with st.popover(_("What things cost"), icon=":material/tune:", type="tertiary"):
        st.caption(_("Assumed. Fill in your own figures for a better order."))
        for name, label in asked.items():
            default = getattr(assumed, name)
            typed = st.text_input(label, typed_number(default), key=f"gap_{name}_{contract_id}")
            number = decimal_of(typed)
            if number is None:
                st.error(_("Fill in a number, for example 19,93."))
            told[name] = default if number is None else number
    return Costs(**told)


def _mix(
    actor: Actor, contract: ContractPage, number: int, mix: Mix, until: date, reader: Reader
) -> int | None:
    with st.container(border=True, key=f"mix_{number}"):
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.subheader(_summary(number, mix), anchor=False)
        left.markdown(
            _(
                "Counts for **{value}**, costs about **{cost}**.",
                value=whole_euros(cents(mix.counts)),
                cost=whole_euros(cents(mix.cost)),
            )
        )
        if mix.counts > mix.value:
            more = whole_euros(cents(mix.counts - mix.value))
            left.caption(
                _("Of that {amount} is there already: a limit then leaves more room for it.", amount=more)
            )
        may_take = reader.may_take and actor.may(Permission.EFFORT_SUBMIT)
        chosen = may_take and right.button(
            _("Put in the plan"), key=f"take_{number}", icon=":material/playlist_add:", width="stretch"
        )
        show_table(
            _table(mix, reader), _("Lines of mix {number}", number=number), right=[_("Counts"), _("Costs")]
        )
        with st.expander(_("Why these amounts?"), icon=":material/help:"):
            for line in mix.lines:
                st.markdown(f"**{_what(line, reader)}**")
                show_explanation(line.way.explanation, spoken(line.way.block.name))
    return _put_in_plan(actor, contract, mix, until) if chosen else None


def _summary(number: int, mix: Mix) -> str:
    parts = []
    if mix.people:
        parts.append(n_("{count} person", "{count} people", mix.people))
    if mix.purchases:
        parts.append(_("{amount} of purchases", amount=whole_euros(cents(mix.purchases))))
    if hours := sum(int(line.way.facts.quantity or 0) * line.times for line in mix.lines):
        parts.append(n_("{count} hour of own staff", "{count} hours of own staff", hours))
    return f"{number}. " + " + ".join(parts)


def _table(mix: Mix, reader: Reader) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (_what(line, reader), whole_euros(cents(line.value)), whole_euros(cents(line.cost)))
            for line in mix.lines
        ],
        columns=[_("What"), _("Counts"), _("Costs")],
    )


def _what(line: Line, reader: Reader) -> str:
    facts = line.way.facts
    name = plain(spoken(plainly(line.way.block) if reader.in_plain else line.way.block.name).rstrip("."))
    if line.way.is_person:
        hours = _("{hours} hours a week", hours=typed_number(Decimal(facts.hours_per_week or 0)))  # type: ignore[arg-type]
        count = n_("{count} person", "{count} people", line.times)
        return f"{name}: {count}, {hours}, {period_of_days(facts.start, facts.end)}"
    if facts.quantity is not None:
        return f"{name}: " + _("{count} hours", count=int(facts.quantity) * line.times)
    amount = whole_euros(cents(price_of(line.way) * line.times))
    return f"{name}: " + amount.replace(" ", "\N{NO-BREAK SPACE}")


def _put_in_plan(actor: Actor, contract: ContractPage, mix: Mix, until: date) -> int | None:
    command = AddPlanLines(
        contract_id=contract.row.id,
        renew=True,
        lines=tuple(_plan_line(line, until) for line in mix.lines),
    )
    plan_id = attempt(actor, actions.add_plan_lines, lambda: command, LABELS)
    if plan_id is not None:
        flash(_("The lines stand in the plan of action. Hand it in when it is complete."))
    return plan_id


def _plan_line(line: Line, until: date) -> PlanLineFacts:
    facts = line.way.facts
    told = PlanLineFacts(block=line.way.block.code, start=facts.start, end=facts.end)
    if line.way.is_person:
        return told.model_copy(update={"people": line.times, "hours_per_week": facts.hours_per_week})
    whole = {"end": until}
    if facts.quantity is not None:
        return told.model_copy(update={**whole, "quantity": Decimal(facts.quantity) * line.times})
    return told.model_copy(update={**whole, "amount_cents": cents(price_of(line.way) * line.times)})
