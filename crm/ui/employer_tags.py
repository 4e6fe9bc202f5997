"""The tags of an employer on its own page."""

from __future__ import annotations

from collections.abc import Sequence

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.employers.actions.tags import TagEmployer, UntagEmployer, tag_employer, untag_employer
from crm.employers.queries.bulk import tags_in_use
from crm.ui.forms import attempt
from crm.ui.tags import LABELS, show_tags


def show_employer_tags(actor: Actor, employer_id: int, tags: Sequence[str]) -> None:
    """Show the tags of an employer; who may change employers puts them on and takes them off."""

    def known() -> Sequence[str]:
        with reading(actor) as work:
            return tags_in_use(work)

    def put(tag: str) -> int | None:
        return attempt(actor, tag_employer, lambda: TagEmployer(employer_id=employer_id, tag=tag), LABELS)

    def take(tag: str) -> int | None:
        return attempt(actor, untag_employer, lambda: UntagEmployer(employer_id=employer_id, tag=tag), LABELS)

    show_tags(tags, known, put, take, may_change=actor.may(Permission.EMPLOYER_EDIT))
