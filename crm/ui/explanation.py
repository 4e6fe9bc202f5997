"""Why an amount is what it is: the steps of a calculation as a table, for staff and for the portal."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from crm.core import i18n
from crm.core.money import cents
from crm.sroi.rules import Bilingual, Explanation, ReadableStep
from crm.ui.tables import show_table
from crm.ui.words import _, language, money, plain


def spoken(name: Bilingual) -> str:
    """Return a name from a rule set in the language of who is looking."""
    return name.nl if language() == "nl" else name.en


def show_explanation(explanation: Explanation, about: str) -> None:
    """Show the steps in order, with formula, amount, source and what was assumed.

    `about` is what the amount is for, in words; it names the table for screen readers.
    """
    words = i18n.in_language(language())
    steps = explanation.readable_steps(language(), words)
    frame = pd.DataFrame([_row(step) for step in steps], columns=[_("Step"), _("Calculation"), _("Amount")])
    show_table(frame, _("How {about} was calculated", about=about), right=[_("Amount")])
    if assumptions := explanation.readable_assumptions(language(), words):
        st.caption(
            _("Where the publication is silent we assumed:")
            + "\n"
            + "\n".join(f"- {plain(sentence)}" for sentence in assumptions)
        )


def explanation_popover(label: str, explanation: Explanation, about: str, key: str) -> None:
    """Put an explanation one tap away, behind a quiet button."""
    with st.popover(label, icon=":material/help:", type="tertiary", key=key):
        show_explanation(explanation, about)


def _row(step: ReadableStep) -> tuple[str, str, str]:
    marks = [plain(step.label)]
    if step.source.startswith("https://"):
        marks.append(f"[{_('source')}]({step.source})")
    if step.assumed:
        marks.append(f":orange-badge[{_('assumed')}]")
    amount = "" if step.amount is None else money(cents(step.amount))
    return " ".join(marks), plain(step.formula), amount
