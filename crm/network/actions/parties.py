"""What people do with parties that are no employers: note them, tie them, and note that we spoke."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import Command, action
from crm.core.days import Day
from crm.core.errors import Forbidden, Invalid
from crm.core.i18n import N_
from crm.core.privacy import WITHOUT_BSN
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Employer, Municipality
from crm.network.queries.parties import is_party_tied
from crm.network.records_parties import Party, PartyTalk, PartyTie
from crm.network.rules import PARTY_BOTH_WAYS, PartyKind, PartyTieKind

_NOT_YET = N_("This day has not come yet. Choose today or an earlier day.")
_KNOWN = N_("This tie is known already.")
Note = Annotated[str, Field(max_length=400), WITHOUT_BSN]
Name = Annotated[str, Field(min_length=1, max_length=160), WITHOUT_BSN]


class _Details(Command):
    kind: PartyKind
    name: Name
    municipality_id: int | None = None
    contact_name: Annotated[str, Field(max_length=120), WITHOUT_BSN] = ""
    email: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    note: Note = ""


class AddParty(_Details):
    """A neighbourhood organisation, connector, school or agency that we work together with."""

    region_id: int


class EditParty(_Details):
    """A party put right."""

    party_id: int
    version: int


class EndParty(Command):
    """We work together no more, or again when `again`."""

    party_id: int
    version: int
    again: bool = False


class TieParty(Command):
    """A party is tied to an employer or to another party; told from the party."""

    party_id: int
    employer_id: int | None = None
    other_party_id: int | None = None
    kind: PartyTieKind
    since: Day
    note: Note = ""


class UntieParty(Command):
    """They are not tied (any more)."""

    tie_id: int
    version: int


class NoteTalk(Command):
    """Somebody of us spoke with a party."""

    party_id: int
    held_on: Day
    summary: Note = ""


@action(Permission.NETWORK_EDIT, AddParty)
def add_party(work: Work, command: AddParty) -> int:
    """Note a party in one of the actor's regions and return its id."""
    regions = work.scope.regions
    if regions is not None and command.region_id not in regions:
        raise Forbidden()
    _check_place(work, command.municipality_id)
    return key(work.add(Party(**_stored(command), region_id=command.region_id)))


@action(Permission.NETWORK_EDIT, EditParty)
def edit_party(work: Work, command: EditParty) -> int:
    """Put a party right and return its id."""
    fields = _stored(command)
    party = work.edit(Party, command.party_id, command.version, fields)
    _check_place(work, command.municipality_id)
    for name, value in fields.items():
        setattr(party, name, value)
    return key(party)


@action(Permission.NETWORK_EDIT, EndParty)
def end_party(work: Work, command: EndParty) -> int:
    """Note that we work together no more (or again) and return the party's id; its ties stay known."""
    ended_on = None if command.again else clock.today()
    party = work.edit(Party, command.party_id, command.version, {"ended_on": ended_on})
    party.ended_on = ended_on
    return key(party)


@action(Permission.NETWORK_EDIT, TieParty)
def tie_party(work: Work, command: TieParty) -> int:
    """Tie a party and return the tie's id; raises `Invalid` for a tie that is known or has no other end."""
    party = work.get(Party, command.party_id)
    if (command.employer_id is None) == (command.other_party_id is None):
        raise Invalid("other", "Choose an employer or another party.")
    if command.employer_id is not None:
        work.get(Employer, command.employer_id)
    if command.other_party_id is not None:
        work.get(Party, command.other_party_id)
    if command.other_party_id == command.party_id:
        raise Invalid("other", "A party cannot be tied to itself. Choose another one.")
    if command.since > clock.today():
        raise Invalid("since", _NOT_YET)
    if _is_known(work, command):
        raise Invalid("kind", _KNOWN)
    return key(work.add(_tie(party, command)))


@action(Permission.NETWORK_EDIT, UntieParty)
def untie_party(work: Work, command: UntieParty) -> int:
    """Remove a tie of a party and return its id; the audit keeps what it was."""
    tie = work.edit(PartyTie, command.tie_id, command.version, {})
    work.session.delete(tie)
    return command.tie_id


@action(Permission.NETWORK_EDIT, NoteTalk)
def note_talk(work: Work, command: NoteTalk) -> int:
    """Note that the actor spoke with a party, today or before, and return the id of the talk."""
    party = work.get(Party, command.party_id)
    if command.held_on > clock.today():
        raise Invalid("held_on", _NOT_YET)
    if work.actor.user_id is None:
        raise Forbidden()
    talk = PartyTalk(
        region_id=party.region_id, user_id=work.actor.user_id, **command.model_dump(include=_TALK)
    )
    return key(work.add(talk))


_TALK = {"party_id", "held_on", "summary"}


def _tie(party: Party, command: TieParty) -> PartyTie:
    return PartyTie(
        region_id=party.region_id,
        party_id=key(party),
        tied_employer_id=command.employer_id,
        tied_party_id=command.other_party_id,
        kind=command.kind,
        since=command.since,
        note=command.note or None,
    )


def _is_known(work: Work, command: TieParty) -> bool:
    """Return whether a tie is known, also told from the other party where that says the same."""
    party_id, other_id, kind = command.party_id, command.other_party_id, command.kind
    if is_party_tied(work, party_id, kind, command.employer_id, other_id):
        return True
    turned = other_id is not None and kind in PARTY_BOTH_WAYS
    return turned and is_party_tied(work, other_id or 0, kind, None, party_id)


def _stored(command: _Details) -> dict[str, Any]:
    """Return the fields of a party as they are kept: what was left empty is not there."""
    fields = command.model_dump(exclude={"party_id", "version", "region_id"})
    return {name: value if value != "" else None for name, value in fields.items()}


def _check_place(work: Work, municipality_id: int | None) -> None:
    if municipality_id is not None:
        work.get(Municipality, municipality_id)
