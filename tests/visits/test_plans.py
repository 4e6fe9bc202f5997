"""Each question about contacts finds its rows by an index: no table is read from end to end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from crm.accounts.drafts import draft_of, waiting_drafts
from crm.core import clock
from crm.core.access import Role
from crm.core.database import engine
from crm.core.records import key
from crm.core.work import Work, reading
from crm.visits import queries
from tests.factories import TODAY, World
from tests.visits.factories import make_follow_up, make_moment

Asked = Callable[[Work], object]
EMPLOYER, USER, REGION = 1, 1, 1

QUESTIONS: dict[str, Asked] = {
    "to-do list": lambda work: queries.follow_ups_of(work, USER, TODAY),
    "portfolio": lambda work: queries.portfolio(work, USER, TODAY),
    "moments at my accounts": lambda work: queries.moments_at_accounts(work, USER, clock.now()),
    "recent moments": lambda work: queries.recent_moments(work, clock.now() - timedelta(days=7)),
    "visit form": lambda work: queries.visit_start(work, EMPLOYER),
    "people": lambda work: queries.people_at(work, EMPLOYER),
    "recent employers": lambda work: queries.recent_employers(work, USER),
    "owners": lambda work: queries.owners_at(work, REGION),
    "draft": lambda work: draft_of(work, "visit", "1"),
    "drafts": lambda work: waiting_drafts(work, "visit"),
}


def plans(role: Role, world: World, ask: Asked) -> list[str]:
    """Return what SQLite says it will do for every SELECT that a question sends."""
    sent: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        sent.append((statement, values))

    event.listen(engine(), "before_cursor_execute", note)
    with reading(world.actor(role)) as work:
        ask(work)
    event.remove(engine(), "before_cursor_execute", note)
    asked = [(statement, values) for statement, values in sent if statement.startswith("SELECT")]
    with engine().connect() as connection:
        return [
            line[3]
            for statement, values in asked
            for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_table_is_read_from_end_to_end(lite_world: World, name: str) -> None:
    author = lite_world.users[Role.ADVISER]
    assert (key(lite_world.employer_a), key(author), key(lite_world.region)) == (EMPLOYER, USER, REGION)
    make_follow_up(lite_world.employer_a, author, moment_id=key(make_moment(lite_world.employer_a, author)))
    found = plans(Role.ADVISER, lite_world, QUESTIONS[name])
    tables = ("contact_moments", "follow_ups", "attendances", "contact_persons", "employers", "drafts")
    assert found
    assert [line for line in found if line.startswith("SCAN") and line.split()[1] in tables] == []
