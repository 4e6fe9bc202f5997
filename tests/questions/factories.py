"""Makes answers to question lists for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm.accounts.records import User
from crm.core.records import key
from crm.employers.records import Employer
from crm.questions.records import AnswerSet
from tests.factories import TODAY, save


def make_answers(employer: Employer, author: User, held_on: date = TODAY, **answers: Any) -> AnswerSet:
    """Make what an employer answered to the demand-driven list."""
    belongs = {"region_id": employer.region_id, "employer_id": key(employer), "author_id": key(author)}
    given = answers or {"growth": "grows", "staff_wanted": "6", "redesign": True}
    return save(
        AnswerSet(**belongs, list_code="vraaggericht", list_version=1, held_on=held_on, answers=given)
    )
