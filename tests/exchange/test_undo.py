"""Undoing an import: former values back, what it made gone, what somebody changed since left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import Record, key
from crm.core.work import perform, reading, work
from crm.employers.records import AccountTeamMember, ContactPerson, Employer, Establishment
from crm.exchange import undoing
from crm.exchange.actions import StartImport, StartUndo, start_import, start_undo
from crm.exchange.actions.leftovers import forget_old
from crm.exchange.queries import run, undo
from crm.exchange.queries.runs import UNDO_WITHIN
from crm.exchange.records import ImportVerdict
from crm.exchange.records_undo import ImportLeft, ImportStep, ImportUndo
from crm.exchange.rules import RunProblem
from crm.exchange.rules.runs import ImportKind, RunState
from crm.exchange.rules.undoing import Left
from crm.exchange.worker import in_hand
from tests.exchange.factories import employers_csv
from tests.exchange.importing import bring_in, employers, every
from tests.factories import World, make_employer, make_person, make_user, save

HEAD = "KvK-nummer;Naam;Vestigingsnummer;Straat;Plaats;Contactpersoon;Functie\n"
LINDE = "De Linde Groen BV"


def holdings() -> list[dict[str, Any]]:
    """Everything an employers file can touch, without the counters of changes."""
    return [
        {"table": model.__tablename__, **record.model_dump(exclude={"version"})}
        for model in (Employer, Establishment, ContactPerson)
        for record in every(model)
    ]


def take_back(run_id: int, actor: Actor | None = None) -> ImportUndo:
    """Undo a run as the screen does, but here and now."""
    actor = actor or system("test")
    perform(actor, start_undo, StartUndo(run_id=run_id))
    undoing.undo(run_id, lambda: actor)
    return next(found for found in every(ImportUndo) if found.run_id == run_id)


def counts(found: ImportUndo) -> tuple[RunState, int, int, int]:
    return found.state, found.removed_count, found.restored_count, found.left_count


def change(record: Record, **values: object) -> None:
    with work(system("test")) as unit:
        stored = unit.get(type(record), key(record))
        for name, value in values.items():
            setattr(stored, name, value)
        unit.commit()


def test_undoing_brings_back_everything_as_it_was(world: World) -> None:
    linde = world.employer_a
    make_person(linde, "J. de Wit", job_title="directeur")
    before = holdings()
    brought = employers(
        f"{HEAD}{linde.kvk_number};De Linde;000012345678;Dorpsstraat 1;Breda;J. de Wit;eigenaar\n"
        "68750110;Nieuw BV;;Kade 2;Breda;K. Nieuw;\n"
    )
    assert brought.counts == {"updated": 1, "new": 1}
    after = holdings()
    assert after != before
    assert counts(take_back(key(brought.run))) == (RunState.DONE, 3, 2, 0)
    assert holdings() == before
    assert every(ImportStep) == []


def test_the_same_file_comes_in_again_after_it_was_undone(lite_world: World) -> None:
    data = employers_csv(30)
    first = employers(data)
    before = [line.verdict for line in first.verdicts]
    take_back(key(first.run))
    assert len(every(Employer)) == 2
    again = employers(data)
    assert [line.verdict for line in again.verdicts] == before
    assert counts(take_back(key(again.run))) == (RunState.DONE, 90, 0, 0)


def test_two_imports_are_undone_one_after_the_other(lite_world: World) -> None:
    before = holdings()
    first = employers(f"{HEAD}68750110;Nieuw BV;;Kade 2;Breda;;\n")
    second = employers(f"{HEAD}68750110;Nieuwer BV;;Kade 3;Breda;;\n")
    assert counts(take_back(key(second.run))) == (RunState.DONE, 0, 1, 0)
    assert counts(take_back(key(first.run))) == (RunState.DONE, 1, 0, 0)
    assert holdings() == before


@pytest.mark.parametrize(
    ("touch", "why"),
    [
        (lambda new, user: change(new, phone="0165 123 456"), Left.EDITED),
        (lambda new, user: change(every(ContactPerson)[0], job_title="chef"), Left.EDITED),
        (lambda new, user: make_person(new, "P. Anders"), Left.IN_USE),
        (
            lambda new, user: save(
                AccountTeamMember(
                    region_id=new.region_id,
                    employer_id=key(new),
                    user_id=user,
                    team_role="deputy",
                    since=date(2026, 11, 24),
                )
            ),
            Left.IN_USE,
        ),
    ],
)
def test_a_new_employer_that_somebody_works_with_stays_whole(
    lite_world: World, touch: Callable[[Employer, int], object], why: Left
) -> None:
    brought = employers(f"{HEAD}68750110;Nieuw BV;000012345678;Kade 2;Breda;K. Nieuw;\n")
    new = every(Employer)[-1]
    touch(new, key(lite_world.users[Role.ADVISER]))
    held = holdings()
    assert counts(take_back(key(brought.run))) == (RunState.DONE, 0, 0, 1)
    assert holdings() == held
    [left] = every(ImportLeft)
    assert (left.name, left.reason) == ("Nieuw BV", why)


def test_a_field_that_somebody_changed_since_stays_and_the_others_go_back(lite_world: World) -> None:
    linde = lite_world.employer_a
    brought = employers(f"{HEAD}{linde.kvk_number};De Linde;;Dorpsstraat 1;Breda;;\n")
    change(linde, city="Tilburg")
    assert counts(take_back(key(brought.run))) == (RunState.DONE, 0, 1, 1)
    stored = every(Employer)[0]
    assert (stored.name, stored.street, stored.city) == (LINDE, None, "Tilburg")
    assert stored.search_key == f"de linde groen bv tilburg {linde.kvk_number}"
    with reading(system("test")) as unit:
        [left] = undo.left_alone(unit, key(brought.run))
    assert (left.name, left.fields, left.reason) == (LINDE, ("city",), Left.EDITED)


def test_what_is_no_longer_here_is_told(lite_world: World) -> None:
    linde = lite_world.employer_a
    person = make_person(linde, "J. de Wit")
    brought = employers(
        f"{HEAD}{linde.kvk_number};{LINDE};000012345678;;;J. de Wit;chef\n68750110;Weg BV;;;;;\n"
    )
    with work(system("test")) as unit:
        for model, found in ((ContactPerson, person), (Employer, every(Employer)[-1])):
            unit.session.delete(unit.get(model, key(found)))
        unit.commit()
    assert counts(take_back(key(brought.run))) == (RunState.DONE, 1, 0, 2)
    assert {left.reason for left in every(ImportLeft)} == {Left.GONE}


class TestKilled:
    def test_an_import_killed_half_way_is_undone_too(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = holdings()
        monkeypatch.setattr("crm.exchange.running.BATCH", dict.fromkeys(ImportKind, 5))
        calls = iter(range(6))

        def who() -> Actor:
            return system("test") if next(calls, None) is not None else _killed()

        with pytest.raises(KeyboardInterrupt):
            bring_in(ImportKind.EMPLOYERS, employers_csv(40), who=who)
        lines = len(every(ImportVerdict))
        assert 0 < lines < 40
        assert len(every(Employer)) == 2 + lines
        assert counts(take_back(1)) == (RunState.DONE, 3 * lines, 0, 0)
        assert holdings() == before

    def test_an_undo_killed_half_way_goes_on_where_it_was(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = holdings()
        run_id = key(employers(employers_csv(12)).run)
        monkeypatch.setattr(undoing, "BATCH", 5)
        calls = iter(range(2))

        def who() -> Actor:
            return system("test") if next(calls, None) is not None else _killed()

        perform(system("test"), start_undo, StartUndo(run_id=run_id))
        with pytest.raises(KeyboardInterrupt):
            undoing.undo(run_id, who)
        assert len(every(Employer)) == 2 + 7
        with reading(system("test")) as unit:
            found = undo.undo_of(unit, run_id)
        assert found is not None
        assert (found.state, found.progress) == (RunState.INTERRUPTED, 41)
        assert counts(take_back(run_id)) == (RunState.DONE, 36, 0, 0)
        assert holdings() == before

    def test_a_fault_of_the_program_ends_it_with_a_number(
        self, lite_world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run_id = key(employers(employers_csv(2)).run)
        monkeypatch.setattr(undoing, "in_groups", None)
        with pytest.raises(TypeError):
            take_back(run_id)
        [found] = every(ImportUndo)
        assert (found.state, found.message) == (RunState.FAILED, RunProblem.UNDO_STOPPED)
        monkeypatch.undo()


def _killed() -> Actor:
    raise KeyboardInterrupt


class TestWho:
    def test_only_who_brought_it_in_or_an_administrator(self, lite_world: World) -> None:
        run_id = key(employers(employers_csv(1), lite_world.actor(Role.ADVISER)).run)
        other = lite_world.actor_for(make_user(Role.ADVISER, "Ander"))
        with pytest.raises(NotFound):
            perform(other, start_undo, StartUndo(run_id=run_id))
        with pytest.raises(Forbidden):
            perform(lite_world.actor(Role.MANAGER), start_undo, StartUndo(run_id=run_id))
        found = take_back(run_id, lite_world.actor(Role.ADMIN))
        assert counts(found) == (RunState.DONE, 3, 0, 0)

    def test_who_lost_the_region_undoes_no_further(self, lite_world: World) -> None:
        adviser = lite_world.actor(Role.ADVISER)
        run_id = key(employers(employers_csv(1), adviser).run)
        perform(adviser, start_undo, StartUndo(run_id=run_id))
        moved = Actor(adviser.user_id, adviser.name, Role.ADVISER, frozenset({999}))
        undoing.undo(run_id, lambda: moved)
        assert every(ImportUndo)[0].state is RunState.FAILED
        assert len(every(Employer)) == 3

    def test_not_twice_and_not_while_somebody_is_busy(self, lite_world: World) -> None:
        run_id = key(employers(employers_csv(1)).run)
        actor = system("test")
        perform(actor, start_undo, StartUndo(run_id=run_id))
        with pytest.raises(Invalid, match="still running"):
            perform(actor, start_undo, StartUndo(run_id=run_id))
        with pytest.raises(Invalid, match="still running"):
            perform(actor, start_import, _command())
        undoing.undo(run_id, lambda: actor)
        with pytest.raises(Invalid) as refused:
            perform(actor, start_undo, StartUndo(run_id=run_id))
        assert refused.value.message == RunProblem.NOTHING_TO_UNDO
        assert not in_hand

    def test_one_that_was_taken_over_stops(self, lite_world: World) -> None:
        run_id = key(employers(employers_csv(1)).run)
        perform(system("test"), start_undo, StartUndo(run_id=run_id))
        change(every(ImportUndo)[0], state=RunState.INTERRUPTED)
        undoing.undo(run_id, lambda: system("test"))
        assert len(every(Employer)) == 3

    def test_former_values_are_forgotten_after_a_month(self, lite_world: World) -> None:
        brought = employers(employers_csv(1))
        change(brought.run, started_at=clock.now() - UNDO_WITHIN - timedelta(days=1))
        with work(system("test")) as unit:
            assert undo.can_undo(unit, run(unit, key(brought.run)))
            forget_old(unit)
            unit.commit()
        with reading(system("test")) as unit:
            assert not undo.can_undo(unit, run(unit, key(brought.run)))


def _command() -> StartImport:
    return StartImport(kind=ImportKind.EMPLOYERS, file_name="x.csv", sha256="0" * 64, size_bytes=1)


def test_awards_are_not_undone_here(lite_world: World) -> None:
    make_employer(key(lite_world.region))
    with reading(system("test")) as unit, pytest.raises(NotFound):
        undo.undo_of(unit, 99)
