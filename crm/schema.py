"""Imports every noun's tables, so that one metadata holds them all."""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData

from crm.core.records import Record

NOUNS = (
    "core.audit",
    "accounts.records",
    "employers.records",
    "visits.records",
    "network.records",
    "jobcarving.records",
    "candidates.records",
    "placements.records",
    "sroi.records",
    "exchange.records",
)


def metadata() -> MetaData:
    """Return the tables of the whole product."""
    for noun in NOUNS:
        import_module(f"crm.{noun}")
    return Record.metadata
