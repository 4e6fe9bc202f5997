"""The certificates of a company in its portal: how long they hold, what they do, and handing one in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from crm.core import clock, files
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.certificate_commands import OfferCertificate, TakeBackCertificateOffer
from crm.sroi.queries.certificate_offers import OfferRow, OwnCertificates, OwnEffect, own_certificates
from crm.sroi.queries.certificates import CertificateRow
from crm.sroi.rules.certificate_effects import EffectKind
from crm.sroi.rules.held import lapsing
from crm.sroi.states import OfferState
from crm.ui import certificates, portal
from crm.ui.dates import ask_day
from crm.ui.evidence import ACCEPTED
from crm.ui.explanation import spoken
from crm.ui.forms import attempt, flash
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.sroi import Look, inline_badge
from crm.ui.words import _, day, number, plain

MOST_MEGABYTES = files.MAX_BYTES // 2**20
WAITS: Look = (N_("we look at it"), ":material/hourglass_top:", "blue")
REFUSED: Look = (N_("not taken over"), ":material/block:", "orange")
EFFECTS = {
    EffectKind.LOWERS: N_("**{contract}**: you have to reach {percentage} % less because of it."),
    EffectKind.NOT_COUNTED: N_(
        "**{contract}**: it could lower the amount by {percentage} %, but does not count in it now. Ask us."
    ),
    EffectKind.TOO_SHORT: N_(
        "**{contract}**: it does not lower the amount. For that it has to be valid from the award until the "
        "last day."
    ),
    EffectKind.NOTHING: N_("**{contract}**: it does not change the amount."),
}


def show(actor: Actor) -> None:
    """Show what the company holds and handed in, with a way to hand one in."""
    with reading(actor) as work:
        own = own_certificates(work)
    portal.head(actor, own.employer)
    portal.title(_("My company"), _("Your certificates, and who may look along with you"))
    st.header(_("Certificates"), anchor=False)
    if not own.held and not own.offers:
        st.info(
            _(
                "Does your company have a certificate, such as PSO or the Code for Social Enterprises? "
                "Hand it in here. On some contracts you then have to do less."
            )
        )
    soon = dict(lapsing([row.held for row in own.held], clock.today()))
    for code, end in soon.items():
        if _is_sent(own, code, end):
            continue
        name = plain(spoken(next(row.name for row in own.held if row.code == code)))
        st.warning(
            _(
                "{name} lapses on {day}. Hand in the new one before that day.",
                name=name,
                day=day(end),
            ),
            icon=certificates.ICON,
        )
    for offer in own.offers:
        _offer(actor, offer)
    for row in own.held:
        with st.container(border=True, gap="xsmall"):
            _certificate(row, certificates.look_of(row, soon), own.effects.get(row.code, []))
    with st.expander(_("Hand in a certificate"), icon=":material/upload_file:", key="offer_certificate"):
        _ask(actor, own)


def _is_sent(own: OwnCertificates, code: str, end: date) -> bool:
    """Return whether a certificate that holds longer was handed in and waits for our answer."""
    return any(
        one.code == code and one.state is OfferState.WAITS and one.valid_until > end for one in own.offers
    )


def _certificate(row: CertificateRow, look: Look, effects: list[OwnEffect]) -> None:
    st.markdown(f"**{plain(spoken(row.name))}** {inline_badge(look)}")
    st.caption(_term(row))
    if row.end_reason:
        st.caption(_("Ended early: {reason}", reason=plain(row.end_reason)))
    if row.valid_until >= clock.today() and effects:
        st.markdown("\n".join(f"- {_effect(one)}" for one in effects))


def _effect(one: OwnEffect) -> str:
    words = EFFECTS[one.effect.kind]
    return _(words, contract=plain(one.contract), percentage=number(Decimal(one.effect.percentage)))


def _term(row: CertificateRow | OfferRow) -> str:
    term = _("Valid from {first} until {last}", first=day(row.valid_from), last=day(row.valid_until))
    told = _("number {number}", number=plain(row.number)) if row.number else ""
    return " · ".join(part for part in (term, told) if part)


def _offer(actor: Actor, offer: OfferRow) -> None:
    waits = offer.state is OfferState.WAITS
    with st.container(border=True, gap="xsmall"):
        line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
        look = inline_badge(WAITS if waits else REFUSED)
        line.markdown(f"**{plain(spoken(offer.name))}** {look}", width="content")
        if waits and line.button(_("Take it back"), key=f"take_back_{offer.id}", type="tertiary"):
            _take_back(actor, offer)
        st.caption(_term(offer))
        if offer.has_file:
            st.link_button(
                _("Your file"), f"/certificates/{offer.id}", icon=":material/download:", type="tertiary"
            )
        if offer.reason:
            st.markdown(_("We said: “{reason}”", reason=plain(offer.reason)))


def _take_back(actor: Actor, offer: OfferRow) -> None:
    command = TakeBackCertificateOffer(offer_id=offer.id, version=offer.version)
    if attempt(actor, actions.take_back_certificate_offer, lambda: command) is not None:
        flash(_("The certificate is taken back."))
        st.rerun()


def _ask(actor: Actor, own: OwnCertificates) -> None:
    form = open_form("certificate_offer", 0, "number", "own_certificates")
    with st.form(form.name, border=False):
        told = _fields(form, own)
        sent = st.form_submit_button(_("Send in"), type="primary")
    if sent:
        save(
            form,
            actor,
            actions.offer_certificate,
            lambda: OfferCertificate(**told),
            certificates.LABELS,
            _("The certificate is sent in. We look at it."),
        )


def _fields(form: OpenForm, own: OwnCertificates) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": st.selectbox(
            _(certificates.LABELS["code"]),
            list(own.known),
            None,
            lambda code: spoken(own.known[code]),
            key=form.key("code"),
            placeholder=_("Choose"),
        )
    }
    left, right = st.columns(2)
    told |= {
        name: ask_day(_(certificates.LABELS[name]), None, key=form.key(name), place=place)
        for name, place in (("valid_from", left), ("valid_until", right))
    }
    told["number"] = st.text_input(
        _(certificates.LABELS["number"]),
        max_chars=80,
        key=form.key("number"),
        placeholder=_("may stay empty"),
    )
    file = st.file_uploader(
        _("The certificate itself (PDF or picture), or fill in its number"),
        type=ACCEPTED,
        max_upload_size=MOST_MEGABYTES,
        key=form.key("file"),
    )
    if file is not None:
        told |= {"content": file.getvalue(), "file_name": file.name}
    return told
