"""The audit log is in words: every record that is kept in it has a name, and so have the fields of SROI."""

from __future__ import annotations

from crm.core.records import Record
from crm.schema import metadata
from crm.ui.audit_tables import TABLES
from crm.ui.audit_words import FIELDS

# Not shown in the log (`crm.accounts.queries.audit_log`).
SILENT = {"id", "version", "region_id", "search_key"}


def audited() -> list[type[Record]]:
    metadata()
    return [mapper.class_ for mapper in Record._sa_registry.mappers if mapper.class_.audited]


def test_every_table_that_is_logged_has_words() -> None:
    assert {str(table.__tablename__) for table in audited()} - TABLES.keys() == set()


def test_every_field_of_accounts_and_social_return_has_words() -> None:
    nouns = ("crm.accounts.", "crm.sroi.")
    fields = {
        name for table in audited() if table.__module__.startswith(nouns) for name in table.model_fields
    }
    assert fields - FIELDS.keys() - SILENT == set()
