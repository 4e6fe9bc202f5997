"""Lists as files: the filters in force on each screen, and words for codes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from crm.core.access import Role
from crm.core.i18n import in_language
from crm.core.records import key
from crm.core.work import reading
from crm.exchange.exporting import exported
from crm.exchange.list_walks import WALKS
from crm.jobcarving.rules import Stage
from crm.needs.rules import NeedKind
from crm.network.rules import PartyKind
from crm.placements.rules import PlacementState
from crm.ui.export_words import words_for
from crm.visits.rules import MomentKind, TalkOutcome
from tests.events.factories import make_event
from tests.factories import World
from tests.jobcarving.factories import make_case
from tests.needs.factories import make_need
from tests.network.factories import make_member, make_party
from tests.placements.factories import make_placement
from tests.sroi.factories import make_contract, make_effort
from tests.visits.factories import make_moment


def rows(world: World, role: Role, name: str, language: str = "nl", **asked: str) -> list[dict[str, str]]:
    with reading(world.actor(role)) as unit:
        content = exported(unit, name, "csv", asked, in_language(language), words_for(language))
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_opportunities_go_out_by_stage_and_owner(lite_world: World) -> None:
    mine = lite_world.users[Role.ADVISER]
    make_case(lite_world.employer_a, mine, department="Magazijn", stage=Stage.ANALYSIS)
    make_case(lite_world.employer_b, mine, department="Kantine", stage=Stage.SIGNAL)
    make_case(lite_world.employer_b, mine, department="Post", stage=Stage.STOPPED)
    told = [(row["Afdeling"], row["Fase"]) for row in rows(lite_world, Role.ADVISER, "cases")]
    assert told == [("Kantine", "Signaal"), ("Magazijn", "Analyse")]
    only = rows(lite_world, Role.ADVISER, "cases", stage=Stage.STOPPED.value)
    assert [row["Afdeling"] for row in only] == ["Post"]
    assert rows(lite_world, Role.ADVISER, "cases", owner_id="999999") == []


def test_needs_go_out_with_the_filter_of_their_list(lite_world: World) -> None:
    mine = lite_world.users[Role.ADVISER]
    make_need(lite_world.employer_a, mine, kind=NeedKind.TRAINING, what="Een cursus")
    make_need(lite_world.employer_a, mine, kind=NeedKind.VACANCY, what="Een magazijnier")
    told = rows(lite_world, Role.ADVISER, "needs", kind=NeedKind.TRAINING.value)
    assert [(row["Wat er gevraagd wordt"], row["Soort"]) for row in told] == [("Een cursus", "opleiding")]
    assert rows(lite_world, Role.ADVISER, "needs", closed="True") == []


def test_contacts_of_one_employer_go_out_in_words(lite_world: World) -> None:
    make_moment(
        lite_world.employer_a,
        lite_world.users[Role.ADVISER],
        kind=MomentKind.CALL,
        outcomes=(TalkOutcome.LATER,),
    )
    of = str(key(lite_world.employer_a))
    told = rows(lite_world, Role.ADVISER, "contact-moments", employer_id=of)
    assert [(row["Soort"], row["Uitkomst"]) for row in told] == [("Bellen", "later terugbellen")]
    assert [row["Kind"] for row in rows(lite_world, Role.ADVISER, "contact-moments", "en")] == ["Call"]


def test_contracts_and_efforts_go_out_in_words_and_euros(lite_world: World) -> None:
    contract = make_contract(lite_world, title="Groenonderhoud")
    make_effort(contract)
    [told] = rows(lite_world, Role.SROI_OFFICER, "contracts")
    assert told["Titel"] == "Groenonderhoud"
    assert (told["Stand"], told["Hoe het loopt"]) == ("lopend", "loopt achter")
    [effort] = rows(lite_world, Role.SROI_OFFICER, "efforts")
    assert effort["Contract"] == "Groenonderhoud"
    assert "_" not in effort["Bouwblok"]


@pytest.mark.parametrize(("state", "count"), [(PlacementState.ENDED, 0), (PlacementState.RUNNING, 1)])
def test_placements_go_out_with_the_filter_of_their_list(
    lite_world: World, state: PlacementState, count: int
) -> None:
    make_placement(lite_world.employer_a, lite_world.users[Role.ADVISER])
    assert len(rows(lite_world, Role.ADVISER, "placements", state=state.value)) == count


def test_members_go_out_with_their_motive_in_words(lite_world: World) -> None:
    make_member(lite_world.employer_a)
    [told] = rows(lite_world, Role.ADVISER, "members")
    assert told["Motief"] in {"zoekt personeel", "wil goed doen", "kent het servicepunt van vroeger"}


def test_parties_and_events_go_out_in_the_order_of_their_list_and_in_local_time(lite_world: World) -> None:
    here = key(lite_world.region)
    make_party(here, "Curio", kind=PartyKind.SCHOOL)
    make_party(here, "Aventus", kind=PartyKind.SCHOOL)
    make_party(here, "Buurthuis", kind=PartyKind.NEIGHBOURHOOD)
    told = rows(lite_world, Role.ADVISER, "parties", kind="school")
    assert [(row["Naam"], row["Soort"]) for row in told] == [("Aventus", "school"), ("Curio", "school")]
    make_event(here, "Ontbijt", starts_at=datetime(2026, 12, 1, 7, 30, tzinfo=UTC))
    make_event(here, "Avond", starts_at=datetime(2026, 11, 3, 18, tzinfo=UTC))
    told = rows(lite_world, Role.ADVISER, "events", order="title")
    assert [row["Titel"] for row in told] == ["Avond", "Ontbijt"]
    [coming] = rows(lite_world, Role.ADVISER, "events", coming="True")
    assert coming["Begint om"] == "2026-12-01 08:30:00"


@pytest.mark.parametrize(
    ("name", "asked", "first"),
    [
        ("placements", {"order": "employer"}, "De Linde Groen BV"),
        ("placements", {"order": "ends_first"}, "Van Dam Logistiek BV"),
        ("needs", {"order": "employer"}, "De Linde Groen BV"),
        ("needs", {"order": "newest"}, "Van Dam Logistiek BV"),
        ("needs", {"text": "van dam"}, "Van Dam Logistiek BV"),
        ("members", {"order": "newest"}, "Van Dam Logistiek BV"),
        ("cases", {"text": "van dam"}, "Van Dam Logistiek BV"),
    ],
)
def test_a_list_and_the_way_through_its_records_stand_in_the_same_order(
    lite_world: World, name: str, asked: dict[str, str], first: str
) -> None:
    me = lite_world.users[Role.ADVISER]
    for employer, day in ((lite_world.employer_a, 1), (lite_world.employer_b, 20)):
        on = date(2026, 10, day)
        make_placement(employer, me, planned_end_on=date(2027, 3, 21 - day), started_on=on)
        make_need(employer, me, raised_on=on)
        make_member(employer, joined_on=on)
        make_case(employer, me, stage_since=on)
    told = rows(lite_world, Role.ADVISER, name, **asked)
    assert told[0]["Werkgever"] == first
    with reading(lite_world.actor(Role.ADVISER)) as unit:
        walked = WALKS[name](unit, asked)
    assert len(walked) == len(told)
    assert walked == sorted(walked, reverse=first.startswith("Van Dam"))


def test_what_waits_for_review_goes_out_by_contractor_authority_and_worth(lite_world: World) -> None:
    for employer in (lite_world.employer_a, lite_world.employer_b):
        contract = make_contract(lite_world, employer_id=key(employer))
        hours = 12 if employer is lite_world.employer_a else 24
        make_effort(contract, hours_per_week=Decimal(hours), subject=f"K-{hours}")
    told = rows(lite_world, Role.SROI_OFFICER, "review")
    assert [row["Werkgever"] for row in told] == ["De Linde Groen BV", "Van Dam Logistiek BV"]
    told = rows(lite_world, Role.SROI_OFFICER, "review", text="van dam")
    assert [row["Werkgever"] for row in told] == ["Van Dam Logistiek BV"]
    assert rows(lite_world, Role.SROI_OFFICER, "review", authority_id="999999") == []
    told = rows(lite_world, Role.SROI_OFFICER, "review", order="most_worth")
    assert [row["Werkgever"] for row in told] == ["Van Dam Logistiek BV", "De Linde Groen BV"]
    told = rows(lite_world, Role.SROI_OFFICER, "review", order="employer")
    assert [row["Werkgever"] for row in told] == ["De Linde Groen BV", "Van Dam Logistiek BV"]
