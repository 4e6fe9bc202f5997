"""The benchmark: exactly what was asked for, and a line for every page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from crm.bench.build import build
from crm.bench.ground import Size
from crm.bench.measure import VISITS, Measured
from crm.bench.run import Benchmark, run
from crm.core.access import system
from crm.core.database import engine_for
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work, reading, work
from crm.employers.records import Employer
from crm.jobcarving.records import CarvingCase, CarvingPackage
from crm.jobcarving.rules import Stage, comes_before
from crm.migrations import runner
from crm.placements.records import Placement, WeeklyHours
from crm.sroi import clocks, totals
from crm.sroi.records import Contract, ContractClock, Effort
from crm.sroi.states import ContractState
from crm.ui.registry import PAGES
from crm.visits.records import ContactMoment, FollowUp
from tests.counting import MOST_ON_A_PAGE

# Pages that are no list, and why they need no line of their own.
NOT_MEASURED = {
    "portal/effort.py": "a form about one effort",
    "staff/employer_edit.py": "a form about one employer",
    "staff/need.py": "one need; the list of needs is measured",
    "staff/proposal.py": "one proposal; they are listed with their need",
    "staff/mail.py": "a form for one mail",
    "staff/questions.py": "a form for one question list",
    "staff/settle.py": "one contract; its page is measured",
    "admin/ruleset.py": "one version of a rule set",
}
SMALL = Size(employers=60, moments=120, contracts=12, efforts=30)


@pytest.fixture
def lite_bench(sqlite_url: str) -> None:
    """A small benchmark database."""
    build(engine_for(sqlite_url), SMALL)


@pytest.mark.tampers
def test_the_builder_makes_exactly_what_was_asked_for(database: str) -> None:
    build(engine_for(database), SMALL)
    with reading(system("test")) as unit:
        made = [
            unit.session.exec(select(func.count()).select_from(table)).one()
            for table in (Employer, ContactMoment, Contract, Effort)
        ]
    assert made == [60, 120, 12, 30]


@pytest.mark.tampers
def test_what_it_makes_adds_up_like_what_users_do(lite_bench: None) -> None:
    with work(system("test")) as unit:
        for contract in unit.session.exec(select(Contract)).all():
            made = (contract.approved_cents, contract.submitted_cents, contract.behind_on)
            if contract.state is not ContractState.TO_CONFIRM:
                totals.refresh(unit, contract)
            assert (contract.approved_cents, contract.submitted_cents, contract.behind_on) == made
        last: dict[int, date] = {}
        for moment in unit.session.exec(select(ContactMoment)):
            last[moment.employer_id] = max(last.get(moment.employer_id, date.min), moment.held_on)
        spoken = {key(one): one.last_contact_on for one in unit.session.exec(select(Employer))}
    assert spoken == last


@pytest.mark.tampers
def test_what_is_due_is_what_the_actions_would_write_down(lite_bench: None) -> None:
    def due(unit: Work) -> dict[int, tuple[object, ...]]:
        found = unit.session.exec(select(ContractClock))
        return {one.contract_id: (one.kind, one.due_on, one.reminder_code, one.officer_id) for one in found}

    with work(system("test")) as unit:
        made = due(unit)
        for contract in unit.session.exec(select(Contract)).all():
            clocks.refresh(unit, contract)
        assert due(unit) == made
    assert made


@pytest.mark.tampers
def test_what_it_makes_says_what_the_rules_ask_for(lite_bench: None) -> None:
    with reading(system("test")) as unit:
        without_next = select(ContactMoment).outerjoin(FollowUp).where(col(FollowUp.id).is_(None))
        assert all(moment.no_action_reason for moment in unit.session.exec(without_next))
        for placement, hours in unit.session.exec(select(Placement, WeeklyHours).join(WeeklyHours)):
            assert hours.from_on == placement.started_on
        for case, package in unit.session.exec(select(CarvingCase, CarvingPackage).join(CarvingPackage)):
            assert (package.opened_on is None) == comes_before(case.stage, Stage.OPEN_JOB)


def test_every_page_gets_a_line_with_its_queries(tmp_path: Path) -> None:
    found = run(f"sqlite:///{tmp_path / 'bench.sqlite'}", SMALL, 2, lambda _line: None)
    assert [row.name for row in found.rows] == [visit.name for visit in VISITS]
    assert [row for row in found.rows if not 0 < row.queries <= MOST_ON_A_PAGE] == []
    assert all(0 < row.median <= row.p95 for row in found.rows)


def test_every_page_is_measured_or_has_a_reason_not_to_be() -> None:
    measured = {visit.file for visit in VISITS}
    files = {spec.file for spec in PAGES}
    assert files - measured == NOT_MEASURED.keys()
    assert measured <= files


def test_a_database_in_use_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'used.sqlite'}"
    runner.upgrade(engine_for(url))
    with pytest.raises(Invalid):
        run(url, SMALL, 1, lambda _line: None)


def test_the_table_lines_up_its_figures() -> None:
    row = Measured("Today", median=12.34, p95=20.0, queries=4, bare_sql=2.0)
    lines = Benchmark(SMALL, [row], megabytes=200).table().splitlines()
    assert lines[0] == "60 employers, 120 contact moments, 12 contracts, 30 efforts"
    assert lines[2].split() == ["Today", "12.3", "20.0", "4", "2.0", "6.2"]
    assert len(lines[1]) == len(lines[2])
