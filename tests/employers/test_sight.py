"""What people with a portal see after two employers became one, who shows them more, and after undoing."""

from __future__ import annotations

import pytest
from sqlmodel import select

from crm.accounts.actions.invitations import accept_invitation
from crm.accounts.actions.users import SwitchUser, switch_user
from crm.accounts.queries import user_by_email
from crm.accounts.records import EmployerAdministrator, User, UserAuthority, UserEmployer
from crm.accounts.records_access import HiddenContract
from crm.accounts.rules import narrowest
from crm.core.access import Actor, Role, system
from crm.core.errors import Invalid, NotFound
from crm.core.records import key
from crm.core.work import perform, reading
from crm.employers.merging import consequences
from crm.sroi.actions import answer_share, colleagues, propose_share
from crm.sroi.actions.colleagues import SwitchColleague, switch_colleague
from crm.sroi.actions.widening import ShowContracts, show_contracts
from crm.sroi.life_commands import AnswerShare, ProposeShare
from crm.sroi.queries.colleagues import colleagues_of
from crm.sroi.queries.parts import part_of
from crm.sroi.records import Contract, Effort, ObligationShare
from crm.sroi.rules.sharing import ShareKind
from tests.employers.test_merging import merge, undo
from tests.factories import World, make_employer, make_person, make_user, save
from tests.sroi.factories import make_contract, make_effort, stored
from tests.sroi.test_colleagues import elsewhere

PASSWORD = "vier losse woorden hier"


@pytest.fixture
def before(world: World) -> World:
    """A has a contract with each authority, B too; each has somebody in the portal who sees everything."""
    for employer, name in ((world.employer_a, "A"), (world.employer_b, "B")):
        for authority, place in ((world.authority, "Halderberge"), (world.other_authority, "Zundert")):
            contract = make_contract(
                world, title=f"{name} {place}", employer_id=key(employer), authority_id=key(authority)
            )
            make_effort(contract, subject=f"{name}-{place}")
    return world


def seen(world: World, user: User | None) -> list[str]:
    assert user is not None
    with reading(world.actor_for(stored(User, key(user)))) as unit:
        return sorted(unit.session.exec(select(Contract.title)))


def show(world: World, actor: Actor, user: User) -> None:
    command = ShowContracts(employer_id=key(world.employer_a), user_id=key(user))
    perform(actor, show_contracts, command)


def give_back(world: World, user: User) -> None:
    command = SwitchColleague(employer_id=key(world.employer_a), user_id=key(user), active=True)
    perform(world.actor(Role.SROI_OFFICER), switch_colleague, command)


def preview(world: World, actor: Actor, user: User) -> list[str]:
    with reading(actor) as unit:
        opens = colleagues_of(unit, key(world.employer_a)).opens
    return [one.title for one in opens.get(key(user), ())]


def test_nobody_sees_more_by_a_merge_and_undoing_leaves_nothing_behind(before: World) -> None:
    one, other = before.users[Role.EMPLOYER], before.portal_b
    assert other is not None
    merge_id = merge(before, before.employer_a, before.employer_b)
    give_back(before, other)
    assert seen(before, one) == ["A Halderberge", "A Zundert"]
    assert seen(before, other) == ["B Halderberge", "B Zundert"]
    with reading(before.actor_for(one)) as unit:
        efforts = unit.session.exec(select(Effort)).all()
        theirs = next(iter(before.actor_for(one).hidden))
        assert len(efforts) == 2
        with pytest.raises(NotFound):
            unit.get(Contract, theirs)
    later = make_contract(before, title="Later", employer_id=key(before.employer_a))
    assert "Later" in seen(before, one)
    assert "Later" in seen(before, other)
    undo(before, merge_id)
    assert seen(before, one) == ["A Halderberge", "A Zundert", "Later"]
    assert seen(before, other) == ["B Halderberge", "B Zundert"]
    assert stored(Contract, key(later)).employer_id == key(before.employer_a)
    with reading(system("test")) as unit:
        assert unit.session.exec(select(HiddenContract)).all() == []


def test_each_officer_shows_the_own_contracts_and_reads_beforehand_which(before: World) -> None:
    user, officer = before.users[Role.EMPLOYER], before.actor(Role.SROI_OFFICER)
    merge(before, before.employer_a, before.employer_b)
    assert preview(before, officer, user) == ["B Halderberge"]
    show(before, officer, user)
    assert seen(before, user) == ["A Halderberge", "A Zundert", "B Halderberge"]
    assert preview(before, officer, user) == []
    show(before, elsewhere(before), user)
    assert seen(before, user) == ["A Halderberge", "A Zundert", "B Halderberge", "B Zundert"]


def test_an_administrator_shows_what_they_see_and_nothing_else(before: World) -> None:
    boss, a = before.users[Role.EMPLOYER], before.employer_a
    save(EmployerAdministrator(region_id=a.region_id, employer_id=key(a), user_id=key(boss)))
    limited = make_user(Role.EMPLOYER, "Sam")
    save(UserEmployer(user_id=key(limited), employer_id=key(a)))
    save(UserAuthority(user_id=key(limited), authority_id=key(before.authority)))
    other = before.portal_b
    assert other is not None
    merge(before, a, before.employer_b)
    give_back(before, other)
    actor = before.actor_for(boss)
    assert preview(before, actor, boss) == []
    assert preview(before, actor, other) == ["A Halderberge", "A Zundert"]
    show(before, actor, other)
    assert seen(before, other) == ["A Halderberge", "A Zundert", "B Halderberge", "B Zundert"]
    assert preview(before, actor, limited) == ["A Zundert"]
    show(before, actor, limited)
    assert seen(before, limited) == ["A Halderberge", "A Zundert"]


def test_who_is_invited_afterwards_sees_no_more_than_who_invited(before: World) -> None:
    boss, a = before.users[Role.EMPLOYER], before.employer_a
    save(EmployerAdministrator(region_id=a.region_id, employer_id=key(a), user_id=key(boss)))
    make_person(a, email="nieuw@example.nl")
    merge_id = merge(before, a, before.employer_b)
    command = colleagues.InviteColleague(employer_id=key(a), name="Nieuw", email="nieuw@example.nl")
    made = perform(before.actor_for(boss), colleagues.invite_colleague, command)
    accept_invitation(made.token, PASSWORD, PASSWORD, "nl")
    with reading(system("test")) as unit:
        invited = user_by_email(unit, "nieuw@example.nl")
    assert seen(before, invited) == ["A Halderberge", "A Zundert"]
    undo(before, merge_id)
    assert seen(before, invited) == ["A Halderberge", "A Zundert"]


def test_undoing_brings_back_the_limits_of_before_and_keeps_what_was_narrowed_since(before: World) -> None:
    wide, other = before.users[Role.EMPLOYER], before.portal_b
    assert other is not None
    save(UserAuthority(user_id=key(other), authority_id=key(before.authority)))
    merge_id = merge(before, before.employer_a, before.employer_b)
    give_back(before, other)
    assert seen(before, other) == ["B Halderberge"]
    show(before, elsewhere(before), other)
    assert seen(before, other) == ["A Zundert", "B Halderberge", "B Zundert"]
    save(UserAuthority(user_id=key(wide), authority_id=key(before.other_authority)))
    undo(before, merge_id)
    assert seen(before, other) == ["B Halderberge"]
    assert seen(before, wide) == ["A Zundert"]


def test_access_that_was_ended_or_blocked_comes_back_with_its_limits(before: World) -> None:
    user = before.users[Role.EMPLOYER]
    save(UserAuthority(user_id=key(user), authority_id=key(before.authority)))
    merge(before, before.employer_a, before.employer_b)
    officer, admin = before.actor(Role.SROI_OFFICER), before.actor(Role.ADMIN)
    boss = make_user(Role.EMPLOYER, "Baas")
    a = before.employer_a
    save(UserEmployer(user_id=key(boss), employer_id=key(a)))
    save(EmployerAdministrator(region_id=a.region_id, employer_id=key(a), user_id=key(boss)))
    for active in (False, True):
        command = SwitchColleague(employer_id=key(a), user_id=key(user), active=active)
        perform(officer, switch_colleague, command)
    assert seen(before, user) == ["A Halderberge"]
    for active in (False, True):
        version = stored(User, key(user)).version
        perform(admin, switch_user, SwitchUser(user_id=key(user), version=version, active=active))
    assert seen(before, user) == ["A Halderberge"]


@pytest.mark.parametrize(
    ("former", "now", "wanted"),
    [((), (), ()), ((1,), (), (1,)), ((), (1,), (1,)), ((1, 2), (2, 3), (2,)), ((1,), (2,), (1,))],
)
def test_of_two_limits_the_narrowest_holds_and_never_none_for_all(
    former: tuple[int, ...], now: tuple[int, ...], wanted: tuple[int, ...]
) -> None:
    assert narrowest(frozenset(former), frozenset(now)) == frozenset(wanted)


def test_a_part_that_was_offered_by_number_stays_with_whom_it_was_of(before: World) -> None:
    third, mine = make_employer(key(before.region), "Derde BV"), before.users[Role.EMPLOYER]
    boss = make_user(Role.EMPLOYER, "Baas van Derde")
    save(UserEmployer(user_id=key(boss), employer_id=key(third)))
    contract = make_contract(before, title="Van Derde", employer_id=key(third))
    theirs = before.portal_b
    assert theirs is not None
    hand_over(before, contract, before.actor_for(boss))
    merge_id = merge(before, before.employer_a, before.employer_b)
    give_back(before, theirs)
    assert has_part(before, theirs, contract)
    assert not has_part(before, mine, contract)
    assert "Van Derde" in preview(before, before.actor(Role.SROI_OFFICER), mine)
    undo(before, merge_id)
    assert has_part(before, theirs, contract)
    assert not has_part(before, mine, contract)
    merge(before, before.employer_a, before.employer_b)
    show(before, before.actor(Role.SROI_OFFICER), mine)
    assert has_part(before, mine, contract)


def test_who_has_a_part_of_a_contract_of_the_other_does_not_become_one_with_it(before: World) -> None:
    contract = make_contract(before, title="Groot")
    hand_over(before, contract, before.actor(Role.EMPLOYER))
    for kept, gone in (
        (before.employer_a, before.employer_b),
        (before.employer_b, before.employer_a),
    ):
        with pytest.raises(Invalid, match="either side"):
            consequences(before.actor(Role.ADVISER), key(kept), key(gone))
        with pytest.raises(Invalid, match="either side"):
            merge(before, kept, gone)


def test_an_offer_that_was_turned_down_keeps_nobody_apart(before: World) -> None:
    contract = make_contract(before, title="Groot")
    hand_over(before, contract, before.actor(Role.EMPLOYER), agrees=False)
    theirs = before.portal_b
    assert theirs is not None
    merge(before, before.employer_a, before.employer_b)
    give_back(before, theirs)
    assert seen(before, theirs) == ["B Halderberge", "B Zundert"]


def test_a_contractor_that_offered_a_part_to_somebody_else_becomes_one_with_another(before: World) -> None:
    third = make_employer(key(before.region), "Derde BV")
    contract = make_contract(before, title="Groot")
    hand_over(before, contract, before.actor(Role.EMPLOYER))
    theirs = before.portal_b
    assert theirs is not None
    merge_id = merge(before, third, before.employer_a)
    assert has_part(before, theirs, contract)
    undo(before, merge_id)
    assert has_part(before, theirs, contract)
    with reading(system("test")) as unit:
        share = unit.session.exec(select(ObligationShare)).one()
    assert (share.employer_id, share.other_employer_id) == (key(before.employer_a),) * 2


def hand_over(world: World, contract: Contract, main: Actor, *, agrees: bool = True) -> None:
    """Let company B answer to a part of a contract, offered by its KvK number."""
    days = {"starts_on": contract.start_on, "ends_on": contract.end_on}
    offer = ProposeShare(
        contract_id=key(contract),
        kvk_number=world.employer_b.kvk_number,
        kind=ShareKind.SUBCONTRACTOR,
        amount_cents=1_000_000,
        **days,
    )
    share_id = perform(main, propose_share, offer)
    assert world.portal_b is not None
    answer = AnswerShare(share_id=share_id, agrees=agrees)
    perform(world.actor_for(world.portal_b), answer_share, answer)


def has_part(world: World, user: User, contract: Contract) -> bool:
    with reading(world.actor_for(stored(User, key(user)))) as unit:
        try:
            return part_of(unit, key(contract)).title == contract.title
        except NotFound:
            return False
