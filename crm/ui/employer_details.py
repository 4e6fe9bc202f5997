"""The details of an employer: address, account team, putting away, and what was changed."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers import actions, queries
from crm.employers.queries import EmployerView, TeamRow
from crm.employers.rules import TeamRole
from crm.ui import employer_archive, employer_history, employer_sharing
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.employers import part_word, place_line, sector, segment_word
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, plain

LABELS = {
    "holder_id": N_("Account holder"),
    "user_id": N_("Deputy"),
}


def show(actor: Actor, employer: EmployerView) -> None:
    """Show the details, the team and the changes."""
    may_change = actor.may(Permission.EMPLOYER_EDIT)
    st.table(_facts(employer), border="horizontal", width="content", alt=_("Details of this employer"))
    if actor.may(Permission.VISIT_VIEW):
        _team(actor, employer, may_change)
        employer_sharing.show(actor, employer, may_change)
    if may_change:
        employer_archive.show(actor, employer)
    if may_change or actor.may(Permission.AUDIT_VIEW):
        employer_history.show(actor, employer.id)


def _facts(employer: EmployerView) -> dict[str, str]:
    street = place_line(employer.street, " ".join(filter(None, (employer.postcode, employer.city))))
    facts = {
        _("Address"): street,
        _("Municipality"): plain(employer.municipality or ""),
        _("Phone number"): plain(employer.phone or ""),
        _("Website"): f"[{plain(employer.website)}]({employer.website})" if employer.website else "",
        _("Sector"): place_line(sector(employer.sbi_code), employer.sbi_code),
        _("Segment"): segment_word(employer.segment),
    }
    return {name: fact or "–" for name, fact in facts.items()}


def _team(actor: Actor, employer: EmployerView, may_change: bool) -> None:
    st.subheader(_("Account team"), anchor=False)
    with reading(actor) as work:
        members = queries.team(work, employer.id)
    if not members:
        st.caption(_("Nobody holds this account yet."))
    for member in members:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_member_words(member), width="content")
            if may_change and member.team_role is TeamRole.DEPUTY and member.until is None:
                _end_button(actor, member)
    if may_change:
        with st.container(horizontal=True):
            dialog_button(
                _("Change the account holder"),
                _("Account holder"),
                lambda: _choose_holder(actor, employer),
                "change_holder",
            )
            dialog_button(
                _("Add a deputy"), _("Deputy"), lambda: _choose_deputy(actor, employer), "add_deputy"
            )


def _member_words(member: TeamRow) -> str:
    part = part_word(member.team_role)
    if member.until is None:
        return _("**{name}**, {part} since {day}", name=plain(member.name), part=part, day=day(member.since))
    return _(
        "{name}, {part} from {day} until {until}",
        name=plain(member.name),
        part=part,
        day=day(member.since),
        until=day(member.until),
    )


def _end_button(actor: Actor, member: TeamRow) -> None:
    if st.button(_("End"), key=f"end_{member.id}", type="tertiary"):
        _done(attempt(actor, actions.end_deputy, lambda: actions.EndDeputy(member_id=member.id), LABELS))


def _choose_holder(actor: Actor, employer: EmployerView) -> None:
    with reading(actor) as work:
        colleagues = queries.colleagues_in(work, employer.region_id)
    chosen = st.selectbox(
        _("Account holder"),
        list(colleagues),
        None,
        colleagues.__getitem__,
        placeholder=_("Choose a colleague"),
    )
    st.caption(_("The account holder until now stays in the history."))
    if st.button(_("Save"), type="primary", disabled=chosen is None) and chosen is not None:
        close_dialog()
        _done(
            attempt(
                actor,
                actions.change_holder,
                lambda: actions.ChangeHolder(
                    employer_id=employer.id, version=employer.version, holder_id=chosen
                ),
                LABELS,
            )
        )


def _choose_deputy(actor: Actor, employer: EmployerView) -> None:
    with reading(actor) as work:
        colleagues = queries.colleagues_in(work, employer.region_id)
    chosen = st.selectbox(
        _("Deputy"), list(colleagues), None, colleagues.__getitem__, placeholder=_("Choose a colleague")
    )
    if st.button(_("Save"), type="primary", disabled=chosen is None) and chosen is not None:
        close_dialog()
        _done(
            attempt(
                actor,
                actions.add_deputy,
                lambda: actions.AddDeputy(employer_id=employer.id, user_id=chosen),
                LABELS,
            )
        )


def _done(saved: int | None) -> None:
    if saved is not None:
        flash(_("Saved."))
        st.rerun()
