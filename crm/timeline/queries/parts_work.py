"""What work has to tell: needs and vacancies, events, candidates met, placements and aftercare."""

from __future__ import annotations

from sqlalchemy import Integer, cast, func
from sqlmodel import col

from crm.accounts.records import User
from crm.core.access import Permission
from crm.events.records import Event, EventCandidate, EventEmployer, EventTalk
from crm.needs.records import Need, Vacancy
from crm.needs.rules import NeedKind
from crm.placements.records import Placement
from crm.placements.records_aftercare import AftercareTalk
from crm.timeline.queries.part import Part, day_of, no_number, nothing, text_of
from crm.timeline.rules import Happening, Topic

WORK = (
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
