"""Rules of candidates: target groups, and the pseudonym that stands for a person."""

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


FIRST_NUMBER = 2000
_MAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"(?<!\d)(?:\+|0)(?:[ ().\-/]{0,2}\d){8,13}(?!\d)")


def is_reference(text: str) -> bool:
    """Return whether the text is a candidate reference such as `K-2041`."""
    return re.fullmatch(r"K-[0-9]{4,8}", text) is not None


def reference_of(candidate_id: int) -> str:
    """Return the reference under which a candidate is known: `K-2041` for the forty-first."""
    return f"K-{FIRST_NUMBER + candidate_id}"


def typed_reference(text: str) -> str:
    """Return what somebody typed as the beginning of a reference: `2041` and `k2041` become `K-2041`."""
    return f"K-{re.sub(r'[^0-9]', '', text)}"


def holds_contact_details(text: str) -> bool:
    """Return whether the text holds what looks like a mail address or a telephone number."""
    return bool(_MAIL.search(text) or _PHONE.search(text))
