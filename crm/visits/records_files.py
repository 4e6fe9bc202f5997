"""The table of files that came with a contact, such as the attachments of a mail."""

from __future__ import annotations

from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfEmployer, Record


class MomentFile(InRegion, OfEmployer, Internal, Record, table=True):
    """A file that came with a contact; its content lies on disk under its hash."""

    __tablename__ = "moment_files"

    moment_id: int = Field(foreign_key="contact_moments.id", index=True)
    file_name: str = Field(max_length=200)
    sha256: str = Field(max_length=64, index=True)
    media_type: str = Field(max_length=100)
