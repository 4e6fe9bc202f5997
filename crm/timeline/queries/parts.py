"""What each noun has to tell: one SELECT for each sort of happening, all with the same columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, String, cast, func, literal, null, or_
from sqlalchemy import select as sa_select
from sqlmodel import col

from crm.accounts.records import User
from crm.core.access import Permission
from crm.employers.records import AccountTeamMember
from crm.employers.records_plans import AccountPlan
from crm.events.records import Event, EventCandidate, EventEmployer, EventTalk
from crm.jobcarving.records import CarvingCase
from crm.needs.records import Need, Vacancy
from crm.needs.rules import NeedKind
from crm.network.records import Membership
from crm.placements.records import Placement
from crm.placements.records_aftercare import AftercareTalk
from crm.sroi.records import Authority, Contract, Effort, Letter, Statement
from crm.sroi.standing import CONFIRMED
from crm.sroi.states import ContractState, EffortState
from crm.timeline.rules import MOMENT_TOPICS, Happening, Topic
from crm.visits.records import ContactMoment

LISTED = (ContractState.TO_CONFIRM, *CONFIRMED)
HANDED_IN = (EffortState.SUBMITTED, EffortState.SENT_BACK, EffortState.APPROVED)


@dataclass(frozen=True)
class Part:
    """One sort of happening: who may read it, on which day it was, which record, and the SELECT for it.

    The SELECT yields what it was, more about it, who did it, its state, a number (cents or an id) and the
    id of the page it leads to, in this order.
    """

    happening: Happening
    topics: frozenset[Topic]
    seen_with: Permission
    employer_id: Any
    on: Any
    record_id: Any
    columns: Sequence[Any]
    only: Sequence[ColumnElement[bool]] = ()
    joined: Sequence[tuple[Any, ColumnElement[bool]]] = ()
    narrow: Callable[[frozenset[Topic]], Sequence[ColumnElement[bool]]] = lambda _topics: ()

    def select(self, employer_id: int, wanted: frozenset[Topic]) -> Any:
        """Return the SELECT of this part for an employer and the topics that were asked for."""
        found = sa_select(
            literal(self.happening.value, String).label("happening"),
            self.on.label("on"),
            col(self.record_id).label("record_id"),
            *(column.label(name) for name, column in zip(COLUMNS, self.columns, strict=True)),
        ).where(self.employer_id == employer_id, *self.only, *self.narrow(wanted))
        for table, condition in self.joined:
            found = found.outerjoin(table, condition)
        return found


COLUMNS = ("what", "more", "who", "state", "number", "page_id")


def day_of(moment: Any) -> ColumnElement[Any]:
    """Return the day of a moment."""
    return func.date(moment, type_=Date)


def nothing() -> ColumnElement[Any]:
    """Return a column that tells nothing."""
    return cast(null(), String)


def no_number() -> ColumnElement[Any]:
    """Return a number that is not there."""
    return cast(null(), Integer)


def text_of(column: Any) -> ColumnElement[Any]:
    """Return a column as text."""
    return cast(column, String)


def _moments_about(topics: frozenset[Topic]) -> Sequence[ColumnElement[bool]]:
    kinds = [topic.value for topic in sorted(topics & MOMENT_TOPICS)]
    either: list[ColumnElement[bool]] = [text_of(ContactMoment.kind).in_(kinds)] if kinds else []
    if Topic.AFTERCARE in topics:
        either.append(text_of(ContactMoment.purposes).contains('"aftercare"'))
    return () if topics >= MOMENT_TOPICS else (or_(*either),)


PARTS = (
    Part(
        Happening.MOMENT,
        MOMENT_TOPICS | {Topic.AFTERCARE},
        Permission.VISIT_VIEW,
        col(ContactMoment.employer_id),
        col(ContactMoment.held_on),
        ContactMoment.id,
        (
            text_of(ContactMoment.summary),
            text_of(ContactMoment.no_action_reason),
            col(User.name),
            text_of(ContactMoment.kind),
            col(ContactMoment.author_id),
            col(ContactMoment.id),
        ),
        joined=((User, col(User.id) == ContactMoment.author_id),),
        narrow=_moments_about,
    ),
    Part(
        Happening.CASE_OPENED,
        frozenset({Topic.CARVING}),
        Permission.CARVING_VIEW,
        col(CarvingCase.employer_id),
        col(CarvingCase.opened_on),
        CarvingCase.id,
        (
            col(CarvingCase.department),
            nothing(),
            nothing(),
            text_of(CarvingCase.stage),
            no_number(),
            col(CarvingCase.id),
        ),
    ),
    Part(
        Happening.PLACEMENT_STARTED,
        frozenset({Topic.PLACEMENT}),
        Permission.PLACEMENT_VIEW,
        col(Placement.employer_id),
        col(Placement.started_on),
        Placement.id,
        (
            col(Placement.job_title),
            col(Placement.candidate_reference),
            nothing(),
            text_of(Placement.group),
            no_number(),
            col(Placement.id),
        ),
    ),
    Part(
        Happening.PLACEMENT_ENDED,
        frozenset({Topic.PLACEMENT}),
        Permission.PLACEMENT_VIEW,
        col(Placement.employer_id),
        col(Placement.ended_on),
        Placement.id,
        (
            col(Placement.job_title),
            col(Placement.candidate_reference),
            nothing(),
            text_of(Placement.group),
            no_number(),
            col(Placement.id),
        ),
        only=(col(Placement.ended_on).is_not(None),),
    ),
    Part(
        Happening.CONTRACT_AWARDED,
        frozenset({Topic.CONTRACT}),
        Permission.CONTRACT_VIEW,
        col(Contract.employer_id),
        col(Contract.award_on),
        Contract.id,
        (
            col(Contract.title),
            col(Authority.name),
            nothing(),
            text_of(Contract.state),
            col(Contract.obligation_cents),
            col(Contract.id),
        ),
        only=(col(Contract.state).in_(LISTED),),
        joined=((Authority, col(Authority.id) == Contract.authority_id),),
    ),
    Part(
        Happening.EFFORT_HANDED_IN,
        frozenset({Topic.EFFORT}),
        Permission.CONTRACT_VIEW,
        col(Effort.employer_id),
        day_of(Effort.submitted_at),
        Effort.id,
        (
            col(Contract.title),
            nothing(),
            nothing(),
            text_of(Effort.state),
            col(Effort.value_cents),
            col(Effort.contract_id),
        ),
        only=(col(Effort.submitted_at).is_not(None), col(Effort.state).in_(HANDED_IN)),
        joined=((Contract, col(Contract.id) == Effort.contract_id),),
    ),
    Part(
        Happening.LETTER_MADE,
        frozenset({Topic.LETTER}),
        Permission.CONTRACT_VIEW,
        col(Letter.employer_id),
        day_of(Letter.made_at),
        Letter.id,
        (
            col(Contract.title),
            nothing(),
            col(User.name),
            text_of(Letter.kind),
            no_number(),
            col(Letter.contract_id),
        ),
        joined=(
            (Contract, col(Contract.id) == Letter.contract_id),
            (User, col(User.id) == Letter.made_by_id),
        ),
    ),
    Part(
        Happening.STATEMENT_MADE,
        frozenset({Topic.LETTER}),
        Permission.CONTRACT_VIEW,
        col(Statement.employer_id),
        day_of(Statement.made_at),
        Statement.id,
        (
            col(Contract.title),
            nothing(),
            col(User.name),
            nothing(),
            col(Statement.number),
            col(Statement.contract_id),
        ),
        joined=(
            (Contract, col(Contract.id) == Statement.contract_id),
            (User, col(User.id) == Statement.made_by_id),
        ),
    ),
    Part(
        Happening.TEAM_JOINED,
        frozenset({Topic.ACCOUNT}),
        Permission.VISIT_VIEW,
        col(AccountTeamMember.employer_id),
        col(AccountTeamMember.since),
        AccountTeamMember.id,
        (
            col(User.name),
            nothing(),
            nothing(),
            text_of(AccountTeamMember.team_role),
            no_number(),
            no_number(),
        ),
        joined=((User, col(User.id) == AccountTeamMember.user_id),),
    ),
    Part(
        Happening.PLAN_MADE,
        frozenset({Topic.ACCOUNT}),
        Permission.VISIT_VIEW,
        col(AccountPlan.employer_id),
        day_of(AccountPlan.made_at),
        AccountPlan.id,
        (nothing(), nothing(), col(User.name), nothing(), col(AccountPlan.year), no_number()),
        joined=((User, col(User.id) == AccountPlan.made_by_id),),
    ),
    Part(
        Happening.MEMBER_JOINED,
        frozenset({Topic.NETWORK}),
        Permission.NETWORK_VIEW,
        col(Membership.employer_id),
        col(Membership.joined_on),
        Membership.id,
        (nothing(), nothing(), nothing(), text_of(Membership.motive), no_number(), no_number()),
    ),
    Part(
        Happening.NEED_RAISED,
        frozenset({Topic.NEED}),
        Permission.VISIT_VIEW,
        col(Need.employer_id),
        col(Need.raised_on),
        Need.id,
        (
            col(Need.what),
            text_of(Need.outcome),
            nothing(),
            text_of(Need.kind),
            no_number(),
            col(Need.id),
        ),
        only=(col(Need.kind) != NeedKind.VACANCY,),
    ),
    Part(
        Happening.VACANCY_RAISED,
        frozenset({Topic.VACANCY, Topic.NEED}),
        Permission.VISIT_VIEW,
        col(Need.employer_id),
        col(Need.raised_on),
        Need.id,
        (
            func.coalesce(col(Vacancy.title), col(Need.what)),
            text_of(Need.outcome),
            nothing(),
            text_of(Need.kind),
            no_number(),
            col(Need.id),
        ),
        only=(col(Need.kind) == NeedKind.VACANCY,),
        joined=((Vacancy, col(Vacancy.need_id) == Need.id),),
    ),
    Part(
        Happening.EVENT_JOINED,
        frozenset({Topic.EVENT}),
        Permission.NETWORK_VIEW,
        col(EventEmployer.employer_id),
        col(EventEmployer.held_on),
        EventEmployer.id,
        (
            col(Event.title),
            text_of(Event.kind),
            nothing(),
            text_of(EventEmployer.answer),
            no_number(),
            col(Event.id),
        ),
        joined=((Event, col(Event.id) == EventEmployer.event_id),),
    ),
    Part(
        Happening.CANDIDATE_MET,
        frozenset({Topic.PROPOSAL}),
        Permission.CANDIDATE_VIEW,
        col(EventTalk.employer_id),
        day_of(Event.starts_at),
        EventTalk.id,
        (
            col(Event.title),
            col(EventCandidate.candidate_reference),
            nothing(),
            text_of(EventTalk.state),
            no_number(),
            col(Event.id),
        ),
        joined=(
            (Event, col(Event.id) == EventTalk.event_id),
            (EventCandidate, col(EventCandidate.id) == EventTalk.event_candidate_id),
        ),
    ),
    Part(
        Happening.AFTERCARE_HELD,
        frozenset({Topic.AFTERCARE}),
        Permission.VISIT_VIEW,
        col(AftercareTalk.employer_id),
        col(AftercareTalk.held_on),
        AftercareTalk.id,
        (
            text_of(AftercareTalk.note),
            col(Placement.candidate_reference),
            col(User.name),
            text_of(Placement.group),
            cast(col(AftercareTalk.at_risk), Integer),
            col(AftercareTalk.placement_id),
        ),
        joined=(
            (Placement, col(Placement.id) == AftercareTalk.placement_id),
            (User, col(User.id) == AftercareTalk.author_id),
        ),
    ),
)
