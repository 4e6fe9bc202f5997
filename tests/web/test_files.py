"""Evidence files: authorised at every request, and what is not yours does not exist."""

from __future__ import annotations

import pytest
from sqlmodel import select

from crm.accounts.records import User, UserAuthority
from crm.core import clock, files
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.records import key
from crm.core.work import reading
from crm.sroi.records import Evidence
from tests.factories import World, make_user, save
from tests.sroi.factories import assign, make_contract, make_effort
from tests.web.asking import get, signed_in

PDF = b"%PDF-1.7 payslip"


@pytest.fixture
def evidence_id(world: World) -> int:
    """A file that employer A added to an effort for the first authority."""
    assign(world)
    effort = make_effort(make_contract(world))
    return key(_evidence(effort, world.users[Role.EMPLOYER], sha256=files.store(PDF)))


def _evidence(effort: object, user: User, **values: object) -> Evidence:
    copied = {
        name: getattr(effort, name) for name in ("region_id", "authority_id", "employer_id", "contract_id")
    }
    return save(
        Evidence(
            effort_id=getattr(effort, "id"),  # noqa: B009
            kind="payslip",
            file_name="loonstrook J. de Wit.pdf",
            media_type="application/pdf",
            size_bytes=len(PDF),
            added_by_id=key(user),
            added_at=clock.now(),
            **{**copied, **values},
        )
    )


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.SROI_OFFICER])
def test_whose_it_is_and_their_officer_get_it_under_a_neutral_name(
    world: World, evidence_id: int, role: Role
) -> None:
    answer = get(f"/files/{evidence_id}", signed_in(world.users[role]))
    assert (answer.status, answer.body) == (200, PDF)
    assert answer.header("content-type") == "application/pdf"
    assert answer.header("content-disposition") == f'attachment; filename="bewijs-{evidence_id}.pdf"'
    assert answer.header("cache-control") == "no-store"
    assert answer.header("x-content-type-options") == "nosniff"
    assert "sandbox" in answer.header("content-security-policy")


def test_what_is_not_yours_looks_like_what_does_not_exist(world: World, evidence_id: int) -> None:
    assert world.portal_b
    cookie = signed_in(world.portal_b)
    not_yours, not_there = get(f"/files/{evidence_id}", cookie), get("/files/987654", cookie)
    assert not_yours.status == not_there.status == 404
    assert not_yours.body == not_there.body
    assert sorted(not_yours.headers) == sorted(not_there.headers)


def test_an_officer_of_another_authority_does_not_get_it(world: World, evidence_id: int) -> None:
    officer = make_user(Role.SROI_OFFICER, "Elders")
    save(UserAuthority(user_id=key(officer), authority_id=key(world.other_authority)))
    assert get(f"/files/{evidence_id}", signed_in(officer)).status == 404


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ACCOUNT_MANAGER, Role.MANAGER, Role.ADMIN, Role.PARTNER])
def test_roles_without_the_permission_do_not_get_it(world: World, evidence_id: int, role: Role) -> None:
    assert get(f"/files/{evidence_id}", signed_in(world.users[role])).status == 404


def test_a_stranger_is_asked_to_sign_in(evidence_id: int) -> None:
    assert get(f"/files/{evidence_id}").status == 401
    assert (
        get(f"/files/{evidence_id}", page=True).header("location") == f"/auth/login?next=/files/{evidence_id}"
    )


@pytest.mark.parametrize("asked", ["x", "-1", "1.5", "٣", "9" * 16, "%2e%2e", "1 or 1"])
def test_an_odd_number_is_not_found(world: World, asked: str) -> None:
    assert get(f"/files/{asked}", signed_in(world.users[Role.EMPLOYER])).status == 404


def test_each_download_is_in_the_audit_log_and_no_refusal_is(world: World, evidence_id: int) -> None:
    assert world.portal_b
    own = signed_in(world.users[Role.EMPLOYER])
    get(f"/files/{evidence_id}", own)
    get(f"/files/{evidence_id}", own)
    get(f"/files/{evidence_id}", signed_in(world.portal_b))
    with reading(system("test")) as unit:
        wanted = select(AuditEntry).where(AuditEntry.action == "view", AuditEntry.object_type == "evidence")
        seen = [(entry.actor_name, entry.object_id) for entry in unit.session.exec(wanted)]
    assert seen == [("employer een", str(evidence_id))] * 2


def test_evidence_without_a_file_or_with_a_damaged_one_is_not_found(world: World, evidence_id: int) -> None:
    cookie = signed_in(world.users[Role.EMPLOYER])
    with reading(system("test")) as unit:
        effort = unit.get(Evidence, evidence_id)
    only_seen = save(
        Evidence(
            **effort.model_dump(exclude={"id", "sha256", "file_name", "seen_on"}),
            seen_on=clock.today(),
        )
    )
    assert get(f"/files/{only_seen.id}", cookie).status == 404
    assert effort.sha256
    files.path_of(effort.sha256).write_bytes(b"%PDF-1.7 something else")
    assert get(f"/files/{evidence_id}", cookie).status == 404
