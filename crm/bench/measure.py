"""Runs each page as its user, and counts what its script costs beside the bare SQL it sent."""

from __future__ import annotations

import logging
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from crm.accounts.records import SignInSession
from crm.bench.visits import VISITS, Visit
from crm.core import clock
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import work
from crm.ui.registry import page
from crm.ui.timing import MAIN_SCRIPT, TIMING

WARM_UPS = 3
SECONDS = 120
HOME_PAGES = {"staff/today.py", "portal/overview.py"}


@dataclass(frozen=True)
class Measured:
    """What one page cost: milliseconds of script (median, p95), queries, milliseconds of bare SQL."""

    name: str
    median: float
    p95: float
    queries: int
    bare_sql: float

    @property
    def ratio(self) -> float:
        """How many times the bare SQL the script takes."""
        return self.median / self.bare_sql if self.bare_sql else 0.0


def measure(engine: Engine, runs: int, visits: tuple[Visit, ...] = VISITS) -> list[Measured]:
    """Return what each page costs, over this many runs after a warm-up."""
    return [_measure(engine, visit, runs) for visit in visits]


def peak_megabytes() -> int:
    """Return the most memory this process has held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def _measure(engine: Engine, visit: Visit, runs: int) -> Measured:
    at = _opened(visit)
    with _script_times() as taken:
        for _ in range(WARM_UPS):
            _rerun(at, visit)
        with _statements(engine) as sent:
            _rerun(at, visit)
        taken.clear()
        for _ in range(runs):
            _rerun(at, visit)
    times = sorted(taken)
    p95 = times[max(0, -(-95 * len(times) // 100) - 1)]
    return Measured(visit.name, statistics.median(times), p95, len(sent), _bare(engine, sent, runs))


def _opened(visit: Visit) -> AppTest:
    at = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=SECONDS)
    at.user = {"ident": str(_session(visit.role))}
    at.run()
    for name, value in visit.query.items():
        at.query_params[name] = value
    for name, typed in visit.typed.items():
        at.session_state[name] = typed
    if visit.file not in HOME_PAGES:
        at.switch_page(str(page(visit.file).path))
    return at


def _rerun(at: AppTest, visit: Visit) -> None:
    at.run()
    if at.exception:
        raise RuntimeError(f"{visit.name}: {at.exception[0].message}")


_sessions: dict[tuple[str, Role], int] = {}


def _session(role: Role) -> int:
    with work(system("bench")) as unit:
        place = (str(unit.session.get_bind().engine.url), role)
        if place not in _sessions:
            made = SignInSession(
                token_hash=f"{len(_sessions):064d}",
                user_id=list(Role).index(role) + 1,
                created_at=clock.now(),
                expires_at=clock.now().replace(year=clock.now().year + 1),
            )
            _sessions[place] = key(unit.add(made))
            unit.commit()
        return _sessions[place]


@contextmanager
def _script_times() -> Iterator[list[float]]:
    """Collect how long each run of the script took."""
    taken: list[float] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            taken.append(float(record.__dict__["milliseconds"]))

    listener, level = Listener(), TIMING.level
    TIMING.addHandler(listener)
    TIMING.setLevel(logging.DEBUG)
    try:
        yield taken
    finally:
        TIMING.removeHandler(listener)
        TIMING.setLevel(level)


@contextmanager
def _statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _x: Any, many: bool) -> None:
        if not many and statement.split(maxsplit=1)[0] in {"SELECT", "WITH"}:
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _bare(engine: Engine, sent: list[tuple[str, Any]], runs: int) -> float:
    """Return the median milliseconds of the same statements on a bare driver connection."""
    connection = engine.raw_connection()
    try:
        return statistics.median(_replay(connection, sent) for _ in range(runs))
    finally:
        connection.rollback()
        connection.close()


def _replay(connection: Any, sent: list[tuple[str, Any]]) -> float:
    cursor = connection.cursor()
    begun = time.perf_counter()
    for statement, parameters in sent:
        cursor.execute(statement, parameters)
        if cursor.description:
            cursor.fetchall()
    return (time.perf_counter() - begun) * 1000
