"""How a proposal can end, and when its answer is late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm.proposals.rules import ProposalOutcome, Reason, is_late, outcomes_for, reason_fits, reasons_for
from tests.factories import TODAY

O = ProposalOutcome  # noqa: E741


def test_somebody_is_hired_and_a_job_is_agreed_on() -> None:
    assert outcomes_for(True)[0] is O.HIRED
    assert outcomes_for(False)[0] is O.AGREED
    assert outcomes_for(True)[1:] == outcomes_for(False)[1:] == (O.DECLINED, O.WITHDRAWN)


@pytest.mark.parametrize(
    ("outcome", "reason", "fits"),
    [
        (O.HIRED, None, True),
        (O.HIRED, Reason.OTHER, False),
        (O.AGREED, None, True),
        (O.DECLINED, None, False),
        (O.DECLINED, Reason.SOMEBODY_ELSE, True),
        (O.DECLINED, Reason.OTHER_JOB, False),
        (O.WITHDRAWN, Reason.OTHER_JOB, True),
        (O.WITHDRAWN, Reason.SOMEBODY_ELSE, False),
    ],
)
def test_an_ending_has_the_reason_that_it_asks_for(outcome: O, reason: Reason | None, fits: bool) -> None:
    assert reason_fits(outcome, reason) is fits


def test_only_what_came_to_nothing_has_reasons() -> None:
    assert reasons_for(O.HIRED) == reasons_for(O.AGREED) == ()
    assert Reason.NO_ANSWER in reasons_for(O.DECLINED)
    assert Reason.OWN_CHOICE in reasons_for(O.WITHDRAWN)


def test_an_answer_is_late_from_the_day_after_its_term() -> None:
    assert not is_late(TODAY, None, TODAY)
    assert is_late(TODAY - timedelta(days=1), None, TODAY)
    assert not is_late(TODAY - timedelta(days=1), O.DECLINED, TODAY)
