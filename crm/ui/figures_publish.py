"""Publishing council figures, what was published before, and the purchasing volumes they need."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.money import parse_euros
from crm.core.work import reading
from crm.sroi.actions.figures import publish_figure, set_purchasing_volume
from crm.sroi.figure_commands import FigureFilter, PublishFigure, SetPurchasingVolume
from crm.sroi.figure_table import figure_of, lines
from crm.sroi.figure_words import BASES
from crm.sroi.queries.figure_grounds import PAGE, contracts_behind
from crm.sroi.queries.figures import FigurePage, Volume
from crm.sroi.queries.published import SnapshotRow
from crm.sroi.rules.figures_told import held_back
from crm.ui.forms import attempt, flash
from crm.ui.tables import show_table
from crm.ui.words import _, language, moment, plain, whole_euros

COUNTS = {
    "people": N_("People"),
    "own_file": N_("From our own file"),
    "in_district": N_("District"),
    "existing": N_("Existing staff"),
}
LABELS = {
    "volume_cents": N_("Bought in the year (excl. VAT)"),
    "source": N_("Where this was read"),
    "what_changed": N_("What changed since the last version"),
}


def show_volumes(actor: Actor, page: FigurePage, asked: FigureFilter) -> None:
    """Let a manager fill in what an authority bought in the year."""
    missing = [name for one, name in page.authorities.items() if one not in page.volumes]
    with st.expander(_("Purchasing volume of {year}", year=asked.year), icon=":material/shopping_cart:"):
        if not page.authorities:
            st.caption(_("There are no authorities here yet."))
            return
        if missing:
            st.caption(plain(_("Not filled in yet: {names}.", names=", ".join(missing))))
        names = list(page.authorities)
        authority_id = st.selectbox(
            _("Purchasing volume of"),
            names,
            names.index(asked.authority_id) if asked.authority_id else 0,
            lambda one: page.authorities[one],
        )
        if authority_id is not None:
            _ask_volume(actor, authority_id, asked.year, page.volumes.get(authority_id))


def _ask_volume(actor: Actor, authority_id: int, year: int, known: Volume | None) -> None:
    with st.form(f"volume_{authority_id}_{year}", border=False):
        typed = st.text_input(
            _("Bought in the year (excl. VAT)"), whole_euros(known.volume_cents) if known else ""
        )
        source = st.text_input(
            _("Where this was read"),
            known.source if known else "",
            max_chars=400,
            placeholder=_("such as: annual accounts 2026, page 12"),
        )
        if not st.form_submit_button(_("Save the volume")):
            return
    saved = attempt(
        actor,
        set_purchasing_volume,
        lambda: SetPurchasingVolume(
            authority_id=authority_id,
            year=year,
            version=known.version if known else None,
            volume_cents=parse_euros(typed, "volume_cents"),
            source=source.strip(),
        ),
        LABELS,
    )
    if saved is not None:
        flash(_("Saved."))
        st.rerun()


def ask_to_publish(
    actor: Actor, page: FigurePage, asked: FigureFilter, published: Sequence[SnapshotRow]
) -> None:
    """Let a manager freeze these figures; a later version says what changed."""
    if page.figure.of_imposed is None:
        return
    if any(row.hash == page.hash for row in published):
        st.success(_("These figures are published, exactly like this."), icon=":material/verified:")
        return
    with st.expander(_("Publish these figures"), icon=":material/publish:"):
        st.caption(
            _("A published figure never changes. When it has to be corrected, you publish a new version.")
        )
        _tell_held_back(page, asked)
        with st.form("publish", border=False):
            told = st.text_input(
                _("What changed since the last version"),
                max_chars=400,
                placeholder=_("only when these figures were published before"),
            )
            sent = st.form_submit_button(_("Publish"), type="primary")
        if sent and _publish(actor, page, asked, told) is not None:
            flash(_("The figures are published."))
            st.rerun()


def _tell_held_back(page: FigurePage, asked: FigureFilter) -> None:
    """Say which numbers of people are on this page and will not be in the publication, and why."""
    if page.no_people:
        told = _(
            "Numbers of people will not be in it: they were published before in another way of counting, "
            "and from the two together a few people would follow."
        )
        st.info(told, icon=":material/visibility_off:")
        return
    pairs = zip(page.council.figures, page.published.figures, strict=True)
    held = [
        _("{what} ({about})", what=_(COUNTS[name]), about=_about(now.authority_id, page))
        for now, published in pairs
        if asked.authority_id in (None, now.authority_id)
        for name in held_back(now, published)
    ]
    if held:
        told = _(
            "Not in it: {what}. Beside what was published before, a few people would follow from these.",
            what=", ".join(held),
        )
        st.info(plain(told), icon=":material/visibility_off:")


def _about(authority_id: int | None, page: FigurePage) -> str:
    return _("All together") if authority_id is None else page.authorities[authority_id]


def _publish(actor: Actor, page: FigurePage, asked: FigureFilter, told: str) -> int | None:
    return attempt(
        actor,
        publish_figure,
        lambda: PublishFigure(**asked.model_dump(), seen=page.hash, what_changed=told),
        LABELS,
    )


def show_published(actor: Actor, published: Sequence[SnapshotRow]) -> None:
    """List what was published, each with its figures, definition and file."""
    st.subheader(_("Published figures"), anchor=False)
    if not published:
        st.caption(_("Nothing was published yet."))
    for row in published:
        with st.expander(_title(row)):
            _published(row)
            if st.toggle(_("The contracts behind this figure"), key=f"behind_{row.id}"):
                _contracts(actor, row.id)


def _contracts(actor: Actor, snapshot_id: int) -> None:
    """Show what each contract added, as it was then; the contract itself tells why."""
    with reading(actor) as work:
        rows, number = contracts_behind(
            work, snapshot_id, st.session_state.get(f"behind_page_{snapshot_id}", 1)
        )
    if not rows:
        st.caption(_("Of this figure no contracts were kept that you may see."))
        return
    frame = pd.DataFrame(
        [
            (
                f"[{plain(row.title)}](/contract?id={row.contract_id}) · {plain(row.employer)}",
                whole_euros(row.imposed_cents),
                whole_euros(row.realised_cents),
            )
            for row in rows
        ],
        columns=[_("Contract"), _("Imposed"), _("Realised")],
    )
    show_table(frame, _("The contracts behind this figure"), right=(_("Imposed"), _("Realised")))
    st.caption(_("The amounts are those of the day it was published. Open a contract to see why."))
    if number > PAGE:
        st.pagination(-(-number // PAGE), key=f"behind_page_{snapshot_id}")


def _title(row: SnapshotRow) -> str:
    asked = row.document["filter"]
    about = [asked["authority"] or f"{_('All authorities')} {asked['region']}", str(row.year)]
    if asked["municipality"]:
        about.append(asked["municipality"])
    return plain(" · ".join([*about, _("Version {number}", number=row.number)]))


def _published(row: SnapshotRow) -> None:
    if not row.unchanged:
        st.error(_("This is not what was published: it was changed outside the product."))
    if row.what_changed:
        st.markdown(_("What changed: {told}", told=plain(row.what_changed)))
    asked = row.document["filter"]
    figure = figure_of(row.document["figure"])
    frame = pd.DataFrame(lines(figure, language(), asked["municipality"]), columns=[_("Figure"), _("Value")])
    show_table(frame, _("Published figures {number}", number=row.id), right=(_("Value"),))
    for one in row.document.get("sources", ()):
        source = _("Source of the purchasing volume of {authority}", authority=one["name"])
        st.markdown(plain(f"{source}: {one['source']}"))
    for text in row.document["definition"]["text"][language()]:
        st.markdown(f"- {plain(text)}")
    who = plain(row.made_by or "")
    st.caption(
        f"{_(BASES[row.basis])} · {row.definition} · {moment(row.made_at)} · {who}  \n"
        + _("Seal {hash}", hash=row.hash[:16])
    )
    st.link_button(_("Download as a table"), f"/figures/{row.id}.csv", icon=":material/download:")
