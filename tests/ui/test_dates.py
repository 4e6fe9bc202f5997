"""No date field has narrow limits: out of those it keeps the day it had, and that would be saved."""

from __future__ import annotations

import ast
from datetime import date

from streamlit.testing.v1 import AppTest

from tests.sources import sources

# The period of the audit log only searches; the others know their own wide limits.
WITH_LIMITS_OF_THEIR_OWN = {"crm/ui/audit_list.py", "crm/ui/dates.py", "crm/ui/portal_form.py"}


def _page() -> None:
    from datetime import date

    from crm.ui.dates import ask_day

    ask_day("Day", date(2026, 11, 24))
    ask_day("Perhaps", None)


def test_a_day_long_before_and_long_after_is_taken_over() -> None:
    for day in (date(1950, 1, 1), date(2099, 12, 31)):
        at = AppTest.from_function(_page).run()
        at.date_input[0].set_value(day)
        at.date_input[1].set_value(day)
        at.run()
        assert not at.exception
        assert [one.value for one in at.date_input] == [day, day]


def test_pages_ask_for_a_day_in_the_one_way_that_has_wide_limits() -> None:
    asking = {
        source.name
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "date_input"
    }
    assert asking == WITH_LIMITS_OF_THEIR_OWN
