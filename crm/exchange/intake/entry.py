"""One line of an employers file meeting what is known: found or made, filled in, never half."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy.orm.attributes import set_attribute

from crm.core.errors import Invalid
from crm.core.records import Record
from crm.employers.likeness import Parties
from crm.employers.records import ContactPerson, Employer, Establishment
from crm.employers.rules import folded, search_key
from crm.exchange.intake.lines import Like, same_or_updated
from crm.exchange.queries.known import Account, Known
from crm.exchange.reach import Reach
from crm.exchange.rules import EmployerRow, Finding, Note, Outcome, Place, Verdict
from crm.exchange.rules.matching import same_person, staff_change
from crm.exchange.rules.plans import LEAVE_OUT, NEW, Existing, Plan

Subject = tuple[str, ...]
"""What a line speaks about: an employer, an establishment or a person, by number and name."""

ROW_FIELDS = {"city": "place", "municipality_id": "municipality", "phone": "contact_phone"}
PERSON_FIELDS = {
    "name": "contact_name",
    "job_title": "contact_function",
    "phone": "contact_phone",
    "email": "contact_email",
}
LONGEST_KEY = 400
LIMITS = {
    "name": 200,
    "street": 160,
    "place": 80,
    "contact_name": 120,
    "contact_function": 120,
    "contact_phone": 40,
    "contact_email": 200,
}


class Desk(Protocol):
    """Where an entry asks what is known and leaves what is new."""

    known: Known
    reach: Reach
    region_id: int
    said: Said
    plan: Plan
    parties: Parties | None
    likes: dict[int, Like]
    employers: list[Employer]
    parts: list[tuple[Account, Establishment | ContactPerson]]


class Said:
    """Which line of a file spoke about what: before this batch, and in it."""

    def __init__(self) -> None:
        self.before: dict[Subject, int] = {}
        self.fresh: dict[Subject, int] = {}

    def by(self, subject: Subject) -> int | None:
        """Return the line that spoke about a subject, if any did."""
        return self.fresh.get(subject, self.before.get(subject))

    def settle(self) -> None:
        """Keep what the batch said for the rest of the file."""
        self.before |= self.fresh
        self.fresh = {}


class Entry:
    """One line on its way in."""

    def __init__(self, desk: Desk, row: EmployerRow) -> None:
        self.desk = desk
        self.row = row
        self.notes: list[Note] = list(row.notes)
        self.changed: list[str] = []

    def take(self) -> Verdict:
        """Fill in what the line says; raises `Invalid` before anything is touched."""
        refuse_too_long(self.row)
        answer = self.desk.plan.answers.get(self.row.line)
        if answer == LEAVE_OUT:
            return self._left_out(Note("name", Finding.ANSWERED_OUT))
        account = find_account(self.desk.known, self.row, self.desk.reach, self.desk.region_id)
        if account is None and answer is not None:
            account = self._answered(answer)
        elif account is None and (told := self._looks_like()):
            return self._left_out(told)
        if account is not None and self._is_to_stay():
            return self._left_out(Note("kvk_number", Finding.KNOWN_HERE))
        is_new = account is None
        account = account or self._open_account()
        address = self._address(account.employer.region_id)
        self._employer(account, address)
        if self.row.establishment_number:
            self._establishment(account, address)
        self._person(account)
        return same_or_updated(is_new, Place(self.row.line), self.changed, self.notes)

    def _left_out(self, why: Note) -> Verdict:
        return Verdict(Outcome.SKIPPED, Place(self.row.line), notes=(why,))

    def _is_to_stay(self) -> bool:
        """Tell whether an employer that was here before this file is to stay as it is."""
        earlier = self.desk.said.by(("employer", self.row.kvk_number))
        return self.desk.plan.existing is Existing.SKIP and earlier is None

    def _answered(self, answer: int) -> Account | None:
        """Return the employer that somebody said this line is about, None for a new one."""
        if answer == NEW:
            return None
        found = self.desk.known.by_id.get(answer)
        if found is None or not self.desk.reach.covers_region(found.employer.region_id):
            raise Invalid("name", Finding.ELSEWHERE)
        return found

    def _looks_like(self) -> Note | None:
        """Keep the question whether this is somebody we have under another number, and return it."""
        row = self.row
        if self.desk.parties is None:
            return None
        found = self.desk.parties.like(row.name, row.postcode, row.place or row.municipality)
        if found is None:
            return None
        told = {"name": row.name, "kvk_number": row.kvk_number, "street": row.street}
        told |= {"postcode": row.postcode, "city": row.place or row.municipality}
        self.desk.likes[row.line] = Like(row.line, *found, told)
        return Note("name", Finding.LOOKS_LIKE)

    def _open_account(self) -> Account:
        made = Employer(region_id=self.desk.region_id, name=self.row.name, kvk_number=self.row.kvk_number)
        account = Account(made)
        self.desk.known.keep(account)
        self.desk.employers.append(made)
        return account

    def _address(self, region_id: int) -> dict[str, object]:
        """Return name and address; a municipality that is not known here can only be the place."""
        row = self.row
        name = folded(row.municipality).removeprefix("gemeente ")
        municipality_id = self.desk.known.municipalities.get((region_id, name))
        if row.municipality and municipality_id is None:
            self.notes.append(Note("municipality", Finding.MUNICIPALITY_UNKNOWN))
        return {
            "name": row.name,
            "street": row.street,
            "postcode": row.postcode,
            "city": row.place or row.municipality[: LIMITS["place"]],
            "municipality_id": municipality_id,
        }

    def _employer(self, account: Account, address: Mapping[str, object]) -> None:
        employer = account.employer
        if employer.ceased_on is not None:
            self.notes.append(Note("name", Finding.CEASED))
        if employer.kvk_number is None:
            employer.kvk_number = self.row.kvk_number
            self.desk.known.by_kvk[self.row.kvk_number] = account
            self.changed.append("kvk_number")
        # Another establishment than the main one has an address and a size of its own.
        if self.row.establishment_number in ("", account.main) or not account.main:
            self._details(account, address)
        employer.search_key = search_key(employer.name, employer.city, employer.kvk_number)[:LONGEST_KEY]

    def _details(self, account: Account, address: Mapping[str, object]) -> None:
        row, employer = self.row, account.employer
        values = {**address, "sbi_code": row.sbi_code}
        values["staff_size"] = staff_change(employer.staff_size, row.staff_min, row.staff_max)
        if not row.contact_name and self._known_person(account) is None:
            values["phone"] = row.contact_phone
        self._write(employer, ("employer", row.kvk_number), values, ROW_FIELDS)

    def _establishment(self, account: Account, address: Mapping[str, object]) -> None:
        number = self.row.establishment_number
        place = account.places.get(number)
        if place is None:
            employer = account.employer
            place = Establishment(
                region_id=employer.region_id, employer_id=employer.id or 0, number=number, name=self.row.name
            )
            account.open_place(place)
            self.desk.known.by_number[number] = account
            self.desk.parts.append((account, place))
            self.changed.append("establishment_number")
        self._write(place, ("establishment", number), address, ROW_FIELDS)

    def _known_person(self, account: Account) -> ContactPerson | None:
        return same_person(account.people, self.row.contact_name, self.row.contact_email, folded)

    def _person(self, account: Account) -> None:
        row = self.row
        person = self._known_person(account)
        if person is None and not row.contact_name:
            if row.contact_email or row.contact_function:
                self.notes.append(Note("contact_name", Finding.PERSON_UNNAMED))
            return
        if person is None:
            person = self._new_person(account)
        if not person.active:
            self.notes.append(Note("contact_name", Finding.PERSON_LEFT))
            return
        told = {name: getattr(row, source) for name, source in PERSON_FIELDS.items()}
        self._write(person, ("person", row.kvk_number, folded(person.name)), told, PERSON_FIELDS)

    def _new_person(self, account: Account) -> ContactPerson:
        employer = account.employer
        person = ContactPerson(
            region_id=employer.region_id, employer_id=employer.id or 0, name=self.row.contact_name
        )
        account.people.append(person)
        self.desk.parts.append((account, person))
        self.changed.append("contact_name")
        return person

    def _write(
        self, record: Record, subject: Subject, values: Mapping[str, object], names: Mapping[str, str]
    ) -> None:
        """Write what the line says of a record, unless an earlier line of the file spoke about it."""
        different = {
            name: value
            for name, value in values.items()
            if value not in (None, "") and getattr(record, name) != value
        }
        earlier = self.desk.said.by(subject)
        if earlier is not None:
            if different:
                self.notes.append(Note("", Finding.ALREADY_SAID, {"line": earlier}))
            return
        self.desk.said.fresh[subject] = self.row.line
        for name, value in different.items():
            set_attribute(record, name, value)
            self.changed.append(names.get(name, name))


def refuse_too_long(row: EmployerRow) -> None:
    """Raise `Invalid` for the first field that is longer than what can be kept."""
    for name, limit in LIMITS.items():
        if len(str(getattr(row, name))) > limit:
            raise Invalid(name, Finding.TOO_LONG, limit=limit)


def find_account(known: Known, row: EmployerRow, reach: Reach, region_id: int) -> Account | None:
    """Return the employer a line means: by establishment, else KvK number, else name without a number.

    Raises `Invalid` when the numbers contradict each other or another region keeps the employer.
    """
    owner = known.by_number.get(row.establishment_number) if row.establishment_number else None
    numbered = known.by_kvk.get(row.kvk_number)
    if any(found and not reach.covers_region(found.employer.region_id) for found in (owner, numbered)):
        raise Invalid("kvk_number", Finding.ELSEWHERE)
    if owner is not None and owner.employer.kvk_number not in (None, row.kvk_number):
        raise Invalid("establishment_number", Finding.OTHER_KVK)
    if owner is not None and numbered is not None and owner is not numbered:
        raise Invalid("kvk_number", Finding.TWO_EMPLOYERS)
    return owner or numbered or _unnumbered(known, row, region_id)


def _unnumbered(known: Known, row: EmployerRow, region_id: int) -> Account | None:
    """Return the employer of this name that has no number yet: by postcode, or the only one without that."""
    named = known.unnumbered.get(folded(row.name), ())
    near = [
        account
        for account in named
        if account.employer.kvk_number is None and account.employer.region_id == region_id
    ]
    fitting = [found for found in near if row.postcode and found.employer.postcode == row.postcode]
    fitting = fitting or [found for found in near if not found.employer.postcode]
    if len(fitting) > 1:
        raise Invalid("name", Finding.TWO_EMPLOYERS)
    return fitting[0] if fitting else None
