"""Statements and letters through the door: for whom they are, and the public check of a code."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from sqlmodel import select

from crm.accounts.records import User, UserAuthority
from crm.core import clock
from crm.core.access import Role, system
from crm.core.audit import AuditEntry
from crm.core.records import key
from crm.core.work import perform, reading
from crm.sroi import actions
from crm.sroi.commands import MakeLetter
from crm.sroi.queries.statements import StatementRow
from crm.sroi.records import StatementCopy
from crm.sroi.states import LetterKind
from crm.web.public_check import MOST_BYTES
from tests.factories import World, make_user, save
from tests.sroi.test_statements import correct, settle, short_contract
from tests.web.asking import HOST, Answer, ask, get, signed_in

BOUNDARY = "just-a-boundary"


@pytest.fixture
def row(world: World) -> StatementRow:
    """A statement of employer A for the first authority."""
    return settle(world, short_contract(world, title="Groen <b>Noord</b>"))


def elsewhere(world: World) -> User:
    officer = make_user(Role.SROI_OFFICER, "Elders")
    save(UserAuthority(user_id=key(officer), authority_id=key(world.other_authority)))
    return officer


def send(code: str, file: bytes | None = None, language: str = "nl", **headers: str) -> Answer:
    """Send the form of the public check, as a browser does."""
    part = f'name="code"\r\n\r\n{code}'
    lines = [f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n".encode()]
    if file is not None:
        head = 'name="file"; filename="x.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        lines.append(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}".encode() + file + b"\r\n")
    given = {
        "origin": f"https://{HOST}",
        "content-type": f"multipart/form-data; boundary={BOUNDARY}",
        **headers,
    }
    body = b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()
    return ask("POST", f"/controle?language={language}", headers=given, body=body)


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.SROI_OFFICER, Role.MANAGER])
def test_whose_it_is_their_officer_and_the_manager_get_the_statement(
    world: World, row: StatementRow, role: Role
) -> None:
    answer = get(f"/statements/{row.id}.pdf?language=en", signed_in(world.users[role]))
    assert answer.status == 200
    assert answer.body.startswith(b"%PDF-1.7")
    assert answer.header("content-type") == "application/pdf"
    name = f'attachment; filename="eindafrekening-{row.id}-en.pdf"'
    assert answer.header("content-disposition") == name
    assert answer.header("cache-control") == "no-store"


def test_the_table_opens_in_a_spreadsheet(world: World, row: StatementRow) -> None:
    answer = get(f"/statements/{row.id}.csv", signed_in(world.users[Role.EMPLOYER]))
    assert answer.header("content-type") == "text/csv; charset=utf-8"
    assert answer.body.startswith(b"\xef\xbb\xbf")
    assert "18750,00" in answer.body.decode("utf-8-sig")


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ACCOUNT_MANAGER, Role.ADMIN, Role.PARTNER])
def test_roles_without_the_permission_do_not_get_it(world: World, row: StatementRow, role: Role) -> None:
    assert get(f"/statements/{row.id}.pdf", signed_in(world.users[role])).status == 404


def test_another_employer_and_another_authority_find_nothing(world: World, row: StatementRow) -> None:
    assert world.portal_b
    for user in (world.portal_b, elsewhere(world)):
        cookie = signed_in(user)
        not_yours, not_there = get(f"/statements/{row.id}.pdf", cookie), get("/statements/98765.pdf", cookie)
        assert not_yours.status == not_there.status == 404
        assert not_yours.body == not_there.body
        assert get(f"/statements/{row.id}.csv", cookie).status == 404


def test_a_stranger_is_asked_to_sign_in(row: StatementRow) -> None:
    assert get(f"/statements/{row.id}.pdf").status == 401
    assert get("/letters/1.pdf").status == 401


@pytest.mark.parametrize("path", ["/statements/x.pdf", "/statements/1.pdf?language=fr", "/letters/-1.pdf"])
def test_what_cannot_be_is_not_found(world: World, row: StatementRow, path: str) -> None:
    assert get(path, signed_in(world.users[Role.SROI_OFFICER])).status == 404


def test_handing_out_is_written_down_with_the_hash_of_the_bytes(world: World, row: StatementRow) -> None:
    cookie = signed_in(world.users[Role.EMPLOYER])
    first, second = (get(f"/statements/{row.id}.pdf", cookie).body for _ in range(2))
    assert first == second
    with reading(system("test")) as work:
        hashes = work.session.exec(select(StatementCopy.sha256)).all()
        seen = work.session.exec(select(AuditEntry).where(AuditEntry.action == "view")).all()
    assert hashes == [hashlib.sha256(first).hexdigest()]
    assert [entry.intention for entry in seen] == ["sroi.download_statement"] * 2


def test_a_letter_is_for_the_officer_and_the_manager(world: World) -> None:
    contract = short_contract(world)
    officer = world.actor(Role.SROI_OFFICER)
    command = MakeLetter(contract_id=key(contract), kind=LetterKind.REMINDER, language="nl")
    path = f"/letters/{perform(officer, actions.make_letter, command)}.pdf"
    for user in (world.users[Role.SROI_OFFICER], world.users[Role.MANAGER]):
        assert get(path, signed_in(user)).body.startswith(b"%PDF-1.7")
    for other in (world.users[Role.EMPLOYER], world.users[Role.ADVISER], elsewhere(world)):
        assert get(path, signed_in(other)).status == 404


def test_anyone_can_open_the_check_in_both_languages() -> None:
    assert "Controlecode" in get("/controle").text
    english = get("/controle?language=en").text
    assert "Check code" in english
    assert 'action="/controle?language=en"' in english


def test_a_genuine_code_shows_what_the_paper_shows(row: StatementRow) -> None:
    answer = send(row.code.lower().replace("-", " "))
    assert answer.status == 200
    assert "Deze code hoort bij een echte eindafrekening." in answer.text
    for told in ("Gemeente Halderberge", "24 november 2026", "€ 50.000,00", "€ 18.750,00"):
        assert told in answer.text
    assert "Groen &lt;b&gt;Noord&lt;/b&gt;" in answer.text
    for hidden in ("sroi_officer een", "K-2041", "De Linde Groen"):
        assert hidden not in answer.text


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "x" * 400, "' OR 1=1 --"])
def test_every_unknown_code_gets_the_same_answer(row: StatementRow, code: str) -> None:
    answer = send(code)
    assert answer.status == 404
    assert "Deze code is niet bekend." in answer.text
    assert "€" not in answer.text


def test_the_very_file_is_unchanged_and_any_other_is_not(world: World, row: StatementRow) -> None:
    copy = get(f"/statements/{row.id}.pdf", signed_in(world.users[Role.EMPLOYER])).body
    assert "Het bestand is onveranderd" in send(row.code, copy).text
    changed = copy.replace(b"%%EOF", b"%%EOf")
    assert changed != copy
    answer = send(row.code, changed)
    assert "Het bestand is niet wat wij met deze code hebben uitgegeven." in answer.text
    assert "onveranderd: byte" not in answer.text


def test_a_statement_that_was_corrected_says_so(world: World) -> None:
    contract = short_contract(world)
    old = settle(world, contract)
    new = correct(world, contract)
    assert "Een latere versie vervangt deze eindafrekening." in send(old.code).text
    assert "latere versie" not in send(new.code).text


def test_a_file_that_is_too_large_is_refused(row: StatementRow) -> None:
    answer = send(row.code, b"x" * MOST_BYTES)
    assert answer.status == 413
    assert "te groot" in answer.text
    assert "too large" in send(row.code, b"x" * MOST_BYTES, "en").text


def test_a_form_from_elsewhere_or_in_pieces_is_refused(row: StatementRow) -> None:
    assert send(row.code, origin="https://evil.example").status == 403
    broken = {"content-type": "multipart/form-data"}
    assert send(row.code, **broken).status in {400, 404}


def test_many_wrong_codes_have_to_wait_and_a_right_one_does_not_count(
    row: StatementRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        assert send("AAAA-BBBB-CCCC").status == 404
    answer = send(row.code)
    assert answer.status == 429
    assert "te vaak" in answer.text
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    for _ in range(5):
        assert send(row.code).status == 200
