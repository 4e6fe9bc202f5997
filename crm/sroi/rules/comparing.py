"""What changed from one rule set to another, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from crm.sroi.rules.explanation import Bilingual, Note, Params, Term, Translate, Value, filled, untranslated
from crm.sroi.rules.field_words import CHOICES, FIELDS, PARTS
from crm.sroi.rules.model import RuleSet
from crm.sroi.rules.sourced import Sourced

CHANGED = "{part}, {field}: was {before}, now {after}"
CHANGED_TOP = "{field}: was {before}, now {after}"
NEW = "{part} is new"
GONE = "{part} is no longer there"
NOW_ASSUMED = "{part}, {field}: is now assumed, was published"
NOW_PUBLISHED = "{part}, {field}: is now published, was assumed"
NEW_SOURCE = "{part}, {field}: has another source, {after}"
RULE_SET = Term("Rule set")
NOTHING, YES, NO = Term("not told"), Term("yes"), Term("no")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rule set: what it is, and its own name when there are several of them."""

    kind: Term
    name: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs; `area` is the top part of the file that it stands in."""

    area: str
    part: Part
    note: Note

    def sentence(self, language: str = "nl", translate: Translate = untranslated) -> str:
        """Return the difference as a sentence without a full stop, in a language."""
        part = translate(self.part.kind.text)
        if self.part.name is not None:
            part = f"{part} “{self.part.name.nl if language == 'nl' else self.part.name.en}”"
        params = {**self.note.params, "part": Bilingual(part, part)}
        text = filled(self.note.label, params, language, translate)
        return text[:1].upper() + text[1:]


def differences(before: RuleSet, after: RuleSet) -> list[Difference]:
    """Return what changed, in the order of the file; empty when the rules are the same.

    The order of blocks, evidence and limits is no difference.
    """
    return [*_between("", Part(RULE_SET), before, after)]


def _between(area: str, part: Part, before: Any, after: Any) -> Iterator[Difference]:
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new and field.name != "hash":
            yield from _of_field(area or field.name, part, field, old, new)


def _of_field(area: str, part: Part, field: Field[Any], old: Any, new: Any) -> Iterator[Difference]:
    if field.name in PARTS and _holds_parts(old, new):
        yield from _of_list(area, PARTS[field.name], old, new)
    elif field.name in PARTS and (is_dataclass(old) or is_dataclass(new)):
        yield from _of_part(area, part, PARTS[field.name], old, new)
    elif isinstance(old, Sourced) and isinstance(new, Sourced) and old.value == new.value:
        yield from _of_source(area, part, FIELDS[field.name], old, new)
    else:
        yield _changed(area, part, FIELDS[field.name], _bare(old), _bare(new))


def _holds_parts(old: Any, new: Any) -> bool:
    return isinstance(old, tuple) and any(is_dataclass(entry) for entry in (*old, *new))


def _of_list(area: str, kind: Term, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Difference]:
    earlier, later = _by_key(old), _by_key(new)
    for key, entry in earlier.items():
        part = Part(kind, _name(entry))
        if key in later:
            yield from _between(area, part, entry, later[key])
        else:
            yield Difference(area, part, Note(GONE))
    for key, entry in later.items():
        if key not in earlier:
            part = Part(kind, _name(entry))
            yield Difference(area, part, Note(NEW))
            yield from _worth(area, part, entry)


def _worth(area: str, part: Part, entry: Any) -> Iterator[Difference]:
    for name in ("value", "share_pct"):
        told = getattr(entry, name, None)
        if told is not None:
            yield _changed(area, part, FIELDS[name], None, told)


def _of_part(area: str, within: Part, kind: Term, old: Any, new: Any) -> Iterator[Difference]:
    part = Part(kind, within.name)
    if old is None:
        yield Difference(area, part, Note(NEW))
    elif new is None:
        yield Difference(area, part, Note(GONE))
    else:
        yield from _between(area, part, old, new)


def _of_source(area: str, part: Part, name: Term, old: Any, new: Any) -> Iterator[Difference]:
    if old.assumed != new.assumed:
        yield Difference(area, part, Note(NOW_ASSUMED if new.assumed else NOW_PUBLISHED, {"field": name}))
    if old.source != new.source:
        yield Difference(area, part, Note(NEW_SOURCE, {"field": name, "after": _said(new.source)}))


def _changed(area: str, part: Part, name: Term, old: Any, new: Any) -> Difference:
    params: Params = {"field": name, "before": _said(old), "after": _said(new)}
    return Difference(area, part, Note(CHANGED_TOP if part.kind is RULE_SET else CHANGED, params))


def _by_key(entries: tuple[Any, ...]) -> dict[tuple[Any, ...], Any]:
    found: dict[tuple[Any, ...], Any] = {}
    for entry in entries:
        key = _key(entry)
        # Two limits on the same efforts are told apart by which comes first.
        found[(*key, sum(known[:-1] == key for known in found))] = entry
    return found


def _key(entry: Any) -> tuple[Any, ...]:
    for name in ("code", "contract_type"):
        if hasattr(entry, name):
            return (getattr(entry, name),)
    if hasattr(entry, "tag"):
        return (entry.tag, entry.blocks)
    return (entry.kind, entry.blocks, entry.tags)


def _name(entry: Any) -> Bilingual | None:
    if getattr(entry, "name_nl", ""):
        return Bilingual(entry.name_nl, entry.name_en)
    told = (
        getattr(entry, "contract_type", None) or getattr(entry, "tag", None) or getattr(entry, "kind", None)
    )
    return Bilingual(str(told), str(told)) if told else None


def _bare(value: Any) -> Any:
    return value.value if isinstance(value, Sourced) else value


def _said(value: Any) -> Value:
    if value is None or value in ("", ()):
        return NOTHING
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, StrEnum):
        return CHOICES[value]
    if isinstance(value, tuple):
        text = ", ".join(str(entry) for entry in value)
        return Bilingual(text, text)
    if isinstance(value, str):
        return Bilingual(value, value)
    plain: Decimal | int | date = value
    return plain
