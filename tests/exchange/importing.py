"""Bringing in a file in a test, and looking at what came of it."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlmodel import col, select

from crm.core.access import Actor, system
from crm.core.records import Record, key
from crm.core.work import perform, reading
from crm.exchange.actions import StartImport, start_import
from crm.exchange.records import ImportRun, ImportVerdict
from crm.exchange.rules import Outcome
from crm.exchange.rules.runs import ImportKind, RunState
from crm.exchange.running import carry_out
from crm.sroi.records import Authority, AuthorityRuleSet, Contract
from tests.factories import World, save

R = TypeVar("R", bound=Record)

RULES = "hart-van-west-brabant-demo"
"""A rule set with a threshold of 100,000 euro."""


@dataclass(frozen=True)
class Brought:
    """A run that has ended, with its verdicts in the order of the file."""

    run: ImportRun
    verdicts: list[ImportVerdict]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(str(verdict.verdict) for verdict in self.verdicts))

    @property
    def outcomes(self) -> list[Outcome]:
        return [verdict.verdict for verdict in self.verdicts]

    def messages(self, number: int = 0) -> list[str]:
        """What is said about a verdict."""
        return [str(remark["message"]) for remark in self.verdicts[number].remarks]


def start(kind: ImportKind, data: bytes, actor: Actor | None = None, region_id: int | None = None) -> int:
    """Open a run for some content."""
    command = StartImport(
        kind=kind,
        file_name="bestand.csv",
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        region_id=region_id,
    )
    return perform(actor or system("test"), start_import, command)


def bring_in(
    kind: ImportKind,
    data: bytes | str,
    actor: Actor | None = None,
    region_id: int | None = None,
    who: Callable[[], Actor] | None = None,
) -> Brought:
    """Bring in a file and return what came of it."""
    data = data.encode() if isinstance(data, str) else data
    actor = actor or system("test")
    run_id = start(kind, data, actor, region_id)
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        carry_out(run_id, Path(file.name), who or (lambda: actor))
    return outcome_of(run_id)


def outcome_of(run_id: int) -> Brought:
    """Return a run with its verdicts."""
    with reading(system("test")) as work:
        wanted = select(ImportVerdict).where(ImportVerdict.run_id == run_id).order_by(col(ImportVerdict.id))
        return Brought(work.get(ImportRun, run_id), list(work.session.exec(wanted)))


def employers(data: bytes | str, actor: Actor | None = None, region_id: int | None = None) -> Brought:
    """Bring in an employers file that can be read."""
    brought = bring_in(ImportKind.EMPLOYERS, data, actor, region_id)
    assert (brought.run.state, brought.run.message) == (RunState.DONE, "")
    return brought


def awards(data: bytes, actor: Actor | None = None, region_id: int | None = None) -> Brought:
    """Bring in a file of awards that can be read."""
    brought = bring_in(ImportKind.AWARDS, data, actor, region_id)
    assert (brought.run.state, brought.run.message) == (RunState.DONE, "")
    return brought


def every(model: type[R]) -> list[R]:
    """Return every record of a kind, in the order in which they came."""
    with reading(system("test")) as work:
        return list(work.session.exec(select(model).order_by(col(model.id))))


def obliging(world: World, authority: Authority | None = None, rules: str = RULES) -> dict[str, str]:
    """Give an authority a rule set, and return how a notice names it."""
    authority = authority or world.authority
    save(
        AuthorityRuleSet(
            region_id=authority.region_id,
            authority_id=key(authority),
            rule_set_code=rules,
            valid_from=date(2020, 1, 1),
        )
    )
    return {"id": "1", "name": authority.name}


def contracts() -> list[tuple[object, ...]]:
    """Return what stands in the register, without what was withdrawn, in one order."""
    kept = ("award_key", "title", "value_cents", "award_on", "start_on", "end_on", "cpv_code")
    return sorted(
        (*(getattr(contract, name) for name in kept), str(contract.state))
        for contract in every(Contract)
        if contract.state != "withdrawn"
    )
