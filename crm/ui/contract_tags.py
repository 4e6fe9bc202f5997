"""The tags of a contract on its own page."""

from __future__ import annotations

from collections.abc import Sequence

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.sroi.actions.bulk import TagContract, UntagContract, tag_contract, untag_contract
from crm.sroi.queries.bulk import contract_tags_in_use
from crm.ui.forms import attempt
from crm.ui.tags import LABELS, show_tags


def show_contract_tags(actor: Actor, contract_id: int, tags: Sequence[str]) -> None:
    """Show the tags of a contract; who may change contracts puts them on and takes them off."""

    def known() -> Sequence[str]:
        with reading(actor) as work:
            return contract_tags_in_use(work)

    def put(tag: str) -> int | None:
        return attempt(actor, tag_contract, lambda: TagContract(contract_id=contract_id, tag=tag), LABELS)

    def take(tag: str) -> int | None:
        return attempt(actor, untag_contract, lambda: UntagContract(contract_id=contract_id, tag=tag), LABELS)

    show_tags(tags, known, put, take, may_change=actor.may(Permission.CONTRACT_EDIT))
