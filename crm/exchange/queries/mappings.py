"""Questions about how files are read: kept meanings of headings, plans of runs, lines that look known."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from crm.core.access import system
from crm.core.records import key
from crm.core.work import Work, reading
from crm.employers.records import Employer
from crm.exchange.queries import runs
from crm.exchange.records import ImportRun
from crm.exchange.records_undo import ImportLikeness, ImportMapping, ImportPlan
from crm.exchange.rules.plans import Plan
from crm.exchange.rules.runs import ImportKind


@dataclass(frozen=True)
class Question:
    """A line that looks like an employer we have: what the file says beside what is kept."""

    place: int
    score: int
    told: dict[str, str]
    employer_id: int
    kept: dict[str, str]


def saved_mappings(work: Work) -> dict[str, dict[str, str]]:
    """Return what the headings of files mean, by the name it was kept under."""
    found = work.session.exec(select(ImportMapping).order_by(col(ImportMapping.name)))
    return {mapping.name: mapping.headings for mapping in found}


def mapping_named(work: Work, region_id: int, name: str) -> ImportMapping | None:
    """Return the meaning of headings that a region keeps under a name, if any."""
    return work.session.exec(
        select(ImportMapping).where(ImportMapping.region_id == region_id, ImportMapping.name == name)
    ).first()


def likeness_at(work: Work, run_id: int, place: int) -> ImportLikeness | None:
    """Return what a line of a run looks like, if it looks like an employer that is here."""
    return work.session.exec(
        select(ImportLikeness).where(ImportLikeness.run_id == run_id, ImportLikeness.place == place)
    ).first()


def plan_record(work: Work, run_id: int) -> ImportPlan | None:
    """Return what somebody said about the file of a run, if anything."""
    return work.session.exec(select(ImportPlan).where(ImportPlan.run_id == run_id)).first()


def plan_of(work: Work, run_id: int) -> Plan:
    """Return how the file of a run is read; without a plan as always, asking nothing."""
    found = plan_record(work, run_id)
    if found is None:
        return Plan()
    answers = {int(line): answer for line, answer in found.answers.items()}
    return Plan(found.headings, found.existing, found.only_check, answers, asks=True)


def kept_for_later(run_id: int) -> bool:
    """Return whether the file of a run is needed again: to bring in after a check, or to give lines back.

    It goes after a week, as every file that was put aside.
    """
    with reading(system("import")) as work:
        run = work.session.get(ImportRun, run_id)
        plan = plan_record(work, run_id)
        wrong = run is not None and run.kind is ImportKind.EMPLOYERS and run.rejected_count > 0
        return wrong or (plan is not None and (plan.only_check or count_questions(work, run_id) > 0))


def count_questions(work: Work, run_id: int) -> int:
    """Return how many lines still wait for an answer."""
    waiting = select(func.count()).select_from(ImportLikeness).where(*_waiting(run_id))
    return work.session.exec(waiting).one()


def questions(work: Work, run_id: int, limit: int = 10) -> list[Question]:
    """Return the first lines that wait for an answer, beside the employers they look like.

    Raises `NotFound` when the run is not the actor's to see.
    """
    runs.run(work, run_id)
    wanted = select(ImportLikeness).where(*_waiting(run_id)).order_by(col(ImportLikeness.place)).limit(limit)
    asked = list(work.session.exec(wanted))
    ids = [question.employer for question in asked]
    found = work.session.exec(select(Employer).where(col(Employer.id).in_(ids)))
    kept = {key(employer): _kept(employer) for employer in found}
    return [
        Question(line.place, line.score, line.told, line.employer, kept[line.employer])
        for line in asked
        if line.employer in kept
    ]


def _waiting(run_id: int) -> tuple[bool, bool]:
    return ImportLikeness.run_id == run_id, col(ImportLikeness.is_answered).is_(False)  # type: ignore[return-value]


def _kept(employer: Employer) -> dict[str, str]:
    names = ("name", "kvk_number", "street", "postcode", "city")
    return {name: getattr(employer, name) or "" for name in names}
