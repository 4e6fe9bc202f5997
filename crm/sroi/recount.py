"""Values every effort again by the rule set it was valued with, and holds that against what is stored.

For a report over a whole portfolio, and for an auditor: an effort whose stored value is not what its rule
set and its facts give is named. Efforts are read as a stream and valued by all processors at once.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from crm.core.money import cents
from crm.core.work import Work
from crm.sroi import claims
from crm.sroi.queries.stored_values import Line, rule_documents, stored_values
from crm.sroi.rules import RuleSet
from crm.sroi.rulesets import parse_ruleset

AT_ONCE = 10_000
MOST_NAMED = 100


@dataclass(frozen=True)
class Recount:
    """How many efforts were valued, what is stored for them, what their rules give, and which differ."""

    efforts: int = 0
    stored_cents: int = 0
    valued_cents: int = 0
    differing: int = 0
    named: tuple[int, ...] = ()

    def __add__(self, other: Recount) -> Recount:
        return Recount(
            self.efforts + other.efforts,
            self.stored_cents + other.stored_cents,
            self.valued_cents + other.valued_cents,
            self.differing + other.differing,
            (self.named + other.named)[:MOST_NAMED],
        )


def recount(work: Work, processes: int | None = None) -> Recount:
    """Return what all efforts that were not taken back are worth by their rules, and which differ.

    With one process nothing is started beside this one.
    """
    documents, chunks = rule_documents(work), stored_values(work, AT_ONCE)
    many = processes or os.cpu_count() or 1
    counts = _here(documents, chunks) if many == 1 else _spread(documents, chunks, many)
    return sum(counts, Recount())


def _here(documents: Mapping[str, str], chunks: Iterable[list[Line]]) -> Iterator[Recount]:
    _prepare(documents)
    return map(_value_all, chunks)


def _spread(documents: Mapping[str, str], chunks: Iterable[list[Line]], many: int) -> Iterator[Recount]:
    """Value chunks in other processes, no more of them under way than keeps every one busy."""
    # Started anew and not forked: this process has threads and an open database.
    fresh = get_context("spawn")
    with ProcessPoolExecutor(many, fresh, _prepare, (dict(documents),)) as pool:
        waiting: deque[Future[Recount]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_value_all, chunk))
            if len(waiting) > 2 * many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_rulesets: dict[str, RuleSet] = {}


def _prepare(documents: Mapping[str, str]) -> None:
    _rulesets.clear()
    _rulesets.update({version: parse_ruleset(document) for version, document in documents.items()})


def _value_all(chunk: list[Line]) -> Recount:
    stored = valued = 0
    differing = []
    for effort_id, version, value_cents, facts in chunk:
        amount = cents(claims.value_anew(json.loads(facts), _rulesets[version]).amount)
        stored += value_cents
        valued += amount
        if amount != value_cents:
            differing.append(effort_id)
    return Recount(len(chunk), stored, valued, len(differing), tuple(differing[:MOST_NAMED]))
