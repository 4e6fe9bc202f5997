"""Rules of candidates: target groups and the pseudonym that stands for a person."""

from __future__ import annotations

import re
from enum import StrEnum


class TargetGroup(StrEnum):
    """The group a person belongs to at the start ("doelgroep")."""

    PARTICIPATION_ACT = "participation_act"
    JOBS_AGREEMENT = "jobs_agreement"
    SHELTERED = "sheltered"
    DISABILITY_BENEFIT = "disability_benefit"
    UNEMPLOYMENT_BENEFIT = "unemployment_benefit"
    NO_BENEFIT = "no_benefit"
    WORK_BASED_PUPIL = "work_based_pupil"
    SCHOOL_BASED_PUPIL = "school_based_pupil"
    SPECIAL_SCHOOL_PUPIL = "special_school_pupil"


def is_reference(text: str) -> bool:
    """Return whether the text is a candidate reference such as `K-2041`."""
    return re.fullmatch(r"K-[0-9]{4,8}", text) is not None
