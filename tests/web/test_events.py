"""An event as a calendar file and as an attendance list: for whom it is, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

from crm.core.access import Role
from crm.core.records import key
from crm.events.records import Event
from crm.events.rules import Answer
from tests.candidates.factories import make_candidate
from tests.employers.factories import elsewhere
from tests.events.factories import asked, hold_event, make_event
from tests.factories import World, make_employer
from tests.web.asking import get, signed_in


def held(world: World) -> Event:
    event = hold_event(world.employer_a, make_candidate(key(world.region), reference="K-77"))
    asked(event, make_employer(key(world.region), "=HYPERLINK(1)"), Answer.DECLINED)
    return event


def listed(world: World, event: Event, role: Role) -> list[list[str]]:
    found = get(f"/events/{key(event)}.csv", signed_in(world.users[role]))
    assert found.status == 200
    return list(csv.reader(io.StringIO(found.body.decode("utf-8-sig")), delimiter=";"))


def test_the_attendance_list_names_candidates_by_reference(lite_world: World) -> None:
    rows = listed(lite_world, held(lite_world), Role.ADVISER)
    assert ["Werkgever", "De Linde Groen BV", "komt", "", "", ""] in rows
    assert ["Kandidaat", "K-77", "komt", "", "", ""] in rows
    assert ["Gesprek", "K-77", "", "1", "De Linde Groen BV", "gepland"] in rows
    assert ["Werkgever", "'=HYPERLINK(1)", "komt niet", "", "", ""] in rows


def test_who_may_not_see_candidates_gets_the_employers(lite_world: World) -> None:
    rows = listed(lite_world, held(lite_world), Role.MANAGER)
    assert [row[0] for row in rows[1:]] == ["Werkgever", "Werkgever"]
    assert "K-77" not in str(rows)


def test_a_calendar_holds_the_event_and_no_candidate(lite_world: World) -> None:
    event = held(lite_world)
    found = get(f"/events/{key(event)}.ics", signed_in(lite_world.users[Role.ADVISER]))
    text = found.body.decode().replace("\r\n ", "")
    assert found.status == 200
    assert "DTSTART:20261201T080000Z\r\nDTEND:20261201T100000Z\r\n" in text
    assert "Werkgevers: \\nDe Linde Groen BV\\nKandidaten: 1" in text
    assert "K-77" not in text
    assert "HYPERLINK" not in text


def test_a_title_cannot_add_lines_to_a_calendar(lite_world: World) -> None:
    event = make_event(key(lite_world.region), "Kom\r\nATTENDEE:mailto:x@y.example")
    found = get(f"/events/{key(event)}.ics", signed_in(lite_world.users[Role.ADVISER]))
    assert "\r\nATTENDEE" not in found.body.decode()


def test_for_others_there_is_no_event(lite_world: World) -> None:
    event, hidden = held(lite_world), make_event(key(elsewhere()))
    others = [signed_in(lite_world.users[role]) for role in (Role.EMPLOYER, Role.PARTNER, Role.ADMIN)]
    adviser = signed_in(lite_world.users[Role.ADVISER])
    for kind in ("csv", "ics"):
        for other in others:
            assert get(f"/events/{key(event)}.{kind}", other).status == 404
        assert get(f"/events/{key(hidden)}.{kind}", adviser).status == 404
        assert get(f"/events/{key(event)}.{kind}").status == 401
