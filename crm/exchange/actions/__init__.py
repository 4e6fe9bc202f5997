"""What users can do with files that come in."""

from crm.exchange.actions.runs import StartImport, start_import

__all__ = ["StartImport", "start_import"]
