"""The funnel of an event, and rounds that are fair to everybody."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from crm.events.rules import Answer, Funnel, TalkState, fits, funnel, most_rounds, speedmeet

seats = st.integers(0, 14)


def spread(counts: list[int]) -> int:
    return max(counts) - min(counts)


@given(seats, seats, st.integers(0, 20))
def test_rounds_are_fair(candidates: int, employers: int, rounds: int) -> None:
    people, firms = list(range(100, 100 + candidates)), list(range(employers))
    made = speedmeet(people, firms, rounds)
    assert len(made) == min(rounds, most_rounds(candidates, employers))
    for pairs in made:
        assert len({who for who, _ in pairs}) == len({firm for _, firm in pairs}) == len(pairs)
        assert len(pairs) == min(candidates, employers)
    met = [pair for pairs in made for pair in pairs]
    assert len(set(met)) == len(met)
    if met:
        talks, hosted = Counter(who for who, _ in met), Counter(firm for _, firm in met)
        assert spread([talks[who] for who in people]) <= 1
        assert spread([hosted[firm] for firm in firms]) <= 1


def test_everybody_meets_everybody_in_the_most_rounds() -> None:
    met = {pair for pairs in speedmeet([1, 2, 3, 4], [7, 8, 9], 99) for pair in pairs}
    assert met == {(who, firm) for who in (1, 2, 3, 4) for firm in (7, 8, 9)}


def test_a_small_speedmeet_by_hand() -> None:
    assert speedmeet([1, 2, 3], [8, 9], 2) == [[(1, 8), (2, 9)], [(3, 8), (1, 9)]]


def test_the_funnel_counts_people_once_and_conversations_each() -> None:
    answers = [Answer.INVITED, Answer.DECLINED, Answer.COMING, Answer.ABSENT, Answer.PRESENT, Answer.PRESENT]
    talks = [
        (1, TalkState.HELD),
        (1, TalkState.STARTED),
        (2, TalkState.SELECTED),
        (3, TalkState.PLANNED),
    ]
    assert funnel(answers, talks) == Funnel(
        invited=6, signed_up=4, present=2, conversations=3, in_conversation=2, selected=2, started=1
    )


def test_nobody_asked_is_an_empty_funnel() -> None:
    assert funnel([], []) == Funnel(0, 0, 0, 0, 0, 0, 0)


def test_places() -> None:
    assert (fits(1, 9, 10), fits(2, 9, 10), fits(500, 9, 0)) == (True, False, True)
