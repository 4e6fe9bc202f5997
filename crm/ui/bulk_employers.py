"""What can be changed for many employers at once, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from crm.core.access import Actor
from crm.core.i18n import N_
from crm.core.work import Work
from crm.employers.actions.bulk import ChangeMany, UndoMany, change_many, undo_many
from crm.employers.queries import EmployerFilter
from crm.employers.queries.bulk import names_of_colleagues, preview
from crm.employers.queries.details import colleagues_in
from crm.employers.queries.listing import employer_ids
from crm.employers.rules import Segment
from crm.employers.rules_bulk import MOST_AT_ONCE, BulkKind, BulkRow, LastBulk, Undone
from crm.ui.bulk import Bulk, ask_tag
from crm.ui.employers import segment_word
from crm.ui.forms import attempt
from crm.ui.words import _, n_

KINDS = {
    BulkKind.HOLDER: N_("Account holder"),
    BulkKind.SEGMENT: N_("Segment"),
    BulkKind.TAG: N_("Put a tag on"),
    BulkKind.UNTAG: N_("Take a tag off"),
}
LABELS = {"value": N_("Becomes"), "employer_ids": N_("Employers")}


def many_employers(actor: Actor, wanted: EmployerFilter, tags: Sequence[str]) -> Bulk[BulkKind]:
    """Return what can be changed for all employers that a filter leaves."""

    def change(kind: BulkKind, value: str, ids: tuple[int, ...]) -> int | None:
        command = ChangeMany(kind=kind, value=value, employer_ids=ids)
        return attempt(actor, change_many, lambda: command, LABELS)

    def undo(last: LastBulk[BulkKind]) -> Undone | None:
        command = UndoMany(bulk_id=last.id, version=last.version)
        return attempt(actor, undo_many, lambda: command, LABELS)

    return Bulk(
        kinds=KINDS,
        ask=lambda work, kind: _ask_value(actor, work, kind, tags),
        look=lambda work, kind, value: _look(work, kind, value, wanted),
        change=change,
        undo=undo,
        title=_("Change many employers at once"),
        one=_("Employer"),
        nothing=_("All these employers have this already. There is nothing to change."),
        to_do=lambda count: n_("Change {count} employer", "Change {count} employers", count),
        done=lambda count: n_("{count} employer was changed.", "{count} employers were changed.", count),
        did=lambda count, what: n_(
            "You changed {count} employer: {what}.",
            "You changed {count} employers at once: {what}.",
            count,
            what=what,
        ),
        back=lambda count: n_("{count} employer is as it was.", "{count} employers are as they were.", count),
    )


def _ask_value(actor: Actor, work: Work, kind: BulkKind, tags: Sequence[str]) -> str | None:
    match kind:
        case BulkKind.HOLDER:
            colleagues = {
                str(user_id): name
                for region_id in sorted(actor.regions)
                for user_id, name in colleagues_in(work, region_id).items()
            }
            return st.selectbox(
                _("Becomes"),
                list(colleagues),
                None,
                colleagues.__getitem__,
                placeholder=_("Choose a colleague"),
            )
        case BulkKind.SEGMENT:
            chosen = st.selectbox(_("Becomes"), list(Segment), None, segment_word, placeholder=_("Choose"))
            return chosen.value if chosen else None
    return ask_tag(tags, new=kind is BulkKind.TAG)


def _look(
    work: Work, kind: BulkKind, value: str, wanted: EmployerFilter
) -> tuple[Sequence[BulkRow], Callable[[str | None], str]]:
    rows = preview(work, kind, value, employer_ids(work, wanted)[:MOST_AT_ONCE])
    names = names_of_colleagues(work) if kind is BulkKind.HOLDER else {}

    def spoken(kept: str | None) -> str:
        if kept is None:
            return "–"
        if kind is BulkKind.HOLDER:
            return names.get(kept, "–")
        return segment_word(Segment(kept)) if kind is BulkKind.SEGMENT else kept

    return rows, spoken
