"""The form for an employer's details: a new one, or one that changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import reading
from crm.employers import actions, queries
from crm.employers.queries import EmployerView
from crm.employers.rules import SbiEdition, Segment
from crm.employers.sectors import sbi_codes, sbi_name
from crm.ui import shell
from crm.ui.employers import segment_word
from crm.ui.forms import attempt, flash
from crm.ui.words import _, plain

LABELS = {
    "name": N_("Name"),
    "kvk_number": N_("KvK number"),
    "sbi_code": N_("SBI code"),
    "staff_size": N_("Members of staff"),
    "street": N_("Street and number"),
    "postcode": N_("Postcode"),
    "city": N_("Place"),
    "municipality_id": N_("Municipality"),
    "segment": N_("Segment"),
    "phone": N_("Phone number"),
    "website": N_("Website"),
    "holder_id": N_("Account holder"),
}
# The trade register still writes the main activity down in this edition.
MAIN = SbiEdition.SBI_2008
_OPENED = "employer_as_opened"
_NAME = "employer_name"


def add(actor: Actor) -> None:
    """Ask for a new employer and add it."""
    shell.heading(_("Add an employer"))
    with reading(actor) as work:
        municipalities = queries.municipalities(work)
        regions = sorted(actor.regions)
        colleagues = queries.colleagues_in(work, regions[0]) if len(regions) == 1 else {}
    with st.form("employer", border=False):
        given = _asked(None, municipalities)
        holder_id = _holder(actor, colleagues) if colleagues else None
        pressed = st.form_submit_button(_("Save"), type="primary", shortcut="Ctrl+S")
    if pressed:
        made = attempt(
            actor, actions.add_employer, lambda: actions.AddEmployer(holder_id=holder_id, **given), LABELS
        )
        _done(made)


def edit(actor: Actor, employer_id: int) -> None:
    """Show an employer's details as a form and save them; raises `NotFound` when it is not yours."""
    found = _as_opened(actor, employer_id)
    shell.heading(plain(found.name), _("Change this employer"))
    with reading(actor) as work:
        municipalities = queries.municipalities(work)
    with st.form("employer", border=False):
        given = _asked(found, municipalities)
        pressed = st.form_submit_button(_("Save"), type="primary", shortcut="Ctrl+S")
    if pressed:
        saved = attempt(
            actor,
            actions.edit_employer,
            lambda: actions.EditEmployer(employer_id=employer_id, version=found.version, **given),
            LABELS,
        )
        _done(saved)
    shell.link("staff/employer.py", _("Back without saving"), id=employer_id)


def _as_opened(actor: Actor, employer_id: int) -> EmployerView:
    """Return the employer as it was when the form opened, so that a change by others is noticed."""
    opened: EmployerView | None = st.session_state.get(_OPENED)
    if opened is None or opened.id != employer_id or _NAME not in st.session_state:
        with reading(actor) as work:
            opened = queries.employer_view(work, employer_id)
        st.session_state[_OPENED] = opened
    return opened


def _asked(found: EmployerView | None, municipalities: Mapping[int, str]) -> dict[str, Any]:
    given: dict[str, Any] = {"name": st.text_input(_("Name"), found.name if found else "", key=_NAME)}
    kvk, sbi, size = st.columns(3)
    given["kvk_number"] = kvk.text_input(_("KvK number"), _text(found, "kvk_number"))
    with sbi:
        given["sbi_code"] = _sbi_code(_text(found, "sbi_code"))
    given["staff_size"] = size.number_input(
        _("Members of staff"), min_value=0, value=found.staff_size if found else None, step=1
    )
    given["street"] = st.text_input(_("Street and number"), _text(found, "street"))
    postcode, city, municipality = st.columns(3)
    given["postcode"] = postcode.text_input(_("Postcode"), _text(found, "postcode"))
    given["city"] = city.text_input(_("Place"), _text(found, "city"))
    options = list(municipalities)
    chosen = found.municipality_id if found else None
    given["municipality_id"] = municipality.selectbox(
        _("Municipality"),
        options,
        options.index(chosen) if chosen in options else None,
        municipalities.__getitem__,
        placeholder=_("Choose a municipality"),
    )
    phone, website = st.columns(2)
    given["phone"] = phone.text_input(_("Phone number"), _text(found, "phone"))
    given["website"] = website.text_input(_("Website"), _text(found, "website"))
    segments = list(Segment)
    given["segment"] = st.selectbox(
        _("Segment"),
        segments,
        segments.index(found.segment if found else Segment.LOCAL),
        segment_word,
        help=_("The segment says how often you speak with this employer."),
    )
    return given


def _sbi_code(known: str) -> str | None:
    """Ask for the main activity: by a word, or as the code that the trade register gives."""
    names = {one.code: one.name for one in sbi_codes() if one.edition is MAIN and one.code.isdigit()}
    codes = list(names) if known in names or not known else [known, *names]
    return st.selectbox(
        _("SBI code"),
        codes,
        codes.index(known) if known else None,
        lambda code: f"{code} {sbi_name(MAIN, code) or ''}".strip(),
        placeholder=_("A word or a code"),
        accept_new_options=True,
    )


def _holder(actor: Actor, colleagues: Mapping[int, str]) -> int | None:
    options = list(colleagues)
    return st.selectbox(
        _("Account holder"),
        options,
        next((place for place, found in enumerate(options) if found == actor.user_id), None),
        colleagues.__getitem__,
        placeholder=_("Choose a colleague"),
    )


def _text(found: EmployerView | None, field: str) -> str:
    return getattr(found, field) or "" if found else ""


def _done(employer_id: int | None) -> None:
    if employer_id is not None:
        st.session_state.pop(_OPENED, None)
        flash(_("Saved."))
        shell.go("staff/employer.py", id=employer_id)
