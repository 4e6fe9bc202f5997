"""From texts to a PDF with typst: tagged (PDF/UA-1), for archives (PDF/A-2a), the same bytes every time.

Nothing of the machine gets in: no clock, no fonts of the system, no network. Texts go in as data, so that
what somebody typed can never be read as an instruction.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).resolve().parents[3] / "data" / "documents"
_NOT_IN_FONT = re.compile("[^\\n -~\u00a0-\u0181\u0218-\u021b–—‘’‚“”„•…€™↑↓−∕]")
_WRITTEN = {"→": ">", "≥": ">=", "≤": "<=", "≠": "<>"}


def typeset(template: str, texts: dict[str, Any]) -> bytes:
    """Return the PDF of a template in `data/documents` filled with texts, lists and tables of texts."""
    made: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(TEMPLATES / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"texts": json.dumps(printable(texts), ensure_ascii=False, sort_keys=True)},
    )
    return made


def printable(value: Any) -> Any:
    """Return texts with only the letters that the font of the documents has; a question mark for others."""
    match value:
        case str():
            text = _NOT_IN_FONT.sub(_nearest, unicodedata.normalize("NFC", value))
            return text.replace("€ ", "€\u00a0")
        case list() | tuple():
            return [printable(entry) for entry in value]
        case dict():
            return {name: printable(entry) for name, entry in value.items()}
    return value


def _nearest(found: re.Match[str]) -> str:
    if found.group() in _WRITTEN:
        return _WRITTEN[found.group()]
    if found.group().isspace():
        return " "
    plain = unicodedata.normalize("NFKD", found.group())
    return "".join(sign for sign in plain if " " <= sign <= "~") or "?"
