"""Publishing figures for the council, and filling in what an authority bought."""

from __future__ import annotations

from crm.accounts.records import Region
from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Conflict, Invalid, NotFound
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.actions.contracts import authority_of
from crm.sroi.figure_commands import PublishFigure, SetPurchasingVolume
from crm.sroi.figure_words import DEFINITION
from crm.sroi.queries import figures as queries
from crm.sroi.queries.published import last_published
from crm.sroi.records import FigureGround, FigureSnapshot, PurchasingVolume, VolumeSource

MOVED = N_("The figures changed while you looked at them. Look again, and publish what you see then.")
SAME = N_("These figures are published already, exactly like this.")
SAY_WHAT = N_("These figures were published before. Say what changed since.")


@action(Permission.FIGURES_PUBLISH, SetPurchasingVolume)
def set_purchasing_volume(work: Work, command: SetPurchasingVolume) -> int:
    """Fill in what an authority bought in a year; return the id of the volume."""
    authority = authority_of(work, command.authority_id)
    stored = queries.volume_of(work, command.authority_id, command.year)
    if stored is None:
        stored = work.add(
            PurchasingVolume(
                region_id=authority.region_id,
                authority_id=command.authority_id,
                year=command.year,
                volume_cents=command.volume_cents,
            )
        )
    elif stored.version != command.version:
        yours = {"volume_cents": command.volume_cents}
        raise Conflict({"volume_cents": stored.volume_cents}, yours, stored.version)
    stored.volume_cents = command.volume_cents
    _set_source(work, stored, command.source)
    return key(stored)


def _set_source(work: Work, volume: PurchasingVolume, source: str) -> None:
    told = queries.source_of(work, key(volume))
    if told is not None:
        told.source = source
        return
    work.add(
        VolumeSource(
            region_id=volume.region_id,
            authority_id=volume.authority_id,
            volume_id=key(volume),
            source=source,
        )
    )


@action(Permission.FIGURES_PUBLISH, PublishFigure)
def publish_figure(work: Work, command: PublishFigure) -> int:
    """Freeze a figure as it stood on screen and return its id; the same subject again is a new version.

    Raises `Invalid` when the figures moved meanwhile, when nothing changed since the last version, and for
    a new version that does not say what changed.
    """
    if command.region_id not in queries.figure_regions(work):
        raise NotFound()
    # One after the other: two that were made side by side would not be laid beside each other.
    work.session.get(Region, command.region_id, with_for_update={"key_share": True})
    page = queries.figure_page(work, command)
    if page.hash != command.seen:
        raise Invalid("seen", MOVED)
    subject = queries.subject_of(command)
    before = last_published(work, subject)
    if before is not None and before.content_hash == page.hash:
        raise Invalid("seen", SAME)
    if before is not None and len(command.what_changed) < 3:
        raise Invalid("what_changed", SAY_WHAT)
    made = FigureSnapshot(
        region_id=command.region_id,
        subject=subject,
        number=1 if before is None else before.number + 1,
        about_id=command.authority_id,
        year=command.year,
        basis=command.basis,
        definition=DEFINITION,
        content=page.content,
        content_hash=page.hash,
        what_changed=None if before is None else command.what_changed,
        made_at=clock.now(),
        made_by_id=work.actor.user_id,
    )
    snapshot_id = key(work.add(made))
    ground = FigureGround(
        region_id=command.region_id,
        snapshot_id=snapshot_id,
        people=page.people,
        told=page.told_cells,
        contracts=page.contracts,
    )
    work.add(ground)
    return snapshot_id
