"""Drafts are kept whole, one for each form and subject, and only for who typed them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from crm.accounts.drafts import (
    LARGEST,
    DiscardDraft,
    SaveDraft,
    WaitingDraft,
    discard_draft,
    draft_of,
    save_draft,
    waiting_drafts,
)
from crm.core.access import Actor, Role
from crm.core.errors import Invalid
from crm.core.work import perform, reading
from tests.factories import World


def keep(actor: Actor, subject: str, **fields: object) -> None:
    perform(
        actor, save_draft, SaveDraft(form="visit", subject=subject, title=f"Over {subject}", fields=fields)
    )


def kept(actor: Actor, subject: str) -> dict[str, object] | None:
    with reading(actor) as work:
        found = draft_of(work, "visit", subject)
    return found[0] if found else None


def test_a_draft_comes_back_as_it_was_typed(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    keep(actor, "7", summary="“Keuken” loopt over\ntweede regel", people=[3, 4])
    assert kept(actor, "7") == {"summary": "“Keuken” loopt over\ntweede regel", "people": [3, 4]}


def test_the_last_one_stands(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    keep(actor, "7", summary="eerst")
    keep(actor, "7", summary="later")
    assert kept(actor, "7") == {"summary": "later"}


def test_a_colleague_does_not_see_it(world: World) -> None:
    keep(world.actor(Role.ADVISER), "7", summary="van mij")
    assert kept(world.actor(Role.ACCOUNT_MANAGER), "7") is None


def test_a_discarded_draft_is_gone_and_the_others_stay(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    keep(actor, "7", summary="weg")
    keep(actor, "8", summary="blijft")
    keep(world.actor(Role.ACCOUNT_MANAGER), "7", summary="ook")
    perform(actor, discard_draft, DiscardDraft(form="visit", subject="7"))
    assert kept(actor, "7") is None
    assert kept(actor, "8") == {"summary": "blijft"}
    assert kept(world.actor(Role.ACCOUNT_MANAGER), "7") == {"summary": "ook"}


def test_discarding_nothing_is_no_fault(world: World) -> None:
    perform(world.actor(Role.ADVISER), discard_draft, DiscardDraft(form="visit", subject="7"))
    assert kept(world.actor(Role.ADVISER), "7") is None


@pytest.mark.parametrize("fields", [{"summary": "bsn 123456782"}, {"new_people": ["Jan 123456782"]}])
def test_a_citizen_service_number_is_not_even_kept_in_a_draft(
    world: World, fields: dict[str, object]
) -> None:
    actor = world.actor(Role.ADVISER)
    with pytest.raises(Invalid) as caught:
        keep(actor, "7", **fields)
    assert caught.value.field == next(iter(fields))
    assert kept(actor, "7") is None


def test_a_draft_has_a_largest_size(world: World) -> None:
    with pytest.raises(Invalid):
        keep(world.actor(Role.ADVISER), "7", summary="x" * LARGEST)


def test_waiting_drafts_are_my_own(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    keep(actor, "7", summary="van mij")
    keep(world.actor(Role.ACCOUNT_MANAGER), "8", summary="van een ander")
    with reading(actor) as work:
        (found,) = waiting_drafts(work, "visit")
    assert isinstance(found, WaitingDraft)
    assert (found.form, found.subject, found.title) == ("visit", "7", "Over 7")


def test_many_tabs_that_save_at_once_keep_one_draft(world: World) -> None:
    actor = world.actor(Role.ADVISER)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: keep(actor, "7", summary=f"tab {number}"), range(24)))
    with reading(actor) as work:
        assert len(waiting_drafts(work, "visit")) == 1
