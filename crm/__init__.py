"""Vliegwiel: employer relations and social return for a Dutch werkgeversservicepunt."""
