"""Mail that somebody forwarded and that waits to be put into a file."""

from __future__ import annotations

import streamlit as st

from crm.core import files
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.work import reading
from crm.ui import forms, mails, shell
from crm.ui.forms import attempt, flash
from crm.ui.words import _, moment, n_, plain
from crm.visits.actions.forwarding import ThrowAway, throw_away
from crm.visits.forwarding import read_forwarded
from crm.visits.queries.forwarding import waiting_mail, waiting_mails
from crm.visits.receiving import KEPT_FOR


def show_list(actor: Actor) -> None:
    """Show the mail that waits for somebody, each to be opened."""
    with reading(actor) as work:
        found = waiting_mails(work, actor.user_id or 0)
    if not found:
        return
    st.header(_("Forwarded, and waiting for you"), anchor=False)
    days = KEPT_FOR.days
    st.caption(
        n_(
            "Kept for {count} day, then thrown away.",
            "Kept for {count} days, then thrown away.",
            days,
        )
    )
    for mail in found:
        with st.container(border=True, gap="xxsmall"):
            title = plain(mail.subject) or _("without a subject")
            shell.link("staff/mail.py", f"**{title}**", icon=":material/mail:", waiting=mail.id)
            st.caption(" · ".join(part for part in (plain(mail.sender), moment(mail.received_at)) if part))


def show_one(actor: Actor, waiting_id: int, employer_id: int | None) -> None:
    """Show one forwarded mail, to be put into a file or thrown away; `NotFound` for another's."""
    with reading(actor) as work:
        waiting = waiting_mail(work, actor.user_id or 0, waiting_id)
    st.header(plain(waiting.subject) or _("without a subject"), anchor=False)
    forwarded = _("Forwarded on {when}.", when=moment(waiting.received_at))
    st.caption(" · ".join(part for part in (plain(waiting.sender), forwarded) if part))
    if st.button(_("This is for no file: throw it away"), icon=":material/delete:", type="tertiary"):
        command = ThrowAway(waiting_id=waiting_id, version=waiting.version)
        if attempt(actor, throw_away, lambda: command) is not None:
            flash(_("Thrown away."))
            shell.go("staff/mail.py")
    try:
        mail = read_forwarded(files.read(waiting.sha256 or ""))
    except Invalid as fault:
        forms.show_fault(fault)
        return
    mails.propose(actor, mail, f"waiting_{waiting_id}", employer_id, waiting_id)
