"""Carving cases in every stage, and placements with hours that go up and down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from crm.accounts.records import User
from crm.candidates.rules import TargetGroup
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import Work
from crm.demo.acting import Demo, acting
from crm.demo.region import Business
from crm.jobcarving.actions import (
    AddTask,
    EditCase,
    MakePackage,
    MoveCase,
    OpenCase,
    add_task,
    edit_case,
    make_package,
    move_case,
    open_case,
)
from crm.jobcarving.queries import case_page
from crm.jobcarving.records import CarvingCase
from crm.jobcarving.rules import Releasable, Stage
from crm.network.queries.invitations import invitation_of
from crm.placements.actions import (
    BookPlacement,
    ChangeHours,
    EndPlacement,
    book_placement,
    change_hours,
    end_placement,
)
from crm.placements.records import Placement
from crm.placements.rules import ContractForm, EndReason
from crm.visits.actions import CompleteFollowUp, complete_follow_up
from crm.visits.records import FollowUp

ASKED_WITHIN = timedelta(days=14)
CASES = 48
PLACEMENTS = 130
PATH = (
    Stage.SIGNAL,
    Stage.ORIENTATION,
    Stage.COMMITMENT,
    Stage.ANALYSIS,
    Stage.PACKAGE,
    Stage.DECISION,
    Stage.OPEN_JOB,
)
HOLDERS = ("kok", "verpleegkundige", "chauffeur", "teamleider", "monteur", "voorman", "bakker", "verkoper")
FREED = "De vakkracht krijgt tijd voor het eigen vak en voor het inwerken van nieuwe collega's."
HOURS = tuple(Decimal(hours) for hours in (12, 16, 20, 24, 28, 32, 36))


@dataclass(frozen=True)
class Opening:
    """A case that reached an open job, and the package that waits for somebody."""

    business: Business
    package_id: int
    on: date


def make_cases(demo: Demo) -> list[Opening]:
    """Make the cases, evenly over the stages; return those with an open job."""
    openings = []
    for number, business in enumerate(demo.chance.sample(demo.businesses, CASES)):
        reached = PATH[number % len(PATH)]
        opening = _make_case(demo, business, reached, stopped=number % 13 == 12)
        if opening:
            openings.append(opening)
    return openings


def make_placements(demo: Demo, openings: list[Opening]) -> None:
    """Make placements, on two of three open jobs first."""
    adviser = demo.staff.by_role[Role.ADVISER]
    for opening in openings[: 2 * len(openings) // 3]:
        started_on = min(opening.on + timedelta(days=demo.chance.randrange(3, 20)), demo.today)
        _make_placement(demo, adviser, opening.business, started_on, opening.package_id)
    # Somebody works now at the employer whose portal one can look at.
    _make_placement(demo, adviser, demo.businesses[0], _some_day(demo, 150), None)
    for _ in range(PLACEMENTS):
        _make_placement(demo, adviser, demo.chance.choice(demo.businesses), _some_day(demo, 1000), None)


def _some_day(demo: Demo, at_most_ago: int) -> date:
    return demo.today - timedelta(days=demo.chance.randrange(5, at_most_ago))


def _make_case(demo: Demo, business: Business, reached: Stage, *, stopped: bool) -> Opening | None:
    department, tasks = demo.chance.choice(business.sector.departments)
    day = demo.today - timedelta(days=demo.chance.randrange(12 * len(PATH), 400))
    with acting(business.holder, day) as work:
        case_id = open_case(
            work, OpenCase(employer_id=business.id, department=department, signal=_signal(demo))
        )
        work.commit()
    package_id = 0
    for stage in PATH[1 : PATH.index(reached) + 1]:
        day += timedelta(days=demo.chance.randrange(3, 12))
        with acting(business.holder, day) as work:
            if stage is Stage.ANALYSIS:
                _add_tasks(demo, work, case_id, tasks)
            if stage is Stage.PACKAGE:
                package_id = _make_package(work, case_id, department)
            _move(work, case_id, stage)
            work.commit()
    if stopped:
        _stop(business.holder, case_id, day)
    return Opening(business, package_id, day) if reached is Stage.OPEN_JOB and not stopped else None


def _signal(demo: Demo) -> str:
    return demo.chance.choice(
        (
            "Er blijft werk liggen en het team draait structureel over.",
            "Vakmensen zijn veel tijd kwijt aan eenvoudige taken.",
            "Moeilijk vervulbare vacature; misschien kan het werk anders verdeeld worden.",
        )
    )


def _add_tasks(demo: Demo, work: Work, case_id: int, names: tuple[str, ...]) -> None:
    for name in names:
        add_task(
            work,
            AddTask(
                case_id=case_id,
                name=name,
                hours_per_week=Decimal(demo.chance.randrange(3, 11)),
                current_holder=demo.chance.choice(HOLDERS),
                releasable=demo.chance.choice((Releasable.YES, Releasable.YES, Releasable.WITH_CHANGE)),
            ),
        )


def _make_package(work: Work, case_id: int, department: str) -> int:
    ids = tuple(task.id for task in case_page(work, case_id).tasks)
    return make_package(work, MakePackage(case_id=case_id, name=f"Medewerker {department}", task_ids=ids))


def _move(work: Work, case_id: int, stage: Stage) -> None:
    case = work.get(CarvingCase, case_id)
    move_case(work, MoveCase(case_id=case_id, version=case.version, stage=stage))
    if stage is Stage.ANALYSIS:
        edit_case(
            work,
            EditCase(
                case_id=case_id,
                version=case.version,
                department=case.department,
                signal=case.signal,
                effect=FREED,
                owner_id=case.owner_id,
            ),
        )


def _stop(user: User, case_id: int, day: date) -> None:
    with acting(user, day) as work:
        case = work.get(CarvingCase, case_id)
        reason = "De werkgever kiest dit jaar voor uitzendkrachten."
        move_case(
            work, MoveCase(case_id=case_id, version=case.version, stage=Stage.STOPPED, stop_reason=reason)
        )
        work.commit()


def _make_placement(
    demo: Demo, adviser: User, business: Business, started_on: date, package_id: int | None
) -> None:
    hours = demo.chance.choice(HOURS)
    command = BookPlacement(
        employer_id=business.id,
        group=demo.chance.choice(list(TargetGroup)),
        job_title="" if package_id else demo.chance.choice(business.sector.jobs),
        package_id=package_id,
        contract_form=demo.chance.choice(list(ContractForm)),
        started_on=started_on,
        planned_end_on=started_on + timedelta(days=demo.chance.choice((182, 365))),
        hours=hours,
    )
    with acting(adviser, started_on) as work:
        placement_id = book_placement(work, command)
        work.commit()
    _ask_to_join(demo, business)
    _live_on(demo, adviser, placement_id, started_on, hours)


def _ask_to_join(demo: Demo, business: Business) -> None:
    """Let the account holder ask in time: only invitations of the last weeks still wait."""
    with acting(business.holder, demo.today) as work:
        made = invitation_of(work, business.id)
        asked = None if made is None else work.get(FollowUp, made.follow_up_id)
    if asked is None or asked.done_on is not None or asked.due_on >= demo.today - ASKED_WITHIN:
        return
    with acting(business.holder, asked.due_on) as work:
        complete_follow_up(work, CompleteFollowUp(follow_up_id=key(asked), version=asked.version))
        work.commit()


def _live_on(demo: Demo, adviser: User, placement_id: int, started_on: date, hours: Decimal) -> None:
    day = started_on + timedelta(days=demo.chance.randrange(40, 200))
    changed = demo.chance.choice([other for other in HOURS if other != hours])
    if day < demo.today and demo.chance.random() < 0.5:
        with acting(adviser, day) as work:
            version = work.get(Placement, placement_id).version
            change_hours(
                work,
                ChangeHours(placement_id=placement_id, version=version, from_on=day, hours=changed),
            )
            work.commit()
    last = started_on + timedelta(days=demo.chance.choice((182, 365, 500, 900)))
    if last < demo.today:
        with acting(adviser, last) as work:
            placement = work.get(Placement, placement_id)
            reason = demo.chance.choice(list(EndReason))
            end_placement(
                work,
                EndPlacement(
                    placement_id=key(placement), version=placement.version, ended_on=last, end_reason=reason
                ),
            )
            work.commit()
