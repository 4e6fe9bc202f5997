"""What the council figures are made of, and the figures that were published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import col, select

from crm.accounts.records import Region
from crm.core.access import visible
from crm.core.errors import NotFound
from crm.core.i18n import LANGUAGES, translate
from crm.core.records import key
from crm.core.work import Work
from crm.employers.records import Municipality
from crm.sroi.figure_commands import FigureFilter
from crm.sroi.figure_words import BASES, DEFINITION, MEANINGS
from crm.sroi.queries.figure_facts import contract_facts, effort_facts, insiders
from crm.sroi.queries.figure_grounds import grounds, stored_cells, stored_contracts, stored_people
from crm.sroi.queries.published import hash_of
from crm.sroi.records import Authority, PurchasingVolume, VolumeSource
from crm.sroi.rules.figures import (
    Council,
    Figure,
    council_figures,
    people_of,
)
from crm.sroi.rules.figures_told import told_of, without_people


@dataclass(frozen=True)
class Volume:
    """What an authority bought in a year, in whole cents, where that was read, and which version it is."""

    authority_id: int
    volume_cents: int
    version: int
    source: str


@dataclass(frozen=True)
class FigurePage:
    """The figures as they are now, and as they would be published beside what was published before.

    `hash` is that of the document that would be published; `people`, `told_cells` and `contracts` are what to
    keep with it. `no_people` is whether nothing about people may be published any more.
    """

    council: Council
    figure: Figure
    published: Council
    no_people: bool
    people: list[Any]
    told_cells: list[Any]
    contracts: list[Any]
    authorities: Mapping[int, str]
    volumes: dict[int, Volume]
    content: str
    hash: str


def figure_regions(work: Work) -> dict[int, str]:
    """Return the regions that the actor works in, by id, in order of name."""
    own = visible(work.actor).regions
    found = work.session.exec(select(Region).order_by(col(Region.name)))
    return {key(region): region.name for region in found if own is None or key(region) in own}


def municipalities(work: Work, region_id: int) -> dict[int, str]:
    """Return the municipalities of a region, by id, in order of name."""
    wanted = select(Municipality).where(Municipality.region_id == region_id).order_by(col(Municipality.name))
    return {key(found): found.name for found in work.session.exec(wanted)}


def figure_authorities(work: Work, region_id: int) -> dict[int, str]:
    """Return the authorities of a region that the actor works for, by id, in order of name."""
    own = visible(work.actor).authorities
    wanted = select(Authority).where(Authority.region_id == region_id).order_by(col(Authority.name))
    found = {key(one): one.name for one in work.session.exec(wanted)}
    return {one: name for one, name in found.items() if own is None or one in own}


def figure_page(
    work: Work, asked: FigureFilter, authorities: Mapping[int, str] | None = None, region: str | None = None
) -> FigurePage:
    """Return the figures of what was asked for; raises `NotFound` for an authority of somebody else.

    `authorities` are those of `figure_authorities` and `region` is the region's name, for who asked for
    them already.
    """
    authorities = figure_authorities(work, asked.region_id) if authorities is None else authorities
    if asked.authority_id is not None and asked.authority_id not in authorities:
        raise NotFound()
    volumes = _volumes(work, asked)
    bought = {one.authority_id: one.volume_cents for one in volumes.values()}
    contracts, people = contract_facts(work, asked), people_of(effort_facts(work, asked))
    known = bought, list(authorities), asked.municipality_id, insiders(work)
    council = council_figures(contracts, people, *known)
    before = grounds(work, asked)
    published = council_figures(contracts, people, *known, before.beside) if before.beside else council
    if before.no_people:
        published = Council(
            without_people(published.together), tuple(without_people(row) for row in published.rows)
        )
    region = _region_name(work, asked.region_id) if region is None else region
    content = _document(work, asked, published, authorities, volumes, region)
    return FigurePage(
        council=council,
        figure=council.of(asked.authority_id),
        published=published,
        no_people=before.no_people,
        people=stored_people(people),
        told_cells=stored_cells(told_of(_told(published, asked), asked.municipality_id)),
        contracts=stored_contracts(
            fact for fact in contracts if asked.authority_id in (None, fact.authority_id)
        ),
        authorities=authorities,
        volumes=volumes,
        content=content,
        hash=hash_of(content),
    )


def _told(council: Council, asked: FigureFilter) -> Sequence[Figure]:
    """Return the figures that a document about this holds."""
    return council.figures if asked.authority_id is None else (council.of(asked.authority_id),)


def volume_of(work: Work, authority_id: int, year: int) -> PurchasingVolume | None:
    """Return the purchasing volume of an authority in a year."""
    return work.session.exec(
        select(PurchasingVolume).where(
            PurchasingVolume.authority_id == authority_id, PurchasingVolume.year == year
        )
    ).first()


def source_of(work: Work, volume_id: int) -> VolumeSource | None:
    """Return where a purchasing volume was read."""
    return work.session.exec(select(VolumeSource).where(VolumeSource.volume_id == volume_id)).first()


def subject_of(asked: FigureFilter) -> str:
    """Return what makes two published figures versions of the same one."""
    return f"{asked.region_id}/{asked.authority_id}/{asked.year}/{asked.basis}/{asked.municipality_id}"


def _volumes(work: Work, asked: FigureFilter) -> dict[int, Volume]:
    wanted = (
        select(PurchasingVolume, VolumeSource.source)
        .outerjoin(VolumeSource, col(VolumeSource.volume_id) == PurchasingVolume.id)
        .where(PurchasingVolume.region_id == asked.region_id, PurchasingVolume.year == asked.year)
    )
    return {
        one.authority_id: Volume(one.authority_id, one.volume_cents, one.version, source or "")
        for one, source in work.session.exec(wanted)
    }


def _region_name(work: Work, region_id: int) -> str:
    return work.session.exec(select(Region.name).where(Region.id == region_id)).first() or ""


def _document(
    work: Work,
    asked: FigureFilter,
    council: Council,
    authorities: Mapping[int, str],
    volumes: Mapping[int, Volume],
    region: str,
) -> str:
    """Return what would be published, as JSON text that is the same for the same figures."""
    figure = council.of(asked.authority_id)
    rows = council.rows if asked.authority_id is None else ()
    place = work.session.get(Municipality, asked.municipality_id) if asked.municipality_id else None
    document = {
        "definition": {
            "code": DEFINITION,
            "text": {
                language: [translate(language, text) for text in (BASES[asked.basis], *MEANINGS)]
                for language in LANGUAGES
            },
        },
        "filter": {
            "region": region,
            "authority": authorities.get(asked.authority_id or 0),
            "year": asked.year,
            "basis": str(asked.basis),
            "municipality": place.name if place else None,
        },
        "figure": _values(figure, None),
        "authorities": [_values(row, authorities[row.authority_id or 0]) for row in rows],
        "sources": [
            {"name": name, "source": volumes[one].source}
            for one, name in authorities.items()
            if one in volumes and asked.authority_id in (None, one)
        ],
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _values(figure: Figure, name: str | None) -> dict[str, Any]:
    values = asdict(figure)
    del values["authority_id"]
    values["standings"] = dict(figure.standings)
    return {"name": name, **values} if name else values
