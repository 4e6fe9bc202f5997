"""Question lists are the same for everybody and never change; answers can be laid beside each other."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm.core.access import Role
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.questions.actions import CorrectAnswers, KeepAnswers, correct_answers, keep_answers
from crm.questions.lists import FOLDER, published, question_list
from crm.questions.queries import Answered, answered, answers_at, before
from crm.questions.rules import Change, QuestionKind, QuestionList, Words, compared, is_possible, newest
from tests.factories import TODAY, World
from tests.questions.factories import make_answers
from tests.visits.factories import make_moment


def kept(world: World, role: Role = Role.ADVISER, **values: Any) -> Answered:
    values = {
        "employer_id": key(world.employer_a),
        "list_code": "vraaggericht",
        "list_version": 1,
        "answers": {"growth": "grows", "staff_wanted": "6"},
        **values,
    }
    found = perform(world.actor(role), keep_answers, KeepAnswers(**values))
    with reading(world.actor(role)) as work:
        return answered(work, found)


def test_the_shipped_lists_are_those_of_the_sources() -> None:
    found = {one.code: one for one in newest(published(), TODAY)}
    assert {code: len(one.questions) for code, one in found.items()} == {"vraaggericht": 10, "orientatie": 9}
    assert found["orientatie"].questions[0].text.said("en") == "What are the core tasks of the department?"
    assert found["orientatie"].questions[0].text.said("nl") == "Wat zijn de kerntaken van de afdeling?"


def test_a_published_list_that_was_changed_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "questions")
    list_file = tmp_path / "questions" / "orientatie-1.toml"
    list_file.write_text(list_file.read_text(encoding="utf-8").replace("kerntaken", "hoofdtaken"))
    with pytest.raises(Invalid, match="make a new version"):
        published(tmp_path / "questions")


def test_the_newest_version_is_asked_from_the_day_of_its_publication() -> None:
    first = question_list("orientatie", 1)
    second = QuestionList("orientatie", 2, date(2026, 12, 1), Words("x", "x"), "", ())
    assert newest([second, first], TODAY) == [first]
    assert newest([first, second], date(2026, 12, 1)) == [second]


@pytest.mark.parametrize(
    ("question", "answer", "possible"),
    [
        ("redesign", True, True),
        ("redesign", "yes", False),
        ("growth", "grows", True),
        ("growth", "explodes", False),
        ("staff_wanted", "12.5", True),
        ("staff_wanted", "twelve", False),
        ("staff_wanted", "-1", False),
        ("staff_wanted", "NaN", False),
        ("staff_wanted", False, False),
        ("work_left", "Spiegelen", True),
        ("work_left", "x" * 2001, False),
        ("work_left", True, False),
    ],
)
def test_an_answer_fits_its_question(question: str, answer: str | bool, possible: bool) -> None:
    asked = {one.id: one for one in question_list("vraaggericht", 1).questions}
    assert is_possible(asked[question], answer) is possible
    assert {one.kind for one in asked.values()} == set(QuestionKind)


def test_answers_are_laid_beside_those_of_last_time() -> None:
    asked = question_list("vraaggericht", 1)
    now = {"growth": "grows_fast", "staff_wanted": "6", "redesign": True}
    found = {
        line.question.id: line
        for line in compared(asked, now, {"growth": "grows", "staff_wanted": "6", "shifts": "two"})
    }
    assert {name: found[name].change for name in ("growth", "staff_wanted", "redesign", "shifts")} == {
        "growth": Change.CHANGED,
        "staff_wanted": Change.SAME,
        "redesign": Change.NEW,
        "shifts": Change.NOT_ASKED,
    }
    assert found["growth"].before == "grows"
    assert {line.change for line in compared(asked, now, None)} == {Change.NEW, Change.NOT_ASKED}


def test_answers_are_kept_by_question_without_the_empty_ones(lite_world: World) -> None:
    found = kept(lite_world, answers={"staff_wanted": "6", "growth_agenda": "", "redesign": False})
    assert found.answers == {"staff_wanted": "6", "redesign": False}
    assert (found.held_on, found.author_id) == (TODAY, key(lite_world.users[Role.ADVISER]))


def test_answers_of_a_visit_are_of_its_day(lite_world: World) -> None:
    moment = make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER], date(2026, 11, 20))
    assert kept(lite_world, moment_id=key(moment)).held_on == date(2026, 11, 20)


def test_last_time_is_the_one_before_of_the_same_list(lite_world: World) -> None:
    adviser = lite_world.users[Role.ADVISER]
    make_answers(lite_world.employer_b, adviser, date(2026, 11, 1))
    first = make_answers(lite_world.employer_a, adviser, date(2026, 5, 1))
    second = make_answers(lite_world.employer_a, adviser, date(2026, 11, 1))
    with reading(lite_world.actor(Role.ADVISER)) as work:
        found = before(work, key(lite_world.employer_a), "vraaggericht", second.held_on, key(second))
        assert found is not None
        assert found.id == key(first)
        assert before(work, key(lite_world.employer_a), "vraaggericht", first.held_on, key(first)) is None
        assert before(work, key(lite_world.employer_a), "orientatie", TODAY) is None
        assert [one.id for one in answers_at(work, key(lite_world.employer_a))] == [key(second), key(first)]


def test_only_who_asked_puts_answers_right_and_not_over_a_change(lite_world: World) -> None:
    found = kept(lite_world)
    right = CorrectAnswers(answer_id=found.id, version=1, answers={"growth": "stable"})
    with pytest.raises(Forbidden):
        perform(lite_world.actor(Role.ACCOUNT_MANAGER), correct_answers, right)
    perform(lite_world.actor(Role.ADVISER), correct_answers, right)
    with pytest.raises(Conflict):
        perform(lite_world.actor(Role.ADVISER), correct_answers, right)
    with reading(lite_world.actor(Role.ADVISER)) as work:
        assert answered(work, found.id).answers == {"growth": "stable"}
        with pytest.raises(NotFound):
            answered(work, 999)


def test_what_cannot_be_is_refused(lite_world: World) -> None:
    elsewhere = make_moment(lite_world.employer_b, lite_world.users[Role.ADVISER])
    for wrong in (
        {"answers": {}},
        {"answers": {"growth": "explodes"}},
        {"answers": {"work_left": "BSN 123456782"}},
        {"held_on": date(2026, 12, 1)},
    ):
        with pytest.raises(Invalid):
            kept(lite_world, **wrong)
    for foreign in (
        {"employer_id": 999},
        {"list_version": 9},
        {"answers": {"shoe_size": "44"}},
        {"moment_id": key(elsewhere)},
    ):
        with pytest.raises(NotFound):
            kept(lite_world, **foreign)
