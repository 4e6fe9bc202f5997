"""What council figures rest on: from which counts a published one was made, and where a volume comes from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from crm.core.records import InRegion, Internal, OfAuthority, Record


class FigureGround(Internal, InRegion, Record, table=True):
    """What a published figure was counted from, and which counts of people it told.

    A later version is laid beside it, so that no few people follow from the two. `people` are numbers by
    authorities, municipality and kind, of nobody by name: [[authorities], municipality, own file, existing
    staff, number]. `told` are the counts that were shown: [authority or null, part]. `contracts` are those
    whose amounts it is the sum of, as they were: [contract, imposed and realised in whole cents].
    """

    __tablename__ = "figure_grounds"

    snapshot_id: int = Field(foreign_key="figure_snapshots.id", unique=True)
    people: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    told: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    contracts: list[Any] = Field(sa_column=Column(JSON, nullable=False))


class VolumeSource(InRegion, OfAuthority, Record, table=True):
    """Where a purchasing volume was read ("bron"), such as a page of the annual accounts."""

    __tablename__ = "volume_sources"

    volume_id: int = Field(foreign_key="purchasing_volumes.id", unique=True)
    source: str = Field(max_length=400)
