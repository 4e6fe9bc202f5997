"""The parts of the audit log: filters, one entry in words, and the state of the chain."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from crm.accounts.queries import (
    AUDIT_PAGE_SIZE,
    MOST_COUNTED,
    AuditField,
    AuditFilter,
    AuditList,
    AuditRow,
    check_chain,
)
from crm.core import clock
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.work import reading
from crm.sroi.queries.audited import Names, table_of_field
from crm.ui.audit_tables import TABLES
from crm.ui.audit_words import ACTIONS, field_word, said
from crm.ui.paging import Paging
from crm.ui.words import _, moment, n_, plain

PAGES = Paging("pagina", AUDIT_PAGE_SIZE)
_DAYS = 7


def filters() -> AuditFilter:
    """Ask which entries to show; without an answer, those of the last week."""
    who, what, record, number = st.columns([3, 2, 3, 2])
    since, until = _period()
    return AuditFilter(
        since=since,
        until=until,
        who=who.text_input(_("Who"), key="wie", placeholder=_("Part of a name"), on_change=PAGES.restart)
        or "",
        action=what.selectbox(
            _("What"),
            list(ACTIONS),
            None,
            lambda found: _(ACTIONS[found]),
            key="wat",
            placeholder=_("Everything"),
            on_change=PAGES.restart,
        )
        or "",
        object_type=record.selectbox(
            _("Record"),
            sorted(TABLES, key=lambda found: _(TABLES[found])),
            None,
            lambda found: _(TABLES[found]),
            key="soort",
            placeholder=_("All records"),
            on_change=PAGES.restart,
        )
        or "",
        object_id=number.text_input(_("Number"), key="nummer", on_change=PAGES.restart) or "",
    )


def show_chain(actor: Actor) -> None:
    """Offer to check the whole chain, and say what was found."""
    if not st.button(_("Check the log"), icon=":material/verified_user:"):
        return
    try:
        with st.spinner(_("Checking every entry …")), reading(actor) as work:
            report = check_chain(work)
    except Invalid as fault:
        st.error(_(fault.message, **fault.params), icon=":material/gpp_bad:")
        return
    st.success(
        _(
            "The log is whole: {sealed} entries sealed, {waiting} waiting for their seal.",
            sealed=report.sealed,
            waiting=report.waiting,
        ),
        icon=":material/verified_user:",
    )


def show(found: AuditList, names: Names) -> None:
    """Show one page of the log, or what to do when there is nothing in this period."""
    if not found.rows:
        st.info(_("Nothing happened here in this period. Choose a longer period or fewer filters."))
        return
    if found.total >= MOST_COUNTED:
        st.caption(_("more than {count} entries", count=MOST_COUNTED - 1))
    else:
        st.caption(n_("{count} entry", "{count} entries", found.total))
    for row in found.rows:
        _show_row(row, names)
    PAGES.show(found.total)


def _show_row(row: AuditRow, names: Names) -> None:
    what = _(ACTIONS[row.action]) if row.action in ACTIONS else row.action
    about = _(TABLES[row.object_type]) if row.object_type in TABLES else row.object_type
    called = names.get((row.object_type, row.object_id))
    which = f"{plain(row.object_id)} · {plain(called)}" if called else plain(row.object_id)
    title = f"{moment(row.at)} · **{plain(row.who)}** · {what}: {about} {which}"
    with st.expander(title):
        for changed in row.fields:
            st.markdown(_field_line(changed, names))
        st.caption(
            _(
                "Intention: {intention} · from: {origin}",
                intention=plain(row.intention or "–"),
                origin=row.origin,
            )
        )


def _field_line(changed: AuditField, names: Names) -> str:
    label = plain(field_word(changed.name))
    became = _value(changed.name, changed.after, names)
    if changed.before is None:
        return f"**{label}**: {became}"
    return f"**{label}**: {_value(changed.name, changed.before, names)} → {became}"


def _value(name: str, value: object, names: Names) -> str:
    called = names.get((table_of_field(name) or "", str(value)))
    return plain(f"{called} ({value})" if called else said(name, value))


def _period() -> tuple[date, date]:
    today = clock.today()
    chosen = st.date_input(
        _("Period"),
        (today - timedelta(days=_DAYS - 1), today),
        max_value=today,
        format="DD-MM-YYYY",
        key="periode",
        on_change=PAGES.restart,
    )
    days = chosen if isinstance(chosen, tuple) else (chosen,)
    return (days[0], days[-1]) if days else (today, today)
