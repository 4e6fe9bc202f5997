"""One archive that holds the whole installation, and the way back."""

from crm.exchange.backup.making import make_backup
from crm.exchange.backup.restoring import restore_backup

__all__ = ["make_backup", "restore_backup"]
