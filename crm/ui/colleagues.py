"""The people of an employer in its portal: who has access, who was invited, and the link to pass on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

import streamlit as st

from crm.accounts.actions.invitations import Invited
from crm.accounts.queries.invitations import InvitationRow, PortalUserRow
from crm.accounts.rules import INVITATION_LENGTH
from crm.core.access import Actor, Role
from crm.core.actions import Command
from crm.core.i18n import N_
from crm.core.work import Work, reading
from crm.sroi.actions import colleagues as actions
from crm.sroi.actions.widening import ShowContracts, show_contracts
from crm.sroi.queries.colleagues import Colleagues, colleagues_of
from crm.sroi.queries.widening import SeenContract
from crm.ui.dialogs import close_dialog, dialog_button
from crm.ui.forms import attempt, flash
from crm.ui.words import _, day, moment, n_, plain

C = TypeVar("C", bound=Command)

LABELS = {"name": N_("Name"), "email": N_("E-mail address")}
_LINK = "invitation_link"
_MOST_OPENED = 12


def show_own(actor: Actor) -> None:
    """Show a portal user their colleagues, folded away until they are wanted."""
    with st.expander(
        _("Colleagues"), icon=":material/group:", expanded=_LINK in st.session_state, key="colleagues"
    ):
        show(actor, actor.employer_id or 0)


def show(actor: Actor, employer_id: int) -> None:
    """Show who of an employer has access; who decides about it invites, withdraws and ends."""
    with reading(actor) as work:
        found = colleagues_of(work, employer_id)
    _show_link(employer_id)
    if not found.users and not found.invitations:
        st.info(_("Nobody here has access yet. Invite somebody to let them see their contracts."))
    for row in found.users:
        _show_user(actor, employer_id, row, found)
    for invitation in found.invitations:
        _show_invitation(actor, employer_id, invitation)
    if found.may_manage:
        dialog_button(
            _("Invite somebody"),
            _("Invite somebody"),
            lambda: _ask(actor, employer_id),
            "invite_colleague",
            icon=":material/person_add:",
        )
    else:
        st.caption(_("An administrator invites colleagues. Nobody is one yet? Ask your contact person."))


def _show_user(actor: Actor, employer_id: int, row: PortalUserRow, found: Colleagues) -> None:
    with st.container(border=True, gap="xxsmall", key=f"colleague_{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(row.name)}**", width="content")
            _badge(row)
        if limits := found.limits.get(row.id):
            st.caption(_("Sees the contracts of {authorities}.", authorities=plain(", ".join(limits))))
        if not found.may_manage:
            return
        seen = _("Signed in {when}", when=moment(row.last_in)) if row.last_in else _("Never signed in")
        st.caption(f"{plain(row.email)} · {seen}")
        if row.id != actor.user_id:
            with st.container(horizontal=True):
                _show_choices(actor, employer_id, row, found)


def _badge(row: PortalUserRow) -> None:
    if not row.active:
        st.badge(_("No access any more"), icon=":material/block:", color="gray")
    elif row.is_administrator:
        st.badge(_("Administrator"), icon=":material/shield_person:", color="blue")
    else:
        st.badge(_("Has access"), icon=":material/check_circle:", color="green")


def _show_choices(actor: Actor, employer_id: int, row: PortalUserRow, found: Colleagues) -> None:
    about = {"employer_id": employer_id, "user_id": row.id}
    if not row.active and not row.may_return:
        st.caption(_("Closed by the administrator of Vliegwiel, who alone can open it again."))
        return
    if not row.active:
        if st.button(_("Give access again"), key=f"back_{row.id}", type="tertiary"):
            _do(actor, actions.switch_colleague, lambda: actions.SwitchColleague(**about, active=True))
        return
    if row.id in found.opens:
        _show_widening(actor, about, found.opens[row.id])
    word = _("No longer administrator") if row.is_administrator else _("Make administrator")
    if st.button(word, key=f"appoint_{row.id}", type="tertiary"):
        wanted = not row.is_administrator
        _do(
            actor,
            actions.appoint_administrator,
            lambda: actions.AppointAdministrator(**about, administrator=wanted),
        )
    with st.popover(_("End access"), key=f"end_{row.id}", type="tertiary"):
        st.markdown(_("{name} is signed out at once and can no longer sign in.", name=plain(row.name)))
        if st.button(_("Yes, end access"), key=f"end_sure_{row.id}"):
            _do(actor, actions.switch_colleague, lambda: actions.SwitchColleague(**about, active=False))


def _show_widening(actor: Actor, about: dict[str, int], opens: Sequence[SeenContract]) -> None:
    """Let somebody see more, after what that opens was read."""
    own = actor.role is Role.EMPLOYER
    wider = _("Let them see all contracts") if own else _("Let them see our contracts")
    with st.popover(wider, key=f"widen_{about['user_id']}", type="tertiary"):
        if opens:
            st.markdown(n_("This contract opens:", "These {count} contracts open:", len(opens)))
            lines = [f"- {plain(one.title)} ({plain(one.authority)})" for one in opens[:_MOST_OPENED]]
            st.markdown("\n".join(lines))
            if (more := len(opens) - _MOST_OPENED) > 0:
                st.caption(_("and {count} more", count=more))
        else:
            st.markdown(_("Nothing opens now. Contracts with other authorities that come later do."))
        if st.button(_("Yes, let them see this"), key=f"widen_sure_{about['user_id']}"):
            _do(actor, show_contracts, lambda: ShowContracts(**about))


def _show_invitation(actor: Actor, employer_id: int, row: InvitationRow) -> None:
    with st.container(border=True, gap="xxsmall", key=f"invitation_{row.id}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(row.name)}**", width="content")
            if row.has_expired:
                st.badge(_("Invitation expired"), icon=":material/timer_off:", color="orange")
            else:
                st.badge(_("Invited"), icon=":material/mail:", color="blue")
        until = _("The link works until {moment}", moment=moment(row.expires_at))
        ended = _("The link worked until {day}", day=day(row.expires_at.date()))
        st.caption(f"{plain(row.email)} · {ended if row.has_expired else until}")
        with st.container(horizontal=True):
            if st.button(_("Make a new link"), key=f"renew_{row.id}", type="tertiary"):
                made = attempt(
                    actor, actions.renew_invitation, lambda: actions.RenewInvitation(invitation_id=row.id)
                )
                _hand_over(employer_id, made)
            if st.button(_("Withdraw the invitation"), key=f"withdraw_{row.id}", type="tertiary"):
                _do(
                    actor,
                    actions.withdraw_invitation,
                    lambda: actions.WithdrawInvitation(invitation_id=row.id),
                )


def _ask(actor: Actor, employer_id: int) -> None:
    with st.form("invite", border=False):
        name = st.text_input(_("Name"), max_chars=120)
        email = st.text_input(_("E-mail address"), max_chars=200)
        st.caption(_("Vliegwiel sends no mail. You get a link that you pass on yourself."))
        pressed = st.form_submit_button(_("Make the link"), type="primary")
    if pressed:
        made = attempt(
            actor,
            actions.invite_colleague,
            lambda: actions.InviteColleague(employer_id=employer_id, name=name, email=email),
            LABELS,
        )
        _hand_over(employer_id, made)


def _hand_over(employer_id: int, made: Invited | None) -> None:
    """Keep the link for the next run alone: it is shown once and stored nowhere."""
    if made is not None:
        close_dialog()
        st.session_state[_LINK] = (employer_id, made)
        st.rerun()


def _show_link(employer_id: int) -> None:
    kept: tuple[int, Invited] | None = st.session_state.pop(_LINK, None)
    if kept is None or kept[0] != employer_id:
        return
    here = urlsplit(st.context.url or "")
    with st.container(border=True, gap="small"):
        st.markdown(
            _(
                "Pass this link on to **{name}** alone. It works once, for {days} days. You see it only now.",
                name=plain(kept[1].name),
                days=INVITATION_LENGTH.days,
            )
        )
        start = f"{here.scheme}://{here.netloc}" if here.netloc else ""
        st.code(f"{start}/auth/uitnodiging?code={kept[1].token}", language=None, wrap_lines=True)


def _do(actor: Actor, action: Callable[[Work, C], int], make: Callable[[], C]) -> None:
    if attempt(actor, action, make) is not None:
        flash(_("Saved."))
        st.rerun()
