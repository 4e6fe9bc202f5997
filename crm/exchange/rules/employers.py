"""One line of an employers file: either an employer or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from crm.exchange.rules import values
from crm.exchange.rules.messages import NoteText, RowProblem
from crm.exchange.rules.verdicts import Note, Place, Rejected

T = TypeVar("T")

FREE_TEXT = (
    *("name", "street", "house_number", "house_addition", "place", "municipality"),
    *("contact_name", "contact_first", "contact_infix", "contact_last", "contact_function", "remark"),
)


@dataclass(frozen=True)
class EmployerRow:
    """An employer ("werkgever") with one establishment and one contact person; empty = not in the file."""

    line: int
    kvk_number: str
    name: str
    establishment_number: str = ""
    sbi_code: str = ""
    staff_min: int | None = None
    staff_max: int | None = None
    street: str = ""
    postcode: str = ""
    place: str = ""
    municipality: str = ""
    contact_name: str = ""
    contact_function: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    known_since: date | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """What makes a row the same employer and establishment as an earlier one."""
        return self.kvk_number, self.establishment_number

    def values(self) -> dict[str, object]:
        """Return the fields to compare with what is stored and to write."""
        skipped = ("line", "notes")
        return {name: value for name, value in vars(self).items() if name not in skipped}


class _Refusal(Exception):
    def __init__(self, field_name: str, problem: RowProblem) -> None:
        super().__init__(problem)
        self.field = field_name
        self.problem = problem


def employer_row(line: int, cells: Mapping[str, object]) -> EmployerRow | Rejected:
    """Read the cells of one line, by field.

    A KvK or establishment number that is wrong, a missing name, or a BSN in free text rejects the
    line; any other field that cannot be understood stays empty with a note.
    """
    try:
        return _Reading(line, cells).row()
    except _Refusal as refusal:
        return Rejected(Place(line), refusal.field, refusal.problem)


class _Reading:
    """The reading of one line, which gathers notes on the way."""

    def __init__(self, line: int, cells: Mapping[str, object]) -> None:
        self.line = line
        self.cells = cells
        self.notes: list[Note] = []

    def row(self) -> EmployerRow:
        self._refuse_bsn()
        kvk = self._kvk_number()
        low, high = self._optional("staff_size", values.staff_size) or (None, None)
        code, place_behind = self._optional("postcode", values.postcode) or ("", "")
        return EmployerRow(
            line=self.line,
            kvk_number=kvk,
            name=self._name(),
            establishment_number=self._establishment_number(),
            sbi_code=self._digits("sbi_code", values.sbi_code),
            staff_min=low,
            staff_max=high,
            street=self._joined("street", "house_number", "house_addition"),
            postcode=code,
            place=self._text("place") or place_behind,
            municipality=self._text("municipality"),
            contact_name=self._text("contact_name")
            or self._joined("contact_first", "contact_infix", "contact_last"),
            contact_function=self._text("contact_function"),
            contact_phone=self._digits("contact_phone", values.phone),
            contact_email=self._optional("contact_email", values.email) or "",
            known_since=self._optional("known_since", values.day),
            notes=tuple(self.notes),
        )

    def _text(self, name: str) -> str:
        return values.text(self.cells.get(name))

    def _joined(self, *names: str) -> str:
        return " ".join(part for part in map(self._text, names) if part)

    def _refuse_bsn(self) -> None:
        for name in FREE_TEXT:
            if values.holds_bsn(self._text(name)):
                raise _Refusal(name, RowProblem.BSN)

    def _name(self) -> str:
        name = self._text("name")
        if not name:
            raise _Refusal("name", RowProblem.NO_NAME)
        return name

    def _kvk_number(self) -> str:
        if not self._text("kvk_number"):
            raise _Refusal("kvk_number", RowProblem.NO_KVK)
        return self._number("kvk_number", values.kvk_number, RowProblem.BAD_KVK)

    def _establishment_number(self) -> str:
        if not self._text("establishment_number"):
            return ""
        return self._number("establishment_number", values.establishment_number, RowProblem.BAD_ESTABLISHMENT)

    def _number(self, name: str, read: Callable[[object], values.Digits | None], bad: RowProblem) -> str:
        cell = self.cells[name]
        if values.was_rounded(cell):
            raise _Refusal(name, RowProblem.ROUNDED_NUMBER)
        number = read(cell)
        if number is None:
            raise _Refusal(name, bad)
        return self._noted(name, number)

    def _digits(self, name: str, read: Callable[[object], values.Digits | None]) -> str:
        number = self._optional(name, read)
        return "" if number is None else self._noted(name, number)

    def _noted(self, name: str, number: values.Digits) -> str:
        if number.padded:
            self.notes.append(Note(name, NoteText.ZERO_ADDED, {"value": self._text(name)}))
        return number.value

    def _optional(self, name: str, read: Callable[[object], T | None]) -> T | None:
        written = self._text(name)
        found = read(self.cells[name]) if written else None
        if written and found is None:
            self.notes.append(Note(name, NoteText.NOT_READ, {"value": written}))
        return found
