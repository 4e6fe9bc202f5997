"""The demo region: what is in it, that it is the same every time, and that it is logged like real work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from crm.accounts.records import EmployerAdministrator, User
from crm.core import clock
from crm.core.access import Role, system
from crm.core.database import engine_for, using_database
from crm.core.records import Record
from crm.core.sealing import check_chain, seal
from crm.core.work import reading
from crm.demo.load import load
from crm.employers.records import Employer, Municipality
from crm.jobcarving.records import CarvingCase
from crm.placements.records import Placement
from crm.sroi.queries.persons import double_counts
from crm.sroi.records import CertificateOffer, Contract, Effort, EmployerCertificate, Plan
from crm.sroi.rules.plan import PlanState
from crm.sroi.states import ContractState, EffortState, OfferState
from crm.visits.records import ContactMoment, FollowUp
from tests.replay import unlogged

NOW = datetime(2028, 2, 29, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


def loaded_into(path: Path, template: Path) -> Iterator[Engine]:
    shutil.copy(template, path)
    with using_database(f"sqlite:///{path}") as engine:
        with clock.frozen_at(NOW):
            load()
            seal()
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Engine]:
    """The demo region as it is made on a leap day in 2028."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_MODE", "demo")
        yield from loaded_into(tmp_path_factory.mktemp("demo") / "one.sqlite", sqlite_template)


# In a process of its own: nothing that this one remembers can make two regions alike.
ANOTHER_TIME = """
import sys
from datetime import datetime
from crm.core import clock
from crm.demo.load import load

with clock.frozen_at(datetime.fromisoformat(sys.argv[1])):
    load()
"""
SECRET = {"users.password_hash", "statements.code", "vacancies.vum_id", "person_claims.fingerprint"}


def rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the tables, but for what has to differ: what a salt or secret makes, and the log."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(*(c for c in table.columns if str(c) not in SECRET)))
            ]
            for table in Record.metadata.sorted_tables
            if not table.name.startswith("audit")
        }


def test_one_seed_gives_one_region(demo: Engine, tmp_path: Path, sqlite_template: Path) -> None:
    path = tmp_path / "two.sqlite"
    shutil.copy(sqlite_template, path)
    url = f"sqlite:///{path}"
    program = [sys.executable, "-c", ANOTHER_TIME, NOW.isoformat()]
    subprocess.run(program, env={**os.environ, "CRM_MODE": "demo", "CRM_DATABASE_URL": url}, check=True)
    first, second = rows(demo), rows(engine_for(url))
    engine_for(url).dispose()
    assert {name for name in first if first[name] != second[name]} == set()


def test_it_holds_a_region_of_400_employers_in_six_municipalities(demo: Engine) -> None:
    with reading(system("test")) as work:
        employers = work.session.scalars(select(Employer)).all()
        places = work.session.scalars(select(Municipality.name)).all()
    assert len({one.name for one in employers}) == len({one.kvk_number for one in employers}) == 400
    assert sorted(places) == ["Etten-Leur", "Halderberge", "Moerdijk", "Roosendaal", "Rucphen", "Zundert"]
    assert all(one.kvk_number and one.kvk_number.startswith("99") for one in employers)


def test_it_spans_the_three_years_before_today(demo: Engine) -> None:
    with reading(system("test")) as work:
        first, last = work.session.execute(
            select(func.min(ContactMoment.held_on), func.max(ContactMoment.held_on))
        ).one()
        due = work.session.scalars(select(FollowUp.due_on).where(FollowUp.done_on == None)).all()  # noqa: E711
    assert TODAY - timedelta(days=3 * 365 + 3) <= first <= TODAY - timedelta(days=3 * 365 - 60)
    assert TODAY - timedelta(days=14) <= last <= TODAY
    assert min(due) < TODAY < max(due)


def test_what_was_said_reads_as_sentences(demo: Engine) -> None:
    with reading(system("test")) as work:
        summaries = work.session.scalars(select(ContactMoment.summary)).all()
    assert any("; bij " in one for one in summaries)
    assert [one for one in summaries if re.search(r"[.?!] [a-z]", one)] == []


def test_contracts_stand_in_every_state(demo: Engine) -> None:
    with reading(system("test")) as work:
        states = Counter(work.session.scalars(select(Contract.state)))
        behind = work.session.scalars(select(Contract).where(Contract.state == ContractState.RUNNING)).all()
        efforts = Counter(work.session.scalars(select(Effort.state)))
    assert sum(states.values()) == 60
    assert states == {
        ContractState.TO_CONFIRM: 8,
        ContractState.RUNNING: 38,
        ContractState.IN_REPAIR: 5,
        ContractState.SETTLED: 9,
    }
    late = [one for one in behind if one.behind_on is not None and one.behind_on <= TODAY]
    met = [one for one in behind if one.approved_cents >= one.obligation_cents]
    assert (len(late) >= 6, len(met) >= 8) == (True, True)
    assert efforts.keys() >= {EffortState.SUBMITTED, EffortState.SENT_BACK, EffortState.APPROVED}


def test_everybody_has_something_to_do(demo: Engine) -> None:
    with reading(system("test")) as work:
        owners = select(FollowUp.owner_id).where(FollowUp.done_on == None)  # noqa: E711
        roles = Counter(work.session.scalars(select(User.role).where(User.id.in_(owners))))  # type: ignore[union-attr]
        cases = work.session.scalar(select(func.count()).select_from(CarvingCase))
        placements = work.session.scalar(select(func.count()).select_from(Placement))
    assert roles.keys() >= {Role.ADVISER, Role.ACCOUNT_MANAGER, Role.SROI_OFFICER}
    assert (cases > 20, placements > 50) == (True, True)


def test_all_of_it_stands_in_the_audit_log(demo: Engine) -> None:
    assert unlogged(demo) == []
    with clock.frozen_at(NOW):
        assert check_chain().waiting == 0


def test_it_looks_like_no_real_company(demo: Engine) -> None:
    with demo.connect() as connection:
        addresses = connection.execute(text("SELECT email FROM contact_persons")).scalars().all()
    assert {address.rpartition(".")[2] for address in addresses} == {"example"}


def test_a_good_part_of_the_contracts_has_a_plan_that_about_covers_the_obligation(demo: Engine) -> None:
    with reading(system("test")) as work:
        found = work.session.execute(
            select(Plan, Contract).join(Contract, Contract.id == Plan.contract_id)  # type: ignore[arg-type]
        ).all()
    states = Counter(plan.state for plan, _contract in found)
    assert (states[PlanState.HANDED_IN], states[PlanState.SENT_BACK]) == (1, 1)
    assert states[PlanState.ACCEPTED] >= 25
    shares = [plan.total_cents / contract.obligation_cents for plan, contract in found]
    assert all(0.5 <= share <= 1.1 for share in shares), shares


def test_one_person_is_claimed_twice_and_nobody_else(demo: Engine) -> None:
    with reading(system("test")) as work:
        efforts = work.session.scalars(select(Effort).order_by(Effort.id)).all()  # type: ignore[arg-type]
        found = {effort.id: double_counts(work, effort.id or 0) for effort in efforts}
    twice = [effort for effort in efforts if found[effort.id]]
    assert len(twice) == 2
    assert len({effort.authority_id for effort in twice}) == 2
    assert len({effort.employer_id for effort in twice}) == 2
    assert [one.other.effort_id for one in found[twice[0].id] if one.other] == [twice[1].id]


def test_each_contractor_has_an_administrator_of_its_portal(demo: Engine) -> None:
    with reading(system("test")) as work:
        contractors = set(work.session.scalars(select(Contract.employer_id)))
        administrators = Counter(work.session.scalars(select(EmployerAdministrator.employer_id)))
    assert administrators == Counter(contractors)


def test_certificates_were_seen_one_lapses_soon_and_two_wait(demo: Engine) -> None:
    with reading(system("test")) as work:
        ends = work.session.scalars(select(EmployerCertificate.valid_until)).all()
        offers = work.session.scalars(select(CertificateOffer.state)).all()
    assert len(ends) >= 5
    assert len([end for end in ends if end <= TODAY + timedelta(days=90)]) == 1
    assert offers == [OfferState.WAITS, OfferState.WAITS]
