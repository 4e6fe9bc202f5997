"""A text field that saves while somebody types, also when the line drops in between.

Streamlit's own text area tells the server what was typed when the field is left, and is switched off as
soon as the connection is gone. This one does neither; `static/autosave.js` is its other half.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import streamlit as st

from crm.ui.shell import STATIC
from crm.ui.words import _

_STORE = "vliegwiel:draft:"
_HTML = """
<label for="text"></label>
<textarea id="text" aria-describedby="status"></textarea>
<p id="status" role="status"></p>
"""

_field = st.components.v2.component(
    "autosave",
    html=_HTML,
    css=(STATIC / "autosave.css").read_text(encoding="utf-8"),
    js=(STATIC / "autosave.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Typed:
    """What stands in a field, and the stamp with which the browser knows that it arrived."""

    text: str = ""
    stamp: str = ""


@dataclass(frozen=True)
class Kept:
    """What to tell the browser about the draft.

    `typed` is what the server has. `refused` is whether it did not want to keep that, `status` the line
    under the field, `fresh` whether the draft was thrown away, so that a copy on the device goes too.
    """

    typed: Typed
    status: str
    refused: bool = False
    fresh: bool = False


def typed_in(key: str) -> Typed | None:
    """Return what the browser last sent from a field, or None when it has sent nothing in this session."""
    state: Any = st.session_state.get(key)
    value = state.get("value") if state is not None else None
    if not isinstance(value, dict):
        return None
    text, stamp = value.get("text"), value.get("stamp")
    return Typed(text, stamp) if isinstance(text, str) and isinstance(stamp, str) else None


def text_area(label: str, key: str, store: str, kept: Kept, *, rows: int = 5, placeholder: str = "") -> None:
    """Show the field; read what was typed with `typed_in(key)` on the next run.

    `store` names the copy on the device and comes from `store_name`.
    """
    data = {
        "label": label,
        "rows": rows,
        "placeholder": placeholder,
        "store": store,
        "text": kept.typed.text,
        "stamp": kept.typed.stamp,
        "status": kept.status,
        "refused": kept.refused,
        "fresh": kept.fresh,
        "busy": _("Saving draft…"),
        "apart": _("No connection. Your text is safe on this device and is saved as soon as there is one."),
    }
    _field(key=key, data=data, on_value_change=lambda: None)


def store_name(user_id: int | None, form: str, subject: str, field: str) -> str:
    """Return the name of a copy on the device: the user's own, for one field of one form."""
    return f"{_STORE}{user_id}:{form}:{subject}:{field}"


def forget(user_id: int | None, form: str, subject: str) -> None:
    """Clear the copies of a form from the device, once it is saved."""
    _clear(f"name.startsWith({json.dumps(store_name(user_id, form, subject, ''))})")


def forget_others(user_id: int | None) -> None:
    """Clear what somebody else left behind on this device."""
    _clear(f"name.startsWith({json.dumps(_STORE)}) && !name.startsWith({json.dumps(f'{_STORE}{user_id}:')})")


def _clear(which: str) -> None:
    script = f"for (const name of Object.keys(localStorage)) if ({which}) localStorage.removeItem(name)"
    st.html(f"<script>\ntry {{ {script} }} catch {{}}\n</script>", unsafe_allow_javascript=True)
