"""Council figures from the records, and publishing them."""

from __future__ import annotations

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import delete, update

from crm.core.access import Role, system
from crm.core.errors import Conflict, Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.sroi.actions.figures import publish_figure, set_purchasing_volume
from crm.sroi.figure_commands import FigureFilter, PublishFigure, SetPurchasingVolume
from crm.sroi.figure_table import table_of
from crm.sroi.queries import figures as queries
from crm.sroi.queries import published
from crm.sroi.queries.figure_grounds import contracts_behind
from crm.sroi.queries.figures import FigurePage
from crm.sroi.records import FigureGround, FigureSnapshot
from crm.sroi.rules.figures import Basis
from tests.exchange.importing import every
from tests.factories import World
from tests.postgres import Emptied
from tests.sroi.factories import approve, make_contract, make_effort, make_placement


def asked(world: World, **values: Any) -> FigureFilter:
    return FigureFilter(**{"region_id": key(world.region), "year": 2026, **values})


def page(world: World, role: Role = Role.MANAGER, **values: Any) -> FigurePage:
    with reading(world.actor(role)) as unit:
        return queries.figure_page(unit, asked(world, **values))


def publish(world: World, told: str = "", **values: Any) -> int:
    seen = page(world, **values).hash
    command = PublishFigure(**asked(world, **values).model_dump(), seen=seen, what_changed=told)
    return perform(world.actor(Role.MANAGER), publish_figure, command)


def with_people(world: World, number: int, **values: Any) -> None:
    """A contract of € 1.000.000 awarded in 2026, 5 % = € 50.000, with approved efforts for people."""
    contract = make_contract(world, award_on=date(2026, 1, 5), **values)
    for place in range(number):
        approve(make_effort(contract, subject=f"P-{key(contract)}-{place}"))


class TestCounted:
    def test_what_was_realised_against_both_denominators(self, world: World) -> None:
        with_people(world, 6)
        with_people(world, 0, authority_id=key(world.other_authority))
        together = page(world).council.together
        # Six times € 13.333,33 of twice € 50.000, and of € 2.000.000 of contracts.
        assert (together.imposed_cents, together.realised_cents) == (10_000_000, 7_999_998)
        assert (together.of_imposed, together.of_value) == (Decimal("80.0"), Decimal("4.0"))
        assert together.of_bought is None
        assert (together.people, together.contracts) == (6, 2)

    def test_the_year_is_that_of_the_award_or_of_the_end(self, world: World) -> None:
        make_contract(world, award_on=date(2025, 12, 1))
        assert page(world).figure.contracts == 0
        assert page(world, year=2025).figure.contracts == 1
        assert page(world, basis=Basis.ENDED).figure.contracts == 1

    def test_an_officer_sees_the_own_authorities(self, world: World) -> None:
        with_people(world, 5)
        with_people(world, 7, authority_id=key(world.other_authority))
        seen = page(world, Role.SROI_OFFICER)
        assert list(seen.authorities.values()) == [world.authority.name]
        assert seen.figure.people == 5
        with pytest.raises(NotFound):
            page(world, Role.SROI_OFFICER, authority_id=key(world.other_authority))
        other = page(world, authority_id=key(world.other_authority)).figure
        assert (other.people, other.imposed_cents) == (7, 5_000_000)

    def test_somebody_known_by_name_is_one_person_on_two_contracts(self, world: World) -> None:
        first = make_contract(world, award_on=date(2026, 1, 5))
        second = make_contract(world, award_on=date(2026, 1, 5), employer_id=key(world.employer_b))
        for place in range(5):
            who = {"surname": "Jansen", "birth_date": date(1990, 1, place + 1)}
            approve(make_effort(first, subject="", **who, end=date(2026, 3, 31)))
            approve(make_effort(second, subject="", **who, start=date(2026, 4, 1)))
        assert page(world).figure.people == 5

    def test_the_own_file_is_of_placements_booked_here(self, world: World) -> None:
        with_people(world, 5)
        contract = make_contract(world, award_on=date(2026, 1, 5))
        for _place in range(6):
            placement = make_placement(world)
            made = make_effort(contract, placement_id=key(placement), subject=placement.candidate_reference)
            approve(made)
        figure = page(world).figure
        assert (figure.people, figure.own_file) == (11, 6)

    def test_a_purchase_is_nobody_whatever_its_reference(self, lite_world: World) -> None:
        with_people(lite_world, 5)
        contract = make_contract(lite_world, award_on=date(2026, 1, 5))
        for number in range(3):
            bought = {"block": "SOCIALE_INKOOP", "amount_cents": 100_000, "hours_per_week": None}
            approve(make_effort(contract, **bought, subject=f"Factuur {number}"))
        assert page(lite_world).figure.people == 5

    def test_few_people_are_not_shown(self, world: World) -> None:
        with_people(world, 4)
        seen = page(world)
        assert seen.figure.people is None
        assert json.loads(seen.content)["figure"]["people"] is None


class TestPublished:
    def test_a_figure_is_frozen_with_its_definition(self, world: World) -> None:
        with_people(world, 6)
        made = publish(world)
        with_people(world, 3)
        with reading(world.actor(Role.MANAGER)) as unit:
            (row,) = published.snapshots(unit)
        assert (row.id, row.number, row.unchanged, row.made_by) == (made, 1, True, "manager een")
        assert row.document["figure"]["people"] == 6
        assert row.document["filter"]["year"] == 2026
        assert len(row.document["definition"]["text"]["nl"]) == len(row.document["definition"]["text"]["en"])

    def test_a_correction_is_a_new_version_that_says_what_changed(self, world: World) -> None:
        with_people(world, 6)
        publish(world)
        with pytest.raises(Invalid, match="exactly like this"):
            publish(world)
        with_people(world, 1)
        with pytest.raises(Invalid, match="what changed"):
            publish(world)
        publish(world, "Een contract is later bevestigd.")
        numbers = [(row.number, row.what_changed) for row in every(FigureSnapshot)]
        assert numbers == [(1, None), (2, "Een contract is later bevestigd.")]

    def test_what_moved_meanwhile_is_not_published(self, world: World) -> None:
        with_people(world, 6)
        seen = page(world).hash
        with_people(world, 1)
        command = PublishFigure(**asked(world).model_dump(), seen=seen)
        with pytest.raises(Invalid, match="changed while you looked"):
            perform(world.actor(Role.MANAGER), publish_figure, command)

    def test_only_a_manager_publishes_and_only_in_an_own_region(self, world: World) -> None:
        command = PublishFigure(**asked(world).model_dump(), seen="0" * 64)
        with pytest.raises(Forbidden):
            perform(world.actor(Role.SROI_OFFICER), publish_figure, command)
        elsewhere = command.model_copy(update={"region_id": 4711})
        with pytest.raises(NotFound):
            perform(world.actor(Role.MANAGER), publish_figure, elsewhere)

    def test_an_officer_reads_of_the_region_and_of_the_own_authorities(self, world: World) -> None:
        with_people(world, 6)
        whole = publish(world)
        own = publish(world, authority_id=key(world.authority))
        other = publish(world, authority_id=key(world.other_authority))
        with reading(world.actor(Role.SROI_OFFICER)) as unit:
            assert [row.id for row in published.snapshots(unit)] == [own, whole]
            with pytest.raises(NotFound):
                published.snapshot(unit, other)

    def test_the_contracts_behind_a_figure_are_kept_as_they_were(self, lite_world: World) -> None:
        with_people(lite_world, 6)
        with_people(lite_world, 0, authority_id=key(lite_world.other_authority))
        made = publish(lite_world)
        with_people(lite_world, 3)
        with reading(lite_world.actor(Role.MANAGER)) as unit:
            rows, number = contracts_behind(unit, made)
            assert contracts_behind(unit, made, 2) == ([], 2)
        assert [(row.imposed_cents, row.realised_cents) for row in rows] == [
            (5_000_000, 7_999_998),
            (5_000_000, 0),
        ]
        assert number == 2
        assert rows[0].employer == lite_world.employer_a.name
        with reading(lite_world.actor(Role.SROI_OFFICER)) as unit:
            assert [row.realised_cents for row in contracts_behind(unit, made)[0]] == [7_999_998]

    @pytest.mark.tampers
    def test_a_figure_that_was_changed_behind_its_back_is_told(self, lite_world: World) -> None:
        with_people(lite_world, 6)
        made = publish(lite_world)
        with work(system("test")) as unit:
            unit.session.execute(update(FigureSnapshot).values(content='{"figure":1}'))
            unit.commit()
        with reading(lite_world.actor(Role.MANAGER)) as unit:
            assert not published.snapshot(unit, made).unchanged

    def test_the_file_says_what_the_screen_says(self, world: World) -> None:
        with_people(world, 6)
        made = publish(world)
        with reading(world.actor(Role.MANAGER)) as unit:
            document = published.snapshot(unit, made).document
        written = io.StringIO()
        csv.writer(written, delimiter=";").writerows(table_of(document, "nl", 1))
        assert "Gerealiseerd van wat is opgelegd;160 %" in written.getvalue()
        assert "Mensen;6" in written.getvalue()
        assert "Uit ons eigen bestand;niet getoond" in written.getvalue()


class TestVolume:
    def test_a_purchasing_volume_is_filled_in_and_put_right(self, world: World) -> None:
        with_people(world, 6)
        manager = world.actor(Role.MANAGER)
        values = {"authority_id": key(world.authority), "year": 2026}
        first = SetPurchasingVolume(**values, volume_cents=400_000_000, source="Jaarrekening, p. 12")
        perform(manager, set_purchasing_volume, first)
        own = page(world, authority_id=key(world.authority)).figure
        assert (own.bought_cents, own.of_bought) == (400_000_000, Decimal("2.0"))
        with pytest.raises(Conflict):
            perform(manager, set_purchasing_volume, first)
        again = SetPurchasingVolume(
            **values, version=1, volume_cents=800_000_000, source="Jaarrekening, p. 14"
        )
        perform(manager, set_purchasing_volume, again)
        assert page(world, authority_id=key(world.authority)).figure.of_bought == Decimal("1.0")
        assert page(world).volumes[key(world.authority)].source == "Jaarrekening, p. 14"
        document = json.loads(page(world).content)
        assert document["sources"] == [{"name": world.authority.name, "source": "Jaarrekening, p. 14"}]
        with pytest.raises(Forbidden):
            perform(world.actor(Role.SROI_OFFICER), set_purchasing_volume, again)

    def test_a_volume_says_where_it_was_read(self, lite_world: World) -> None:
        with pytest.raises(Invalid, match="Fill in"):
            SetPurchasingVolume(authority_id=key(lite_world.authority), year=2026, volume_cents=1, source="")


class TestBesideEarlier:
    """What two publications tell together of a few people is not published."""

    def test_two_people_more_are_counted_here_and_not_published(self, lite_world: World) -> None:
        with_people(lite_world, 20)
        publish(lite_world)
        with_people(lite_world, 2)
        seen = page(lite_world)
        assert (seen.figure.people, seen.published.together.people) == (22, None)
        publish(lite_world, "Twee mensen erbij.")
        with_people(lite_world, 3)
        assert page(lite_world).published.together.people == 25
        assert json.loads(page(lite_world).content)["figure"]["people"] == 25

    def test_the_figure_of_an_authority_is_laid_beside_that_of_the_region(self, lite_world: World) -> None:
        with_people(lite_world, 20)
        publish(lite_world)
        with_people(lite_world, 2)
        alone = page(lite_world, authority_id=key(lite_world.authority))
        assert alone.published.of(key(lite_world.authority)).people is None
        assert alone.published.of(key(lite_world.authority)).imposed_cents == alone.figure.imposed_cents

    def test_what_did_not_change_stays_published(self, lite_world: World) -> None:
        with_people(lite_world, 20)
        publish(lite_world)
        assert page(lite_world).published == page(lite_world).council

    def test_people_are_published_by_the_award_or_by_the_end(self, lite_world: World) -> None:
        with_people(lite_world, 20)
        publish(lite_world)
        by_end = page(lite_world, basis=Basis.ENDED, year=2027)
        assert by_end.no_people
        assert all(one.people is None for one in by_end.published.figures)
        assert not page(lite_world, basis=Basis.ENDED, year=2025).no_people
        assert not page(lite_world, year=2025).no_people

    def test_a_figure_that_told_of_nobody_keeps_nothing_back(self, lite_world: World) -> None:
        with_people(lite_world, 0)
        publish(lite_world)
        assert not page(lite_world, basis=Basis.ENDED, year=2027).no_people

    @pytest.mark.tampers
    def test_without_what_it_was_counted_from_no_people_are_published(self, lite_world: World) -> None:
        with_people(lite_world, 20)
        publish(lite_world)
        with work(system("test")) as unit:
            unit.session.execute(delete(FigureGround))
            unit.commit()
        assert page(lite_world).no_people

    @pytest.mark.postgres
    def test_who_publishes_at_the_same_moment_waits_and_looks_again(
        self, postgres_url: str, postgres_emptied: Emptied, now: datetime
    ) -> None:
        world = postgres_emptied.begin_with("world", World.build)
        with_people(world, 20)
        first = PublishFigure(**asked(world).model_dump(), seen=page(world).hash)
        with ThreadPoolExecutor(1) as aside, work(world.actor(Role.MANAGER)) as unit:
            publish_figure(unit, first)
            with_people(world, 2)
            second = aside.submit(publish, world, authority_id=key(world.authority))
            with pytest.raises(TimeoutError):
                second.result(1)
            unit.commit()
            with pytest.raises(Invalid, match="changed while you looked"):
                second.result(10)
