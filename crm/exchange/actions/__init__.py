"""What users can do with files that come in."""

from crm.exchange.actions.authorities import AddAuthority, add_authority
from crm.exchange.actions.runs import StartImport, start_import

__all__ = ["AddAuthority", "StartImport", "add_authority", "start_import"]
