"""Sectors in words: the divisions of the SBI 2008, which the trade register writes down as digits."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache

from crm.core.config import PROJECT_ROOT

_CODES = PROJECT_ROOT / "data" / "codes" / "sbi-2008.csv"


@lru_cache(maxsize=1)
def _divisions() -> Mapping[str, Mapping[str, str]]:
    with _CODES.open(encoding="utf-8", newline="") as source:
        return {row["division"]: row for row in csv.DictReader(source)}


def sector_name(sbi_code: str | None, language: str) -> str | None:
    """Return the sector of an SBI code by its first two digits, or the code itself when it is unknown."""
    if not sbi_code:
        return None
    division = _divisions().get(sbi_code[:2])
    return division[language] if division else sbi_code
