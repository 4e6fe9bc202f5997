"""What a new version changes: in words, on example cases, and on the running contracts if they used it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from crm.core import i18n
from crm.core.access import Actor
from crm.core.money import cents
from crm.sroi.queries.ruleset_drafts import DraftPage, effect_on_contracts
from crm.sroi.rules.comparing import differences
from crm.sroi.rules.effects import WhatIf, totals
from crm.sroi.rules.explanation import filled
from crm.sroi.ruleset_cases import CaseEffect, effects_on_cases
from crm.ui.tables import show_table
from crm.ui.words import _, language, n_, plain, whole_euros

MOST_CONTRACTS = 50


def show(actor: Actor, draft: DraftPage) -> None:
    """Show the differences and their effects; a text with faults has none to show."""
    if draft.faults:
        st.info(_("The text has faults. Repair them under Whole text; then you see here what changes."))
        return
    _differences(draft)
    _cases(draft)
    _contracts(actor, draft)


def _differences(draft: DraftPage) -> None:
    st.subheader(_("What differs from {name}", name=plain(draft.base.name)), anchor=False)
    words = i18n.in_language(language())
    sentences = [one.sentence(language(), words) for one in differences(draft.base, draft.rules())]
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))


def _cases(draft: DraftPage) -> None:
    rows = effects_on_cases(draft.base, draft.rules())
    changed = sum(row.effect.before.amount != row.effect.after.amount for row in rows)
    st.subheader(_("Example cases"), anchor=False)
    st.caption(
        n_(
            "One of {total} cases gets another amount.",
            "{count} of {total} cases get another amount.",
            changed,
            total=len(rows),
        )
    )
    if not rows:
        return
    frame = pd.DataFrame(
        [_case(row) for row in rows], columns=[_("Case"), _("Now"), _("New"), _("Difference")]
    )
    show_table(frame, _("Example cases under both rule sets"), right=[_("Now"), _("New"), _("Difference")])


def _case(row: CaseEffect) -> tuple[str, str, str, str]:
    words = i18n.in_language(language())
    return (
        plain(filled(row.told.label, row.told.params, language(), words)),
        _amount(row.effect.before.amount),
        _amount(row.effect.after.amount),
        _difference(row.effect.change),
    )


def _contracts(actor: Actor, draft: DraftPage) -> None:
    st.subheader(_("Running contracts"), anchor=False)
    st.caption(_("Contracts keep the rules they have. This only shows what the new ones would do to them."))
    if not st.button(_("Calculate it for the running contracts"), key="ruleset_contracts"):
        return
    with st.spinner(_("Calculating…")):
        rows = effect_on_contracts(actor, draft.base, draft.rules())
    if not rows:
        st.info(_("No running contract uses {name}.", name=plain(draft.base.name)))
        return
    told = totals(rows, _("All contracts together ({count})", count=len(rows)))
    columns = [_("Contract"), _("Obligation"), _("Efforts"), _("Still needed")]
    frame = pd.DataFrame([_contract(row) for row in (told, *rows[:MOST_CONTRACTS])], columns=columns)
    show_table(frame, _("Running contracts under both rule sets"), right=columns[1:])
    _remarks(rows, told)


def _remarks(rows: Sequence[WhatIf], told: WhatIf) -> None:
    if len(rows) > MOST_CONTRACTS:
        st.caption(_("The {count} contracts that change most are shown.", count=MOST_CONTRACTS))
    if told.left_out:
        st.caption(_("{count} amounts are left out: one of both cannot value them.", count=told.left_out))


def _contract(row: WhatIf) -> tuple[str, str, str, str]:
    return (
        plain(row.name),
        _from_to(row.obligation_before, row.obligation_after),
        _from_to(row.efforts_before, row.efforts_after),
        _from_to(row.short_before, row.short_after),
    )


def _from_to(before: Decimal, after: Decimal) -> str:
    if before == after:
        return _amount(before)
    # Amounts are never broken in two; on a phone the new one may stand under the old one.
    return f"{_amount(before)}\N{ZERO WIDTH SPACE} → {_amount(after)}"


def _amount(amount: Decimal | None) -> str:
    return "–" if amount is None else whole_euros(cents(amount))


def _difference(amount: Decimal | None) -> str:
    if amount is None:
        return "–"
    if not amount:
        return _("the same")
    return f"{'+' if amount > 0 else '−'} {_amount(abs(amount))}"
