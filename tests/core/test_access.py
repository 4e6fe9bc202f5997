"""Who may do what and see what; the table is written out, so that a change of rights is on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crm.core.access import EVERYTHING, ROLE_PERMISSIONS, Actor, Permission, Role, Scope, system, visible
from crm.core.errors import Forbidden

P = Permission
RELATIONS = {
    P.PROFILE_EDIT,
    P.EMPLOYER_VIEW,
    P.EMPLOYER_EDIT,
    P.VISIT_VIEW,
    P.VISIT_LOG,
    P.NETWORK_VIEW,
    P.NETWORK_EDIT,
    P.CARVING_VIEW,
    P.CARVING_EDIT,
    P.CANDIDATE_VIEW,
    P.PLACEMENT_VIEW,
    P.PLACEMENT_EDIT,
    P.CONTRACT_VIEW,
    P.EFFORT_OFFER,
    P.RULESET_VIEW,
}
EXPECTED = {
    Role.ADVISER: RELATIONS | {P.CANDIDATE_EDIT, P.IMPORT_RUN},
    Role.ACCOUNT_MANAGER: RELATIONS,
    Role.SROI_OFFICER: {
        P.PROFILE_EDIT,
        P.EMPLOYER_VIEW,
        P.NETWORK_VIEW,
        P.CARVING_VIEW,
        P.PLACEMENT_VIEW,
        P.VISIT_VIEW,
        P.VISIT_LOG,
        P.CONTRACT_VIEW,
        P.CONTRACT_EDIT,
        P.COLLEAGUE_MANAGE,
        P.STATEMENT_VIEW,
        P.EFFORT_OFFER,
        P.EFFORT_SUBMIT,
        P.EFFORT_REVIEW,
        P.EVIDENCE_VIEW,
        P.EVIDENCE_ADD,
        P.RULESET_VIEW,
        P.FIGURES_VIEW,
        P.IMPORT_RUN,
    },
    Role.MANAGER: {
        P.PROFILE_EDIT,
        P.EMPLOYER_VIEW,
        P.NETWORK_VIEW,
        P.CARVING_VIEW,
        P.PLACEMENT_VIEW,
        P.VISIT_VIEW,
        P.CONTRACT_VIEW,
        P.STATEMENT_VIEW,
        P.RULESET_VIEW,
        P.FIGURES_VIEW,
        P.FIGURES_PUBLISH,
        P.AUDIT_VIEW,
    },
    Role.ADMIN: {
        P.PROFILE_EDIT,
        P.USER_MANAGE,
        P.AUDIT_VIEW,
        P.RULESET_VIEW,
        P.RULESET_EDIT,
        P.IMPORT_RUN,
    },
    Role.PARTNER: {P.PROFILE_EDIT, P.EMPLOYER_VIEW, P.CARVING_VIEW, P.PLACEMENT_VIEW},
    Role.EMPLOYER: {
        P.PROFILE_EDIT,
        P.PORTAL_VIEW,
        P.COLLEAGUE_MANAGE,
        P.STATEMENT_VIEW,
        P.EFFORT_SUBMIT,
        P.EVIDENCE_VIEW,
        P.EVIDENCE_ADD,
    },
}
SOME = frozenset({1, 2})


def actor(role: Role) -> Actor:
    return Actor(
        user_id=1,
        name="Somebody",
        role=role,
        regions=frozenset({7}),
        authorities=frozenset({8}),
        employers=SOME,
    )


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_these_permissions_and_no_others(role: Role) -> None:
    assert set(ROLE_PERMISSIONS[role]) == EXPECTED[role]
    assert {permission for permission in P if actor(role).may(permission)} == EXPECTED[role]


def test_a_permission_that_is_not_held_is_refused() -> None:
    actor(Role.ADVISER).require(P.VISIT_LOG)
    with pytest.raises(Forbidden):
        actor(Role.MANAGER).require(P.VISIT_LOG)


def test_the_manager_never_sees_candidates() -> None:
    assert not {P.CANDIDATE_VIEW, P.CANDIDATE_EDIT} & ROLE_PERMISSIONS[Role.MANAGER]


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.ADVISER, Scope(frozenset({7}), None, None, internal=True)),
        (Role.ACCOUNT_MANAGER, Scope(frozenset({7}), None, None, internal=True)),
        (Role.MANAGER, Scope(frozenset({7}), None, None, internal=True)),
        (Role.SROI_OFFICER, Scope(frozenset({7}), frozenset({8}), None, internal=True)),
        (Role.ADMIN, Scope(None, frozenset(), None, internal=False)),
        (Role.PARTNER, Scope(frozenset({7}), frozenset(), SOME, internal=True)),
        (Role.EMPLOYER, Scope(None, frozenset({8}), SOME, internal=False)),
    ],
)
def test_a_role_sees_this_much(role: Role, scope: Scope) -> None:
    assert visible(actor(role)) == scope


def test_an_employer_without_authorities_sees_the_contracts_of_all() -> None:
    unlimited = replace(actor(Role.EMPLOYER), authorities=frozenset())
    assert visible(unlimited) == Scope(None, None, SOME, internal=False)


def test_the_system_sees_and_may_everything() -> None:
    assert visible(system("test")) == EVERYTHING
    assert all(system("test").may(permission) for permission in P)


def test_a_scope_shows_nothing_until_it_is_told_what() -> None:
    assert Scope() == Scope(frozenset(), frozenset(), frozenset(), internal=False)


def test_only_a_portal_user_belongs_to_an_employer() -> None:
    own = Actor(user_id=1, name="Owner", role=Role.EMPLOYER, employers=frozenset({5}))
    assert own.employer_id == 5
    assert Actor(user_id=1, name="Nobody's", role=Role.EMPLOYER).employer_id is None
    assert actor(Role.PARTNER).employer_id is None
