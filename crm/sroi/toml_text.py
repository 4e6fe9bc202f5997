"""Writing TOML, which the standard library can only read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

_INLINE = {"value", "source", "assumed"}


def toml_text(document: Mapping[str, Any]) -> str:
    """Return a document of strings, numbers, dates, lists and tables as TOML text.

    One rule (a value with its source) stands on one line; every other table gets its own heading.
    """
    return "\n".join(_table(document, ())).strip() + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    lines = [f"{key} = {_written(value)}" for key, value in table.items() if _on_one_line(value)]
    for key, value in table.items():
        heading = ".".join((*path, key))
        if _on_one_line(value):
            continue
        if isinstance(value, Mapping):
            lines += ["", f"[{heading}]", *_table(value, (*path, key))]
        else:
            for entry in value:
                lines += ["", f"[[{heading}]]", *_table(entry, (*path, key))]
    return lines


def _on_one_line(value: Any) -> bool:
    if isinstance(value, Mapping):
        return set(value) <= _INLINE
    if isinstance(value, Sequence) and not isinstance(value, str):
        return not any(isinstance(entry, Mapping) for entry in value)
    return True


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_written(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Sequence):
        return "[" + ", ".join(_written(entry) for entry in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
