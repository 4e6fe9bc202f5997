"""Lists as files: the filters in force on each screen, and words for codes."""

from __future__ import annotations

import csv
import io

import pytest

from crm.core.access import Role
from crm.core.i18n import in_language
from crm.core.records import key
from crm.core.work import reading
from crm.exchange.exporting import exported
from crm.jobcarving.rules import Stage
from crm.needs.rules import NeedKind
from crm.placements.rules import PlacementState
from crm.ui.export_words import words_for
from crm.visits.rules import MomentKind
from tests.factories import World
from tests.jobcarving.factories import make_case
from tests.needs.factories import make_need
from tests.network.factories import make_member
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
    make_moment(lite_world.employer_a, lite_world.users[Role.ADVISER], kind=MomentKind.CALL)
    of = str(key(lite_world.employer_a))
    told = rows(lite_world, Role.ADVISER, "contact-moments", employer_id=of)
    assert [row["Soort"] for row in told] == ["Bellen"]
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
