"""Limits on kinds of effort: Maastricht's 50 % through BBL and BOL and 25 % existing staff, and any other.

Source: https://www.podium24.nl/socialreturn/aanbestedingen-1/informatie-opdrachtnemer. That what is above a
limit is taken off in proportion is our reading; the amounts are worked by hand.
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from crm.sroi.rules import Kind
from crm.sroi.rules.caps import Item, count_under_caps
from crm.sroi.rules.questions import features
from tests.sroi.ruletexts import WORK, block, rules

D = Decimal
MAASTRICHT = rules(
    """
[[caps]]
share_pct = 50
kind = "learning"
base = "approved"
base_kinds = ["work", "learning"]
name_nl = "BBL en BOL"
name_en = "BBL and BOL"

[[caps]]
share_pct = 25
tags = ["existing_staff"]
""",
    WORK,
)


def item(key, kind, amount, *tags):
    return Item(key, kind.value.upper(), kind, D(amount), frozenset(tags))


def test_at_most_half_of_the_created_employment_through_bbl_and_bol():
    """30.000 work and 70.000 BBL were created: 50.000 of the BBL counts, each BBL for 5/7."""
    items = [
        item("a", Kind.WORK, 30000),
        item("b", Kind.LEARNING, 42000),
        item("c", Kind.LEARNING, 28000),
        item("d", Kind.ACTIVITY, 5000),
    ]
    found = count_under_caps(MAASTRICHT, D(100000), items)
    assert found.amounts == {"a": D(30000), "b": D(30000), "c": D(20000), "d": D(5000)}
    assert [(cut.key, cut.cap, cut.amount) for cut in found.cuts] == [("b", 0, D(12000)), ("c", 0, D(8000))]
    assert found.total == D(85000)
    assert [(step.label, step.amount) for step in found.steps] == [
        ("{share} % of what was approved may be filled by: {name}", D("50000.00")),
        ("Cut off by this limit", D(20000)),
        ("What counts of all efforts together", D(85000)),
    ]


def test_existing_staff_fills_at_most_a_quarter_of_the_obligation():
    items = [item("a", Kind.WORK, 20000, "existing_staff"), item("b", Kind.WORK, 20000)]
    found = count_under_caps(MAASTRICHT, D(40000), items)
    assert found.amounts == {"a": D(10000), "b": D(20000)}
    assert found.steps[0].label == "{share} % of the obligation may be filled this way"
    assert found.assumptions


def test_both_limits_hold_for_an_effort_that_both_are_about():
    """BBL by existing staff: 60.000 of 60.000 is over half (30.000), and then over a quarter of 40.000."""
    found = count_under_caps(MAASTRICHT, D(40000), [item("a", Kind.LEARNING, 60000, "existing_staff")])
    assert [cut.amount for cut in found.cuts] == [D(30000), D(20000)]
    assert found.total == D(10000)


def test_a_limit_that_is_not_reached_cuts_nothing():
    found = count_under_caps(MAASTRICHT, D(40000), [item("a", Kind.WORK, 10000, "existing_staff")])
    assert (found.cuts, found.assumptions, found.total) == ((), (), D(10000))
    assert count_under_caps(MAASTRICHT, D(40000), []).total == 0


def test_limits_by_block_and_over_everything_approved():
    by_block = rules('[[caps]]\nshare_pct = 10\nblocks = ["W"]\nbase = "approved"\n', WORK)
    items = [Item("a", "W", Kind.WORK, D(50)), Item("b", "X", Kind.WORK, D(50))]
    assert count_under_caps(by_block, D(0), items).amounts == {"a": D(10), "b": D(50)}


def test_a_cent_that_does_not_divide_goes_to_the_larger_remainder():
    third = rules("[[caps]]\nshare_pct = 100\n", WORK)
    items = [item("a", Kind.WORK, 1), item("b", Kind.WORK, 1), item("c", Kind.WORK, 1)]
    assert count_under_caps(third, D("1.00"), items).amounts == {
        "a": D("0.34"),
        "b": D("0.33"),
        "c": D("0.33"),
    }


items_of_contracts = st.lists(
    st.tuples(
        st.sampled_from([Kind.WORK, Kind.LEARNING, Kind.ACTIVITY]),
        st.decimals(0, 100000, places=2),
        st.booleans(),
    ),
    max_size=8,
).map(
    lambda told: [
        item(str(place), kind, amount, *(["existing_staff"] if existing else []))
        for place, (kind, amount, existing) in enumerate(told)
    ]
)


@given(items_of_contracts, st.decimals(0, 100000, places=2), st.randoms(use_true_random=False))
def test_never_above_a_limit_never_negative_and_whole_to_the_cent_in_any_order(items, obligation, random):
    found = count_under_caps(MAASTRICHT, obligation, items)
    shuffled = list(items)
    random.shuffle(shuffled)
    again = count_under_caps(MAASTRICHT, obligation, shuffled)
    assert (again.amounts, again.total) == (found.amounts, found.total)
    assert all(0 <= found.amounts[one.key] <= one.amount for one in items)
    taken = sum((cut.amount for cut in found.cuts), D(0))
    assert found.total + taken == sum((one.amount for one in items), D(0))
    existing = sum((found.amounts[one.key] for one in items if "existing_staff" in one.tags), D(0))
    assert existing <= obligation / 4
    learning = sum((found.amounts[one.key] for one in items if one.kind is Kind.LEARNING), D(0))
    created = sum((one.amount for one in items if one.kind is not Kind.ACTIVITY), D(0))
    assert learning <= created / 2


def test_the_tag_of_a_limit_can_be_told_of_every_effort_it_is_about():
    [existing] = features(MAASTRICHT, MAASTRICHT.block("W"))
    assert (existing.tag, existing.says.en) == (
        "existing_staff",
        "This person already worked for you before the contract started.",
    )
    named = rules(
        '[[caps]]\nshare_pct = 5\nkind = "activity"\ntags = ["x"]\n', block("H", "per_hour", "value = 1")
    )
    assert [feature.tag for feature in features(named, named.block("H"))] == ["x"]
    other = rules(
        '[[caps]]\nshare_pct = 5\nkind = "work"\ntags = ["x"]\n', block("H", "per_hour", "value = 1")
    )
    assert features(other, other.block("H")) == ()
