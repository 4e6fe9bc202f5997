"""What a plan covers, what of it has not started, and plan beside result; all by hand."""

from __future__ import annotations

from datetime import date

from crm.sroi.rules.plan import (
    Begun,
    Beside,
    OpenPlanLine,
    Planned,
    open_lines,
    share_of,
    short_of,
    side_by_side,
)

JAN, JULY, END = date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 31)


def people(count: int, each_cents: int, start: date | None = JAN, block: str = "PW") -> Planned:
    return Planned(block, count, start, END, count * each_cents, personal=True)


def bought(value_cents: int) -> Planned:
    return Planned("SOCIALE_INKOOP", 1, JAN, JAN, value_cents, personal=False)


def test_a_plan_covers_a_part_cut_off_to_whole_percents() -> None:
    assert (share_of(5_000_000, 4_800_000), short_of(5_000_000, 4_800_000)) == (96, 200_000)
    assert (share_of(5_000_000, 4_999_999), short_of(5_000_000, 4_999_999)) == (99, 1)


def test_a_plan_beyond_the_obligation_leaves_nothing() -> None:
    assert (share_of(5_000_000, 6_000_000), short_of(5_000_000, 6_000_000)) == (120, 0)


def test_without_an_obligation_all_is_covered() -> None:
    assert (share_of(0, 0), short_of(0, 0)) == (100, 0)


class TestOpenLines:
    def test_nothing_begun_leaves_all_in_order_of_start(self) -> None:
        left = open_lines([people(1, 100, None), people(2, 100, JULY), people(1, 300)], [])
        assert [line.value_cents_left for line in left] == [300, 200, 100]

    def test_each_person_takes_one_place_on_the_line_that_starts_first(self) -> None:
        lines = [people(2, 1_000, JULY), people(2, 2_000, JAN)]
        begun = [Begun("PW", 2_000, "K-1"), Begun("PW", 2_000, "K-2"), Begun("PW", 1_000, "K-3")]
        assert open_lines(lines, begun) == [OpenPlanLine("PW", 1, JULY, END, 1_000)]

    def test_several_periods_of_one_person_take_one_place(self) -> None:
        begun = [Begun("PW", 900, "K-1"), Begun("PW", 900, "K-1")]
        assert open_lines([people(2, 1_000)], begun) == [OpenPlanLine("PW", 1, JAN, END, 1_000)]

    def test_an_effort_of_nobody_known_takes_a_place_of_its_own(self) -> None:
        begun = [Begun("PW", 1_000, None), Begun("PW", 1_000, None)]
        assert open_lines([people(3, 1_000)], begun) == [OpenPlanLine("PW", 1, JAN, END, 1_000)]

    def test_another_block_takes_nothing(self) -> None:
        assert open_lines([people(1, 1_000)], [Begun("WW", 900, "K-1")])[0].people_left == 1

    def test_purchases_use_up_the_amount(self) -> None:
        begun = [Begun("SOCIALE_INKOOP", 300_00, None)]
        [left] = open_lines([bought(1_000_00)], begun)
        assert (left.people_left, left.value_cents_left) == (0, 700_00)

    def test_a_line_that_is_used_up_is_not_there(self) -> None:
        begun = [Begun("SOCIALE_INKOOP", 2_000_00, None), Begun("PW", 100, "K-1")]
        assert open_lines([bought(1_000_00), people(1, 100)], begun) == []

    def test_of_somebody_who_began_only_what_was_handed_in_is_taken_off(self) -> None:
        """Of 365 days 181 were handed in, for 4,000 of 10,000; the 184 days left are worth 5,041 at most."""
        begun = [Begun("PW", 4_000, "K-1", date(2026, 6, 30))]
        assert open_lines([people(2, 10_000)], begun) == [
            OpenPlanLine("PW", 1, JAN, END, 10_000),
            OpenPlanLine("PW", 0, JULY, END, 5_041),
        ]
        begun = [Begun("PW", 3_000, "K-1", date(2026, 3, 31)), Begun("PW", 5_500, "K-1", date(2026, 6, 30))]
        assert open_lines([people(1, 10_000)], begun) == [OpenPlanLine("PW", 0, JULY, END, 1_500)]

    def test_what_a_placement_tells_of_is_not_left_in_the_plan(self) -> None:
        begun = [Begun("PW", 4_000, "K-1", date(2026, 6, 30), goes_on=True)]
        assert open_lines([people(1, 10_000)], begun) == []

    def test_who_was_handed_in_until_the_end_leaves_nothing(self) -> None:
        assert open_lines([people(1, 10_000)], [Begun("PW", 4_000, "K-1", END)]) == []
        assert open_lines([people(1, 10_000)], [Begun("PW", 4_000, "K-1", date(2027, 2, 1))]) == []

    def test_without_days_the_amount_that_was_not_handed_in_is_left(self) -> None:
        [left] = open_lines([people(1, 10_000)], [Begun("PW", 4_000, "K-1")])
        assert (left.start, left.value_cents_left) == (JAN, 6_000)


def test_side_by_side_adds_up_each_block_and_shows_what_was_not_planned() -> None:
    found = side_by_side([("PW", 100), ("WW", 50), ("PW", 100)], [("PW", 120)], [("PW", 30), ("NUG", 10)])
    assert found == [Beside("PW", 200, 120, 30), Beside("WW", 50, 0, 0), Beside("NUG", 0, 0, 10)]
    assert [row.difference_cents for row in found] == [-50, -50, 10]
