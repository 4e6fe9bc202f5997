"""What the columns of a table mean: proposed from the headings, changed by hand, kept by name."""

from __future__ import annotations

import streamlit as st

from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.work import reading
from crm.exchange.actions import RemoveMapping, SaveMapping, remove_mapping, save_mapping
from crm.exchange.queries.mappings import saved_mappings
from crm.exchange.rules.headings import bare_heading
from crm.exchange.tables import SeenHeading, seen_headings
from crm.ui.forms import attempt, flash, show_fault
from crm.ui.words import _, n_, plain

FIELDS: dict[str, str] = {
    "": N_("Leave out"),
    "kvk_number": N_("KvK number"),
    "establishment_number": N_("Establishment"),
    "name": N_("Name"),
    "sbi_code": N_("SBI code"),
    "staff_size": N_("Number of staff"),
    "street": N_("Street"),
    "house_number": N_("House number"),
    "house_addition": N_("Addition to the house number"),
    "postcode": N_("Postcode"),
    "place": N_("Place"),
    "municipality": N_("Municipality"),
    "contact_name": N_("Contact person"),
    "contact_first": N_("First name of the contact person"),
    "contact_infix": N_("Infix of the contact person"),
    "contact_last": N_("Surname of the contact person"),
    "contact_function": N_("Job title"),
    "contact_phone": N_("Phone"),
    "contact_email": N_("E-mail address"),
    "known_since": N_("Known since"),
    "remark": N_("Remark (looked at, not kept)"),
}
_SAMPLE = 40


def ask_columns(actor: Actor, data: bytes, region_id: int | None, turn: int) -> dict[str, str] | None:
    """Ask what the headings of a file mean and return it by bare heading; None for a file nobody can read."""
    with reading(actor) as work:
        saved = saved_mappings(work)
    chosen = _ask_saved(saved, turn)
    meant = saved.get(chosen or "", {})
    try:
        headings = seen_headings(data, meant)
    except Invalid as fault:
        show_fault(fault)
        return None
    known = [heading for heading in headings if heading.field]
    needed = {"kvk_number", "name"} <= {heading.field for heading in known}
    title = n_(
        "{known} of {count} column is understood",
        "{known} of {count} columns are understood",
        len(headings),
        known=len(known),
    )
    with st.expander(title, icon=":material/view_column:", expanded=not needed):
        said = _ask_each(headings, f"{turn}_{chosen}")
        _keep(actor, said, region_id, chosen, turn)
    return said


def _ask_saved(saved: dict[str, dict[str, str]], turn: int) -> str | None:
    if not saved:
        return None
    return st.selectbox(
        _("Read the columns as kept under"),
        list(saved),
        None,
        plain,
        placeholder=_("As the headings say"),
        key=f"mapping_{turn}",
    )


def _ask_each(headings: list[SeenHeading], turn: str) -> dict[str, str]:
    said: dict[str, str] = {}
    with st.grid(3, gap="small", min_column_width=220):
        for number, heading in enumerate(headings):
            with st.container(gap=None):
                if heading.field == "bsn":
                    continue
                said[bare_heading(heading.written)] = st.selectbox(
                    plain(heading.written),
                    list(FIELDS),
                    list(FIELDS).index(heading.field),
                    lambda field: _(FIELDS[field]),
                    key=f"column_{turn}_{number}",
                )
                if heading.sample:
                    st.caption(plain(_("for example {value}", value=heading.sample[:_SAMPLE])))
    return said


def _keep(actor: Actor, said: dict[str, str], region_id: int | None, chosen: str | None, turn: int) -> None:
    """Offer to keep what was said for the next file of this kind, or to forget what was kept."""
    if region_id is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Keep this under the name"), chosen or "", max_chars=80, key=f"keep_{turn}")
        if st.button(_("Keep"), icon=":material/bookmark_add:") and (
            attempt(
                actor,
                save_mapping,
                lambda: SaveMapping(region_id=region_id, name=name, headings=said),
                {"name": N_("Name")},
            )
            is not None
        ):
            flash(_("Kept. Choose it the next time you bring in such a file."))
            st.rerun()
        if (
            chosen
            and st.button(_("Forget"), icon=":material/bookmark_remove:")
            and attempt(actor, remove_mapping, lambda: RemoveMapping(region_id=region_id, name=chosen))
        ):
            st.rerun()
