"""Accounts of employers that see every contract because an officer's link once opened all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from crm.accounts.actions import LeaveUnlimited, LimitAccounts, leave_unlimited, limit_accounts
from crm.accounts.queries.unlimited import Unlimited, unlimited_accounts
from crm.core.access import Actor
from crm.core.work import reading
from crm.employers.queries import employer_names
from crm.sroi.queries.authorities import authorities
from crm.ui import shell
from crm.ui.forms import attempt, flash
from crm.ui.words import _, n_, plain

_SHOWN = 20


def show(actor: Actor) -> None:
    """List the accounts in question, folded away; nothing when there are none."""
    with reading(actor) as work:
        found = unlimited_accounts(work)
        if not found:
            return
        names = authorities(work)
        employers = employer_names(work, {account.employer_id for account in found[:_SHOWN]})
    title = n_(
        "{count} account without a limit was let in by an authority's officer",
        "{count} accounts without a limit were let in by an authority's officer",
        len(found),
    )
    with st.expander(title, icon=":material/lock_open:", key="unlimited"):
        st.markdown(
            _(
                "In earlier versions whoever an officer invited saw the contracts of every authority. "
                "Limit them to the authorities of who let them in, or leave it when that is right."
            )
        )
        _show_all(actor, found)
        for account in found[:_SHOWN]:
            _show_one(actor, account, employers.get(account.employer_id, "–"), names)
        if (more := len(found) - _SHOWN) > 0:
            st.caption(_("and {count} more", count=more))


def _show_all(actor: Actor, found: Sequence[Unlimited]) -> None:
    ready = frozenset(account.user_id for account in found if account.authority_ids)
    if len(ready) < 2:
        return
    with st.popover(_("Limit all"), icon=":material/lock:", key="limit_all"):
        st.markdown(
            n_(
                "{count} account sees the contracts of fewer authorities from its next click on.",
                "{count} accounts see the contracts of fewer authorities from their next click on.",
                len(ready),
            )
        )
        if st.button(_("Yes, limit them all"), key="limit_all_sure"):
            _limit(actor, ready)


def _show_one(actor: Actor, account: Unlimited, employer: str, names: Mapping[int, str]) -> None:
    limits = ", ".join(sorted(names.get(one, "–") for one in account.authority_ids))
    with st.container(border=True, gap="xxsmall", key=f"unlimited_{account.user_id}"):
        st.markdown(f"**{plain(account.name)}** · {plain(employer)}")
        st.caption(f"{plain(account.email)} · {_('let in by {name}', name=plain(account.let_in_by))}")
        if not account.active:
            st.badge(_("Disabled"), icon=":material/block:", color="gray")
        if not limits:
            st.caption(_("Who let them in works for no authority any more. Choose the limit in the account."))
        with st.container(horizontal=True):
            word = _("Limit to {authorities}", authorities=plain(limits))
            if limits and st.button(word, key=f"limit_{account.user_id}", type="tertiary"):
                _limit(actor, frozenset({account.user_id}))
            if st.button(_("May see all contracts"), key=f"leave_{account.user_id}", type="tertiary"):
                _leave(actor, account.user_id)
            if st.button(_("Open the account"), key=f"unlimited_open_{account.user_id}", type="tertiary"):
                shell.go("admin/users.py", user=account.user_id)


def _limit(actor: Actor, user_ids: frozenset[int]) -> None:
    limited = attempt(actor, limit_accounts, lambda: LimitAccounts(user_ids=user_ids))
    if limited is not None:
        flash(n_("{count} account was limited.", "{count} accounts were limited.", limited))
        st.rerun()


def _leave(actor: Actor, user_id: int) -> None:
    if attempt(actor, leave_unlimited, lambda: LeaveUnlimited(user_id=user_id)) is not None:
        flash(_("Saved."))
        st.rerun()
