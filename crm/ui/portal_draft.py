"""The effort form between two clicks: its fields, and the draft of them on the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import streamlit as st

from crm.accounts.drafts import DiscardDraft, SaveDraft, discard_draft, draft_of, save_draft
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.work import perform, reading
from crm.sroi.queries import EffortRow
from crm.sroi.queries.portal import CountablePlacement
from crm.ui.words import _, typed_number

FORM = "effort"
MOST_CHANGES = 12
DAYS = ("start", "end", "benefit_start")
NO_WIDGETS = ("changes", "tags")


@dataclass
class EffortDraft:
    """What stands in the form: of a new effort, or of one that is changed (`effort_id`, on `version`).

    `looks` is whether somebody looks at what to know before sending in, `sent` whether saving was tried last,
    `saved_id` the effort that came of it, `written` what the server was last asked to keep.
    """

    actor: Actor
    subject: str
    contract_id: int
    effort_id: int | None = None
    version: int = 0
    placement_id: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    kept_at: datetime | None = None
    refused: str = ""
    sent: bool = False
    looks: bool = False
    saved_id: int | None = None
    written: dict[str, Any] = field(default_factory=dict)

    @property
    def slot(self) -> str:
        """The name under which this session keeps the form."""
        return f"effort_draft_{self.subject}"

    def key(self, name: str) -> str:
        """Return the name of a field's widget."""
        return f"effort_{self.subject}_{self.version}_{name}"


def for_new(actor: Actor, contract_id: int, placement: CountablePlacement | None) -> EffortDraft:
    """Return the form for a new effort on a contract, filled with a placement when there is one."""
    subject = f"p{placement.id}c{contract_id}" if placement else f"c{contract_id}"
    draft = EffortDraft(actor, subject, contract_id, placement_id=placement.id if placement else None)
    return _current(draft, _of_placement(placement) if placement else _empty())


def for_change(actor: Actor, effort: EffortRow) -> EffortDraft:
    """Return the form for an effort that is changed, as it was opened."""
    draft = EffortDraft(
        actor, f"e{effort.id}", effort.contract_id, effort_id=effort.id, version=effort.version
    )
    return _current(draft, _of_effort(effort))


def forget(draft: EffortDraft) -> None:
    """Take the form off the server and out of this session."""
    perform(draft.actor, discard_draft, DiscardDraft(form=FORM, subject=draft.subject))
    for name in [name for name in st.session_state if str(name).startswith(f"effort_{draft.subject}_")]:
        del st.session_state[name]
    st.session_state.pop(draft.slot, None)


def take_over(draft: EffortDraft) -> None:
    """Take over what stands in the widgets now, and keep it on the server when that is something else.

    Each look into the session is a moment at which the run may be cut off for the next one, so what is
    compared is what was written, not what the run before had seen.
    """
    for name in draft.fields:
        if draft.key(name) in st.session_state:
            draft.fields[name] = st.session_state[draft.key(name)]
    if draft.fields != draft.written:
        keep(draft)


def add_change(draft: EffortDraft) -> None:
    """Make room for one more change of the weekly hours."""
    count = draft.fields["changes"]
    draft.fields |= {f"from_{count}": None, f"hours_{count}": "", "changes": count + 1}


def drop_change(draft: EffortDraft) -> None:
    """Take away the last change of the weekly hours."""
    draft.fields["changes"] -= 1
    for name in (f"from_{draft.fields['changes']}", f"hours_{draft.fields['changes']}"):
        del draft.fields[name]
        st.session_state.pop(draft.key(name), None)


def _current(draft: EffortDraft, fields: dict[str, Any]) -> EffortDraft:
    open_now: EffortDraft | None = st.session_state.get(draft.slot)
    if open_now is not None and open_now.sent and open_now.version != draft.version:
        # Somebody else was first, and the choice between both was made: start from what is stored.
        forget(open_now)
        open_now = None
    if open_now is None:
        draft.fields = fields
        _restore(draft)
        draft.written = dict(draft.fields)
        open_now = st.session_state[draft.slot] = draft
    open_now.actor = draft.actor
    take_over(open_now)
    for name, value in open_now.fields.items():
        if name not in NO_WIDGETS:
            st.session_state.setdefault(open_now.key(name), value)
    return open_now


def _restore(draft: EffortDraft) -> None:
    """Take over the draft on the server, unless the effort was changed after it was begun."""
    with reading(draft.actor) as work:
        kept = draft_of(work, FORM, draft.subject)
    if kept is None or kept[0].get("version") != draft.version:
        return
    body, draft.kept_at = kept
    draft.fields |= {name: _from_json(name, value) for name, value in body.items() if name != "version"}


def keep(draft: EffortDraft) -> None:
    """Keep the form on the server as it is; what may not be kept, such as a BSN, is told under it."""
    fields = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in draft.fields.items()
    }
    draft.refused = ""
    try:
        command = SaveDraft(form=FORM, subject=draft.subject, fields={**fields, "version": draft.version})
        draft.kept_at = perform(draft.actor, save_draft, command)
    except Invalid as fault:
        draft.refused = _(fault.message, **fault.params)
    draft.written = dict(draft.fields)


def _from_json(name: str, value: Any) -> Any:
    if (name in DAYS or name.startswith("from_")) and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _empty() -> dict[str, Any]:
    texts = ("hours", "worked_hours", "quantity", "amount", "labour_amount", "subject", "description")
    return {
        "way": None,
        "block": None,
        **dict.fromkeys(DAYS),
        **dict.fromkeys(texts, ""),
        "age": None,
        "supplier_certificate": None,
        "permanent": False,
        "tags": [],
        "changes": 0,
    }


def _of_placement(placement: CountablePlacement) -> dict[str, Any]:
    steps = [(step.start, step.hours) for step in placement.hours]
    return {
        **_empty(),
        "block": placement.block.code,
        "start": placement.start,
        "end": placement.end,
        "permanent": placement.permanent,
        "subject": placement.reference,
        "description": placement.job_title,
        **_hours(steps, placement.start),
    }


def _of_effort(effort: EffortRow) -> dict[str, Any]:
    facts = effort.facts
    stored = facts.get("hours_per_week")
    steps = (
        [(date.fromisoformat(step["from"]), Decimal(step["hours"])) for step in stored]
        if isinstance(stored, list)
        else [(effort.starts_on or date.min, Decimal(stored))]
        if stored is not None
        else []
    )
    return {
        **_empty(),
        **_told(facts),
        "block": effort.block,
        "start": effort.starts_on,
        "end": effort.ends_on,
        "subject": effort.subject,
        "description": effort.description,
        **_hours(steps, effort.starts_on or date.min),
    }


def _told(facts: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {
        "worked_hours": "worked_hours",
        "quantity": "quantity",
        "amount": "amount_eur",
        "labour_amount": "labour_amount_eur",
    }
    benefit = facts.get("benefit_start")
    return {
        **{name: typed_number(Decimal(facts[fact])) for name, fact in numbers.items() if fact in facts},
        "benefit_start": date.fromisoformat(benefit) if benefit else None,
        "age": facts.get("age"),
        "supplier_certificate": facts.get("supplier_certificate"),
        "permanent": bool(facts.get("permanent")),
        "tags": list(facts.get("tags", [])),
    }


def _hours(steps: list[tuple[date, Decimal]], start: date) -> dict[str, Any]:
    """Return the hours at the start, and the changes after it."""
    if not steps:
        return {}
    held = [hours for day, hours in steps if day <= start] or [steps[0][1]]
    later = [(day, hours) for day, hours in steps if day > start][:MOST_CHANGES]
    fields: dict[str, Any] = {"hours": typed_number(held[-1]), "changes": len(later)}
    for place, (day, hours) in enumerate(later):
        fields |= {f"from_{place}": day, f"hours_{place}": typed_number(hours)}
    return fields
