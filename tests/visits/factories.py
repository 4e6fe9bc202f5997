"""Makes contact moments and follow-ups for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm.accounts.records import User
from crm.core import clock
from crm.core.records import key
from crm.employers.records import ContactPerson, Employer
from crm.visits.records import Attendance, ContactMoment, FollowUp
from crm.visits.records_outcomes import MomentOutcome
from crm.visits.rules import MomentKind, TalkOutcome
from tests.factories import TODAY, save


def make_moment(
    employer: Employer,
    author: User,
    held_on: date = TODAY,
    people: tuple[ContactPerson, ...] = (),
    outcomes: tuple[TalkOutcome, ...] = (),
    **values: Any,
) -> ContactMoment:
    """Make a contact moment with those who were there and what came of it."""
    values = {
        "kind": MomentKind.VISIT,
        "purposes": [],
        "summary": "Gesproken over het rooster.",
        "created_at": clock.now(),
        **values,
    }
    belongs = {"region_id": employer.region_id, "employer_id": key(employer)}
    moment = save(ContactMoment(**belongs, author_id=key(author), held_on=held_on, **values))
    for person in people:
        save(Attendance(**belongs, moment_id=key(moment), contact_person_id=key(person)))
    for outcome in outcomes:
        save(MomentOutcome(**belongs, moment_id=key(moment), outcome=outcome))
    return moment


def make_follow_up(employer: Employer, owner: User, due_on: date = TODAY, **values: Any) -> FollowUp:
    """Make a follow-up that is still open unless told otherwise."""
    return save(
        FollowUp(
            region_id=employer.region_id,
            employer_id=key(employer),
            owner_id=key(owner),
            due_on=due_on,
            **{"what": "Voorstel sturen", **values},
        )
    )
