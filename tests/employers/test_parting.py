"""Taking merged employers apart: what was made since goes along, and a merge lets nobody into a portal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from crm.accounts.queries.invitations import employer_administrators
from crm.accounts.records import EmployerAdministrator, EmployerInvitation, SignInSession, User, UserEmployer
from crm.accounts.records_access import EndedAccess
from crm.core import clock
from crm.core.access import Role, system
from crm.core.errors import Invalid, NotFound
from crm.core.records import Record, key
from crm.core.work import perform, reading, work
from crm.employers import merging
from crm.employers.records import Employer
from crm.sroi import actions
from crm.sroi.actions.colleagues import SwitchColleague, switch_colleague
from crm.sroi.commands import AddEvidence
from crm.sroi.life_commands import AnswerShare, ProposeShare
from crm.sroi.records import Effort, Evidence
from crm.sroi.rules.sharing import ShareKind
from crm.visits.records import Attendance
from tests.employers.test_merging import everything, merge, undo
from tests.employers.test_sight import show
from tests.factories import World, make_employer, make_person, make_session, make_user, save
from tests.sroi.factories import make_contract, make_effort, make_placement, stored
from tests.sroi.test_parts import END, START
from tests.visits.factories import make_follow_up, make_moment

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


def owner(record: Record) -> int:
    found: int = stored(type(record), key(record)).employer_id
    return found


def add_evidence(effort: Effort) -> Evidence:
    command = AddEvidence(effort_id=key(effort), kind="other", file_name="cv.png", content=PNG)
    found: Evidence = stored(Evidence, perform(system("test"), actions.add_evidence, command))
    return found


class TestMadeSince:
    def test_what_hangs_on_a_contract_that_goes_back_goes_too(self, lite_world: World) -> None:
        a, b = lite_world.employer_a, lite_world.employer_b
        contract, own = (make_contract(lite_world, employer_id=key(one)) for one in (b, a))
        old = make_effort(contract, subject="K-0")
        merge_id = merge(lite_world, a, b)
        new = make_effort(contract, subject="K-9")
        files = [add_evidence(old), add_evidence(new)]
        stays = make_effort(own, subject="K-5")
        assert undo(lite_world, merge_id).left == []
        moved: list[Record] = [contract, old, new, *files]
        assert {owner(one) for one in moved} == {key(b)}
        assert (owner(own), owner(stays)) == (key(a), key(a))
        with reading(lite_world.actor(Role.EMPLOYER)) as unit:
            for theirs in moved[2:]:
                with pytest.raises(NotFound):
                    unit.get(type(theirs), key(theirs))

    def test_what_may_hang_on_a_record_follows_when_it_hangs_on_nothing_else(self, lite_world: World) -> None:
        a, b = lite_world.employer_a, lite_world.employer_b
        adviser = lite_world.users[Role.ADVISER]
        moment = make_moment(b, adviser)
        merge_id = merge(lite_world, a, b)
        to_do = make_follow_up(a, adviser, moment_id=key(moment))
        undo(lite_world, merge_id)
        assert owner(to_do) == owner(moment) == key(b)

    def test_a_visit_of_both_stays_and_is_told(self, lite_world: World) -> None:
        a, b = lite_world.employer_a, lite_world.employer_b
        person = make_person(b)
        merge_id = merge(lite_world, a, b)
        make_moment(a, lite_world.users[Role.ADVISER], people=(person,))
        with reading(system("test")) as unit:
            [there] = unit.session.exec(select(Attendance)).all()
        assert undo(lite_world, merge_id).left == [["attendances", key(there), "employer_id"]]
        assert (owner(person), owner(there)) == (key(b), key(a))

    def test_an_effort_stays_on_its_contract_with_the_placement_of_who_comes_back(
        self, lite_world: World
    ) -> None:
        a, b = lite_world.employer_a, lite_world.employer_b
        contract, placement = make_contract(lite_world), make_placement(lite_world, b)
        merge_id = merge(lite_world, a, b)
        effort = make_effort(contract)
        with work(system("test")) as unit:
            unit.get(Effort, key(effort)).placement_id = key(placement)
            unit.commit()
        assert undo(lite_world, merge_id).left == [["efforts", key(effort), "employer_id"]]
        assert (owner(placement), owner(effort)) == (key(b), key(a))

    def test_what_the_portal_shows_of_both_is_not_taken_apart(self, lite_world: World) -> None:
        a, b = lite_world.employer_a, lite_world.employer_b
        contract, own = (make_contract(lite_world, employer_id=key(one)) for one in (b, a))
        effort = make_effort(contract)
        merge_id = merge(lite_world, a, b)
        evidence = add_evidence(effort)
        with work(system("test")) as unit:
            unit.get(Evidence, key(evidence)).contract_id = key(own)
            unit.commit()
        before = everything()
        with pytest.raises(Invalid, match="belongs with what both had"):
            undo(lite_world, merge_id)
        assert everything() == before

    def test_an_effort_on_a_part_of_another_contract_goes_to_who_has_the_part(
        self, lite_world: World
    ) -> None:
        a, b = lite_world.employer_a, lite_world.employer_b
        third = make_employer(key(lite_world.region), "Derde BV")
        contract = make_contract(lite_world, employer_id=key(third))
        main, other = make_user(Role.EMPLOYER, "Portaal C"), lite_world.portal_b
        save(UserEmployer(user_id=key(main), employer_id=key(third)))
        assert other is not None
        assert b.kvk_number is not None
        share = ProposeShare(
            contract_id=key(contract),
            kvk_number=b.kvk_number,
            kind=ShareKind.SUBCONTRACTOR,
            amount_cents=1_000_000,
            starts_on=START,
            ends_on=END,
        )
        share_id = perform(lite_world.actor_for(main), actions.propose_share, share)
        answer = AnswerShare(share_id=share_id, agrees=True)
        perform(lite_world.actor_for(other), actions.answer_share, answer)
        make_contract(lite_world)
        merge_id = merge(lite_world, a, b)
        show(lite_world, lite_world.actor(Role.SROI_OFFICER), lite_world.users[Role.EMPLOYER])
        effort = make_effort(contract, lite_world.actor(Role.EMPLOYER))
        evidence = add_evidence(effort)
        assert owner(effort) == key(a)
        assert undo(lite_world, merge_id).left == []
        assert (owner(contract), owner(effort), owner(evidence)) == (key(third), key(b), key(b))


class TestPortal:
    def test_who_had_the_portal_of_who_goes_gets_in_nowhere(self, lite_world: World) -> None:
        user, session, invitation = portal_of_b(lite_world)
        contract = make_contract(lite_world)
        told = merging.consequences(
            lite_world.actor(Role.ADVISER), key(lite_world.employer_a), key(lite_world.employer_b)
        )
        assert (told.ended, told.withdrawn, told.watching) == (1, 1, 1)
        merge(lite_world, lite_world.employer_a, lite_world.employer_b)
        assert stored(User, key(user)).active is False
        assert stored(User, key(lite_world.users[Role.EMPLOYER])).active is True
        assert stored(SignInSession, key(session)).revoked_at == clock.now()
        assert stored(EmployerInvitation, key(invitation)).ended_at == clock.now()
        with reading(system("test")) as unit:
            assert employer_administrators(unit, key(lite_world.employer_a)) == set()
        again = switch(lite_world, user, active=True)
        assert perform(lite_world.actor(Role.SROI_OFFICER), switch_colleague, again) == key(user)
        assert stored(User, key(user)).active is True
        assert owner(contract) == key(lite_world.employer_a)

    def test_undoing_gives_back_what_the_merge_ended(self, lite_world: World) -> None:
        user, _, invitation = portal_of_b(lite_world)
        closed = make_user(Role.EMPLOYER, "Dicht", active=False)
        save(UserEmployer(user_id=key(closed), employer_id=key(lite_world.employer_b)))
        merge_id = merge(lite_world, lite_world.employer_a, lite_world.employer_b)
        assert undo(lite_world, merge_id).left == []
        assert stored(User, key(user)).active is True
        assert stored(User, key(closed)).active is False
        assert stored(EmployerInvitation, key(invitation)).ended_at is None
        with reading(system("test")) as unit:
            assert list(unit.session.exec(select(EndedAccess))) == []
            assert employer_administrators(unit, key(lite_world.employer_b)) == {key(user)}

    def test_what_somebody_decided_since_holds(self, lite_world: World) -> None:
        user, *_ = portal_of_b(lite_world)
        make_contract(lite_world)
        merge_id = merge(lite_world, lite_world.employer_a, lite_world.employer_b)
        a, second = lite_world.employer_a, lite_world.users[Role.EMPLOYER]
        save(EmployerAdministrator(region_id=a.region_id, employer_id=key(a), user_id=key(second)))
        officer = lite_world.actor(Role.SROI_OFFICER)
        perform(officer, switch_colleague, switch(lite_world, user, active=True))
        link = invite(lite_world.employer_a, user, "straks@dam.nl")
        with clock.frozen_at(clock.now() + timedelta(hours=1)):
            perform(officer, switch_colleague, switch(lite_world, user, active=False))
            undo(lite_world, merge_id)
        assert stored(User, key(user)).active is False
        assert stored(EmployerInvitation, key(link)).ended_at is not None
        with reading(system("test")) as unit:
            [ended] = unit.session.exec(select(EndedAccess)).all()
        assert ended.employer_id == key(lite_world.employer_b)

    def test_who_got_access_back_keeps_it_at_the_own_employer_and_opens_no_other(
        self, lite_world: World
    ) -> None:
        user, *_ = portal_of_b(lite_world)
        make_contract(lite_world)
        merge_id = merge(lite_world, lite_world.employer_a, lite_world.employer_b)
        perform(lite_world.actor(Role.SROI_OFFICER), switch_colleague, switch(lite_world, user, active=True))
        link = invite(lite_world.employer_a, user, "straks@dam.nl")
        undo(lite_world, merge_id)
        assert lite_world.actor_for(stored(User, key(user))).employers == {key(lite_world.employer_b)}
        assert stored(EmployerInvitation, key(link)).ended_at == clock.now()


def portal_of_b(world: World) -> tuple[User, SignInSession, EmployerInvitation]:
    """Who decides about the portal of B, signed in, with somebody invited."""
    user = world.portal_b
    assert user is not None
    b = world.employer_b
    save(EmployerAdministrator(region_id=b.region_id, employer_id=key(b), user_id=key(user)))
    return user, make_session(user), invite(b, user, "nieuw@dam.nl")


def invite(employer: Employer, by: User, email: str) -> EmployerInvitation:
    return save(
        EmployerInvitation(
            region_id=employer.region_id,
            employer_id=key(employer),
            token_hash=email.rjust(64, "0"),
            name="Nieuw",
            email=email,
            invited_by_id=key(by),
            invited_at=clock.now(),
            expires_at=clock.now() + timedelta(days=7),
        )
    )


def switch(world: World, user: User, *, active: bool) -> SwitchColleague:
    return SwitchColleague(employer_id=key(world.employer_a), user_id=key(user), active=active)
