"""The certificates of an employer for the officer: list, add, put right, end; and those that lapse soon."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions
from crm.sroi.certificate_commands import AddCertificate, EditCertificate, EndCertificate
from crm.sroi.queries import own_authorities
from crm.sroi.queries.certificate_offers import OfferRow, offers_of, waiting_offers
from crm.sroi.queries.certificates import CertificateRow, certificates_of, known_certificates, lapsing_soon
from crm.sroi.rules.explanation import Bilingual
from crm.sroi.rules.held import lapsing, name_of
from crm.sroi.rulesets import shipped_rulesets
from crm.sroi.states import OfferState
from crm.ui import certificate_answer, shell
from crm.ui.dates import ask_day
from crm.ui.explanation import spoken
from crm.ui.opened import OpenForm, open_form, save
from crm.ui.sroi import Look, inline_badge
from crm.ui.words import _, day, n_, plain

ICON = ":material/workspace_premium:"
LABELS = {
    "code": N_("Certificate"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "number": N_("Number of the certificate"),
    "seen_on": N_("Seen on"),
    "ended_on": N_("Last day that it is valid"),
    "reason": N_("Why?"),
}
VALID: Look = (N_("valid"), ":material/check_circle:", "green")
LAPSES: Look = (N_("lapses soon"), ":material/warning:", "orange")
LATER: Look = (N_("starts later"), ":material/schedule:", "blue")
LAPSED: Look = (N_("lapsed"), ":material/history:", "gray")


def show(actor: Actor, employer_id: int) -> None:
    """Show an employer's certificates and what lapses within 90 days; an officer adds and changes them."""
    may = actor.may(Permission.CONTRACT_EDIT)
    with reading(actor) as work:
        rows = certificates_of(work, employer_id)
        names = known_certificates(work) if may else {}
        offers = [one for one in offers_of(work, employer_id) if one.state is OfferState.WAITS] if may else []
    st.subheader(_("Certificates"), anchor=False)
    if not rows:
        st.caption(_("No certificate of this employer was noted, such as PSO or Code Sociale Ondernemingen."))
    for offer in offers:
        certificate_answer.show(actor, offer, _page(employer_id))
    soon = dict(lapsing([row.held for row in rows], clock.today()))
    _warn(soon)
    for row in rows:
        with st.container(border=True, gap="xxsmall"):
            _row(row, soon)
            if may:
                _change(actor, employer_id, row, names)
    if may:
        st.caption(
            _(
                "What you change here never moves an obligation that was confirmed: the contract then says "
                "what you can do."
            )
        )
        with st.popover(_("Add a certificate"), icon=":material/add:", key="add_certificate"):
            _add(actor, employer_id, names)


def show_lapsing(actor: Actor) -> None:
    """Show which certificates wait for an answer and which lapse soon, each with its employer, if any do."""
    with reading(actor) as work:
        found = lapsing_soon(work, list(own_authorities(work)))
        waiting = waiting_offers(work) if actor.may(Permission.CONTRACT_EDIT) else []
    _show_waiting(waiting)
    if not found:
        return
    title = n_("{count} certificate lapses soon", "{count} certificates lapse soon", len(found))
    with st.expander(title, icon=ICON):
        st.caption(_("Within 90 days, while a contract of this employer runs on."))
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                _to_employer(one.employer, one.employer_id)
                what = _("{name} until {day}", name=plain(spoken(one.name)), day=day(one.last_day))
                st.markdown(what, width="content")


def _show_waiting(waiting: list[OfferRow]) -> None:
    if not waiting:
        return
    title = n_("{count} certificate was handed in", "{count} certificates were handed in", len(waiting))
    with st.expander(title, icon=ICON):
        for offer in waiting:
            with st.container(horizontal=True, vertical_alignment="center"):
                _to_employer(offer.employer, offer.employer_id)
                st.markdown(plain(spoken(offer.name)), width="content")


def _to_employer(name: str, employer_id: int) -> None:
    shell.link("staff/employer.py", plain(name), id=employer_id, tab=_("Contracts"))


def _warn(soon: dict[str, date]) -> None:
    for code, end in soon.items():
        st.warning(
            _(
                "{name} lapses on {day}. Ask for the renewed certificate.",
                name=plain(spoken(name_of(code, shipped_rulesets()))),
                day=day(end),
            ),
            icon=ICON,
        )


def _row(row: CertificateRow, soon: dict[str, date]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(spoken(row.name))}**", width="content")
        st.markdown(inline_badge(look_of(row, soon)), width="content")
    seen = _("seen on {day} by {name}", day=day(row.seen_on), name=plain(row.seen_by or "Vliegwiel"))
    number = _("number {number}", number=plain(row.number)) if row.number else ""
    parts = (f"{day(row.valid_from)} – {day(row.valid_until)}", number, seen)
    st.caption(" · ".join(part for part in parts if part))
    if row.end_reason:
        st.caption(_("Ended early: {reason}", reason=plain(row.end_reason)))


def look_of(row: CertificateRow, soon: dict[str, date]) -> Look:
    """Return how a certificate stands today; `soon` are those that lapse within 90 days."""
    today = clock.today()
    if row.valid_until < today:
        return LAPSED
    if row.valid_from > today:
        return LATER
    return LAPSES if soon.get(row.code) == row.valid_until else VALID


def _change(actor: Actor, employer_id: int, row: CertificateRow, names: dict[str, Bilingual]) -> None:
    with st.container(horizontal=True):
        with st.popover(_("Put it right"), icon=":material/edit:", type="tertiary", key=f"fix_{row.id}"):
            _edit(actor, employer_id, row, names)
        if row.valid_until >= clock.today():
            with st.popover(_("End"), icon=":material/block:", type="tertiary", key=f"end_{row.id}"):
                _end(actor, employer_id, row)


def _add(actor: Actor, employer_id: int, names: dict[str, Bilingual]) -> None:
    form = open_form(f"certificate_new_{employer_id}", 0, "number", _page(employer_id))
    told = _ask(form, names, None)
    if told:
        save(
            form,
            actor,
            actions.add_certificate,
            lambda: AddCertificate(employer_id=employer_id, **told),
            LABELS,
            _("The certificate is noted."),
        )


def _edit(actor: Actor, employer_id: int, row: CertificateRow, names: dict[str, Bilingual]) -> None:
    form = open_form(f"certificate_{row.id}", row.version, "number", _page(employer_id))
    told = _ask(form, names, row)
    if told:
        save(
            form,
            actor,
            actions.edit_certificate,
            lambda: EditCertificate(certificate_id=row.id, version=form.version, **told),
            LABELS,
            _("The certificate is put right."),
        )


def _end(actor: Actor, employer_id: int, row: CertificateRow) -> None:
    form = open_form(f"certificate_end_{row.id}", row.version, "reason", _page(employer_id))
    with st.form(form.name, border=False):
        ended_on = ask_day(_(LABELS["ended_on"]), key=form.key("ended_on"))
        reason = st.text_input(_("Why?"), max_chars=400, key=form.key("reason"))
        sent = st.form_submit_button(_("End the certificate"))
    if sent:
        save(
            form,
            actor,
            actions.end_certificate,
            lambda: EndCertificate(
                certificate_id=row.id, version=form.version, ended_on=ended_on, reason=reason
            ),
            LABELS,
            _("The certificate is ended."),
        )


def _ask(form: OpenForm, names: dict[str, Bilingual], row: CertificateRow | None) -> dict[str, Any] | None:
    """Ask what the certificate says; None until it is saved."""
    codes = list(names)
    with st.form(form.name, border=False):
        told: dict[str, Any] = {
            "code": st.selectbox(
                _(LABELS["code"]),
                codes,
                codes.index(row.code) if row and row.code in names else None,
                lambda code: spoken(names[code]),
                key=form.key("code"),
                placeholder=_("Choose"),
            )
        }
        told |= _ask_term(form, row)
        sent = st.form_submit_button(_("Save"), type="primary")
    return told if sent else None


def _ask_term(form: OpenForm, row: CertificateRow | None) -> dict[str, Any]:
    left, right = st.columns(2)
    return {
        "valid_from": ask_day(
            _(LABELS["valid_from"]),
            row.valid_from if row else None,
            key=form.key("valid_from"),
            place=left,
        ),
        "valid_until": ask_day(
            _(LABELS["valid_until"]),
            row.valid_until if row else None,
            key=form.key("valid_until"),
            place=right,
        ),
        "number": st.text_input(
            _(LABELS["number"]),
            row.number if row else "",
            max_chars=80,
            key=form.key("number"),
            placeholder=_("may stay empty"),
        ),
        "seen_on": ask_day(_(LABELS["seen_on"]), key=form.key("seen_on")),
    }


def _page(employer_id: int) -> str:
    return f"certificates_{employer_id}"
