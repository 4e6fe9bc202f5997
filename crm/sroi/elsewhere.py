"""Explanations for who may not know where and when somebody worked before."""

from __future__ import annotations

from dataclasses import replace

from crm.core.i18n import N_
from crm.sroi.rules import Explanation, Step
from crm.sroi.rules.spells import GAP_ANEW, GAP_COUNTED, GAP_SKIPPED, USED_BY, USED_FIRST

WORKED_BEFORE = N_("What this person worked before was checked")
EARLIER_WORK = frozenset({USED_BY, USED_FIRST, GAP_SKIPPED, GAP_COUNTED, GAP_ANEW})


def without_where(explanation: Explanation) -> Explanation:
    """Return an explanation that says once that earlier work was checked, and not from when to when.

    It may have been at another company or for another authority: that is the person's own.
    """
    steps = list[Step]()
    checked = Step(WORKED_BEFORE)
    for step in explanation.steps:
        if step.label not in EARLIER_WORK:
            steps.append(step)
        elif checked not in steps:
            steps.append(checked)
    return replace(explanation, steps=tuple(steps))
