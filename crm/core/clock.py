"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Europe/Amsterdam")

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return _source()


def today() -> date:
    """Return the present day in the Netherlands."""
    return now().astimezone(LOCAL_ZONE).date()


@contextmanager
def frozen_at(moment: datetime) -> Iterator[None]:
    """Stand still at `moment` (aware) for the length of the block: demo data and tests."""
    global _source
    before, _source = _source, lambda: moment
    try:
        yield
    finally:
        _source = before
