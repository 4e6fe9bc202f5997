"""Unexpected errors: the trace in the log, under a reference number to tell the user.

The log names where and what kind, never the message: messages of a database or a parser repeat what
somebody typed.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator

logger = logging.getLogger("crm.errors")


def log_unexpected(error: BaseException, doing: str = "") -> str:
    """Write the trace to the log, with what was being done, and return its reference number."""
    reference = secrets.token_hex(4).upper()
    logger.error("Error %s %s\n%s", reference, doing, "".join(_trace(error)))
    return reference


def _trace(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _trace(cause)
        yield "which led to\n"
    yield from traceback.format_tb(error.__traceback__)
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}\n"
