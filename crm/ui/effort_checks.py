"""What to look at before an effort is handed in or approved, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from crm.core import i18n
from crm.core.access import Actor
from crm.core.work import reading
from crm.sroi.queries import ContractPage
from crm.sroi.queries.checks import Check, Param
from crm.sroi.queries.persons import DoubleCount, double_counts_on
from crm.sroi.queries.submitting import BeforeSubmitting
from crm.sroi.rules import Bilingual
from crm.ui import shell
from crm.ui.explanation import spoken
from crm.ui.sroi import who_or_what
from crm.ui.words import _, day, language, n_, plain, whole_euros


def told(check: Check) -> str:
    """Return a check as a line with its mark."""
    params = {name: _spoken(name, value) for name, value in check.params.items()}
    sentence = plain(_(check.message, **params))
    icon, colour = (":material/block:", "red") if check.blocks else (":material/warning:", "orange")
    return f":{colour}[{icon}] {sentence}"


def show_before(found: BeforeSubmitting) -> None:
    """Show what to look at before an effort is handed in."""
    lines = [_no_value(found)] if not found.value.amount else []
    lines += [told(check) for check in found.checks]
    lines += [_also_claimed(double) for double in found.doubles]
    st.markdown("  \n".join(lines))


def show_doubles(doubles: Iterable[DoubleCount]) -> None:
    """Show an officer which efforts claim the same time, as much of them as the officer may see."""
    for double in doubles:
        too_much = _("Too much from {first} to {last}.", first=day(double.first), last=day(double.last))
        period = _("from {start} to {end}", start=day(double.starts_on), end=day(double.ends_on))
        st.markdown(f"**{plain(double.authority)}**, {period}. {too_much}")
        if double.other is None:
            st.caption(_("You do not work for this authority, so you see no more than this."))
        else:
            label = _(
                "{employer}: {contract}", employer=double.other.employer, contract=double.other.contract
            )
            shell.link("staff/contract.py", label, icon=":material/gavel:", id=double.other.contract_id)


def show_doubles_on(actor: Actor, contract: ContractPage) -> None:
    """Show which efforts of a contract claim a person's time that is claimed elsewhere as well."""
    with reading(actor) as work:
        found = double_counts_on(work, contract.row.id)
    if not found:
        return
    efforts = {effort.id: effort for effort in contract.efforts}
    with st.container(border=True):
        title = n_(
            "The time of {count} person is claimed twice",
            "The time of {count} people is claimed twice",
            len(found),
        )
        st.markdown(f":orange[:material/group:] **{title}**")
        for effort_id, doubles in found.items():
            if effort := efforts.get(effort_id):
                st.markdown(who_or_what(effort, spoken(effort.block_name)))
                show_doubles(doubles)


def _no_value(found: BeforeSubmitting) -> str:
    why = found.value.readable_steps(language(), i18n.in_language(language()))[-1].label
    return f":orange[:material/warning:] {plain(_('This counts for nothing: {why}', why=why))}"


def _also_claimed(double: DoubleCount) -> str:
    sentence = _(
        "Somebody with this name and date of birth, or this reference, counts already for {authority} from "
        "{start} to {end}. Together that is more than one full-time person. Is that right? Then tell us why "
        "in the description.",
        authority=f"{double.authority} ({double.other.contract})" if double.other else double.authority,
        start=day(double.starts_on),
        end=day(double.ends_on),
    )
    return f":orange[:material/group:] {plain(sentence)}"


def _spoken(name: str, value: Param) -> str:
    if isinstance(value, Bilingual):
        return spoken(value)
    if isinstance(value, int):
        return whole_euros(value) if name.endswith("_cents") else str(value)
    return value if isinstance(value, str) else day(value)
