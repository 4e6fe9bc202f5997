"""How contracts and efforts look: fixed words for their standing, figures in one line, the plain sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import streamlit as st

from crm.core.i18n import N_
from crm.core.money import cents
from crm.sroi.queries import ContractRow, EffortRow
from crm.sroi.rules import Standing, Status
from crm.sroi.rules.forecast import Forecast
from crm.sroi.states import ContractState, ContractType, EffortState
from crm.ui.words import _, day, language, n_, plain, whole_euros

Look = tuple[str, str, str]

STATUS: dict[Status, Look] = {
    Status.ON_COURSE: (N_("on course"), ":material/check_circle:", "green"),
    Status.BEHIND: (N_("behind"), ":material/warning:", "orange"),
    Status.IN_REPAIR: (N_("in repair"), ":material/build_circle:", "red"),
    Status.MET: (N_("met"), ":material/verified:", "green"),
    Status.SETTLED: (N_("settled"), ":material/lock:", "gray"),
}
STATE: dict[ContractState, Look] = {
    ContractState.TO_CONFIRM: (N_("to be confirmed"), ":material/pending:", "blue"),
    ContractState.RUNNING: (N_("running"), ":material/play_circle:", "green"),
    ContractState.IN_REPAIR: (N_("in repair"), ":material/build_circle:", "red"),
    ContractState.SETTLED: (N_("settled"), ":material/lock:", "gray"),
    ContractState.WITHDRAWN: (N_("withdrawn"), ":material/block:", "gray"),
}
EFFORT: dict[EffortState, Look] = {
    EffortState.DRAFT: (N_("draft"), ":material/edit_note:", "gray"),
    EffortState.SUBMITTED: (N_("to be reviewed"), ":material/hourglass_top:", "blue"),
    EffortState.SENT_BACK: (N_("sent back"), ":material/undo:", "orange"),
    EffortState.APPROVED: (N_("approved"), ":material/check_circle:", "green"),
    EffortState.WITHDRAWN: (N_("taken back"), ":material/block:", "gray"),
}
TYPES = {
    ContractType.GOODS: N_("Supplies"),
    ContractType.SERVICES: N_("Services"),
    ContractType.WORKS: N_("Works"),
}
SENTENCES = {
    Status.ON_COURSE: N_("On course: {approved} of {obligation} approved with {left} left."),
    Status.BEHIND: N_("Behind: {approved} of {obligation} approved with {left} left."),
    Status.IN_REPAIR: N_("Repair period until {until}: {approved} of {obligation} approved."),
    Status.MET: N_("Met: {approved} of {obligation} approved."),
    Status.SETTLED: N_("Settled with {approved} of {obligation} approved."),
}


def look_of(row: ContractRow) -> Look:
    """Return word, icon and colour for how a contract stands, or for its state before and after."""
    return STATUS[row.standing.status] if row.standing else STATE[row.state]


def badge(look: Look) -> None:
    """Show a status as word, icon and colour."""
    word, icon, colour = look
    st.badge(_(word), icon=icon, color=colour)  # type: ignore[arg-type]


def inline_badge(look: Look) -> str:
    """Return a status as a piece of Markdown."""
    word, icon, colour = look
    return f":{colour}-badge[{icon} {_(word)}]"


def figures(pairs: Iterable[tuple[str, str]]) -> None:
    """Show a few figures in one line, each with its label; the line wraps on a phone."""
    st.markdown(" · ".join(f"{label} **{value}**" for label, value in pairs))


def standing_sentence(row: ContractRow) -> str:
    """Return how a contract stands in one plain sentence."""
    standing = row.standing
    if standing is None:
        return (
            _("The obligation has not been confirmed yet.") if row.state is ContractState.TO_CONFIRM else ""
        )
    return _(
        SENTENCES[standing.status],
        approved=whole_euros(row.approved_cents),
        obligation=whole_euros(row.obligation_cents),
        left=time_left(standing),
        until=day(row.repair_until),
    )


def time_left(standing: Standing) -> str:
    """Return the time that is left in words: `4 of 12 months`, or days in the last month."""
    if standing.days_left == 0:
        return _("no time")
    if standing.months_left <= 1:
        return n_("{count} day", "{count} days", standing.days_left)
    left = min(standing.months_left, standing.months_total)
    return _("{left} of {total} months", left=left, total=standing.months_total)


def forecast_sentence(forecast: Forecast) -> str:
    """Return in one plain sentence what a contract ends with, and what the plan would add."""
    params = {
        "share": forecast.ends_at_pct,
        "total": whole_euros(cents(forecast.expected)),
        "short": whole_euros(cents(forecast.short)),
        "plan": forecast.with_plan_pct,
    }
    if not forecast.short:
        return _("Ends, as things go now, with {total}: enough.", **params)
    if not forecast.planned:
        return _("Ends at {share} %: {short} short, unless something new starts.", **params)
    if not forecast.short_with_plan:
        return _(
            "Ends at {share} %: {short} short, unless the rest of the plan starts. Then it is enough.",
            **params,
        )
    return _("Ends at {share} %: {short} short. With the rest of the plan it ends at {plan} %.", **params)


def on_parts_sentence(forecast: Forecast) -> str:
    """Return how much of what goes on is other companies' on their parts; empty when nothing is."""
    if not forecast.running_on_parts:
        return ""
    amount = whole_euros(cents(forecast.running_on_parts))
    return _("Other companies add {amount} with what goes on or waits on their parts.", amount=amount)


def who_or_what(effort: EffortRow, block: str) -> str:
    """Return what an effort is about: the reference and the block, or what it says itself."""
    parts = [effort.subject or effort.description, block]
    return " · ".join(plain(part) for part in parts if part)


def amount_of(effort: EffortRow) -> int:
    """Return the cents that stand for an effort: approved when it is, else its value."""
    return effort.approved_cents if effort.state is EffortState.APPROVED else effort.value_cents


def hours_of(effort: EffortRow) -> str:
    """Return the weekly hours of an effort in words; empty when it has none."""
    told = effort.facts.get("hours_per_week")
    if told is None:
        return ""
    if isinstance(told, list):
        shown = [_number(step["hours"]) for step in told]
        return _("{hours} hours a week", hours=" → ".join(shown))
    return _("{hours} hours a week", hours=_number(told))


def period_of(effort: EffortRow) -> str:
    """Return the period of an effort: `1 jan 2026 – 30 jun 2026`."""
    return period_of_days(effort.starts_on, effort.ends_on)


def period_of_days(start: date | None, end: date | None) -> str:
    """Return a period in words; one day when it has no other end, a dash without a start."""
    if start is None:
        return "–"
    return day(start) if end is None or end == start else f"{day(start)} – {day(end)}"


def worth(explanation_amount: Decimal) -> str:
    """Return the amount of an explanation to read."""
    return whole_euros(cents(explanation_amount))


def _number(told: str) -> str:
    text = f"{Decimal(told).normalize():f}"
    return text.replace(".", ",") if language() == "nl" else text
