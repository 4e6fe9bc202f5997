"""Unexpected errors: a reference number on screen, the trace in the log under that number.

The log names where and what kind, never the message: messages of a database or a parser repeat what
somebody typed.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator

logger = logging.getLogger("crm.errors")


class OnlyWhatWeCannotSee(logging.Filter):
    """Keeps Streamlit from logging script errors beside us, with their messages.

    What does not even compile never reaches us, and its message holds nothing but source.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to keep a record."""
        return not record.exc_info or isinstance(record.exc_info[1], SyntaxError)


def keep_messages_out_of_the_log() -> None:
    """Leave the logging of script errors to us, for the life of this process."""
    logging.getLogger("streamlit.error_util").addFilter(OnlyWhatWeCannotSee())


def log_unexpected(error: BaseException) -> str:
    """Write the trace to the log and return its reference number."""
    reference = secrets.token_hex(4).upper()
    logger.error("Error %s\n%s", reference, "".join(_trace(error)))
    return reference


def _trace(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _trace(cause)
        yield "which led to\n"
    yield from traceback.format_tb(error.__traceback__)
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}\n"
