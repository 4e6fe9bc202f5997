"""Imports every noun's tables, so that one metadata holds them all.

That happens on import, and the server imports this before its first visitor: a table that is being declared
while another visitor's scope is worked out would break that visitor's page.
"""

from __future__ import annotations

from importlib import import_module

from sqlalchemy import MetaData

from crm.core.records import Record

NOUNS = (
    "core.audit",
    "accounts.records",
    "accounts.records_access",
    "employers.records",
    "employers.records_people",
    "employers.records_plans",
    "employers.records_structure",
    "employers.records_merging",
    "employers.records_bulk",
    "finding.records",
    "visits.records",
    "visits.records_files",
    "visits.records_mail",
    "visits.records_outcomes",
    "network.records",
    "network.records_parties",
    "network.records_changes",
    "events.records",
    "needs.records",
    "questions.records",
    "jobcarving.records",
    "candidates.records",
    "placements.records",
    "placements.records_aftercare",
    "proposals.records",
    "sroi.records",
    "sroi.records.ruleset_hands",
    "sroi.records.share_numbers",
    "sroi.records.contract_hours",
    "sroi.records.figure_grounds",
    "sroi.records.bulk",
    "sroi.records.reminder_mails",
    "exchange.records",
    "agenda.records",
    "exchange.records_undo",
)

for noun in NOUNS:
    import_module(f"crm.{noun}")


def metadata() -> MetaData:
    """Return the tables of the whole product."""
    return Record.metadata
