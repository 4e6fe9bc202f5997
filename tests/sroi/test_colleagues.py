"""Who lets colleagues into an employer's portal: its own administrators, and the officer of a contract."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import col, select

from crm.accounts import passwords
from crm.accounts.actions.invitations import Invited, accept_invitation
from crm.accounts.actions.sign_in import token_hash
from crm.accounts.actions.users import SwitchUser, switch_user
from crm.accounts.queries import actor_of_session, user_by_email, visitor_of_token
from crm.accounts.queries.invitations import ClosedLink, employer_administrators
from crm.accounts.records import (
    EmployerAdministrator,
    EmployerInvitation,
    User,
    UserAuthority,
    UserEmployer,
    UserRegion,
)
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.audit import AuditEntry
from crm.core.errors import Forbidden, Invalid, NotFound, SignedOut
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import ContactPerson, Employer
from crm.sroi.actions import colleagues as actions
from crm.sroi.actions.widening import ShowContracts, show_contracts
from crm.sroi.queries.colleagues import colleagues_of, offered
from crm.sroi.records import Contract
from tests.conftest import NOW
from tests.factories import World, make_person, make_session, make_user, save, together
from tests.quick import CHEAP
from tests.sroi.factories import make_contract, stored

PASSWORD = "vier losse woorden hier"


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", CHEAP)


def appoint(world: World, user: User, employer: Employer) -> Actor:
    """Make a portal user administrator of an employer, as a given."""
    save(EmployerAdministrator(user_id=key(user), employer_id=key(employer), region_id=employer.region_id))
    return world.actor_for(user)


def colleague(world: World, name: str = "Sam Bakker", employer: Employer | None = None) -> User:
    """Make a portal user of employer A."""
    user = make_user(Role.EMPLOYER, name)
    save(UserEmployer(user_id=key(user), employer_id=key(employer or world.employer_a)))
    return user


@pytest.fixture
def boss(world: World) -> Actor:
    """The administrator of employer A."""
    return appoint(world, world.users[Role.EMPLOYER], world.employer_a)


def invite(
    world: World, actor: Actor, email: str = "sam@example.nl", employer: Employer | None = None
) -> Invited:
    """Invite somebody whose address is noted with a contact person."""
    employer = employer or world.employer_a
    make_person(employer, email=email.strip().casefold())
    command = actions.InviteColleague(employer_id=key(employer), name="Sam Bakker", email=email)
    return perform(actor, actions.invite_colleague, command)


def enter(made: Invited) -> User:
    """Accept an invitation and return the account."""
    accept_invitation(made.token, PASSWORD, PASSWORD, "nl")
    with reading(system("test")) as unit:
        invitation = unit.get(EmployerInvitation, made.invitation_id)
        return unit.get(User, invitation.user_id or 0)


def switch(world: World, actor: Actor, user: User, *, active: bool = False) -> None:
    command = actions.SwitchColleague(employer_id=key(world.employer_a), user_id=key(user), active=active)
    perform(actor, actions.switch_colleague, command)


def make_administrator(world: World, actor: Actor, user: User, *, wanted: bool = True) -> None:
    command = actions.AppointAdministrator(
        employer_id=key(world.employer_a), user_id=key(user), administrator=wanted
    )
    perform(actor, actions.appoint_administrator, command)


def administrators(world: World, actor: Actor) -> set[str]:
    with reading(actor) as unit:
        found = colleagues_of(unit, key(world.employer_a))
    return {row.name for row in found.users if row.is_administrator}


def test_who_accepts_becomes_a_user_of_that_employer_alone(world: World, boss: Actor) -> None:
    made = invite(world, boss, " Sam@Example.NL ")
    told = offered(made.token)
    assert (told.employer, told.name, told.email) == ("De Linde Groen BV", "Sam Bakker", "sam@example.nl")
    ticket = accept_invitation(made.token, PASSWORD, PASSWORD, "en")
    visitor = visitor_of_token(token_hash(ticket.token))
    assert visitor is not None
    actor = actor_of_session(visitor.session_id)
    assert (actor.role, actor.employers, actor.language) == (
        Role.EMPLOYER,
        frozenset({key(world.employer_a)}),
        "en",
    )
    assert administrators(world, boss) == {"employer een"}


def test_a_link_works_once(world: World, boss: Actor) -> None:
    made = invite(world, boss)
    enter(made)
    with pytest.raises(ClosedLink):
        offered(made.token)
    with pytest.raises(ClosedLink):
        accept_invitation(made.token, PASSWORD, PASSWORD, "nl")


def test_a_link_works_for_seven_days_and_not_a_moment_longer(world: World, boss: Actor) -> None:
    made = invite(world, boss)
    with clock.frozen_at(NOW + timedelta(days=7) - timedelta(seconds=1)):
        assert offered(made.token).name == "Sam Bakker"
    with clock.frozen_at(NOW + timedelta(days=7)), pytest.raises(ClosedLink):
        accept_invitation(made.token, PASSWORD, PASSWORD, "nl")


def test_a_new_link_closes_the_one_before_and_runs_for_seven_days_again(world: World, boss: Actor) -> None:
    old = invite(world, boss)
    with clock.frozen_at(NOW + timedelta(days=8)):
        new = perform(
            boss, actions.renew_invitation, actions.RenewInvitation(invitation_id=old.invitation_id)
        )
        with pytest.raises(ClosedLink):
            offered(old.token)
        assert offered(new.token).email == "sam@example.nl"


def test_a_withdrawn_invitation_opens_nothing_and_cannot_be_renewed(world: World, boss: Actor) -> None:
    made = invite(world, boss)
    perform(boss, actions.withdraw_invitation, actions.WithdrawInvitation(invitation_id=made.invitation_id))
    with pytest.raises(ClosedLink):
        offered(made.token)
    with pytest.raises(NotFound):
        perform(boss, actions.renew_invitation, actions.RenewInvitation(invitation_id=made.invitation_id))
    with reading(boss) as unit:
        assert colleagues_of(unit, key(world.employer_a)).invitations == []


def test_a_second_invitation_of_an_address_replaces_the_first(world: World, boss: Actor) -> None:
    first, second = invite(world, boss), invite(world, boss)
    with pytest.raises(ClosedLink):
        offered(first.token)
    assert offered(second.token).name == "Sam Bakker"


@pytest.mark.parametrize("token", ["", "x", "x" * 5000])
def test_a_wrong_link_opens_nothing(world: World, boss: Actor, token: str) -> None:
    invite(world, boss)
    with pytest.raises(ClosedLink):
        offered(token)


def test_only_the_hash_of_a_link_is_kept_and_the_log_holds_neither(world: World, boss: Actor) -> None:
    made = invite(world, boss)
    with reading(system("test")) as unit:
        stored = unit.session.exec(select(EmployerInvitation.token_hash)).one()
        log = "".join(entry.after + entry.before for entry in unit.session.exec(select(AuditEntry)))
    assert stored == token_hash(made.token)
    assert len(made.token) == 43
    assert made.token not in log
    assert stored not in log


def test_a_password_must_be_typed_twice_and_be_fit_for_use(world: World, boss: Actor) -> None:
    made = invite(world, boss)
    for password, again, field in (
        ("te kort", "te kort", "password"),
        ("sam@example.nl", "sam@example.nl", "password"),
        (PASSWORD, PASSWORD + "!", "again"),
    ):
        with pytest.raises(Invalid) as refused:
            accept_invitation(made.token, password, again, "nl")
        assert refused.value.field == field
    assert enter(made).email == "sam@example.nl"


def test_an_address_with_an_account_elsewhere_gets_the_same_answers(world: World, boss: Actor) -> None:
    make_user(Role.ADVISER, "Noor", email="noor@example.nl")
    made = invite(world, boss, "noor@example.nl")
    assert offered(made.token).email == "noor@example.nl"
    with pytest.raises(ClosedLink) as refused:
        accept_invitation(made.token, PASSWORD, PASSWORD, "nl")
    assert str(refused.value) == str(ClosedLink())
    with reading(system("test")) as unit:
        user = user_by_email(unit, "noor@example.nl")
    assert user is not None
    assert (user.role, user.password_hash) == (Role.ADVISER, None)


def test_a_colleague_is_not_invited_twice(world: World, boss: Actor) -> None:
    enter(invite(world, boss))
    with pytest.raises(Invalid) as refused:
        invite(world, boss)
    assert refused.value.field == "email"


def test_who_an_officer_invites_first_is_the_administrator(world: World) -> None:
    make_contract(world)
    officer = world.actor(Role.SROI_OFFICER)
    first, second = invite(world, officer, "een@example.nl"), invite(world, officer, "twee@example.nl")
    enter(second)
    assert administrators(world, officer) == set()
    first_user = enter(first)
    with reading(officer) as unit:
        rows = {row.email: row for row in colleagues_of(unit, key(world.employer_a)).users}
    assert rows["een@example.nl"].is_administrator
    assert not rows["twee@example.nl"].is_administrator
    assert rows["een@example.nl"].id == first_user.id


def test_after_an_expired_invitation_the_next_one_is_the_administrators(world: World) -> None:
    make_contract(world)
    officer = world.actor(Role.SROI_OFFICER)
    invite(world, officer, "een@example.nl")
    with clock.frozen_at(NOW + timedelta(days=8)):
        user = enter(invite(world, officer, "twee@example.nl"))
        assert administrators(world, officer) == {user.name}


def elsewhere(world: World, name: str = "Elders") -> Actor:
    """An officer of the other authority."""
    user = make_user(Role.SROI_OFFICER, name)
    save(UserRegion(user_id=key(user), region_id=key(world.region)))
    save(UserAuthority(user_id=key(user), authority_id=key(world.other_authority)))
    return world.actor_for(user)


def seen_by(actor: Actor) -> set[str]:
    with reading(actor) as unit:
        return set(unit.session.exec(select(Contract.title)))


def show(world: World, actor: Actor, user: User) -> None:
    command = ShowContracts(employer_id=key(world.employer_a), user_id=key(user))
    perform(actor, show_contracts, command)


@pytest.fixture
def both(world: World) -> World:
    """Employer A has a contract with each authority."""
    make_contract(world, title="Halderberge")
    make_contract(world, title="Zundert", authority_id=key(world.other_authority))
    return world


def test_who_an_officer_lets_in_sees_no_more_contracts_than_that_officer(both: World) -> None:
    officer = both.actor(Role.SROI_OFFICER)
    first = enter(invite(both, officer, "een@example.nl"))
    assert seen_by(both.actor_for(first)) == {"Halderberge"}
    # Nor by inviting somebody else, or by a new link for an invitation of a colleague who sees all.
    second = enter(invite(both, both.actor_for(first), "twee@example.nl"))
    assert seen_by(both.actor_for(second)) == {"Halderberge"}
    boss = appoint(both, both.users[Role.EMPLOYER], both.employer_a)
    open_one = invite(both, boss, "drie@example.nl")
    renewed = perform(
        officer, actions.renew_invitation, actions.RenewInvitation(invitation_id=open_one.invitation_id)
    )
    assert seen_by(both.actor_for(enter(renewed))) == {"Halderberge"}


def test_each_officer_shows_the_contracts_of_their_own_authority(both: World) -> None:
    officer, other = both.actor(Role.SROI_OFFICER), elsewhere(both)
    user = enter(invite(both, officer, "een@example.nl"))
    for actor, widens in ((officer, False), (other, True)):
        with reading(actor) as unit:
            found = colleagues_of(unit, key(both.employer_a))
        assert (key(user) in found.opens) == widens
        assert found.limits == {key(user): ["Gemeente Halderberge"]}
    show(both, officer, user)
    assert seen_by(both.actor_for(user)) == {"Halderberge"}
    with pytest.raises(Forbidden):
        show(both, both.actor_for(user), user)
    show(both, other, user)
    assert seen_by(both.actor_for(user)) == {"Halderberge", "Zundert"}


def test_an_administrator_who_sees_all_contracts_shows_them_all(both: World) -> None:
    user = enter(invite(both, both.actor(Role.SROI_OFFICER), "een@example.nl"))
    boss = appoint(both, both.users[Role.EMPLOYER], both.employer_a)
    show(both, boss, user)
    assert both.actor_for(user).authorities == frozenset()
    show(both, both.actor(Role.SROI_OFFICER), user)
    assert seen_by(both.actor_for(user)) == {"Halderberge", "Zundert"}


def test_the_link_of_an_officer_who_lost_every_authority_opens_nothing(both: World) -> None:
    made = invite(both, both.actor(Role.SROI_OFFICER))
    with work(system("test")) as unit:
        for assigned in unit.session.exec(select(UserAuthority)):
            unit.session.delete(assigned)
        unit.commit()
    with pytest.raises(ClosedLink):
        enter(made)


def test_an_address_of_nobody_here_is_refused_in_the_same_words_whosever_it_is(
    world: World, boss: Actor
) -> None:
    """A member of staff, somebody of another employer, a contact person elsewhere, a free mailbox, nobody."""
    make_user(Role.ADVISER, "Noor", email="noor@gemeente.nl")
    make_person(world.employer_b, email="piet@vandam.nl")
    save(
        UserEmployer(
            user_id=key(portal := make_user(Role.EMPLOYER, "B", email="b@vandam.nl")),
            employer_id=key(world.employer_b),
        )
    )
    make_person(world.employer_a, email="linde@gmail.com")
    make_person(world.employer_a, email="ambtenaar@gemeente.nl")
    taken = ["noor@gemeente.nl", portal.email, "piet@vandam.nl", "ander@gmail.com", "geen@nergens.nl"]
    said = set()
    for address in taken:
        command = actions.InviteColleague(employer_id=key(world.employer_a), name="Sam", email=address)
        with pytest.raises(Invalid) as refused:
            perform(boss, actions.invite_colleague, command)
        said.add((refused.value.field, str(refused.value)))
    assert len(said) == 1


@pytest.mark.parametrize("source", ["website", "contact person", "colleague", "own contact person"])
def test_an_address_that_the_register_knows_is_invited(world: World, boss: Actor, source: str) -> None:
    match source:
        case "website":
            with work(system("test")) as unit:
                unit.get(Employer, key(world.employer_a)).website = "https://www.linde.nl/over-ons"
                unit.commit()
        case "contact person":
            make_person(world.employer_a, email="Ander@Linde.nl")
        case "colleague":
            user = make_user(Role.EMPLOYER, "Ander", email="ander@linde.nl")
            save(UserEmployer(user_id=key(user), employer_id=key(world.employer_a)))
        case _:
            make_person(world.employer_a, email="Sam@Linde.nl")
    command = actions.InviteColleague(employer_id=key(world.employer_a), name="Sam", email="sam@linde.nl")
    made = perform(boss, actions.invite_colleague, command)
    with work(system("test")) as unit:
        unit.get(Employer, key(world.employer_a)).website = None
        for person in unit.session.exec(select(ContactPerson)):
            person.active = False
        for colleague in unit.session.exec(select(User).where(User.email == "ander@linde.nl")):
            colleague.active = False
        unit.commit()
    with pytest.raises(Invalid):
        perform(boss, actions.renew_invitation, actions.RenewInvitation(invitation_id=made.invitation_id))


def test_an_officer_decides_only_with_a_contract_of_their_own_authority(world: World) -> None:
    officer = world.actor(Role.SROI_OFFICER)
    with pytest.raises(NotFound):
        invite(world, officer)
    make_contract(world)
    other = elsewhere(world)
    with pytest.raises(NotFound):
        invite(world, other)
    with pytest.raises(NotFound), reading(other) as unit:
        colleagues_of(unit, key(world.employer_a))
    assert invite(world, officer).token


@pytest.mark.parametrize("role", [Role.ADVISER, Role.MANAGER, Role.ADMIN, Role.PARTNER])
def test_nobody_else_invites_or_looks(world: World, role: Role) -> None:
    make_contract(world)
    with pytest.raises(Forbidden):
        invite(world, world.actor(role))
    with pytest.raises(NotFound), reading(world.actor(role)) as unit:
        colleagues_of(unit, key(world.employer_a))


def test_who_is_no_administrator_sees_names_and_decides_nothing(world: World, boss: Actor) -> None:
    user = colleague(world)
    actor = world.actor_for(user)
    invite(world, boss, "nieuw@example.nl")
    with reading(actor) as unit:
        found = colleagues_of(unit, key(world.employer_a))
    assert [(row.name, row.email, row.last_in) for row in found.users] == [
        ("Sam Bakker", "", None),
        ("employer een", "", None),
    ]
    assert (found.may_manage, found.invitations) == (False, [])
    with pytest.raises(Forbidden):
        invite(world, actor, "ander@example.nl")
    with pytest.raises(Forbidden):
        make_administrator(world, actor, user)
    with pytest.raises(Forbidden):
        switch(world, actor, user)


def test_an_employer_never_sees_or_ends_the_people_of_another(world: World, boss: Actor) -> None:
    assert world.portal_b
    other = appoint(world, world.portal_b, world.employer_b)
    made = invite(world, boss)
    with pytest.raises(NotFound), reading(other) as unit:
        colleagues_of(unit, key(world.employer_a))
    for command in (actions.RenewInvitation, actions.WithdrawInvitation):
        action = {
            actions.RenewInvitation: actions.renew_invitation,
            actions.WithdrawInvitation: actions.withdraw_invitation,
        }[command]
        with pytest.raises(NotFound):
            perform(other, action, command(invitation_id=made.invitation_id))  # type: ignore[arg-type]
    user = colleague(world)
    with pytest.raises(NotFound):
        switch(world, other, user)
    with pytest.raises(NotFound):
        invite(world, other)
    # Nor by naming their own employer with somebody of the other.
    own = actions.SwitchColleague(employer_id=key(world.employer_b), user_id=key(user), active=False)
    with pytest.raises(NotFound):
        perform(other, actions.switch_colleague, own)
    with reading(other) as unit:
        assert [row.name for row in colleagues_of(unit, key(world.employer_b)).users] == ["Portaal B"]


def test_ending_access_ends_the_sessions_at_the_next_click_and_it_can_come_back(
    world: World, boss: Actor
) -> None:
    user = colleague(world)
    session = make_session(user)
    switch(world, boss, user)
    with pytest.raises(SignedOut):
        actor_of_session(key(session))
    with reading(boss) as unit:
        rows = {row.name: row.active for row in colleagues_of(unit, key(world.employer_a)).users}
    assert rows == {"employer een": True, "Sam Bakker": False}
    switch(world, boss, user, active=True)
    assert actor_of_session(key(make_session(user))).employer_id == key(world.employer_a)
    with pytest.raises(SignedOut):
        actor_of_session(key(session))


def test_the_last_administrator_stays(world: World, boss: Actor) -> None:
    own, other = world.users[Role.EMPLOYER], colleague(world)
    for act in (switch, lambda w, a, u: make_administrator(w, a, u, wanted=False)):
        with pytest.raises(Invalid):
            act(world, boss, own)
    make_administrator(world, boss, other)
    make_administrator(world, boss, other)
    assert administrators(world, boss) == {"employer een", "Sam Bakker"}
    make_administrator(world, boss, own, wanted=False)
    assert administrators(world, world.actor_for(other)) == {"Sam Bakker"}
    with pytest.raises(Forbidden):
        make_administrator(world, boss, own)


def test_what_the_central_administrator_closed_stays_closed(world: World, boss: Actor) -> None:
    user, admin = colleague(world), world.actor(Role.ADMIN)

    def centrally(*, active: bool) -> None:
        version = stored(User, key(user)).version
        perform(admin, switch_user, SwitchUser(user_id=key(user), version=version, active=active))

    # Also when the employer had ended the access before, or says so once more.
    switch(world, boss, user)
    centrally(active=False)
    switch(world, boss, user)
    with reading(boss) as unit:
        rows = {row.id: row.may_return for row in colleagues_of(unit, key(world.employer_a)).users}
    assert rows[key(user)] is False
    for actor in (boss, _officer_with_contract(world)):
        with pytest.raises(Invalid, match="closed this account"):
            switch(world, actor, user, active=True)
    assert not stored(User, key(user)).active
    centrally(active=True)
    switch(world, boss, user)
    switch(world, boss, user, active=True)
    assert stored(User, key(user)).active


def _officer_with_contract(world: World) -> Actor:
    make_contract(world)
    return world.actor(Role.SROI_OFFICER)


def test_every_link_of_who_loses_access_closes_also_the_two_hundred_and_first(
    world: World, boss: Actor
) -> None:
    other = colleague(world)
    make_administrator(world, boss, other)
    with together():
        for number in range(205):
            save(
                EmployerInvitation(
                    region_id=key(world.region),
                    employer_id=key(world.employer_a),
                    name="Sam",
                    email=f"sam{number}@example.nl",
                    token_hash=f"{number:064d}",
                    invited_by_id=key(other),
                    invited_at=NOW,
                    expires_at=NOW + timedelta(days=7),
                )
            )
    switch(world, boss, other)
    with reading(system("test")) as unit:
        waiting = select(EmployerInvitation.id).where(col(EmployerInvitation.ended_at).is_(None))
        assert unit.session.exec(waiting).all() == []


@pytest.mark.parametrize("way", ["demote", "end access", "one of each"])
def test_of_two_administrators_who_remove_each_other_one_stays(world: World, boss: Actor, way: str) -> None:
    other = colleague(world)
    make_administrator(world, boss, other)
    own, them = world.users[Role.EMPLOYER], world.actor_for(other)
    start = Barrier(2)

    def remove(actor: Actor, whom: User, *, demote: bool) -> bool:
        start.wait()
        try:
            if demote:
                make_administrator(world, actor, whom, wanted=False)
            else:
                switch(world, actor, whom)
        except (Invalid, Forbidden):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(remove, boss, other, demote=way != "end access")
        second = pool.submit(remove, them, own, demote=way == "demote")
    assert {first.result(), second.result()} == {True, False}
    with reading(system("test")) as unit:
        assert len(employer_administrators(unit, key(world.employer_a))) == 1


def test_a_disabled_administrator_does_not_count_as_the_last(world: World, boss: Actor) -> None:
    other = colleague(world)
    make_administrator(world, boss, other)
    switch(world, boss, other)
    with pytest.raises(Invalid):
        switch(world, boss, world.users[Role.EMPLOYER])


def test_the_links_of_who_lost_access_or_the_say_open_nothing(world: World, boss: Actor) -> None:
    other = colleague(world)
    make_administrator(world, boss, other)
    made = invite(world, world.actor_for(other), "zelf@example.nl")
    make_administrator(world, boss, other, wanted=False)
    with pytest.raises(ClosedLink):
        offered(made.token)
    make_administrator(world, boss, other)
    again = invite(world, world.actor_for(other), "zelf@example.nl")
    switch(world, boss, other)
    with pytest.raises(ClosedLink):
        accept_invitation(again.token, PASSWORD, PASSWORD, "nl")


def test_all_of_it_stands_in_the_log(world: World, boss: Actor) -> None:
    made = invite(world, boss)
    user = enter(made)
    make_administrator(world, boss, user)
    switch(world, boss, user)
    with reading(system("test")) as unit:
        told = {(entry.intention, entry.object_type) for entry in unit.session.exec(select(AuditEntry))}
    assert {
        ("sroi.invite_colleague", "employer_invitations"),
        ("accounts.accept_invitation", "users"),
        ("accounts.accept_invitation", "user_employers"),
        ("accounts.accept_invitation", "employer_invitations"),
        ("sroi.appoint_administrator", "employer_administrators"),
        ("sroi.switch_colleague", "users"),
    } <= told
