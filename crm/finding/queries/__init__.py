"""What is found, and how lists are kept."""

from crm.finding.queries.everything import MAY_FIND, PER_KIND, Found, find_everything
from crm.finding.queries.views import MOST_VIEWS, ViewRow, views_of

__all__ = ["MAY_FIND", "MOST_VIEWS", "PER_KIND", "Found", "ViewRow", "find_everything", "views_of"]
