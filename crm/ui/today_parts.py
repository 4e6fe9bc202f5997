"""The other parts of Today: employers, contracts at risk, and what waits for the SROI officer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.core import clock
from crm.sroi.queries import ContractRow, ReviewRow, RiskRow
from crm.sroi.rules import Status
from crm.ui import shell
from crm.ui.employer_list import longest_quiet_of_mine
from crm.ui.sroi import inline_badge, look_of, time_left
from crm.ui.today import COUNTED, SHOWN, Today
from crm.ui.visits import draft_line, place_of
from crm.ui.words import _, day, n_, plain, unbroken, whole_euros
from crm.visits.queries import QuietEmployer
from crm.visits.rules import days_quiet

WORST = 3


def show_at_risk(page: Today) -> None:
    """Show the contracts that are behind or in repair, the most euros needed in front."""
    rows = page.at_risk
    st.header(_("At risk") + (f" :red-badge[{_count(rows)}]" if rows else ""), anchor=False)
    if not rows:
        st.caption(_("No contract is behind or in repair."))
    for risk in rows[:WORST]:
        row, forecast = risk.row, risk.forecast
        with st.container(gap=None):
            _open(plain(row.employer), "staff/contract.py", row.id, f"risk_{row.id}")
            what = f"{plain(row.title)} · {plain(row.authority)} · {_shortfall(risk)}"
            st.markdown(f"{what} {inline_badge(look_of(row))}")
            st.progress(
                min(forecast.ends_at_pct, 100),
                _("ends, as things stand, at {share} %", share=forecast.ends_at_pct),
            )
    if len(rows) > WORST:
        shell.link("staff/contracts.py", _("All contracts"), icon=":material/gavel:")


def _shortfall(risk: RiskRow) -> str:
    row = risk.row
    amount = unbroken(whole_euros(risk.at_risk_cents))
    short = _("{amount} short", amount=f"**{amount}**")
    if row.standing is None or row.standing.status is Status.SETTLED:
        return short
    if row.standing.status is Status.IN_REPAIR and row.repair_until:
        return short + ", " + _("repair until {day}", day=day(row.repair_until))
    return short + ", " + _("{left} left", left=time_left(row.standing))


def show_employers(page: Today) -> None:
    """Show how many employers somebody holds, and those not spoken with for too long."""
    count = f" :gray-badge[{page.held.employers}]"
    st.header(_("My employers") + count, anchor=False)
    if not page.held.quiet:
        st.caption(_("You have spoken with all of them lately."))
        return
    st.markdown(
        f":orange-badge[:material/hourglass_bottom: {page.held.too_quiet}] "
        + n_("not spoken with for too long", "not spoken with for too long", page.held.too_quiet)
    )
    for employer in page.held.quiet:
        _show_quiet(employer)
    if page.held.too_quiet > len(page.held.quiet):
        shell.link(
            "staff/employers.py",
            _("All {count}", count=page.held.too_quiet),
            icon=":material/apartment:",
            **longest_quiet_of_mine(),
        )


def _show_quiet(employer: QuietEmployer) -> None:
    days = days_quiet(employer.last_contact_on, clock.today())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            _open(plain(employer.name), "staff/employer.py", employer.id, f"quiet_{employer.id}")
            st.caption(
                _("never spoken with")
                if days is None
                else n_("{count} day without contact", "{count} days without contact", days)
            )
        if employer.phone:
            st.link_button(_("Call them"), f"tel:{employer.phone.replace(' ', '')}")
        if st.button(_("Visit"), key=f"visit_{employer.id}"):
            shell.go("staff/visit.py", employer=employer.id)


def show_shared(page: Today) -> None:
    """Show a partner the employers that are shared with them."""
    st.header(_("Shared with you"), anchor=False)
    if not page.shared:
        st.caption(_("No employer is shared with you yet. Ask your contact at the desk."))
    for employer in page.shared:
        _open(place_of(employer), "staff/employer.py", employer.id, f"shared_{employer.id}")


def show_drafts(page: Today) -> None:
    """Show how much forwarded mail waits, and the visits that were begun and not saved."""
    if page.held.mails:
        words = n_(
            "{count} mail waits to be put into a file",
            "{count} mails wait to be put into a file",
            page.held.mails,
        )
        shell.link("staff/mail.py", words, icon=":material/mail:")
    if not page.drafts:
        return
    st.header(_("Not finished yet") + f" :gray-badge[{len(page.drafts)}]", anchor=False)
    for draft in page.drafts:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{plain(draft.title)}**")
                st.caption(draft_line(draft.updated_at))
            if st.button(_("Go on"), key=f"draft_{draft.subject}"):
                shell.go("staff/visit.py", employer=draft.subject)


def show_review(rows: list[ReviewRow]) -> None:
    """Show the efforts that wait for a decision, the longest waiting in front."""
    st.header(_("To review") + f" :gray-badge[{_count(rows)}]", anchor=False)
    if not rows:
        st.caption(_("No effort waits for you."))
    for row in rows[:SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{plain(row.employer)}** · {unbroken(whole_euros(row.value_cents))}")
                since = _(
                    "waiting since {day}", day=day(row.submitted_at.astimezone(clock.LOCAL_ZONE).date())
                )
                st.caption(f"{plain(row.contract)} · {since}")
            if st.button(_("Review"), key=f"review_{row.effort_id}"):
                shell.go("staff/review.py", id=row.effort_id)


def show_confirm(rows: list[ContractRow]) -> None:
    """Show the contracts whose obligation waits to be confirmed, the oldest award in front."""
    st.header(_("To confirm") + f" :gray-badge[{_count(rows)}]", anchor=False)
    if not rows:
        st.caption(_("No contract waits to be confirmed."))
    for row in rows[:SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(gap=None, width="stretch"):
                st.markdown(f"**{plain(row.title)}**")
                awarded = _("awarded on {day}", day=day(row.award_on))
                amount = unbroken(whole_euros(row.obligation_cents))
                st.caption(f"{plain(row.employer)} · {amount} · {awarded}")
            if st.button(_("Look at it"), key=f"confirm_{row.id}"):
                shell.go("staff/contract.py", id=row.id)


def _count(rows: Sequence[object]) -> str:
    return f"{len(rows)}+" if len(rows) == COUNTED else str(len(rows))


def _open(label: str, page: str, record_id: int, name: str) -> None:
    if st.button(f"**{label}**", key=name, type="tertiary"):
        shell.go(page, id=record_id)
