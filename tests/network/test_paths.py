"""The warmest way in: direct first, then by kind of tie and how long ago people spoke."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from crm.network.graph import Graph, Link, Node
from crm.network.paths import Introduction, ways_in
from crm.network.rules import TieKind
from crm.network.settings import settings

TODAY = date(2026, 11, 24)
REGION, TARGET, NEAR, FAR, ALONE = 5, 1, 2, 3, 9


@dataclass(frozen=True)
class Known:
    user_id: int
    employer_id: int
    days: int = 0
    user: str = "Noor"
    person: str = "J. de Wit"

    @property
    def last_spoken_on(self) -> date:
        return TODAY - timedelta(days=self.days)


def ways(known: list[Known], *links: Link, most: int = 3) -> list[Introduction]:
    spoken: dict[int, date] = {}
    for one in known:
        spoken[one.employer_id] = max(spoken.get(one.employer_id, one.last_spoken_on), one.last_spoken_on)
    ids = {TARGET, *spoken, *(end for link in links for end in (link.from_id, link.to_id))}
    graph = Graph((Node(each, REGION, spoken.get(each)) for each in ids), links)
    return ways_in(graph.routes_to(TARGET, {REGION}, TODAY), known, TODAY, most)


def test_nobody_known_is_no_way_in() -> None:
    assert ways([], Link(NEAR, TARGET, TieKind.SUPPLIER)) == []


def test_an_acquaintance_without_a_link_is_no_way_in() -> None:
    assert ways([Known(7, ALONE)], Link(NEAR, TARGET, TieKind.SUPPLIER)) == []


def test_who_knows_the_employer_itself_comes_first_however_long_ago() -> None:
    tie = Link(NEAR, TARGET, TieKind.SAME_CONCERN)
    first, second = ways([Known(7, NEAR), Known(8, TARGET, days=720)], tie)
    assert (first.acquaintance.user_id, first.is_direct, first.steps) == (8, True, ())
    assert (second.acquaintance.user_id, second.is_direct) == (7, False)


def test_a_step_knows_which_way_the_tie_is_told() -> None:
    (out,) = ways([Known(7, NEAR)], Link(NEAR, TARGET, TieKind.SUPPLIER))
    (back,) = ways([Known(7, NEAR)], Link(TARGET, NEAR, TieKind.SUPPLIER))
    assert [(step.forward, step.to_id) for step in out.steps] == [(True, TARGET)]
    assert [(step.forward, step.to_id) for step in back.steps] == [(False, TARGET)]


def test_steps_are_walked_from_the_acquaintance_to_the_employer() -> None:
    (way,) = ways([Known(7, FAR)], Link(FAR, NEAR, None), Link(TARGET, NEAR, TieKind.NEIGHBOUR))
    assert [step.to_id for step in way.steps] == [NEAR, TARGET]
    assert [step.link.kind for step in way.steps] == [None, TieKind.NEIGHBOUR]
    assert way.cost == 12 + 20


def test_a_group_of_companies_is_warmer_than_a_trade_association() -> None:
    by_group = Link(NEAR, TARGET, TieKind.SAME_CONCERN)
    by_branch = Link(FAR, TARGET, TieKind.BRANCH_ASSOCIATION)
    found = ways([Known(7, FAR), Known(8, NEAR)], by_branch, by_group)
    assert [way.acquaintance.user_id for way in found] == [8, 7]


def test_the_warmest_of_two_ties_between_the_same_employers_counts() -> None:
    weak, strong = Link(NEAR, TARGET, TieKind.NEIGHBOUR), Link(NEAR, TARGET, TieKind.SAME_CONCERN)
    for links in ((weak, strong), (strong, weak)):
        (way,) = ways([Known(7, NEAR)], *links)
        assert way.steps[0].link == strong


def test_a_recent_talk_is_warmer_than_an_old_one() -> None:
    tie = Link(NEAR, TARGET, TieKind.SUPPLIER)
    found = ways([Known(7, NEAR, days=700), Known(8, NEAR, days=10)], tie)
    assert [way.acquaintance.user_id for way in found] == [8, 7]


def test_each_colleague_is_named_once_by_their_best_way() -> None:
    tie = Link(NEAR, TARGET, TieKind.SUPPLIER)
    (way,) = ways(
        [Known(7, NEAR), Known(7, TARGET, days=100), Known(7, TARGET, days=5, person="P. Bos")], tie
    )
    assert way.acquaintance.person == "P. Bos"


def test_no_more_ways_than_asked() -> None:
    assert len(ways([Known(user, TARGET) for user in range(20, 30)], most=2)) == 2


facts = st.lists(st.builds(Known, st.integers(1, 6), st.integers(1, 8), st.integers(0, 730)), max_size=12)
ties = st.lists(
    st.builds(
        lambda ends, kind: Link(*ends, kind),
        st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda ends: ends[0] != ends[1]),
        st.sampled_from([*TieKind, None]),
    ),
    max_size=14,
)


@given(facts, ties)
def test_every_way_hangs_together_and_the_order_of_the_facts_does_not_matter(
    known: list[Known], links: list[Link]
) -> None:
    found = ways(known, *links)
    assert [way.cost for way in found] == [way.cost for way in ways(known[::-1], *links[::-1])]
    for way in found:
        here = way.acquaintance.employer_id
        assert way.cost - (TODAY - way.acquaintance.last_spoken_on).days // 73 == sum(
            settings().points[step.link.kind] for step in way.steps
        )
        for step in way.steps:
            assert {here, step.to_id} == {step.link.from_id, step.link.to_id}
            here = step.to_id
        assert here == TARGET


@given(facts, ties)
def test_the_warmest_way_is_what_a_library_finds(known: list[Known], links: list[Link]) -> None:
    library: nx.Graph[int] = nx.Graph()
    library.add_node(TARGET)
    for link in links:
        points = settings().points[link.kind]
        before = library.get_edge_data(link.from_id, link.to_id, {"points": points})["points"]
        library.add_edge(link.from_id, link.to_id, points=min(points, before))
    far = nx.single_source_dijkstra_path_length(
        library, TARGET, cutoff=settings().most_points, weight="points"
    )
    costs = sorted(far[one.employer_id] + one.days // 73 for one in known if one.employer_id in far)
    assert [way.cost for way in sorted(ways(known, *links), key=lambda way: way.cost)][:1] == costs[:1]


def test_a_region_that_is_not_yours_is_not_walked() -> None:
    nodes = [Node(TARGET, REGION), Node(NEAR, 6, TODAY), Node(FAR, REGION, TODAY)]
    links = [
        Link(NEAR, TARGET, TieKind.SUPPLIER),
        Link(FAR, NEAR, TieKind.SUPPLIER),
    ]
    graph = Graph(nodes, links)
    assert graph.routes_to(TARGET, {REGION}, TODAY) == []
    assert graph.routes_to(TARGET, {6}, TODAY) == []
    assert [route.from_id for route in graph.routes_to(TARGET, None, TODAY)] == [NEAR, FAR]


def test_no_further_than_an_introduction_carries() -> None:
    points = settings().points[TieKind.BRANCH_ASSOCIATION]
    chain = range(10, 10 + settings().most_points // points + 2)
    links = [Link(here, here + 1, TieKind.BRANCH_ASSOCIATION) for here in chain]
    graph = Graph((Node(each, REGION, TODAY if each == chain[0] else None) for each in [*chain, 99]), links)
    assert graph.routes_to(chain[-1], None, TODAY) == []
    assert [route.from_id for route in graph.routes_to(chain[-2], None, TODAY)] == [chain[0]]


def test_who_was_last_spoken_with_more_than_two_years_ago_opens_no_door() -> None:
    long_ago = Node(NEAR, REGION, date(2024, 11, 23))
    tie = [Link(NEAR, TARGET, TieKind.SUPPLIER)]
    assert Graph([Node(TARGET, REGION), long_ago], tie).routes_to(TARGET, None, TODAY) == []


def test_the_columns_of_a_tie_take_a_few_bytes() -> None:
    graph = Graph(
        (Node(each, REGION) for each in range(1, 101)), [Link(1, each, None) for each in range(2, 101)]
    )
    assert (len(graph), graph.ties) == (100, 99)
    assert graph.megabytes * 2**20 == 100 * 16 + 101 * 4 + 2 * 99 * 5
    assert list(graph.links_of(graph.place(7) or 0)) == [Link(1, 7, None)]
    assert graph.place(1000) is None
