"""Council figures by hand, and counts of people that never point at somebody."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules.figures import (
    ContractFact,
    Council,
    EffortFact,
    council_figures,
    people_of,
    share,
)
from crm.sroi.rules.missing import Expected, expected_by_threshold
from crm.sroi.rules.small_numbers import SMALL, hidden_rows, shown

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
    return council_figures([], efforts, {}, authorities or (ROTTERDAM,), municipality_id)


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

    def test_purchasing_volume_stands_in_for_the_contracts_when_it_is_known(self) -> None:
        facts = [contract(value_cents=500, realised_cents=31), contract(ZUNDERT, value_cents=300)]
        known = council_figures(facts, [], {ROTTERDAM: 1000}, [ROTTERDAM, ZUNDERT])
        assert known.of(ROTTERDAM).of_bought == Decimal("3.1")
        assert known.together.bought_cents is None
        assert known.together.of_bought == Decimal("4.4")  # 35 of 800
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

    def test_nobody_is_no_secret(self) -> None:
        together = counted([], municipality_id=HERE).together
        assert (together.people, together.own_file, together.in_district, together.existing) == (0, 0, 0, 0)
        assert together.of_people(0) is None


class TestSmallNumbers:
    def test_a_total_under_five_is_not_shown(self) -> None:
        assert [shown(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]
        together = counted(people(4, own_file=True)).together
        assert (together.people, together.own_file, together.of_people(None)) == (None, None, None)

    def test_a_part_hides_when_the_rest_is_under_five(self) -> None:
        efforts = [*people(20, own_file=True), *people(3)]
        together = counted(efforts).together
        assert (together.people, together.own_file, together.existing) == (23, None, None)

    def test_one_hidden_authority_hides_the_smallest_other(self) -> None:
        efforts = [*people(3), *people(6, ZUNDERT), *people(9, RUCPHEN)]
        council = counted(efforts, ROTTERDAM, ZUNDERT, RUCPHEN)
        assert council.together.people == 18
        assert [row.people for row in council.rows] == [None, None, 9]

    def test_two_hidden_that_are_small_together_hide_a_third(self) -> None:
        assert hidden_rows([(1,), (2,), (6,), (9,)]) == {0, 1, 2}
        assert hidden_rows([(3,), (4,), (6,)]) == {0, 1}
        assert hidden_rows([(0,), (8,), (6,)]) == frozenset()

    def test_an_authority_without_people_does_not_hide_another(self) -> None:
        assert hidden_rows([(3,), (0,), (8,)]) == {0, 2}

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

    @given(st.lists(st.integers(0, 12), min_size=1, max_size=7))
    def test_no_count_under_five_follows_from_a_total_and_what_is_shown(self, counts: list[int]) -> None:
        hidden = hidden_rows([(count,) for count in counts])
        if shown(sum(counts)) is None:
            return
        assert all(count == 0 or count >= SMALL for place, count in enumerate(counts) if place not in hidden)
        rest = sum(counts) - sum(count for place, count in enumerate(counts) if place not in hidden)
        assert rest == 0 or rest >= SMALL
        assert not hidden or sum(counts[place] > 0 for place in hidden) > 1 or len(_filled(counts)) == 1

    @given(
        st.lists(
            st.tuples(st.integers(1, 3), st.booleans(), st.booleans(), st.sampled_from([HERE, THERE, None])),
            max_size=40,
        )
    )
    def test_no_shown_part_leaves_a_small_rest(self, told: list[tuple[int, bool, bool, int | None]]) -> None:
        efforts = [
            EffortFact(authority, frozenset({str(place)}), own, town, old)
            for place, (authority, own, old, town) in enumerate(told)
        ]
        council = counted(efforts, 1, 2, 3, municipality_id=HERE)
        for figure in (council.together, *council.rows):
            for part in (figure.own_file, figure.in_district, figure.existing):
                assert part is None or figure.people is not None
                if part is not None and figure.people:
                    assert part >= SMALL
                    assert figure.people - part >= SMALL
            assert figure.people is None or figure.people == 0 or figure.people >= SMALL
        for name in ("people", "own_file", "in_district", "existing"):
            _leaves_no_small_rest(council, name)


def _leaves_no_small_rest(council: Council, name: str) -> None:
    """The whole minus the authorities that show theirs: nothing, or five and more."""
    total = getattr(council.together, name)
    parts = [getattr(row, name) for row in council.rows]
    if total is None or None not in parts:
        return
    assert total - sum(part for part in parts if part is not None) >= SMALL


def _filled(counts: list[int]) -> list[int]:
    return [count for count in counts if count]


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
