"""What stands above the tabs of an employer: who they are, who holds the account, and how things go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.work import Work
from crm.employers.queries import EmployerView
from crm.sroi.queries import ContractRow, EmployerSummary, contracts_of_employer, most_pressing
from crm.timeline.queries import Around, around
from crm.ui import shell
from crm.ui.employer_tags import show_employer_tags
from crm.ui.employers import place_line, sector, segment_word, spoken_badge
from crm.ui.visits import weekday
from crm.ui.words import _, day, n_, plain, unbroken, whole_euros


@dataclass(frozen=True)
class Standing:
    """How things go with an employer; `contracts` is None for who may not see them."""

    around: Around
    contracts: Sequence[ContractRow] | None


def standing(work: Work, employer_id: int) -> Standing:
    """Read how things go, each part only for who may see it."""
    may = work.actor.may
    return Standing(
        around=around(work, employer_id),
        contracts=contracts_of_employer(work, employer_id) if may(Permission.CONTRACT_VIEW) else None,
    )


def show_heading(actor: Actor, employer: EmployerView) -> None:
    """Show the name with the facts that tell it from others, and what can be done here."""
    kvk = _("KvK {number}", number=employer.kvk_number) if employer.kvk_number else None
    staff = n_("{count} member of staff", "{count} members of staff", employer.staff_size or 0)
    facts = place_line(
        kvk,
        employer.city,
        sector(employer.sbi_code),
        staff if employer.staff_size is not None else None,
        segment_word(employer.segment),
    )
    row = shell.title_row(plain(employer.name), facts)
    with row:
        _show_actions(actor, employer)
    if employer.ceased_on:
        st.warning(
            _("This employer ceased on {day}. It is kept for its history.", day=day(employer.ceased_on)),
            icon=":material/inventory_2:",
        )
    if employer.archived_because is not None:
        st.warning(
            _("This employer was put away: {why}. Everything is kept.", why=plain(employer.archived_because)),
            icon=":material/inventory_2:",
        )


def show_standing(actor: Actor, employer: EmployerView, found: Standing) -> None:
    """Show in a few cards who holds the account, the last contact, needs, SROI, work and network."""
    _say_before_calling(actor, employer)
    show_employer_tags(actor, employer.id, employer.tags)
    with st.grid(3, gap="small", min_column_width=150):
        _card(_("Account holder"), *_holders(employer))
        if actor.may(Permission.VISIT_VIEW):
            _card(_("Last contact"), *_contact(employer, found.around))
            _card(_("Open needs"), *_needs(found.around))
        if found.contracts is not None:
            most_needed = most_pressing(found.contracts)
            _card(_("SROI"), *_sroi(EmployerSummary.of(found.contracts)), leads_to=most_needed)
        if actor.may(Permission.PLACEMENT_VIEW):
            _card(_("At work"), *_at_work(found.around))
        if actor.may(Permission.VISIT_VIEW) and actor.may(Permission.NETWORK_VIEW):
            _card(_("Network"), *_network(found.around))


def _say_before_calling(actor: Actor, employer: EmployerView) -> None:
    """Say, before somebody calls, whose account this is and who wants to be left alone."""
    if not actor.may(Permission.VISIT_LOG):
        return
    if employer.holder and not employer.in_team:
        words = _("{name} holds this account. Talk to them before you call.", name=plain(employer.holder))
        st.info(words, icon=":material/person:")
    if employer.left_alone:
        words = _("Do not contact: {names}.", names=plain(employer.left_alone))
        st.warning(words, icon=":material/do_not_disturb_on:")


def _show_actions(actor: Actor, employer: EmployerView) -> None:
    if actor.may(Permission.EMPLOYER_EDIT) and st.button(_("Change"), icon=":material/edit:"):
        shell.go("staff/employer_edit.py", id=employer.id)
    if (
        actor.may(Permission.VISIT_LOG)
        and employer.ceased_on is None
        and employer.archived_because is None
        and st.button(_("Log a visit"), type="primary", icon=":material/edit_note:")
    ):
        shell.go("staff/visit.py", employer=employer.id)


def _card(label: str, large: str, small: str, leads_to: ContractRow | None = None) -> None:
    with st.container(border=True, gap="xxsmall", height="stretch"):
        st.caption(label)
        st.markdown(f"**{large}**")
        if small:
            st.markdown(small)
        if leads_to is not None:
            shell.link("staff/contract.py", plain(leads_to.title), icon=":material/gavel:", id=leads_to.id)


def _holders(employer: EmployerView) -> tuple[str, str]:
    deputies, partners = employer.deputies, employer.partners
    under = [
        _("deputy {names}", names=plain(deputies)) if deputies else None,
        _("partner {names}", names=plain(partners)) if partners else None,
    ]
    return plain(employer.holder) if employer.holder else _("nobody yet"), " · ".join(filter(None, under))


def _contact(employer: EmployerView, found: Around) -> tuple[str, str]:
    spoken = spoken_badge(employer.last_contact_on, employer.too_quiet)
    if found.next_on is None:
        return spoken, _("no next action")
    return spoken, _("next: {day}, {what}", day=weekday(found.next_on), what=plain(found.next_what or ""))


def _sroi(found: EmployerSummary) -> tuple[str, str]:
    large = n_("{count} contract", "{count} contracts", found.contracts)
    if not found.behind:
        return large, ":green-badge[:material/check_circle: " + _(
            "on course"
        ) + "]" if found.contracts else ""
    behind = n_("{count} behind", "{count} behind", found.behind)
    amount = unbroken(whole_euros(found.needed_cents))
    needed = _("{amount} before {day}", amount=amount, day=day(found.needed_by))
    return large, f":orange-badge[:material/warning: {behind}] {needed}"


def _at_work(found: Around) -> tuple[str, str]:
    under = n_("{count} starts soon", "{count} start soon", found.starting) if found.starting else ""
    return n_("{count} person", "{count} people", found.at_work), under


def _needs(found: Around) -> tuple[str, str]:
    large = n_("{count} need", "{count} needs", found.open_needs)
    if not found.late_needs:
        return large, ""
    late = n_("{count} waits too long", "{count} wait too long", found.late_needs)
    return large, f":orange-badge[:material/schedule: {late}]"


def _network(found: Around) -> tuple[str, str]:
    return n_("{count} tie", "{count} ties", found.ties), _("member") if found.is_member else _("no member")
