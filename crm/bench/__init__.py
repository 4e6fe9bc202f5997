"""How quick the pages are on a database of a chosen size."""
