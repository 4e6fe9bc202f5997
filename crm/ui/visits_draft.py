"""The visit form between two keystrokes: its fields, the draft on the server, and what the browser knows."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import streamlit as st

from crm.accounts.drafts import DiscardDraft, SaveDraft, discard_draft, draft_of, save_draft
from crm.core import clock
from crm.core.access import Actor
from crm.core.errors import Invalid
from crm.core.work import perform, reading
from crm.needs.rules import NeedKind
from crm.ui import autosave
from crm.ui.autosave import Kept, Typed
from crm.ui.visits import FORM, draft_line
from crm.ui.words import _
from crm.visits.queries import VisitStart
from crm.visits.rules import MomentKind, Purpose, TalkOutcome

TEXTS = ("summary", "signal")
NEW = "+"
NEXT, NONE = "next", "none"
TOMORROW, OTHER_DAY = "1", "other"
DUE_IN = (TOMORROW, "7", "14", "28", OTHER_DAY)


@dataclass
class VisitDraft:
    """What stands in the form for one employer; `stamps` tell the browser which of its texts arrived.

    `token` names this draft in every window that opens it, so that it is saved once. `written` is what
    the server was last asked to keep.
    """

    actor: Actor
    employer_id: int
    employer: str
    fields: dict[str, Any]
    token: str
    stamps: dict[str, str] = field(default_factory=dict)
    kept_at: datetime | None = None
    refused: str = ""
    round: int = 0
    fresh: bool = False
    saved_moment_id: int | None = None
    written: tuple[dict[str, Any], dict[str, str]] | None = None

    def key(self, name: str) -> str:
        """Return the name of a field's widget; a new one after the draft was thrown away."""
        return f"visit_{self.employer_id}_{self.round}_{name}"

    def store(self, name: str) -> str:
        """Return the name of a text's copy on the device."""
        return autosave.store_name(self.actor.user_id, FORM, str(self.employer_id), name)

    def kept(self, name: str) -> Kept:
        """Return what to tell the browser about one of the texts."""
        typed = Typed(str(self.fields[name]), self.stamps.get(name, ""))
        status = self.refused or draft_line(self.kept_at)
        return Kept(typed, status, refused=bool(self.refused), fresh=self.fresh)


def current(
    actor: Actor, start: VisitStart, people: Mapping[int, str], owners: Mapping[int, str]
) -> VisitDraft:
    """Return the form as it is on this run, kept on the server when it changed since the last."""
    slot = f"visit_draft_{start.id}"
    draft: VisitDraft | None = st.session_state.get(slot)
    if draft is None or draft.key("kind") not in st.session_state:
        draft = _opened(actor, start, people, owners, draft.round if draft else 0)
        st.session_state[slot] = draft
    else:
        draft.actor = actor
        _take_over(draft)
    for name, value in draft.fields.items():
        if name not in (*TEXTS, "new_people"):
            st.session_state.setdefault(draft.key(name), value)
    return draft


def throw_away(draft: VisitDraft) -> None:
    """Forget the draft here, on the server and on the device."""
    discard(draft)
    draft.fields, draft.token = _empty(draft.actor), _new_token()
    draft.stamps, draft.kept_at, draft.refused = {}, None, ""
    draft.written = (dict(draft.fields), {})
    draft.round += 1
    draft.fresh = True
    st.session_state[draft.key("kind")] = draft.fields["kind"]


def discard(draft: VisitDraft) -> None:
    """Take the draft off the server."""
    perform(draft.actor, discard_draft, DiscardDraft(form=FORM, subject=str(draft.employer_id)))


def _new_token() -> str:
    return secrets.token_hex(16)


def _empty(actor: Actor) -> dict[str, Any]:
    return {
        "kind": MomentKind.VISIT.value,
        "held_on": clock.today(),
        "people": [],
        "new_people": [],
        "new_name": "",
        "purposes": [],
        "outcomes": [],
        "needs": [],
        "department": "",
        "signal": "",
        "summary": "",
        "step": NEXT,
        "next_action": "",
        "next_owner_id": actor.user_id,
        "due": "7",
        "due_on": clock.today(),
        "no_action_reason": "",
    }


def _opened(
    actor: Actor, start: VisitStart, people: Mapping[int, str], owners: Mapping[int, str], round_: int
) -> VisitDraft:
    with reading(actor) as work:
        found = draft_of(work, FORM, str(start.id))
    draft = VisitDraft(actor, start.id, start.name, _empty(actor), _new_token(), round=round_)
    if found:
        body, draft.kept_at = found
        draft.token = body.pop("token", "") or f"{start.id}@{found[1].timestamp()}"
        draft.stamps = {name: str(stamp) for name, stamp in dict(body.pop("stamps", {})).items()}
        draft.fields |= _still_valid(body, people, owners)
    draft.written = (dict(draft.fields), dict(draft.stamps))
    return draft


def _still_valid(
    body: Mapping[str, Any], people: Mapping[int, str], owners: Mapping[int, str]
) -> dict[str, Any]:
    """Return the fields of a stored draft, without what no longer exists: people who left, say."""
    today = clock.today()
    new_people = [str(name) for name in body.get("new_people", [])]
    choices = {*map(str, people), *new_people, NEW}
    fields = {**body, "new_people": new_people}
    fields["people"] = [one for one in body.get("people", []) if one in choices]
    fields["purposes"] = [one for one in body.get("purposes", []) if one in list(Purpose)]
    fields["outcomes"] = [one for one in body.get("outcomes", []) if one in list(TalkOutcome)]
    fields["needs"] = [one for one in body.get("needs", []) if one in list(NeedKind)]
    for name in ("held_on", "due_on"):
        fields[name] = date.fromisoformat(body[name]) if body.get(name) else today
    if body.get("next_owner_id") not in owners:
        fields.pop("next_owner_id", None)
    return fields


def _take_over(draft: VisitDraft) -> None:
    """Take over what stands in the widgets, and have it kept when that is not what was kept last.

    Each look into the session is a moment at which the run may be cut off for the next one, so what is
    compared is what was written, not what the run before had seen.
    """
    for name in draft.fields:
        if name in TEXTS:
            typed = autosave.typed_in(draft.key(name))
            if typed is not None:
                draft.fields[name], draft.stamps[name] = typed.text, typed.stamp
        elif draft.key(name) in st.session_state:
            draft.fields[name] = st.session_state[draft.key(name)]
    now = (dict(draft.fields), dict(draft.stamps))
    if now != draft.written:
        _keep(draft)
        draft.written = now


def _keep(draft: VisitDraft) -> None:
    draft.refused = ""
    if draft.fields == _empty(draft.actor):
        draft.kept_at = None
        discard(draft)
        return
    fields = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in draft.fields.items()
    }
    command = SaveDraft(
        form=FORM,
        subject=str(draft.employer_id),
        title=draft.employer,
        fields={**fields, "stamps": draft.stamps, "token": draft.token},
    )
    try:
        draft.kept_at = perform(draft.actor, save_draft, command)
    except Invalid as fault:
        draft.refused = _(fault.message, **fault.params)
