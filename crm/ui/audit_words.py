"""The audit log in words: kinds of change, records and their fields."""

from __future__ import annotations

import re
from datetime import date, datetime

from crm.core.i18n import N_
from crm.ui.audit_fields import A_TO_M
from crm.ui.audit_more_fields import N_TO_Z
from crm.ui.words import _, day, moment, money

ACTIONS: dict[str, str] = {
    "insert": N_("made"),
    "update": N_("changed"),
    "delete": N_("removed"),
    "view": N_("looked at"),
    "refuse": N_("refused"),
    "export": N_("exported"),
    "reopen": N_("reopened"),
    "restore": N_("restored"),
    "revalue": N_("valued anew"),
    "start": N_("started"),
    "finish": N_("finished"),
}

FIELDS = A_TO_M | N_TO_Z

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}\+00:00")


def field_word(name: str) -> str:
    """Return the name of a field in words; a field without words by its own name."""
    return _(FIELDS[name]) if name in FIELDS else name.replace("_", " ")


def said(name: str, value: object) -> str:
    """Return a stored value as it is read: an amount, a day, a moment, yes or no."""
    match value:
        case None | "":
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case int() if name.endswith("_cents"):
            return money(value)
        case str() if _MOMENT.fullmatch(value):
            return moment(datetime.fromisoformat(value))
        case str() if _DAY.fullmatch(value):
            return day(date.fromisoformat(value))
        case list():
            return ", ".join(said(name, part) for part in value)
    return str(value)
