"""A former participant's new employer is invited: by a follow-up of its account holder, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from crm.candidates.rules import TargetGroup
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import perform, reading
from crm.network.actions import JoinNetwork, join_network
from crm.network.records_parties import NetworkInvitation
from crm.network.rules import Motive
from crm.placements.actions import (
    BookPlacement,
    EditPlacement,
    EndPlacement,
    book_placement,
    edit_placement,
    end_placement,
)
from crm.placements.records import Placement
from crm.placements.rules import ContractForm, EndReason
from crm.visits.records import FollowUp
from tests.factories import TODAY, World, make_employer
from tests.network.factories import make_member


def book(world: World, employer_id: int, **values: Any) -> int:
    asked = {
        "employer_id": employer_id,
        "group": TargetGroup.PARTICIPATION_ACT,
        "job_title": "Keukenhulp",
        "contract_form": ContractForm.TEMPORARY,
        "started_on": TODAY,
        "hours": Decimal(24),
        **values,
    }
    return perform(world.actor(Role.ADVISER), book_placement, BookPlacement(**asked))


def follow_ups() -> list[FollowUp]:
    with reading(system("test")) as unit:
        return list(unit.session.exec(select(FollowUp)))


def test_the_account_holder_gets_a_follow_up_after_the_first_month(lite_world: World) -> None:
    holder = key(lite_world.users[Role.ACCOUNT_MANAGER])
    employer = make_employer(key(lite_world.region), holder_id=holder)
    book(lite_world, key(employer))
    book(lite_world, key(employer))
    (found,) = follow_ups()
    assert (found.owner_id, found.employer_id, found.due_on) == (holder, key(employer), date(2026, 12, 22))
    assert found.what == "Uitnodigen voor het bedrijvennetwerk: een oud-deelnemer werkt hier nu."


def test_without_an_account_holder_it_is_for_who_booked(lite_world: World) -> None:
    book(lite_world, key(lite_world.employer_a))
    assert [found.owner_id for found in follow_ups()] == [key(lite_world.users[Role.ADVISER])]


@pytest.mark.parametrize(
    "values",
    [
        {"contract_form": ContractForm.TRIAL},
        {"contract_form": ContractForm.WORK_EXPERIENCE},
        {"started_on": date(2026, 8, 23)},
    ],
)
def test_no_invitation_for_a_trial_or_for_history(lite_world: World, values: dict[str, Any]) -> None:
    book(lite_world, key(lite_world.employer_a), **values)
    assert follow_ups() == []


@pytest.mark.parametrize("left_on", [None, date(2026, 6, 1)])
def test_no_invitation_for_who_is_or_was_a_member(lite_world: World, left_on: date | None) -> None:
    make_member(lite_world.employer_a, left_on=left_on)
    book(lite_world, key(lite_world.employer_a))
    assert follow_ups() == []


def test_a_trial_that_passes_brings_the_employer(lite_world: World) -> None:
    placement_id = book(lite_world, key(lite_world.employer_a), contract_form=ContractForm.TRIAL)
    with reading(system("test")) as unit:
        was = unit.get(Placement, placement_id)
    command = EditPlacement(
        placement_id=placement_id,
        version=was.version,
        group=was.group,
        job_title=was.job_title,
        contract_form=ContractForm.PERMANENT,
        started_on=was.started_on,
    )
    perform(lite_world.actor(Role.ADVISER), edit_placement, command)
    assert len(follow_ups()) == 1


def test_an_employer_that_joins_has_been_invited(lite_world: World) -> None:
    book(lite_world, key(lite_world.employer_a))
    command = JoinNetwork(
        employer_id=key(lite_world.employer_a), joined_on=TODAY, motive=Motive.FORMER_PARTICIPANT
    )
    perform(lite_world.actor(Role.ACCOUNT_MANAGER), join_network, command)
    (found,) = follow_ups()
    assert (found.done_on, found.done_by_id) == (TODAY, key(lite_world.users[Role.ACCOUNT_MANAGER]))


@pytest.mark.parametrize(("reason", "left"), [(EndReason.NEVER_STARTED, 0), (EndReason.OTHER_JOB, 1)])
def test_an_invitation_goes_when_nobody_ever_started(lite_world: World, reason: EndReason, left: int) -> None:
    placement_id = book(lite_world, key(lite_world.employer_a))
    with reading(system("test")) as unit:
        version = unit.get(Placement, placement_id).version
    command = EndPlacement(placement_id=placement_id, version=version, ended_on=TODAY, end_reason=reason)
    perform(lite_world.actor(Role.ADVISER), end_placement, command)
    assert len(follow_ups()) == left
    with reading(system("test")) as unit:
        assert len(unit.session.exec(select(NetworkInvitation)).all()) == left
