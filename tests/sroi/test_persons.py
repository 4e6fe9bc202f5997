"""The double-count guard: whose time an effort claims, over two authorities, without a name anywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from crm.accounts.records import UserAuthority, UserRegion
from crm.core.access import Actor, Role, system
from crm.core.audit import AuditEntry
from crm.core.config import settings
from crm.core.errors import Forbidden, Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions, persons, queries
from crm.sroi.commands import (
    ApproveEffort,
    CopyEffort,
    EditEffort,
    EffortClaim,
    OfferPlacement,
    SubmitEffort,
    WithdrawEffort,
)
from crm.sroi.queries.persons import DoubleCount, decisions_on, double_counts, double_counts_on, knows_person
from crm.sroi.queries.submitting import before_submitting
from crm.sroi.records import Contract, DoubleCountDecision, Effort, KnownBy, PersonClaim
from crm.sroi.states import EffortState
from tests.factories import World, make_user, save
from tests.sroi.factories import approve, claim, make_contract, make_effort, make_placement, stored

BORN = date(1991, 3, 8)
JAN, MAR, APR, JUN = date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30)
WHO: dict[str, Any] = {"surname": "De Vries-Jansen", "birth_date": BORN}


@pytest.fixture
def here(world: World) -> Contract:
    return make_contract(world, title="Groenonderhoud")


@pytest.fixture
def there(world: World) -> Contract:
    """A contract of another employer with another authority."""
    return make_contract(
        world,
        title="Schoonmaak",
        authority_id=key(world.other_authority),
        employer_id=key(world.employer_b),
    )


def officer_there(world: World) -> Actor:
    """Return an officer who works for the other authority alone."""
    user = make_user(Role.SROI_OFFICER, "Ilse Kok")
    save(UserRegion(user_id=key(user), region_id=key(world.region)))
    save(UserAuthority(user_id=key(user), authority_id=key(world.other_authority)))
    return world.actor_for(user)


def claims_on(effort: Effort) -> list[PersonClaim]:
    with reading(system("test")) as unit:
        wanted = select(PersonClaim).where(PersonClaim.effort_id == key(effort))
        return list(unit.session.exec(wanted.order_by(col(PersonClaim.id))))


def doubles(actor: Actor, effort: Effort) -> tuple[DoubleCount, ...]:
    with reading(actor) as unit:
        return double_counts(unit, key(effort))


class TestFingerprint:
    def test_it_is_written_with_the_days_and_the_share(self, world: World, here: Contract) -> None:
        effort = make_effort(here, **WHO)
        rows = claims_on(effort)
        assert {(row.known_by, row.starts_on, row.ends_on, row.share) for row in rows} == {
            (KnownBy.NAME, JAN, JUN, Decimal("0.6666"))
        }
        assert {row.fingerprint for row in rows} == {
            mark.fingerprint for mark in persons.marks_of_name("Jansen de Vries", BORN)
        }
        assert [(row.contract_id, row.employer_id) for row in rows] == [(key(here), here.employer_id)] * 2

    def test_neither_name_nor_birthday_stands_anywhere(self, world: World, here: Contract) -> None:
        make_effort(here, **WHO)
        with reading(system("test")) as unit:
            connection = unit.session.connection()
            entries = unit.session.exec(select(AuditEntry)).all()
            kept = [str(row) for row in connection.execute(text("SELECT * FROM efforts")).all()]
            kept += [str(row) for row in connection.execute(text("SELECT * FROM person_claims")).all()]
        told = "\n".join([*kept, *(entry.before + entry.after for entry in entries)])
        assert "ansen" not in told
        assert "1991" not in told
        [mark, *_] = persons.marks_of_name("Jansen", BORN)
        assert mark.fingerprint not in "\n".join(entry.after for entry in entries)
        assert "Jansen" not in repr(SubmitEffort(contract_id=key(here), **claim(**WHO)))

    def test_another_secret_makes_another_fingerprint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = persons.marks_of_name("Jansen", BORN)
        monkeypatch.setenv("CRM_SECRET_KEY", "another-secret-for-tests-0123456789")
        settings.cache_clear()
        assert persons.marks_of_name("Jansen", BORN).isdisjoint(before)

    def test_a_person_who_is_not_told_again_stays(self, lite_world: World) -> None:
        effort = make_effort(make_contract(lite_world), **WHO)
        before = {row.fingerprint for row in claims_on(effort)}
        change = EditEffort(
            effort_id=key(effort), version=effort.version, **claim(hours_per_week=Decimal(36))
        )
        perform(system("test"), actions.edit_effort, change)
        assert {(row.fingerprint, row.share) for row in claims_on(effort)} == {
            (fingerprint, Decimal(1)) for fingerprint in before
        }

    def test_somebody_else_takes_their_place(self, lite_world: World) -> None:
        effort = make_effort(make_contract(lite_world), **WHO)
        other = claim(surname="Bakker", birth_date=BORN)
        change = EditEffort(effort_id=key(effort), version=effort.version, **other)
        perform(system("test"), actions.edit_effort, change)
        [row] = claims_on(effort)
        assert {row.fingerprint} == {mark.fingerprint for mark in persons.marks_of_name("Bakker", BORN)}

    def test_an_effort_about_nobody_forgets_the_person(self, lite_world: World) -> None:
        effort = make_effort(make_contract(lite_world), **WHO)
        project: dict[str, Any] = {
            "block": "SOCIAAL_PROJECT",
            "hours_per_week": None,
            "quantity": Decimal(10),
            "end": JAN,
        }
        change = EditEffort(effort_id=key(effort), version=effort.version, **claim(**project))
        perform(system("test"), actions.edit_effort, change)
        assert claims_on(effort) == []

    def test_one_that_is_taken_back_forgets_the_person(self, lite_world: World) -> None:
        effort = make_effort(make_contract(lite_world), **WHO)
        command = WithdrawEffort(effort_id=key(effort), version=effort.version)
        perform(system("test"), actions.withdraw_effort, command)
        assert claims_on(effort) == []

    def test_a_draft_without_days_remembers_who_and_claims_nothing(self, lite_world: World) -> None:
        effort = make_effort(make_contract(lite_world), start=None, end=None, submit=False, **WHO)
        assert [row.starts_on for row in claims_on(effort)] == [None, None]
        with reading(lite_world.actor(Role.EMPLOYER)) as unit:
            assert knows_person(unit, key(effort))

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"surname": "Jansen"}, "birth_date"),
            ({"birth_date": BORN}, "surname"),
            ({"surname": "12", "birth_date": BORN}, "surname"),
            ({"surname": "Jansen", "birth_date": date(2020, 1, 1)}, "birth_date"),
            ({"surname": "Jansen", "birth_date": date(1900, 1, 1)}, "birth_date"),
        ],
    )
    def test_half_a_person_or_an_impossible_one_is_refused(
        self, lite_world: World, told: dict[str, Any], field: str
    ) -> None:
        contract = make_contract(lite_world)
        with pytest.raises(Invalid) as caught:
            make_effort(contract, **told)
        assert caught.value.field == field

    def test_a_service_number_is_no_surname(self) -> None:
        with pytest.raises(Invalid) as caught:
            EffortClaim(block="PW", surname="111222333")
        assert caught.value.field == "surname"

    def test_the_birthday_gives_the_age_and_no_more(self, lite_world: World) -> None:
        # Born on 8 March 1971: 55 on 30 June but 54 on 1 January, the first day.
        effort = make_effort(make_contract(lite_world), surname="Smit", birth_date=date(1971, 3, 8))
        assert effort.facts["age"] == 54
        assert "birth_date" not in effort.facts

    def test_an_offered_placement_is_known_by_its_candidate(self, lite_world: World) -> None:
        contract, placement = make_contract(lite_world), make_placement(lite_world)
        command = OfferPlacement(placement_id=key(placement), contract_id=key(contract), block="PW")
        made = perform(lite_world.actor(Role.ADVISER), actions.offer_placement, command)
        [row] = claims_on(stored(Effort, made))
        assert row.known_by is KnownBy.CANDIDATE
        assert row.fingerprint == persons.mark_of_candidate(placement.candidate_reference).fingerprint


class TestGuard:
    def test_each_officer_sees_authority_and_period_of_the_other_and_no_more(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        mine = make_effort(here, **WHO)
        theirs = make_effort(there, start=APR, end=date(2026, 9, 30), surname="Jansen", birth_date=BORN)
        period: dict[str, Any] = {"first": APR, "last": JUN, "other": None}
        assert doubles(world.actor(Role.SROI_OFFICER), mine) == (
            DoubleCount(world.other_authority.name, APR, date(2026, 9, 30), **period),
        )
        assert doubles(officer_there(world), theirs) == (
            DoubleCount(world.authority.name, JAN, JUN, **period),
        )

    def test_who_may_see_the_other_effort_is_led_there(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        mine, theirs = make_effort(here, **WHO), make_effort(there, **WHO)
        [found] = doubles(system("test"), mine)
        assert found.other is not None
        assert (found.other.effort_id, found.other.contract) == (key(theirs), "Schoonmaak")

    def test_drafts_and_what_was_sent_back_claim_nothing(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        mine = make_effort(here, **WHO)
        make_effort(there, submit=False, **WHO)
        assert doubles(world.actor(Role.SROI_OFFICER), mine) == ()

    def test_two_part_timers_of_one_person_fit(self, world: World, here: Contract, there: Contract) -> None:
        mine = make_effort(here, **WHO)
        make_effort(there, hours_per_week=Decimal(12), **WHO)
        assert doubles(world.actor(Role.SROI_OFFICER), mine) == ()

    def test_an_effort_with_both_ties_name_and_candidate_together(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        placement = make_placement(world)
        by_name = make_effort(there, **WHO)
        make_effort(here, placement_id=key(placement), **WHO, end=MAR)
        other = make_contract(world, title="Wegen", authority_id=key(world.other_authority))
        by_candidate = make_effort(other, placement_id=key(placement), start=APR)
        found = doubles(officer_there(world), by_name)
        assert [(one.first, one.last) for one in found] == [(JAN, MAR), (APR, JUN)]
        assert found[1].other is not None
        assert found[1].other.effort_id == key(by_candidate)

    def test_a_contract_tells_it_for_all_its_efforts_at_once(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        mine = make_effort(here, **WHO)
        make_effort(here, surname="Bakker", birth_date=BORN, subject="K-1")
        make_effort(there, **WHO)
        with reading(world.actor(Role.SROI_OFFICER)) as unit:
            assert double_counts_on(unit, key(here)) == {key(mine): double_counts(unit, key(mine))}
            assert double_counts_on(unit, 987) == {}

    def test_an_officer_is_warned_before_handing_in_and_a_contractor_cannot_look_people_up(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        make_effort(there, **WHO)
        told = EffortClaim(**claim(**WHO))
        with reading(world.actor(Role.EMPLOYER)) as unit:
            assert before_submitting(unit, key(here), told, frozenset()).doubles == ()
        with reading(world.actor(Role.SROI_OFFICER)) as unit:
            found = before_submitting(unit, key(here), told, frozenset())
            alone = before_submitting(unit, key(here), EffortClaim(**claim()), frozenset())
        assert [(one.authority, one.starts_on, one.ends_on, one.other) for one in found.doubles] == [
            (world.other_authority.name, JAN, JUN, None)
        ]
        assert alone.doubles == ()
        assert make_effort(here, world.actor(Role.EMPLOYER), **WHO).state is EffortState.SUBMITTED

    def test_changing_an_effort_does_not_run_into_itself(self, world: World, here: Contract) -> None:
        effort = make_effort(here, **WHO)
        with reading(world.actor(Role.EMPLOYER)) as unit:
            found = before_submitting(unit, key(here), EffortClaim(**claim()), frozenset(), key(effort))
        assert found.doubles == ()

    @pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGER, Role.ADMIN, Role.PARTNER])
    def test_others_are_told_nothing(self, lite_world: World, role: Role) -> None:
        effort = make_effort(make_contract(lite_world), **WHO)
        with pytest.raises(Forbidden):
            doubles(lite_world.actor(role), effort)


class TestApproval:
    def test_it_needs_a_reason_that_is_kept_and_logged(
        self, world: World, here: Contract, there: Contract
    ) -> None:
        mine, theirs = make_effort(here, **WHO), make_effort(there, **WHO)
        officer = world.actor(Role.SROI_OFFICER)
        with pytest.raises(Invalid) as caught:
            approve(mine, officer)
        assert caught.value.field == "double_reason"
        approve(mine, officer, double_reason="Tweeling, gezien op 3 juli")
        with reading(officer) as unit:
            assert decisions_on(unit, key(mine)) == ["Tweeling, gezien op 3 juli"]
            [kept] = unit.session.exec(select(DoubleCountDecision)).all()
        assert kept.decided_by_id == officer.user_id
        with reading(system("test")) as unit:
            logged = unit.session.exec(
                select(AuditEntry.after).where(AuditEntry.object_type == "double_count_decisions")
            ).all()
        assert "Tweeling" in logged[0]
        # The other officer still sees it, and decides for that authority.
        assert len(doubles(officer_there(world), theirs)) == 1
        with reading(world.actor(Role.EMPLOYER)) as unit:
            assert decisions_on(unit, key(mine)) == []

    def test_without_a_conflict_no_reason_is_asked_or_kept(self, lite_world: World) -> None:
        effort = approve(make_effort(make_contract(lite_world), **WHO), double_reason="Overbodig")
        with reading(system("test")) as unit:
            assert decisions_on(unit, key(effort)) == []

    def test_a_service_number_is_no_reason(self) -> None:
        with pytest.raises(Invalid) as caught:
            ApproveEffort(effort_id=1, version=1, double_reason="Zie 111222333")
        assert caught.value.field == "double_reason"

    def test_the_review_shows_it(self, lite_world: World) -> None:
        contract = make_contract(lite_world)
        effort = make_effort(contract, **WHO)
        make_effort(contract, **WHO, subject="K-77")
        with reading(lite_world.actor(Role.SROI_OFFICER)) as unit:
            [found] = queries.review_page(unit, key(effort)).doubles
        assert found.other is not None
        assert found.authority == lite_world.authority.name


class TestCopy:
    def test_the_next_period_has_the_same_facts_and_person(self, world: World) -> None:
        contract = make_contract(world)
        first = make_effort(
            contract, end=MAR, permanent=True, tags=("statushouder",), description="Maaien", **WHO
        )
        made = perform(world.actor(Role.EMPLOYER), actions.copy_effort, CopyEffort(effort_id=key(first)))
        copy: Effort = stored(Effort, made)
        assert (copy.state, copy.starts_on, copy.ends_on) == (EffortState.DRAFT, APR, JUN)
        days = {"start": "2026-04-01", "end": "2026-06-30"}
        assert copy.facts == {**first.facts, **days}
        assert (copy.subject, copy.description) == ("K-2041", "Maaien")
        assert {row.fingerprint for row in claims_on(copy)} == {row.fingerprint for row in claims_on(first)}

    def test_asked_twice_it_is_made_once(self, lite_world: World) -> None:
        first = make_effort(make_contract(lite_world), end=MAR)
        command = CopyEffort(effort_id=key(first))
        made = [perform(system("test"), actions.copy_effort, command) for _again in range(2)]
        assert made[0] == made[1]

    def test_amounts_come_along(self, lite_world: World) -> None:
        project: dict[str, Any] = {
            "block": "SOCIAAL_PROJECT",
            "hours_per_week": None,
            "quantity": Decimal("7.5"),
        }
        first = make_effort(make_contract(lite_world), **project)
        made = perform(system("test"), actions.copy_effort, CopyEffort(effort_id=key(first)))
        assert stored(Effort, made).value_cents == first.value_cents

    def test_a_placement_gives_its_own_hours_and_end(self, lite_world: World) -> None:
        hours = ((JAN, Decimal(24)), (date(2026, 5, 1), Decimal(36)))
        placement = make_placement(lite_world, hours=hours, ended_on=date(2026, 5, 31))
        contract = make_contract(lite_world)
        first = make_effort(contract, end=MAR, placement_id=key(placement))
        made = perform(system("test"), actions.copy_effort, CopyEffort(effort_id=key(first)))
        copy: Effort = stored(Effort, made)
        assert (copy.ends_on, copy.placement_id) == (date(2026, 5, 31), key(placement))
        assert copy.facts["hours_per_week"][-1] == {"from": "2026-05-01", "hours": "36.0"}

    def test_it_ends_with_the_contract_and_not_after_it(self, lite_world: World) -> None:
        contract = make_contract(lite_world, end_on=date(2026, 10, 31))
        first = make_effort(contract)
        command = CopyEffort(effort_id=key(first))
        made: Effort = stored(Effort, perform(system("test"), actions.copy_effort, command))
        assert made.ends_on == date(2026, 10, 31)
        with pytest.raises(Invalid):
            perform(system("test"), actions.copy_effort, CopyEffort(effort_id=key(made)))

    def test_without_days_there_is_no_next_period(self, lite_world: World) -> None:
        effort = make_effort(make_contract(lite_world), start=None, end=None, submit=False)
        with pytest.raises(Invalid):
            perform(system("test"), actions.copy_effort, CopyEffort(effort_id=key(effort)))

    def test_a_stranger_copies_nothing(self, world: World) -> None:
        effort = make_effort(make_contract(world))
        stranger = world.actor_for(world.portal_b)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            perform(stranger, actions.copy_effort, CopyEffort(effort_id=key(effort)))
        with pytest.raises(Forbidden):
            perform(world.actor(Role.ADVISER), actions.copy_effort, CopyEffort(effort_id=key(effort)))
