"""Certificates in words: what a supplier holds, and what there is to know of a contractor's own."""

from __future__ import annotations

from datetime import date

import streamlit as st

from crm.core.i18n import N_
from crm.sroi.rules import RuleSet
from crm.sroi.rules.held import Notice, NoticeKind, name_of
from crm.sroi.rules.questions import supplier_certificates
from crm.ui.explanation import spoken
from crm.ui.words import _, day, plain

NONE_OF_THESE = ""
SENTENCES: dict[NoticeKind, str] = {
    NoticeKind.LAPSES: N_(
        "{name} lapses on {day}, and the contract runs until {end}. From then on it is not valid any more: "
        "ask for the renewed one."
    ),
    NoticeKind.GONE: N_(
        "The obligation was lowered for {name}, but that is not valid for the whole contract any more (until "
        "{day}). The obligation stays as it was confirmed. Take the confirmation back to compute it anew."
    ),
    NoticeKind.UNCOUNTED: N_(
        "{name} is valid for the whole contract but does not count in the obligation as it was confirmed. "
        "Take the confirmation back to count it."
    ),
    NoticeKind.COUNTS: N_("{name} is valid from the award until {end}: it counts when you confirm."),
    NoticeKind.TOO_SHORT: N_(
        "{name} does not lower the obligation: it is valid until {day}, and the contract runs until {end}."
    ),
}
WARNS = frozenset({NoticeKind.LAPSES, NoticeKind.GONE})


def ask_certificate(ruleset: RuleSet, chosen: str | None, key: str) -> str | None:
    """Ask what the supplier of a purchase holds; None when that is not known, empty when it is nothing."""
    names = supplier_certificates(ruleset)
    codes = [*names, NONE_OF_THESE]
    found: str | None = st.selectbox(
        _("Which certificate does the supplier have?"),
        codes,
        codes.index(chosen) if chosen in codes and key not in st.session_state else None,
        lambda code: spoken(names[code]) if code else _("None of these"),
        key=key,
        placeholder=_("Not known"),
        help=_("The certificate decides what part of the invoice counts. Not known: the lowest part counts."),
    )
    return found


def sentence(notice: Notice, ruleset: RuleSet, end: date) -> str:
    """Return what there is to know of a certificate on a contract that ends on a day."""
    name = plain(spoken(name_of(notice.code, (ruleset,))))
    return _(SENTENCES[notice.kind], name=name, day=day(notice.last_day), end=day(end))


def show_notices(notices: list[Notice], ruleset: RuleSet, end: date) -> None:
    """Show what there is to know of the contractor's certificates on a contract."""
    for notice in notices:
        told = sentence(notice, ruleset, end)
        if notice.kind in WARNS:
            st.warning(told, icon=":material/workspace_premium:")
        else:
            st.info(told, icon=":material/workspace_premium:")
