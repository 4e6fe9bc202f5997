"""Evidence: by what a file really is, kept with the effort, never of others; and what to look at."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from crm.core import clock, files
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.placements.records import Placement
from crm.sroi import actions, queries
from crm.sroi.commands import AddEvidence, NoteEvidenceSeen, RegisterContract, RemoveEvidence, WithdrawEffort
from crm.sroi.queries import checks
from crm.sroi.records import Contract, Effort, Evidence, RuleSetVersion
from tests.factories import TODAY, World
from tests.sroi.factories import approve, make_contract, make_effort, make_placement, stored, terms

PDF = b"%PDF-1.4 loonstrook"


def add(world: World, effort: Effort, role: Role = Role.EMPLOYER, **values: Any) -> int:
    command = AddEvidence(
        **{"effort_id": key(effort), "kind": "payslip", "file_name": "a.pdf", "content": PDF, **values}
    )
    return perform(world.actor(role), actions.add_evidence, command)


def test_an_employer_adds_a_file_to_the_own_effort(world: World) -> None:
    effort = make_effort(make_contract(world))
    found = stored(Evidence, add(world, effort))
    assert files.read(found.sha256) == PDF
    assert (found.media_type, found.size_bytes) == ("application/pdf", len(PDF))
    assert found.employer_id == effort.employer_id


def test_what_a_file_is_called_does_not_tell_what_it_is(lite_world: World) -> None:
    effort = make_effort(make_contract(lite_world))
    with pytest.raises(Invalid) as caught:
        add(lite_world, effort, content=b"<html>", file_name="loonstrook.pdf")
    assert caught.value.field == "file"


def test_a_file_name_is_no_path_and_stays_out_of_the_audit(world: World) -> None:
    effort = make_effort(make_contract(world))
    found = stored(Evidence, add(world, effort, file_name="../../etc/Jan Jansen.pdf"))
    assert found.file_name == ".. .. etc Jan Jansen.pdf"
    with reading(system("test")) as unit:
        entries = unit.session.exec(
            select(AuditEntry.after).where(AuditEntry.object_type == "evidence")
        ).all()
    assert len(entries) == 1
    assert "Jansen" not in entries[0]


def test_a_service_number_is_refused_as_file_name() -> None:
    with pytest.raises(Invalid) as caught:
        AddEvidence(effort_id=1, kind="payslip", file_name="111222333.pdf", content=PDF)
    assert caught.value.field == "file_name"


def test_the_kind_of_evidence_comes_from_the_rule_set(lite_world: World) -> None:
    effort = make_effort(make_contract(lite_world))
    with pytest.raises(Invalid) as caught:
        add(lite_world, effort, kind="verzonnen")
    assert caught.value.field == "kind"
    assert stored(Evidence, add(lite_world, effort, kind="other")).kind == "other"


def test_another_employer_finds_neither_effort_nor_evidence(world: World) -> None:
    effort = make_effort(make_contract(world))
    evidence_id = add(world, effort)
    stranger = world.actor_for(world.portal_b)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        perform(
            stranger,
            actions.add_evidence,
            AddEvidence(effort_id=key(effort), kind="payslip", file_name="a.pdf", content=PDF),
        )
    with pytest.raises(NotFound):
        perform(stranger, actions.remove_evidence, RemoveEvidence(evidence_id=evidence_id))


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGER, Role.ADMIN, Role.PARTNER])
def test_others_add_no_evidence(lite_world: World, role: Role) -> None:
    effort = make_effort(make_contract(lite_world))
    with pytest.raises(Forbidden):
        add(lite_world, effort, role)


def test_evidence_can_go_until_the_effort_is_approved(world: World) -> None:
    effort = make_effort(make_contract(world))
    first, second = add(world, effort), add(world, effort, content=b"%PDF-1.4 tweede")
    perform(world.actor(Role.EMPLOYER), actions.remove_evidence, RemoveEvidence(evidence_id=first))
    approve(effort)
    with pytest.raises(Invalid):
        perform(world.actor(Role.EMPLOYER), actions.remove_evidence, RemoveEvidence(evidence_id=second))
    with reading(system("test")) as unit:
        assert unit.session.exec(select(Evidence.id)).all() == [second]


def test_an_effort_that_was_taken_back_needs_no_evidence(lite_world: World) -> None:
    effort = make_effort(make_contract(lite_world))
    command = WithdrawEffort(effort_id=key(effort), version=effort.version)
    perform(system("test"), actions.withdraw_effort, command)
    with pytest.raises(Invalid):
        add(lite_world, effort)


def test_only_an_officer_notes_that_evidence_was_seen_and_not_in_the_future(world: World) -> None:
    effort = make_effort(make_contract(world))
    command = NoteEvidenceSeen(effort_id=key(effort), kind="payslip", seen_on=TODAY)
    with pytest.raises(Forbidden):
        perform(world.actor(Role.EMPLOYER), actions.note_evidence_seen, command)
    later = NoteEvidenceSeen(effort_id=key(effort), kind="payslip", seen_on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid) as caught:
        perform(world.actor(Role.SROI_OFFICER), actions.note_evidence_seen, later)
    assert caught.value.field == "seen_on"
    made = perform(world.actor(Role.SROI_OFFICER), actions.note_evidence_seen, command)
    assert stored(Evidence, made).seen_on == TODAY


def test_a_rule_set_used_first_by_several_at_once_is_kept_once(world: World) -> None:
    officer = world.actor(Role.SROI_OFFICER)

    def register(_number: int) -> int:
        return perform(officer, actions.register_contract, RegisterContract(**terms(world)))

    with ThreadPoolExecutor(6) as pool:
        made = set(pool.map(register, range(6)))
    assert len(made) == 6
    with reading(system("test")) as unit:
        assert len(unit.session.exec(select(RuleSetVersion)).all()) == 1
        assert len(unit.session.exec(select(Contract)).all()) == 6


def looked_at(world: World, effort: Effort, role: Role = Role.SROI_OFFICER) -> dict[str, dict[str, Any]]:
    with reading(world.actor(role)) as unit:
        found = queries.review_page(unit, key(effort)).checks
    return {check.message: dict(check.params) for check in found}


def test_an_officer_is_told_what_is_missing_and_what_lies_outside_the_term(lite_world: World) -> None:
    contract = make_contract(lite_world, start_on=date(2026, 2, 1), end_on=date(2026, 12, 1))
    effort = make_effort(contract, end=date(2026, 12, 31))
    add(lite_world, effort)
    found = looked_at(lite_world, effort)
    assert found[checks.BEFORE_TERM] == {"day": date(2026, 1, 1)}
    assert found[checks.AFTER_TERM] == found[checks.NOT_OVER] == {"day": date(2026, 12, 31)}
    assert found[checks.MISSING]["kind"].en == "Proof of the benefit (decision or statement)"


def test_an_effort_without_value_cannot_be_approved(lite_world: World) -> None:
    contract = make_contract(lite_world, rule_set_code="oost-nederland")
    effort = make_effort(contract, block="PW_GT2Y", benefit_start=date(2025, 6, 1))
    assert effort.value_cents == 0
    with reading(lite_world.actor(Role.SROI_OFFICER)) as unit:
        first = queries.review_page(unit, key(effort)).checks[0]
    assert (first.message, first.blocks) == (checks.NOTHING, True)
    with pytest.raises(Invalid) as caught:
        approve(effort)
    assert caught.value.field == "approved_cents"


def test_a_cap_of_the_rule_set_is_told_with_the_room_that_is_left(lite_world: World) -> None:
    contract = make_contract(lite_world)
    activity = {"block": "SOCIAAL_PROJECT", "hours_per_week": None, "subject": ""}
    approve(make_effort(contract, **activity, quantity=Decimal(100)))
    effort = make_effort(contract, **activity, quantity=Decimal(50))
    within = make_effort(contract, **activity, quantity=Decimal(25))
    assert looked_at(lite_world, effort)[checks.OVER_CAP] == {"room_cents": 250_000}
    assert checks.OVER_CAP not in looked_at(lite_world, within)


def test_the_same_person_in_the_same_period_and_a_surplus_are_told(lite_world: World) -> None:
    contract = make_contract(lite_world, value_cents=20_000_000)
    approve(make_effort(contract))
    same = make_effort(contract, start=date(2026, 6, 30), end=date(2026, 9, 30))
    later = make_effort(contract, start=date(2026, 10, 1), end=date(2026, 10, 31))
    found = looked_at(lite_world, same)
    assert found[checks.SAME_PERSON] == {"subject": "K-2041"}
    assert checks.SURPLUS in found
    assert checks.SAME_PERSON not in looked_at(lite_world, later)


def test_an_officer_is_told_about_an_own_effort_and_about_changed_hours(lite_world: World) -> None:
    contract = make_contract(lite_world)
    placement = make_placement(lite_world)
    effort = make_effort(contract, lite_world.actor(Role.SROI_OFFICER), placement_id=key(placement))
    assert checks.OWN_HAND in looked_at(lite_world, effort)
    assert checks.HOURS_CHANGED not in looked_at(lite_world, effort)
    with work(system("test")) as unit:
        unit.get(Placement, key(placement)).hours_changed_at = clock.now() + timedelta(hours=1)
        unit.commit()
    assert checks.HOURS_CHANGED in looked_at(lite_world, effort)
