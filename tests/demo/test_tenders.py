"""The tenders of the demo region."""

from __future__ import annotations

from collections import Counter
from typing import cast

from sqlmodel import select

from crm.core.access import Role, system
from crm.core.work import reading
from crm.demo.acting import Demo
from crm.demo.tenders import make_tenders
from crm.sroi.records import TenderIntake
from crm.sroi.rules.tendering import IntakeState
from tests.factories import TODAY, World
from tests.sroi.factories import assign


class Ground:
    """What tenders need of the demo: which day it is."""

    today = TODAY


def test_the_demo_has_tenders_before_their_award(lite_world: World) -> None:
    assign(lite_world)
    make_tenders(cast(Demo, Ground()), lite_world.authority, lite_world.users[Role.SROI_OFFICER])
    with reading(system("test")) as work:
        found = list(work.session.exec(select(TenderIntake)))
    assert Counter(one.state for one in found) == {IntakeState.OPEN: 5, IntakeState.WITHDRAWN: 1}
    # Under the threshold of € 100.000 nothing follows; and one clause says an amount: € 25.000.
    expected = {one.title: one.expected_cents for one in found}
    assert expected["Onderhoud speelplaatsen"] == 0
    assert expected["Groenafval verwerken"] == 2_500_000
    assert all(one.award_on > TODAY for one in found)
