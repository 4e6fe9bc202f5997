"""Rule sets under way, making a new version from an existing one, and all versions with their use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from crm.core import clock
from crm.core.access import Actor
from crm.core.i18n import N_
from crm.sroi import actions
from crm.sroi.queries.ruleset_drafts import DraftRow, PublishedBy, VersionRow
from crm.sroi.rules import RuleSet
from crm.sroi.ruleset_commands import MakeRuleSet
from crm.sroi.rulesets import ruleset_document
from crm.sroi.states import DraftState
from crm.ui import shell
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash
from crm.ui.sroi import Look, inline_badge
from crm.ui.tables import show_table
from crm.ui.words import _, day, moment, plain

STATES: dict[DraftState, Look] = {
    DraftState.DRAFT: (N_("under way"), ":material/edit_note:", "gray"),
    DraftState.ASKED: (N_("waits for approval"), ":material/hourglass_top:", "blue"),
    DraftState.APPROVED: (N_("approved"), ":material/check_circle:", "green"),
    DraftState.PUBLISHED: (N_("published"), ":material/lock:", "gray"),
}
LABELS = {
    "base_code": N_("Made from"),
    "code": N_("Id of the new version"),
    "title": N_("Name of the rule set"),
    "version_name": N_("Version name"),
    "valid_from": N_("Valid from"),
}


def show_drafts(drafts: Sequence[DraftRow]) -> None:
    """Show the rule sets under way, each with a link to go on with it."""
    for draft in drafts:
        told = _(
            "{name}, {moment}", name=draft.changed_by or _("the system"), moment=moment(draft.changed_at)
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            shell.link("admin/ruleset.py", draft.title, icon=":material/edit_document:", id=draft.id)
            st.markdown(f"{inline_badge(STATES[draft.state])} {plain(told)}", width="content")


def ask_new(actor: Actor, names: Mapping[str, str]) -> None:
    """Ask for a new version of a rule set, and open it once it is made."""
    with (
        st.expander(_("Make a new version"), icon=":material/content_copy:"),
        st.form("make_rule_set", border=False),
    ):
        base = st.selectbox(
            _(LABELS["base_code"]), list(names), None, lambda code: names[code], placeholder=_("Choose")
        )
        left, right = st.columns(2)
        title = left.text_input(_(LABELS["title"]), max_chars=200, placeholder=_("for example: Utrecht 2027"))
        version_name = right.text_input(
            _(LABELS["version_name"]), max_chars=80, placeholder=_("for example: 2027-1")
        )
        code = left.text_input(
            _(LABELS["code"]),
            max_chars=80,
            placeholder="utrecht-2027",
            help=_("Small letters, digits and hyphens. It never changes."),
        )
        valid_from = ask_day(_(LABELS["valid_from"]), _next_year(), place=right)
        sent = st.form_submit_button(_("Make the version"), type="primary")
    if sent:
        filled = {
            "base_code": base,
            "code": code,
            "title": title,
            "version_name": version_name,
            "valid_from": valid_from,
        }
        made = attempt(actor, actions.make_rule_set, lambda: MakeRuleSet(**filled), LABELS)
        if made is not None:
            flash(_("Here is a copy to change. The existing rule set stays as it is."))
            shell.go("admin/ruleset.py", id=made)


def show_versions(versions: Sequence[VersionRow]) -> None:
    """Show every version: from when it holds, how many contracts keep it, and who brought it about."""
    frame = pd.DataFrame(
        [(_told(row), day(row.valid_from), str(row.contracts)) for row in versions],
        columns=[_("Rule set"), _("From"), _("Contracts")],
    )
    show_table(frame, _("Every version of a rule set, with its use"), right=[_("Contracts")])


def who(by: PublishedBy) -> str:
    """Return who made, approved and published a version and when, as Markdown."""
    parts = [
        _("made by {name}, {moment}", name=by.made_by or "–", moment=moment(by.made_at)),
        _("approved by {name}, {moment}", name=by.approved_by or "–", moment=moment(by.approved_at)),
        _("published by {name}, {moment}", name=by.published_by or "–", moment=moment(by.published_at)),
    ]
    if by.reason:
        parts.append(_("reason: {reason}", reason=by.reason))
    return " · ".join(plain(part) for part in parts)


def _told(row: VersionRow) -> str:
    name = f"{plain(row.title)} · {plain(row.version_name)}"
    return f"{name} :small[:gray[{who(row.published)}]]" if row.published else name


def show_text(ruleset: RuleSet) -> None:
    """Show a rule set as the text of a file, to copy."""
    with st.expander(_("Text of the rule set"), icon=":material/code:"):
        st.code(ruleset_document(ruleset), language="toml", wrap_lines=True)


def label_of(row: VersionRow) -> str:
    """Return how a version is called in a list to choose from."""
    return f"{row.title} ({row.version_name})" if row.published else row.title


def _next_year() -> date:
    return date(clock.today().year + 1, 1, 1)
