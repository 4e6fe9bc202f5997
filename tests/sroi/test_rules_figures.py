"""Council figures by hand, and counts of people that never point at somebody."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.sroi.rules.figures import (
    ContractFact,
    Council,
    EffortFact,
    council_figures,
    people_of,
    share,
)
from crm.sroi.rules.figures_told import told_of
from crm.sroi.rules.missing import Expected, expected_by_threshold
from crm.sroi.rules.small_numbers import EXISTING, OWN_FILE, PEOPLE, SMALL, place

ROTTERDAM, ZUNDERT, RUCPHEN = 1, 2, 3
HERE, THERE, FAR = 10, 20, 30


def contract(authority_id: int = ROTTERDAM, **values: object) -> ContractFact:
    made: dict[str, object] = {
        "authority_id": authority_id,
        "standing": "met",
        "confirmed": True,
        "value_cents": 100,
        "imposed_cents": 5,
        "realised_cents": 4,
    }
    return ContractFact(**(made | values))  # type: ignore[arg-type]


def people(number: int, authority_id: int = ROTTERDAM, **values: object) -> list[EffortFact]:
    found = [f"{authority_id} {sorted(values.items())} {place}" for place in range(number)]
    return [EffortFact(authority_id, frozenset({one}), **values) for one in found]  # type: ignore[arg-type]


def counted(efforts: list[EffortFact], *authorities: int, municipality_id: int | None = None) -> Council:
    return council_figures([], people_of(efforts), {}, authorities or (ROTTERDAM,), municipality_id)


class TestShares:
    def test_rotterdam_realised_112_percent_of_what_was_imposed(self) -> None:
        # Published: € 25.2 million realised of € 22.5 million imposed.
        (figure,) = council_figures(
            [contract(imposed_cents=2_250_000_000, realised_cents=2_520_000_000)], [], {}, [ROTTERDAM]
        ).rows
        assert figure.of_imposed == Decimal("112.0")

    @pytest.mark.parametrize(
        ("part", "whole", "percent"),
        [(1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1"), (0, 5, "0.0"), (5, 0, None), (0, 0, None)],
    )
    def test_a_share_has_one_decimal_and_needs_a_whole(self, part: int, whole: int, percent: str) -> None:
        assert share(part, whole) == (None if percent is None else Decimal(percent))

    def test_a_percentage_of_the_purchasing_volume_needs_that_of_every_authority(self) -> None:
        facts = [contract(value_cents=500, realised_cents=31), contract(ZUNDERT, value_cents=300)]
        known = council_figures(facts, [], {ROTTERDAM: 1000}, [ROTTERDAM, ZUNDERT])
        assert known.of(ROTTERDAM).of_bought == Decimal("3.1")
        assert known.together.bought_cents is None
        assert known.together.of_bought is None
        assert known.together.of_value == Decimal("4.4")  # 35 of 800
        both = council_figures(facts, [], {ROTTERDAM: 1000, ZUNDERT: 750}, [ROTTERDAM, ZUNDERT])
        assert both.together.of_bought == Decimal("2.0")  # 35 of 1750

    def test_a_contract_that_waits_counts_among_the_standings_only(self) -> None:
        waiting = contract(standing="to_confirm", confirmed=False)
        together = council_figures([waiting, contract()], [], {}, [ROTTERDAM]).together
        assert together.contracts == 2
        assert together.standings == (("met", 1), ("to_confirm", 1))
        assert (together.value_cents, together.imposed_cents, together.realised_cents) == (100, 5, 4)

    def test_without_authorities_there_is_nothing(self) -> None:
        together = council_figures([], [], {}, []).together
        assert (together.bought_cents, together.of_imposed, together.people) == (None, None, 0)


class TestPeople:
    def test_somebody_is_counted_once_over_efforts_and_authorities(self) -> None:
        efforts = [
            EffortFact(ROTTERDAM, frozenset({"a"}), municipality_id=HERE),
            EffortFact(ZUNDERT, frozenset({"b"}), own_file=True),
            EffortFact(ZUNDERT, frozenset({"a", "b"}), existing=True),
            EffortFact(ZUNDERT, frozenset({"c"})),
        ]
        first, second = people_of(efforts)
        assert first.authorities == {ROTTERDAM, ZUNDERT}
        assert (first.own_file, first.existing, first.municipality_id) == (True, True, HERE)
        assert (second.authorities, second.own_file) == ({ZUNDERT}, False)

    def test_parts_of_the_people(self) -> None:
        efforts = [
            *people(6, own_file=True, municipality_id=HERE),
            *people(9, existing=True, municipality_id=THERE),
        ]
        together = counted(efforts, municipality_id=HERE).together
        assert (together.people, together.own_file, together.existing, together.in_district) == (15, 6, 9, 6)
        assert together.of_people(together.own_file) == Decimal("40.0")
        assert counted(efforts).together.in_district is None
        counts = {(None, part) for part in (PEOPLE, OWN_FILE, EXISTING)}
        assert told_of([together], HERE) == counts | {(None, place(HERE))}
        assert told_of([counted(efforts).together], None) == counts

    def test_nobody_is_no_secret(self) -> None:
        together = counted([], municipality_id=HERE).together
        assert (together.people, together.own_file, together.in_district, together.existing) == (0, 0, 0, 0)
        assert together.of_people(0) is None


class TestSmallNumbers:
    def test_a_total_under_five_is_not_shown(self) -> None:
        assert [counted(people(number)).together.people for number in (0, 1, 4, 5)] == [0, None, None, 5]
        together = counted(people(4, own_file=True)).together
        assert (together.people, together.own_file, together.of_people(None)) == (None, None, None)

    def test_a_part_hides_when_the_rest_is_under_five(self) -> None:
        efforts = [*people(20, own_file=True), *people(3)]
        together = counted(efforts).together
        assert (together.people, together.own_file, together.existing) == (23, None, None)

    def test_one_hidden_authority_hides_two_others_so_that_neither_of_them_can_tell(self) -> None:
        # With 6 alone beside the 3, the officer of the 6 would take both off the total.
        efforts = [*people(3), *people(6, ZUNDERT), *people(9, RUCPHEN), *people(12, 4)]
        council = counted(efforts, ROTTERDAM, ZUNDERT, RUCPHEN, 4)
        assert council.together.people == 30
        assert [row.people for row in council.rows] == [None, None, None, 12]

    def test_of_two_authorities_the_total_hides_and_the_large_one_stays(self) -> None:
        council = counted([*people(3), *people(600, ZUNDERT)], ROTTERDAM, ZUNDERT)
        assert council.together.people is None
        assert [row.people for row in council.rows] == [None, 600]

    def test_two_hidden_that_are_small_together_hide_more(self) -> None:
        efforts = [*people(1), *people(2, ZUNDERT), *people(6, RUCPHEN), *people(9, 4)]
        council = counted(efforts, ROTTERDAM, ZUNDERT, RUCPHEN, 4)
        # Rucphen's officer would be left with 3, so the 9 hides as well.
        assert [row.people for row in council.rows] == [None, None, None, None]
        assert council.together.people == 18

    def test_an_officer_of_several_authorities_takes_all_of_them_off(self) -> None:
        efforts = [*people(3), *people(6, ZUNDERT), *people(9, RUCPHEN), *people(12, 4)]
        council = council_figures(
            [],
            people_of(efforts),
            {},
            [ROTTERDAM, ZUNDERT, RUCPHEN, 4],
            None,
            [frozenset({ZUNDERT, RUCPHEN})],
        )
        assert [row.people for row in council.rows] == [None, None, None, None]
        assert council.together.people == 30
        found = people_of(efforts[:18])
        both = council_figures([], found, {}, [ROTTERDAM, ZUNDERT, RUCPHEN], None, [frozenset({2, 3})])
        assert both.together.people is None
        assert [row.people for row in both.rows] == [None, 6, 9]

    def test_an_authority_without_people_does_not_hide_another(self) -> None:
        efforts = [*people(6), *people(8, RUCPHEN)]
        council = counted(efforts, ROTTERDAM, ZUNDERT, RUCPHEN)
        assert [row.people for row in council.rows] == [6, 0, 8]

    def test_all_authorities_hide_when_the_whole_does(self) -> None:
        council = counted([*people(2), *people(2, ZUNDERT)], ROTTERDAM, ZUNDERT)
        assert [row.people for row in council.rows] == [None, None]

    def test_a_district_from_which_another_would_follow_hides(self) -> None:
        # 20 people: asking for each municipality in turn would leave two for the last one.
        efforts = [
            *people(10, municipality_id=HERE),
            *people(8, municipality_id=THERE),
            *people(2, municipality_id=FAR),
        ]
        shown_for = [
            counted(efforts, municipality_id=place).together.in_district for place in (HERE, THERE, FAR)
        ]
        assert shown_for == [10, None, None]

    def test_all_in_one_district_hides_neither_the_people_nor_says_where(self) -> None:
        together = counted(people(600, municipality_id=HERE), municipality_id=HERE).together
        assert (together.people, together.in_district) == (600, None)


EFFORTS = st.lists(
    st.tuples(
        st.sets(st.integers(1, 4), min_size=1, max_size=2),
        st.booleans(),
        st.booleans(),
        st.sampled_from([HERE, THERE, FAR, None]),
    ),
    max_size=90,
)
Told = list[tuple[set[int], bool, bool, int | None]]


class TestNothingFollows:
    """What a council can ask for, with what an officer knows of the own authority, tells of no few people."""

    @given(EFFORTS, st.sampled_from([frozenset[int](), frozenset({2, 3})]))
    @settings(max_examples=150)
    def test_from_the_whole_minus_what_is_shown_and_what_somebody_knows(
        self, told: Told, insider: frozenset[int]
    ) -> None:
        for column, holds in COLUMNS.items():
            council = _council(told, HERE, insider)
            whole = getattr(council.together, column)
            for known in (frozenset[int](), insider, *(frozenset({one}) for one in range(1, 5))):
                others = [one for one in told if not one[0] & known]
                for belongs in (holds, lambda one, holds=holds: not holds(one)):
                    parts = {
                        row.authority_id: sum(belongs(one) for one in others if row.authority_id in one[0])
                        for row in council.rows
                        if getattr(row, column) is None and row.authority_id not in known
                    }
                    if whole is None or not any(
                        row.authority_id in one[0]
                        for one in others
                        for row in council.rows
                        if row.authority_id in parts
                    ):
                        continue
                    if column == "people" and belongs is not holds:
                        continue
                    assert sum(parts.values()) >= SMALL

    @given(EFFORTS)
    @settings(max_examples=150)
    def test_from_asking_for_each_district_in_turn(self, told: Told) -> None:
        by_place = {place: _council(told, place) for place in (HERE, THERE, FAR)}
        for number in range(5):
            mine = [one for one in told if number in (0, *one[0])]
            figures = {place: [one.together, *one.rows][number] for place, one in by_place.items()}
            if figures[HERE].people is None:
                continue
            hidden = [place for place, figure in figures.items() if figure.in_district is None]
            left = sum(one[3] in hidden or one[3] is None for one in mine)
            assert left == 0 or left >= SMALL
            few = [place for place in hidden if 0 < sum(one[3] == place for one in mine) < SMALL]
            nowhere = sum(one[3] is None for one in mine)
            if few and len(hidden) == 1:
                assert nowhere >= 1 or len(mine) == left

    @given(EFFORTS)
    @settings(max_examples=150)
    def test_every_count_that_is_shown_is_of_five_or_more_and_leaves_no_few(self, told: Told) -> None:
        council = _council(told, HERE)
        for figure in (council.together, *council.rows):
            assert figure.people is None or figure.people == 0 or figure.people >= SMALL
            for part in (figure.own_file, figure.in_district, figure.existing):
                assert part is None or figure.people is not None
                if part is not None and figure.people:
                    assert part >= SMALL
                    assert figure.people - part >= SMALL

    @given(EFFORTS)
    @settings(max_examples=60)
    def test_the_district_that_is_asked_for_changes_no_other_count(self, told: Told) -> None:
        seen = {
            tuple((row.people, row.own_file, row.existing) for row in (council.together, *council.rows))
            for council in (_council(told, place) for place in (None, HERE, THERE, 99))
        }
        assert len(seen) == 1

    @given(EFFORTS)
    @settings(max_examples=60)
    def test_a_whole_that_is_hidden_is_not_the_sum_of_what_is_shown(self, told: Told) -> None:
        council = _council(told, HERE)
        for column in COLUMNS:
            if getattr(council.together, column) is None:
                assert None in [getattr(row, column) for row in council.rows]


COLUMNS: dict[str, Callable[[Any], bool]] = {
    "people": lambda _one: True,
    "own_file": lambda one: bool(one[1]),
    "existing": lambda one: bool(one[2]),
    "in_district": lambda one: bool(one[3] == HERE),
}


def _council(told: Told, municipality_id: int | None, insider: frozenset[int] = frozenset()) -> Council:
    efforts = [
        EffortFact(authority, frozenset({str(number)}), own, town, old)
        for number, (authorities, own, old, town) in enumerate(told)
        for authority in sorted(authorities)
    ]
    return council_figures([], people_of(efforts), {}, [1, 2, 3, 4], municipality_id, [insider])


class TestThreshold:
    @pytest.mark.parametrize(
        ("value", "threshold", "percentage", "expected"),
        [
            (None, "100000", "5", Expected(True, None)),
            ("250000", None, None, Expected(True, None)),
            ("99999.99", "100000", "5", Expected(False, Decimal("0.00"))),
            ("100000", "100000", "5", Expected(True, Decimal("5000.00"))),
            ("250000.50", "100000", "5", Expected(True, Decimal("12500.03"))),
            ("250000", "100000", None, Expected(True, None)),
        ],
    )
    def test_the_own_threshold_of_an_authority(
        self, value: str | None, threshold: str | None, percentage: str | None, expected: Expected
    ) -> None:
        numbers = [None if one is None else Decimal(one) for one in (value, threshold, percentage)]
        assert expected_by_threshold(*numbers) == expected
