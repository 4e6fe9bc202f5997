"""Everything the organisation owns in one archive: a CSV for each table, and what each column means.

Secrets never go in, and neither do records of people for whom may not see them.
"""

from __future__ import annotations

import csv
import inspect
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from sqlalchemy.orm import Mapper

from crm.core.access import Actor, Permission
from crm.core.records import Record
from crm.core.work import Work, beyond_scope
from crm.exchange.exporting import written
from crm.exchange.queries.whole import every_value
from crm.schema import metadata

NEVER = frozenset(
    {"sign_in_sessions", "sign_in_attempts", "drafts", "calendar_feeds", "mail_addresses", "waiting_mails"}
)
"""Tables about signing in and half-typed forms: no possession of the organisation, and partly secret."""

ABOUT_PEOPLE = {
    "candidates": Permission.CANDIDATE_VIEW,
    "person_claims": Permission.CANDIDATE_VIEW,
    "double_count_decisions": Permission.CANDIDATE_VIEW,
    "event_candidates": Permission.CANDIDATE_VIEW,
    "event_talks": Permission.CANDIDATE_VIEW,
    "aftercare_talks": Permission.PLACEMENT_VIEW,
    "proposals": Permission.CANDIDATE_VIEW,
}
"""Tables about jobseekers, and what it takes to see them."""

WHO = frozenset({"candidate_id", "candidate_reference"})
"""Columns that say which jobseeker a record is about."""

DICTIONARY = "columns.csv"
_HEADINGS = ("table", "about", "column", "type", "points_at", "rows_kept")


def write_everything(actor: Actor, file: BinaryIO) -> dict[str, int]:
    """Write the archive and return how many rows of each table are in it; raises `Forbidden` for who may not.

    All rows are read in one transaction, so that they fit together.
    """
    metadata()
    counts: dict[str, int] = {}
    with (
        beyond_scope(actor, Permission.USER_MANAGE) as unit,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for mapper in tables_for(actor):
            name = str(mapper.class_.__tablename__)
            with archive.open(f"{name}.csv", "w") as member:
                counts[name] = _write_table(unit, actor, mapper, member)
        archive.writestr(DICTIONARY, _dictionary(actor, counts))
    return counts


def tables_for(actor: Actor) -> list[Mapper[Any]]:
    """Return the tables that go into the archive for an actor, by name."""
    found = {str(mapper.class_.__tablename__): mapper for mapper in Record._sa_registry.mappers}
    return [
        mapper
        for name, mapper in sorted(found.items())
        if name not in NEVER and (name not in ABOUT_PEOPLE or actor.may(ABOUT_PEOPLE[name]))
    ]


def columns_of(mapper: Mapper[Any], actor: Actor) -> list[str]:
    """Return the columns that go into an actor's archive: not the secret ones, nor who a jobseeker is."""
    hidden = mapper.class_.masked | (frozenset() if actor.may(Permission.CANDIDATE_VIEW) else WHO)
    return [name for name in mapper.columns.keys() if name not in hidden]  # noqa: SIM118


def _write_table(work: Work, actor: Actor, mapper: Mapper[Any], member: Any) -> int:
    names = columns_of(mapper, actor)
    text = io.TextIOWrapper(member, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(names)
    count = 0
    for row in every_value(work, mapper.class_, names):
        writer.writerow([_cell(value) for value in row])
        count += 1
    text.flush()
    text.detach()
    return count


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return written(value)


def _dictionary(actor: Actor, counts: dict[str, int]) -> str:
    """Return what each table and column is, from the descriptions in the program itself."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(_HEADINGS)
    for mapper in tables_for(actor):
        writer.writerows(_described(actor, mapper, counts[str(mapper.class_.__tablename__)]))
    return "\ufeff" + file.getvalue()


def _described(actor: Actor, mapper: Mapper[Any], count: int) -> Iterator[list[object]]:
    about = " ".join((inspect.getdoc(mapper.class_) or "").split())
    for name in columns_of(mapper, actor):
        column = mapper.columns[name]
        points = ", ".join(sorted(str(foreign.target_fullname) for foreign in column.foreign_keys))
        kind = str(column.type)
        yield [mapper.class_.__tablename__, about, name, kind, points, count]
