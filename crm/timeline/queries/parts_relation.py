"""What the relation itself has to tell: talks, opportunities, the account and the network."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col

from crm.accounts.records import User
from crm.core.access import Permission
from crm.employers.records import AccountTeamMember
from crm.employers.records_plans import AccountPlan
from crm.jobcarving.records import CarvingCase
from crm.network.records import Membership
from crm.questions.records import AnswerSet
from crm.timeline.queries.part import Part, day_of, no_number, nothing, text_of
from crm.timeline.rules import MOMENT_TOPICS, Happening, Topic
from crm.visits.records import ContactMoment
from crm.visits.records_files import MomentFile


def _moments_about(topics: frozenset[Topic]) -> Sequence[ColumnElement[bool]]:
    kinds = [topic.value for topic in sorted(topics & MOMENT_TOPICS)]
    either: list[ColumnElement[bool]] = [text_of(ContactMoment.kind).in_(kinds)] if kinds else []
    if Topic.AFTERCARE in topics:
        either.append(text_of(ContactMoment.purposes).contains('"aftercare"'))
    if Topic.ATTACHMENT in topics:
        either.append(exists().where(col(MomentFile.moment_id) == ContactMoment.id))
    return () if topics >= MOMENT_TOPICS else (or_(*either),)


RELATION = (
    Part(
        Happening.MOMENT,
        MOMENT_TOPICS | {Topic.AFTERCARE, Topic.ATTACHMENT},
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
        Happening.QUESTIONS_ANSWERED,
        frozenset({Topic.QUESTIONS}),
        Permission.VISIT_VIEW,
        col(AnswerSet.employer_id),
        col(AnswerSet.held_on),
        AnswerSet.id,
        (
            col(AnswerSet.list_code),
            nothing(),
            col(User.name),
            nothing(),
            col(AnswerSet.list_version),
            col(AnswerSet.id),
        ),
        joined=((User, col(User.id) == AnswerSet.author_id),),
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
)
