"""Rule sets that administrators make: changed, approved by a second person, published for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from crm.core.access import Actor, Role, system
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.sroi import actions, rulebook
from crm.sroi.commands import AssignRuleSet
from crm.sroi.queries import ruleset_drafts as queries
from crm.sroi.records import (
    AuthorityRuleSet,
    Contract,
    PublishedRuleSet,
    RuleSetDraft,
    RuleSetVersion,
)
from crm.sroi.ruleset_commands import (
    ApproveRules,
    AskApproval,
    ChangeRules,
    DropRules,
    MakeRuleSet,
    PublishRules,
    RuleChange,
    SendRulesBack,
    WriteRules,
)
from crm.sroi.states import DraftState
from tests.factories import World, make_user
from tests.sroi.factories import DEMO, assign, make_contract, stored

NEW = "west-brabant-2027"
NEW_YEAR = date(2027, 1, 1)
FIVE_TO_FOUR = RuleChange(path="obligation.percentages.0", value=Decimal(4), source="https://example.nl/4")


@pytest.fixture
def maker(world: World) -> Actor:
    return world.actor(Role.ADMIN)


@pytest.fixture
def second(world: World) -> Actor:
    return world.actor_for(make_user(Role.ADMIN, "Tweede beheerder"))


def make(actor: Actor, **values: Any) -> int:
    command = {
        "base_code": DEMO,
        "code": NEW,
        "title": "West-Brabant 2027",
        "version_name": "2027-1",
        "valid_from": NEW_YEAR,
        **values,
    }
    return perform(actor, actions.make_rule_set, MakeRuleSet(**command))


def change(actor: Actor, draft_id: int, *changes: RuleChange, version: int | None = None) -> None:
    version = version or stored(RuleSetDraft, draft_id).version
    command = ChangeRules(draft_id=draft_id, version=version, changes=changes or (FIVE_TO_FOUR,))
    perform(actor, actions.change_rules, command)


def write(actor: Actor, draft_id: int, document: str, version: int | None = None) -> None:
    version = version or stored(RuleSetDraft, draft_id).version
    perform(actor, actions.write_rules, WriteRules(draft_id=draft_id, version=version, document=document))


def step(
    actor: Actor, action: Callable[..., Any], command: Callable[..., Any], draft_id: int, **more: Any
) -> Any:
    version = stored(RuleSetDraft, draft_id).version
    return perform(actor, action, command(draft_id=draft_id, version=version, **more))


def ask(actor: Actor, draft_id: int) -> None:
    step(actor, actions.ask_rules_approval, AskApproval, draft_id)


def approve(actor: Actor, draft_id: int) -> None:
    step(actor, actions.approve_rules, ApproveRules, draft_id)


def publish(actor: Actor, draft_id: int, **values: Any) -> int:
    values = {"valid_from": NEW_YEAR, **values}
    published: int = step(actor, actions.publish_rules, PublishRules, draft_id, **values)
    return published


def approved(maker: Actor, second: Actor, **values: Any) -> int:
    draft_id = make(maker, **values)
    change(maker, draft_id)
    ask(maker, draft_id)
    approve(second, draft_id)
    return draft_id


def state_of(draft_id: int) -> DraftState:
    state: DraftState = stored(RuleSetDraft, draft_id).state
    return state


def test_a_new_version_has_an_id_a_name_and_a_first_day_of_its_own(maker: Actor) -> None:
    draft = stored(RuleSetDraft, make(maker))
    assert (draft.code, draft.title, draft.state) == (NEW, "West-Brabant 2027", DraftState.DRAFT)
    assert 'version = "2027-1"' in draft.document
    assert "valid_from = 2027-01-01" in draft.document
    assert stored(RuleSetVersion, draft.base_id).code == DEMO


@pytest.mark.parametrize("code", [DEMO, "utrecht-current"])
def test_the_id_of_a_shipped_rule_set_is_taken(maker: Actor, code: str) -> None:
    with pytest.raises(Invalid, match="There is a rule set with this id already"):
        make(maker, code=code)


def test_an_id_is_taken_while_a_version_is_under_way_and_afterwards(maker: Actor, second: Actor) -> None:
    draft_id = approved(maker, second)
    with pytest.raises(Invalid, match="with this id already"):
        make(maker)
    publish(maker, draft_id)
    with pytest.raises(Invalid, match="with this id already"):
        make(maker)


def test_an_id_has_no_spaces(maker: Actor) -> None:
    with pytest.raises(Invalid, match="small letters and digits"):
        make(maker, code="west brabant")


def test_a_version_is_made_from_a_published_one_too(maker: Actor, second: Actor) -> None:
    publish(maker, approved(maker, second))
    later = stored(RuleSetDraft, make(maker, base_code=NEW, code="west-brabant-2028"))
    assert stored(RuleSetVersion, later.base_id).code == NEW
    assert "value = 4" in later.document


def test_a_change_keeps_its_value_and_source(maker: Actor) -> None:
    draft_id = make(maker)
    change(maker, draft_id)
    with reading(maker) as unit:
        page = queries.draft_page(unit, draft_id)
    assert page.faults == ()
    assert 'value = 4\nsource = "https://example.nl/4"' in page.document


def test_two_people_changing_the_same_line_are_shown_both(maker: Actor, second: Actor) -> None:
    draft_id = make(maker)
    opened = stored(RuleSetDraft, draft_id).version
    change(maker, draft_id)
    with pytest.raises(Conflict) as found:
        change(second, draft_id, RuleChange(path=FIVE_TO_FOUR.path, value=Decimal("3.5")), version=opened)
    assert found.value.stored == {FIVE_TO_FOUR.path: "4 · https://example.nl/4"}
    assert found.value.yours == {FIVE_TO_FOUR.path: "3.5"}
    assert found.value.version == opened + 1


def test_two_people_writing_see_the_lines_that_differ(maker: Actor, second: Actor) -> None:
    draft_id = make(maker)
    draft = stored(RuleSetDraft, draft_id)
    change(maker, draft_id)
    with pytest.raises(Conflict) as found:
        write(second, draft_id, draft.document.replace("value = 5\n", "value = 3\n"), draft.version)
    assert found.value.yours == {"document": "value = 3\nassumed = true"}
    assert found.value.stored == {"document": 'value = 4\nsource = "https://example.nl/4"'}


def test_a_text_with_faults_is_kept_and_told_with_its_lines(maker: Actor) -> None:
    draft_id = make(maker)
    draft = stored(RuleSetDraft, draft_id)
    write(maker, draft_id, draft.document.replace(f'id = "{NEW}"', 'id = "another"'))
    with reading(maker) as unit:
        [fault] = queries.draft_page(unit, draft_id).faults
    assert (fault.line, fault.field) == (1, "id")
    write(maker, draft_id, "id = \n")
    with reading(maker) as unit:
        [fault] = queries.draft_page(unit, draft_id).faults
    assert fault.line == 1
    with pytest.raises(Invalid, match="still has faults"):
        ask(maker, draft_id)
    with pytest.raises(Invalid, match="still has faults"):
        change(maker, draft_id)


def test_approval_needs_a_change_of_the_rules(maker: Actor) -> None:
    draft_id = make(maker)
    with pytest.raises(Invalid, match="No rule differs"):
        ask(maker, draft_id)


def test_who_made_a_version_cannot_approve_it(maker: Actor) -> None:
    draft_id = make(maker)
    change(maker, draft_id)
    ask(maker, draft_id)
    with pytest.raises(Invalid, match="Somebody else has to approve it"):
        approve(maker, draft_id)
    assert state_of(draft_id) is DraftState.ASKED


def test_who_changed_a_version_last_cannot_approve_it(maker: Actor, second: Actor) -> None:
    draft_id = make(maker)
    change(second, draft_id)
    ask(maker, draft_id)
    for actor in (maker, second):
        with pytest.raises(Invalid, match="Somebody else has to approve it"):
            approve(actor, draft_id)


def test_a_change_makes_an_approval_void(maker: Actor, second: Actor) -> None:
    draft_id = approved(maker, second)
    assert state_of(draft_id) is DraftState.APPROVED
    change(second, draft_id, RuleChange(path=FIVE_TO_FOUR.path, value=Decimal(3)))
    assert state_of(draft_id) is DraftState.DRAFT
    assert stored(RuleSetDraft, draft_id).approved_by_id is None
    with pytest.raises(Invalid, match="Look at it again"):
        publish(maker, draft_id)


def test_approving_what_was_changed_meanwhile_is_refused(maker: Actor, second: Actor) -> None:
    draft_id = make(maker)
    change(maker, draft_id)
    ask(maker, draft_id)
    seen = stored(RuleSetDraft, draft_id).version
    change(maker, draft_id, RuleChange(path=FIVE_TO_FOUR.path, value=Decimal(3)))
    ask(maker, draft_id)
    with pytest.raises(Invalid, match="Look at it again"):
        perform(second, actions.approve_rules, ApproveRules(draft_id=draft_id, version=seen))


def test_a_version_is_sent_back_with_a_reason(maker: Actor, second: Actor) -> None:
    draft_id = make(maker)
    change(maker, draft_id)
    ask(maker, draft_id)
    step(second, actions.send_rules_back, SendRulesBack, draft_id, reason="De bron ontbreekt.")
    draft = stored(RuleSetDraft, draft_id)
    assert (draft.state, draft.reason) == (DraftState.DRAFT, "De bron ontbreekt.")


def test_nothing_is_published_without_an_approval(maker: Actor) -> None:
    draft_id = make(maker)
    change(maker, draft_id)
    with pytest.raises(Invalid, match="Look at it again"):
        publish(maker, draft_id)


def test_a_day_that_has_passed_needs_a_reason(maker: Actor, second: Actor) -> None:
    draft_id = approved(maker, second)
    with pytest.raises(Invalid, match="Say why"):
        publish(maker, draft_id, valid_from=date(2026, 11, 23))
    publish(maker, draft_id, valid_from=date(2026, 11, 23), reason="Besluit van de raad van 1 november")
    with reading(maker) as unit:
        assert rulebook.named(unit, NEW).valid_from == date(2026, 11, 23)


def test_a_published_version_is_known_everywhere(world: World, maker: Actor, second: Actor) -> None:
    publish(maker, approved(maker, second))
    with reading(maker) as unit:
        assert rulebook.names(unit)[NEW] == "West-Brabant 2027 (2027-1)"
        assert queries.drafts(unit) == []
        [row] = [row for row in queries.ruleset_versions(unit) if row.code == NEW]
    assert row.published is not None
    assert (row.published.made_by, row.published.approved_by) == ("admin een", "Tweede beheerder")
    command = AssignRuleSet(authority_id=key(world.authority), rule_set_code=NEW, valid_from=NEW_YEAR)
    perform(world.actor(Role.SROI_OFFICER), actions.assign_rule_set, command)
    assert make_contract(world, rule_set_code=NEW).obligation_cents == 4_000_000


def test_a_published_version_never_changes(maker: Actor, second: Actor) -> None:
    draft_id = approved(maker, second)
    published_id = publish(maker, draft_id)
    document = stored(RuleSetDraft, draft_id).document
    for attempt in (
        lambda: change(maker, draft_id),
        lambda: write(maker, draft_id, document.replace("value = 4", "value = 3")),
        lambda: step(maker, actions.send_rules_back, SendRulesBack, draft_id, reason="Toch niet"),
        lambda: step(maker, actions.drop_rules, DropRules, draft_id),
        lambda: publish(maker, draft_id),
    ):
        with pytest.raises(Invalid, match="never changes again"):
            attempt()
    rule_set_id = stored(PublishedRuleSet, published_id).rule_set_id
    with work(system("test")) as unit:
        unit.get(RuleSetVersion, rule_set_id).document = "id = 1"
        with pytest.raises(RuntimeError, match="never changes"):
            unit.flush()
    with work(system("test")) as unit:
        unit.session.delete(unit.get(PublishedRuleSet, published_id))
        with pytest.raises(RuntimeError, match="never changes"):
            unit.flush()


@pytest.mark.tampers
@pytest.mark.parametrize("document", ["id = 1", None])
def test_rules_that_were_tampered_with_are_refused(maker: Actor, second: Actor, document: str | None) -> None:
    published = stored(PublishedRuleSet, publish(maker, approved(maker, second)))
    told = stored(RuleSetVersion, published.rule_set_id).document
    with work(system("test")) as unit:
        changed = document or told.replace("value = 4", "value = 1")
        statement = text("UPDATE rule_set_versions SET document = :document WHERE id = :id")
        unit.session.execute(statement, {"document": changed, "id": published.rule_set_id})
        unit.session.commit()
    with reading(maker) as unit, pytest.raises(Invalid, match="not what was published"):
        rulebook.named(unit, NEW)


def test_contracts_keep_their_rules_and_new_ones_take_the_new(
    world: World, maker: Actor, second: Actor
) -> None:
    assign(world)
    before = make_contract(world, rule_set_code=None)
    publish(maker, approved(maker, second), authority_ids=(key(world.authority),))
    after = make_contract(world, rule_set_code=None, award_on=NEW_YEAR, end_on=date(2027, 12, 31))
    last_day = make_contract(world, rule_set_code=None, award_on=date(2026, 12, 31))
    assert (before.obligation_cents, last_day.obligation_cents) == (5_000_000, 5_000_000)
    assert after.obligation_cents == 4_000_000
    again = stored(Contract, key(before))
    assert (again.obligation_cents, again.rule_set_id) == (5_000_000, before.rule_set_id)
    assert stored(RuleSetVersion, again.rule_set_id).code == DEMO
    with reading(maker) as unit:
        used = {row.code: row.contracts for row in queries.ruleset_versions(unit)}
    assert (used[DEMO], used[NEW]) == (2, 1)


def test_an_authority_that_has_rules_from_that_day_is_not_overruled(
    world: World, maker: Actor, second: Actor
) -> None:
    assign(world, valid_from=NEW_YEAR)
    draft_id = approved(maker, second)
    with pytest.raises(Invalid, match="Gemeente Halderberge gets another rule set on this day"):
        publish(maker, draft_id, authority_ids=(key(world.authority),))
    assert state_of(draft_id) is DraftState.APPROVED
    assert queries.authorities_with(maker, DEMO) == {key(world.authority), key(world.other_authority)}


def test_the_effect_on_running_contracts_comes_most_changed_first(world: World, maker: Actor) -> None:
    make_contract(world, title="Klein", value_cents=20_000_000)
    make_contract(world, title="Groot")
    draft_id = make(maker)
    change(maker, draft_id)
    with reading(maker) as unit:
        page = queries.draft_page(unit, draft_id)
    rows = queries.effect_on_contracts(maker, page.base, page.rules())
    assert [(row.name, row.obligation_before, row.obligation_after) for row in rows] == [
        ("Groot", Decimal("50000.00"), Decimal("40000.00")),
        ("Klein", Decimal("10000.00"), Decimal("8000.00")),
    ]


def test_a_version_under_way_can_be_thrown_away(maker: Actor) -> None:
    draft_id = make(maker)
    step(maker, actions.drop_rules, DropRules, draft_id)
    with reading(maker) as unit, pytest.raises(NotFound):
        queries.draft_page(unit, draft_id)


def test_throwing_away_what_was_changed_meanwhile_is_refused(maker: Actor) -> None:
    draft_id = make(maker)
    change(maker, draft_id)
    with pytest.raises(Invalid, match="Look at it again"):
        perform(maker, actions.drop_rules, DropRules(draft_id=draft_id, version=1))


def test_a_published_version_is_no_longer_under_way(maker: Actor, second: Actor) -> None:
    draft_id = approved(maker, second)
    publish(maker, draft_id)
    with reading(maker) as unit, pytest.raises(NotFound):
        queries.draft_page(unit, draft_id)


def test_nothing_is_assigned_without_being_asked(world: World, maker: Actor, second: Actor) -> None:
    publish(maker, approved(maker, second))
    with reading(system("test")) as unit:
        assert unit.session.get(AuthorityRuleSet, 1) is None


def test_whoever_changed_it_since_the_last_approval_does_not_approve_it(maker: Actor, second: Actor) -> None:
    draft_id = make(maker)
    change(second, draft_id)
    other = RuleChange(path="obligation.percentages.0", value=Decimal(3), source="https://example.nl/3")
    change(maker, draft_id, other)
    ask(maker, draft_id)
    # The last change is the maker's, but the one before it was theirs.
    for actor in (maker, second):
        with pytest.raises(Invalid, match="Somebody else has to approve it"):
            approve(actor, draft_id)
        with reading(actor) as unit:
            assert queries.draft_page(unit, draft_id).own


def test_after_an_approval_only_new_work_has_to_be_seen_by_somebody_else(maker: Actor, second: Actor) -> None:
    draft_id = approved(maker, second)
    other = RuleChange(path="obligation.percentages.0", value=Decimal(3), source="https://example.nl/3")
    change(second, draft_id, other)
    ask(second, draft_id)
    with pytest.raises(Invalid, match="Somebody else has to approve it"):
        approve(second, draft_id)
    approve(maker, draft_id)
    assert state_of(draft_id) is DraftState.APPROVED


def test_what_was_approved_and_sent_back_unchanged_is_not_approved_by_its_maker(
    maker: Actor, second: Actor
) -> None:
    draft_id = approved(maker, second)
    step(second, actions.send_rules_back, SendRulesBack, draft_id, reason="Nog eens kijken")
    ask(second, draft_id)
    with pytest.raises(Invalid, match="Somebody else has to approve it"):
        approve(maker, draft_id)
