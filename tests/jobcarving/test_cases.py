"""Opening, describing and moving a case."""

from __future__ import annotations

import pytest

from crm.core.access import Role
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.jobcarving.actions import OpenCase, open_case
from crm.jobcarving.queries import cases_of_employer
from crm.jobcarving.rules import Stage
from tests.factories import TODAY, World
from tests.visits.factories import make_moment


def test_an_opened_case_is_a_signal_of_who_opened_it(world: World) -> None:
    adviser = world.actor(Role.ADVISER)
    moment = make_moment(world.employer_a, world.users[Role.ADVISER])
    command = OpenCase(
        employer_id=key(world.employer_a), department=" Keuken ", signal="Koks wassen af", moment_id=key(moment)
    )
    case_id = perform(adviser, open_case, command)
    with reading(adviser) as work:
        (case,) = cases_of_employer(work, key(world.employer_a))
    assert (case.id, case.department, case.stage) == (case_id, "Keuken", Stage.SIGNAL)
    assert (case.owner, case.opened_on, case.stage_since) == ("adviser een", TODAY, TODAY)
    assert case.hours is None


def test_the_contact_moment_of_another_employer_is_not_found(world: World) -> None:
    moment = make_moment(world.employer_b, world.users[Role.ADVISER])
    command = OpenCase(employer_id=key(world.employer_a), department="Keuken", moment_id=key(moment))
    with pytest.raises(NotFound):
        perform(world.actor(Role.ADVISER), open_case, command)
