"""Reminders by mail: which go by themselves, to whom, each once at most, and what the contract says of it."""

from __future__ import annotations

import email
import re
import smtplib
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from typer.testing import CliRunner

from crm.accounts.records import EmployerAdministrator, UserAuthority
from crm.accounts.records_access import HiddenContract
from crm.agenda.reminders import Reminded, send_reminder, send_reminders
from crm.cli import app
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.errors import Forbidden, Invalid
from crm.core.records import key
from crm.core.work import perform, reading, work
from crm.employers.records import ContactPerson
from crm.employers.records_people import PersonRole, PersonWish
from crm.employers.rules import Consent, ContactRole
from crm.sroi import actions, rulebook
from crm.sroi.actions.reminders import NoAddress
from crm.sroi.commands import MakeLetter
from crm.sroi.life_commands import MakeReminder, NoteEvent, NoteReminder, RemindByItself, TakeBackEvent
from crm.sroi.queries.contracts import contract_page
from crm.sroi.queries.letters import letters_of
from crm.sroi.queries.life import ContractLife, EventRow, contract_life
from crm.sroi.records import Contract
from crm.sroi.rules.life import ClockKind, EventKind
from crm.sroi.rulesets import parse_ruleset, ruleset_document, shipped_rulesets
from crm.sroi.states import LetterKind, MailState
from tests.agenda.test_agenda import set_up, sink
from tests.factories import TODAY, World, make_person, make_user, save
from tests.sroi.factories import DEMO, make_contract, stored

YEAR = {
    "award_on": date(2026, 11, 10),
    "start_on": date(2026, 11, 15),
    "end_on": date(2027, 11, 14),
}
DUE = date(2026, 11, 17)
SENT = Reminded(sent=1)


def make_automatic(contract: Contract) -> None:
    """Let every step of the ladder go by itself, the formal letter as well: that one never may."""
    document = ruleset_document(next(one for one in shipped_rulesets() if one.id == DEMO))
    changed = re.sub(r"(?m)^(after_days = .*)$", r"\1\nautomatic = true", document)
    assert changed.count("automatic = true") == 3
    with work(system("test")) as unit:
        kept = rulebook.keep(unit, parse_ruleset(changed))
        unit.get(Contract, key(contract)).rule_set_id = key(kept)
        unit.commit()


def to_remind(world: World, **values: Any) -> Contract:
    """Make a contract whose first contact was due on 17 November, with reminders that go by themselves."""
    contract = make_contract(world, **{**YEAR, **values})
    make_automatic(contract)
    return contract


def contact(world: World, **values: Any) -> ContactPerson:
    told = {"name": "J. de Wit", "email": "wit@delinde.example", **values}
    person = make_person(world.employer_a, **told)
    role = {"contact_person_id": key(person), "role": ContactRole.SROI}
    save(PersonRole(region_id=person.region_id, employer_id=person.employer_id, **role))
    return person


def officer(world: World) -> Actor:
    return world.actor(Role.SROI_OFFICER)


def life(contract: Contract) -> ContractLife:
    with reading(system("test")) as unit:
        return contract_life(unit, contract_page(unit, key(contract)))


def only(contract: Contract) -> EventRow:
    (event,) = life(contract).events
    return event


def click(world: World, contract: Contract, **values: Any) -> int:
    step = NoteReminder(
        contract_id=key(contract),
        about=ClockKind.FIRST_CONTACT,
        due_on=DUE,
        step="reminder",
        happened_on=TODAY,
    )
    told = {"kind": LetterKind.REMINDER, "language": "nl", **values}
    letter = MakeLetter(contract_id=key(contract), **told)
    command = MakeReminder(step=step, letter=letter, by_mail=True)
    return perform(officer(world), actions.make_reminder, command)


def on(day: date) -> Any:
    return clock.frozen_at(datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


def test_a_reminder_goes_once_to_the_contact_for_social_return_and_is_on_the_contract(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = to_remind(lite_world)
    contact(lite_world)
    make_person(lite_world.employer_a, "Een ander", email="ander@delinde.example")
    with sink(monkeypatch) as mails:
        assert send_reminders() == SENT
        assert send_reminders() == Reminded()
    (told,) = mails
    mail = email.message_from_string(told)
    assert mail["To"] == "wit@delinde.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    body, letter = (part.get_payload(decode=True) for part in mail.get_payload())
    assert "17 november 2026" in body.decode()
    assert f"/mijn-contract?id={contract.id}" in body.decode()
    assert letter.startswith(b"%PDF-")
    event = only(contract)
    assert (event.kind, event.step, event.happened_on) == (EventKind.REMINDER, "reminder", TODAY)
    assert event.noted_by is None
    assert event.mail is not None
    assert (event.mail.state, event.mail.by_itself) == (MailState.SENT, True)
    assert event.mail.addresses == ("wit@delinde.example",)
    with reading(officer(lite_world)) as unit:
        assert [one.kind for one in letters_of(unit, key(contract))] == [LetterKind.REMINDER]


def test_without_a_contact_it_goes_to_administrators_who_see_the_contract(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_remind(lite_world)
    a = lite_world.employer_a
    first = lite_world.users[Role.EMPLOYER]
    save(EmployerAdministrator(user_id=key(first), employer_id=key(a), region_id=a.region_id))
    save(UserAuthority(user_id=key(first), authority_id=key(lite_world.other_authority)))
    with sink(monkeypatch) as mails:
        assert send_reminders() == Reminded(without_address=1)
        save(UserAuthority(user_id=key(first), authority_id=key(lite_world.authority)))
        assert send_reminders() == SENT
    assert f"To: {first.email}" in mails[0]


def test_who_refused_mail_or_left_gets_none_and_nothing_is_noted(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = to_remind(lite_world)
    contact(lite_world, active=False)
    wish = {"contact_person_id": key(contact(lite_world)), "consent": Consent.REFUSED}
    told = {"noted_on": TODAY, "reason": "Liever bellen"}
    a = lite_world.employer_a
    save(PersonWish(region_id=a.region_id, employer_id=key(a), **wish, **told))
    with sink(monkeypatch) as mails:
        assert send_reminders() == Reminded(without_address=1)
    assert mails == []
    assert life(contract).events == ()


def test_steps_keep_their_distance_and_the_formal_letter_never_goes(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A day and fourteen days after the term: thirteen days lie between the first and the second.
    contract = to_remind(lite_world)
    contact(lite_world)
    late = DUE + timedelta(days=23)
    with sink(monkeypatch) as mails:
        with on(late):
            assert send_reminders() == SENT
        with on(late + timedelta(days=12)):
            assert send_reminders() == Reminded()
        with on(late + timedelta(days=13)):
            assert send_reminders() == SENT
        with on(late + timedelta(days=60)):
            assert send_reminders() == Reminded()
            reminder = life(contract).reminder
    assert len(mails) == 2
    assert reminder is not None
    assert reminder.step.code == "notice_of_default"


def test_what_is_a_click_stays_one_and_a_day_off_stays_quiet(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicked = make_contract(lite_world, **YEAR)
    to_remind(lite_world)
    contact(lite_world)
    with sink(monkeypatch) as mails:
        with on(date(2026, 12, 25)):
            assert send_reminders() == Reminded()
        assert send_reminders() == SENT
    assert len(mails) == 1
    assert life(clicked).events == ()


def test_without_a_server_nothing_is_made_and_it_says_what_to_set(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = to_remind(lite_world)
    contact(lite_world)
    for url in ("", "smtp://127.0.0.1:9"):
        set_up(monkeypatch, url)
        with pytest.raises(Invalid) as fault:
            send_reminders()
        assert fault.value.field == "CRM_SMTP_URL"
    assert life(contract).events == ()


def test_a_refused_address_takes_the_step_back_and_is_not_tried_every_day(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = to_remind(lite_world)
    contact(lite_world, email="nobody@delinde.example")
    with sink(monkeypatch):
        assert send_reminders() == Reminded(refused=1)
        assert send_reminders() == Reminded()
    found = life(contract)
    assert [event.kind for event in found.events] == [EventKind.TAKEN_BACK, EventKind.REMINDER]
    assert found.events[1].mail is not None
    assert found.events[1].mail.state is MailState.REFUSED
    assert found.reminder is not None
    assert found.reminder.step.code == "reminder"


def test_a_line_that_breaks_while_sending_never_makes_two_mails(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = to_remind(lite_world)
    contact(lite_world)

    def broken(_line: smtplib.SMTP, _message: EmailMessage) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    with sink(monkeypatch) as mails:
        with monkeypatch.context() as patched:
            patched.setattr(smtplib.SMTP, "send_message", broken)
            with pytest.raises(Invalid):
                send_reminders()
        assert send_reminders() == Reminded()
    assert mails == []
    mail = only(contract).mail
    assert mail is not None
    assert mail.state is MailState.TRIED


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (smtplib.SMTPDataError(451, b"no"), MailState.WAITS),
        (smtplib.SMTPDataError(554, b"no"), MailState.REFUSED),
        (smtplib.SMTPRecipientsRefused({"wit@delinde.example": (450, b"greylisted")}), MailState.WAITS),
        (smtplib.SMTPRecipientsRefused({"wit@delinde.example": (550, b"no")}), MailState.REFUSED),
    ],
    ids=str,
)
def test_a_server_that_does_not_take_a_mail_gets_it_again_only_when_it_asked_to_wait(
    lite_world: World, monkeypatch: pytest.MonkeyPatch, fault: smtplib.SMTPException, state: MailState
) -> None:
    contract = make_contract(lite_world, **YEAR)
    contact(lite_world)
    mail_id = click(lite_world, contract)
    with sink(monkeypatch) as mails:
        with monkeypatch.context() as patched:
            patched.setattr(smtplib.SMTP, "send_message", refusing(fault))
            assert send_reminder(mail_id) is state
        mail = only(contract).mail
        assert mail is not None
        assert mail.state is state
        again = send_reminders()
    assert (again.sent, len(mails)) == ((1, 1) if state is MailState.WAITS else (0, 0))


def refusing(fault: smtplib.SMTPException) -> Any:
    def refuse(_line: smtplib.SMTP, _message: EmailMessage) -> None:
        raise fault

    return refuse


def test_one_mail_that_has_to_wait_holds_up_no_other_but_a_server_that_goes_down_does(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contracts = [to_remind(lite_world) for _ in range(2)]
    contact(lite_world)
    with sink(monkeypatch) as mails:
        for code, noted in ((421, 1), (450, 2)):
            fault = smtplib.SMTPRecipientsRefused({"wit@delinde.example": (code, b"later")})
            with monkeypatch.context() as patched:
                patched.setattr(smtplib.SMTP, "send_message", refusing(fault))
                if code == 421:
                    with pytest.raises(Invalid):
                        send_reminders()
                else:
                    assert send_reminders() == Reminded()
            assert sum(len(life(contract).events) for contract in contracts) == noted
        assert send_reminders() == Reminded(sent=2)
    assert len(mails) == 2


def test_a_contract_that_is_met_gets_none_and_stops_no_other(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = to_remind(lite_world)
    with work(system("test")) as unit:
        contract = unit.get(Contract, key(met))
        contract.approved_cents = contract.obligation_cents
        unit.commit()
    to_remind(lite_world)
    contact(lite_world)
    with sink(monkeypatch) as mails:
        assert send_reminders() == SENT
    assert len(mails) == 1
    assert life(met).events == ()


def test_from_whom_a_merge_hides_the_contract_gets_no_reminder_of_it(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = to_remind(lite_world)
    boss, a = lite_world.users[Role.EMPLOYER], lite_world.employer_a
    save(EmployerAdministrator(user_id=key(boss), employer_id=key(a), region_id=a.region_id))
    save(HiddenContract(user_id=key(boss), contract_id=key(contract)))
    with sink(monkeypatch) as mails:
        assert send_reminders() == Reminded(without_address=1)
        contact(lite_world, email=boss.email.upper())
        assert send_reminders() == Reminded(without_address=1)
        contact(lite_world)
        assert send_reminders() == SENT
    assert "To: wit@delinde.example" in mails[0]


def test_what_was_clicked_while_the_server_was_away_goes_later_unless_it_is_old_news(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contracts = [make_contract(lite_world, **YEAR) for _ in range(3)]
    contact(lite_world)
    mails_of = [click(lite_world, contract) for contract in contracts]
    set_up(monkeypatch, "smtp://127.0.0.1:9")
    with pytest.raises(Invalid):
        send_reminder(mails_of[0])
    heard = NoteEvent(contract_id=key(contracts[1]), kind=EventKind.FIRST_CONTACT, happened_on=TODAY)
    perform(officer(lite_world), actions.note_event, heard)
    mistake = TakeBackEvent(event_id=only(contracts[2]).id, reason="Verkeerde werkgever")
    perform(officer(lite_world), actions.take_back_event, mistake)
    with sink(monkeypatch) as mails:
        assert send_reminders() == SENT
        assert send_reminder(mails_of[0]) is None
    (told,) = mails
    assert "Auto-Submitted: no" in told
    mail = only(contracts[0]).mail
    assert mail is not None
    assert (mail.state, mail.by_itself) == (MailState.SENT, False)


def test_answers_go_to_the_officer_and_a_click_needs_an_address_and_no_formal_letter(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = make_contract(lite_world, **YEAR)
    with pytest.raises(NoAddress):
        click(lite_world, contract)
    contact(lite_world)
    with pytest.raises(Invalid, match="formal letter"):
        click(lite_world, contract, kind=LetterKind.DEFAULT)
    assert life(contract).events == ()
    noor = make_user(Role.SROI_OFFICER, "Noor", email="noor@halderberge.example")
    with work(system("test")) as unit:
        unit.get(Contract, key(contract)).officer_id = key(noor)
        unit.commit()
    mail_id = click(lite_world, contract)
    with sink(monkeypatch) as mails:
        assert send_reminder(mail_id) is MailState.SENT
    assert "Reply-To: noor@halderberge.example" in mails[0]


def test_nobody_sends_by_itself_but_the_system(lite_world: World) -> None:
    contract = to_remind(lite_world)
    command = RemindByItself(contract_id=key(contract))
    with pytest.raises(Forbidden):
        perform(officer(lite_world), actions.remind_by_itself, command)
    assert stored(Contract, key(contract)).version


def test_the_command_says_what_went_and_what_could_not(
    lite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_remind(lite_world)
    to_remind(lite_world, employer_id=key(lite_world.employer_b))
    contact(lite_world)
    with sink(monkeypatch):
        told = CliRunner().invoke(app, ["mail", "reminders"])
    assert told.exit_code == 0
    assert told.output.splitlines() == [
        "Er zijn 1 herinneringen verstuurd.",
        "Bij 1 contracten is er geen adres om naar te mailen.",
    ]
