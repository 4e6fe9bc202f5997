"""What an archive says about itself, and what a restored installation must answer to."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, ValidationError

from crm.core.errors import Invalid

FORMAT = 1
MANIFEST = "manifest.json"

_FILE_NAME = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class Kind(StrEnum):
    """Which database an archive was made of; it goes back into the same kind."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


DATABASE_MEMBERS = {Kind.SQLITE: "database.sqlite", Kind.POSTGRESQL: "database.dump"}


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Member(_Page):
    """A file in the archive: how large it is (bytes), and the hash of its content."""

    name: str
    size: int
    sha256: str


class SroiTotal(_Page):
    """The contracts of one authority in one state: how many, and their amounts in cents."""

    authority: str
    state: str
    contracts: int
    obligation_cents: int
    submitted_cents: int
    approved_cents: int


class EffortTotal(_Page):
    """The efforts in one state: how many, and their amounts in cents."""

    state: str
    efforts: int
    value_cents: int
    approved_cents: int


class AuditHead(_Page):
    """Where the audit chain ends: links, entries still waiting for one, hash of the last link."""

    sealed: int
    waiting: int
    head: str


class Figures(_Page):
    """What was counted at the moment of the backup."""

    rows: dict[str, int]
    contracts: list[SroiTotal]
    efforts: list[EffortTotal]
    audit: AuditHead


class Manifest(_Page):
    """The first page of an archive.

    `lost_files` are hashes of stored files that were already gone or damaged when the backup was made.
    """

    format: int
    product: str
    made_at: str
    kind: str
    revision: str
    figures: Figures
    members: list[Member]
    lost_files: list[str]

    @property
    def database_member(self) -> str:
        """The name of the member that holds the database."""
        return DATABASE_MEMBERS[Kind(self.kind)]


def read_manifest(text: bytes) -> Manifest:
    """Return the manifest, or raise `Invalid` when the archive cannot be one of ours."""
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        raise not_a_backup() from None
    if manifest.format != FORMAT or manifest.kind not in set(Kind):
        raise Invalid(
            "", "This backup was made by another version of Vliegwiel. Restore it with that version."
        )
    if not all(_may_be_in(member, manifest) for member in manifest.members):
        raise not_a_backup()
    return manifest


def member_of(sha256: str) -> str:
    """Return the name under which a stored file lies in an archive."""
    return f"files/{sha256[:2]}/{sha256}"


def file_of(name: str) -> str | None:
    """Return the hash of the stored file that a member holds; None for any other member."""
    found = _FILE_NAME.fullmatch(name)
    return found[2] if found else None


def compare(promised: Figures, found: Figures) -> None:
    """Raise `Invalid` at the first figure of a restored installation that is not what was promised."""
    for table in sorted(promised.rows.keys() | found.rows.keys()):
        if promised.rows.get(table) != found.rows.get(table):
            raise Invalid("", "The table {table} does not hold the number of rows it should.", table=table)
    if (promised.contracts, promised.efforts) != (found.contracts, found.efforts):
        raise Invalid("", "The SROI totals are not what they were when the backup was made.")
    if promised.audit != found.audit:
        raise Invalid("", "The audit log does not end where it did when the backup was made.")


def not_a_backup() -> Invalid:
    """Return the fault for a file that is not an archive of ours, or no longer whole."""
    return Invalid("", "This is not a backup of Vliegwiel, or it is damaged. Choose another file.")


def _may_be_in(member: Member, manifest: Manifest) -> bool:
    return member.name == manifest.database_member or file_of(member.name) == member.sha256
