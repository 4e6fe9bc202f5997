"""What an officer answers to a certificate that an employer handed in: it holds, or why it does not."""

from __future__ import annotations

import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.sroi import actions
from crm.sroi.certificate_commands import ConfirmCertificateOffer, RefuseCertificateOffer
from crm.sroi.queries.certificate_offers import OfferRow
from crm.ui.dates import ask_day
from crm.ui.explanation import spoken
from crm.ui.opened import open_form, save
from crm.ui.sroi import Look, inline_badge
from crm.ui.words import _, day, moment, plain

LABELS = {"seen_on": N_("Seen on"), "reason": N_("Why?")}
WAITS: Look = (N_("handed in"), ":material/hourglass_top:", "blue")


def show(actor: Actor, offer: OfferRow, page: str) -> None:
    """Show what was handed in, with the file, and ask for an answer."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(spoken(offer.name))}** {inline_badge(WAITS)}")
        who = plain(offer.offered_by or "Vliegwiel")
        number = _("number {number}", number=plain(offer.number)) if offer.number else ""
        handed = _("handed in by {who}, {when}", who=who, when=moment(offer.offered_at))
        parts = (f"{day(offer.valid_from)} – {day(offer.valid_until)}", number, handed)
        st.caption(" · ".join(part for part in parts if part))
        with st.container(horizontal=True, vertical_alignment="center"):
            if offer.has_file:
                st.link_button(_("See the file"), f"/certificates/{offer.id}", icon=":material/download:")
            with st.popover(_("It holds"), icon=":material/check:", key=f"offer_yes_{offer.id}"):
                _confirm(actor, offer, page)
            with st.popover(_("It does not hold"), icon=":material/block:", key=f"offer_no_{offer.id}"):
                _refuse(actor, offer, page)


def _confirm(actor: Actor, offer: OfferRow, page: str) -> None:
    form = open_form(f"offer_yes_form_{offer.id}", offer.version, "seen_on", page)
    with st.form(form.name, border=False):
        st.caption(_("Looked up or read, and right? The file is then let go; that you saw it stays."))
        seen_on = ask_day(_(LABELS["seen_on"]), clock.today(), key=form.key("seen_on"))
        sent = st.form_submit_button(_("Note the certificate"), type="primary")
    if sent:
        save(
            form,
            actor,
            actions.confirm_certificate_offer,
            lambda: ConfirmCertificateOffer(offer_id=offer.id, version=form.version, seen_on=seen_on),
            LABELS,
            _("The certificate is noted."),
        )


def _refuse(actor: Actor, offer: OfferRow, page: str) -> None:
    form = open_form(f"offer_no_form_{offer.id}", offer.version, "reason", page)
    with st.form(form.name, border=False):
        reason = st.text_input(
            _(LABELS["reason"]), max_chars=400, key=form.key("reason"), help=_("The employer reads this.")
        )
        sent = st.form_submit_button(_("Send the answer"))
    if sent:
        save(
            form,
            actor,
            actions.refuse_certificate_offer,
            lambda: RefuseCertificateOffer(offer_id=offer.id, version=form.version, reason=reason),
            LABELS,
            _("The employer sees your answer."),
        )
