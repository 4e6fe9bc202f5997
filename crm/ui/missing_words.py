"""Words about awards that miss a contract, and where they are told outside their own page."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi.queries.missing import MissingRow, MissingTotal, missing_total
from crm.sroi.rules.missing import NoClause
from crm.ui import shell
from crm.ui.words import _, day, n_, plain, whole_euros

PAGE = "staff/missing.py"
NO_CLAUSE = {
    NoClause.NOT_APPLICABLE: N_("Social return does not suit this purchase"),
    NoClause.EXEMPTED: N_("The authority exempted it"),
    NoClause.FRAMEWORK: N_("It falls under another contract or framework"),
    NoClause.DOUBLE: N_("It stands in the register under another number"),
    NoClause.FORGOTTEN: N_("The clause was left out of the tender"),
    NoClause.OTHER: N_("Something else"),
}


def awards_in_words(count: int) -> str:
    """Return how many awards there are."""
    return n_("{count} award", "{count} awards", count)


def told(total: MissingTotal) -> str:
    """Return in one sentence how many awards miss a contract, and what that is worth."""
    sentence = n_(
        "{count} award misses a contract with a clause.",
        "{count} awards miss a contract with a clause.",
        total.awards,
    )
    if not total.expected_cents:
        return sentence
    worth = _("Expected obligation: {amount}.", amount=whole_euros(total.expected_cents))
    return f"{sentence} {worth}"


def show_after_import(actor: Actor) -> None:
    """Tell an officer how many awards miss a contract, before anything else of an import."""
    if not actor.may(Permission.CONTRACT_EDIT):
        return
    with reading(actor) as work:
        total = missing_total(work)
    if total.awards:
        st.warning(told(total), icon=":material/assignment_late:")
        shell.link(PAGE, _("See the missing clauses"), icon=":material/arrow_forward:")


def show_on_today(total: MissingTotal) -> None:
    """Tell in one line how many awards miss a contract; nothing when none does."""
    if not total.awards:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="missing_clauses"):
        st.markdown(f":material/assignment_late: {told(total)}")
        if st.button(_("See the missing clauses")):
            shell.go(PAGE)


def facts_of(row: MissingRow) -> str:
    """Return who won an award, when, and for how much, in one line."""
    supplier = plain(row.supplier_name) or _("contractor not named")
    number = f"KvK {row.supplier_kvk}" if row.supplier_kvk else ""
    value = _("value not known") if row.value_cents is None else whole_euros(row.value_cents)
    when = _("awarded on {day}", day=day(row.award_on)) if row.award_on else _("award date not known")
    return " · ".join(part for part in (supplier, number, value, when) if part)


def expected_of(row: MissingRow) -> str:
    """Return what the obligation of an award would be."""
    if row.expected_cents is None:
        return _("Expected obligation not known")
    return _("Expected obligation **{amount}**", amount=whole_euros(row.expected_cents))
