"""Who writes errors of a page's script to the log: we do (`crm.core.unexpected`), not Streamlit."""

from __future__ import annotations

import logging


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
