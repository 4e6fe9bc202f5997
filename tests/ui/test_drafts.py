"""What was typed is kept, also when the run that took it over was cut off for the next one."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from crm.accounts.drafts import draft_of
from crm.core.access import Actor, Role
from crm.core.records import key
from crm.core.work import reading
from crm.ui import portal_draft, visits_draft
from crm.ui.portal_draft import EffortDraft
from crm.visits.queries import VisitStart, visit_start
from tests.factories import World

SAID = "De keuken loopt over."


class CutOff(BaseException):
    """A run stopped by the next, as Streamlit does it at any look into the session."""


class Session(dict[str, Any]):
    """A session in which the look at one widget is where the run is cut off, once."""

    cut_at: str = ""

    def __getitem__(self, name: str) -> Any:
        if self.cut_at and name.endswith(self.cut_at):
            self.cut_at = ""
            raise CutOff
        return super().__getitem__(name)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    session = Session()
    monkeypatch.setattr(st, "session_state", session)
    return session


def kept(actor: Actor, form: str, subject: str) -> dict[str, Any]:
    with reading(actor) as work:
        found = draft_of(work, form, subject)
    return found[0] if found else {}


def visit(actor: Actor, employer_id: int) -> VisitStart:
    with reading(actor) as work:
        return visit_start(work, employer_id)


def test_what_was_said_is_kept_when_the_next_click_cuts_off_the_run(
    session: Session, lite_world: World
) -> None:
    actor = lite_world.actor(Role.ADVISER)
    start = visit(actor, key(lite_world.employer_a))
    draft = visits_draft.current(actor, start, {}, {})
    session[draft.key("summary")] = {"value": {"text": SAID, "stamp": "1-2"}}
    session.cut_at = "_next_action"
    with pytest.raises(CutOff):
        visits_draft.current(actor, start, {}, {})
    again = visits_draft.current(actor, start, {}, {})
    assert again.kept("summary").typed.stamp == "1-2"
    assert kept(actor, visits_draft.FORM, str(start.id))["summary"] == SAID


def test_an_effort_is_kept_when_the_next_click_cuts_off_the_run(session: Session, lite_world: World) -> None:
    actor = lite_world.actor(Role.EMPLOYER)
    draft = EffortDraft(actor, "c1", 1, fields={"description": "", "hours": ""})
    session[draft.key("description")] = SAID
    session[draft.key("hours")] = ""
    session.cut_at = "_hours"
    with pytest.raises(CutOff):
        portal_draft.take_over(draft)
    portal_draft.take_over(draft)
    assert kept(actor, portal_draft.FORM, "c1")["description"] == SAID
