"""Publishing an approved rule set: from then on it never changes, and contracts can find it by date."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Invalid
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import rulebook
from crm.sroi.actions.ruleset_drafts import MEANWHILE, unchanged
from crm.sroi.records import (
    Authority,
    AuthorityRuleSet,
    PublishedRuleSet,
    RuleSetDraft,
    RuleSetVersion,
)
from crm.sroi.rules import RuleSet
from crm.sroi.ruleset_commands import PublishRules
from crm.sroi.ruleset_drafts import read_draft
from crm.sroi.rulesets import parse_ruleset, ruleset_document
from crm.sroi.states import DraftState


@action(Permission.RULESET_EDIT, PublishRules)
def publish_rules(work: Work, command: PublishRules) -> int:
    """Publish an approved version from a day on, for the authorities that were chosen; return its id.

    Raises `Invalid` without an approval of exactly these rules, for a day that has passed without a reason,
    and for an authority that gets another rule set on that day already. What it replaces stays as it is.
    """
    draft = unchanged(work, command.draft_id, command.version, DraftState.APPROVED)
    ruleset = read_draft(draft.document, draft.code)
    if ruleset.hash != draft.approved_hash:
        raise Invalid("draft_id", MEANWHILE)
    if command.valid_from < clock.today() and command.reason is None:
        raise Invalid("reason", "This day has passed. Say why the rules hold from then on.")
    dated = parse_ruleset(ruleset_document(replace(ruleset, valid_from=command.valid_from)))
    draft.document = ruleset_document(dated)
    draft.state = DraftState.PUBLISHED
    made = work.add(_published(work, draft, dated, command))
    for authority_id in command.authority_ids:
        _assign(work, authority_id, dated, command)
    return key(made)


def _published(work: Work, draft: RuleSetDraft, ruleset: RuleSet, command: PublishRules) -> PublishedRuleSet:
    return PublishedRuleSet(
        code=draft.code,
        title=ruleset.name[:200],
        version_name=ruleset.version[:80],
        base_code=work.get(RuleSetVersion, draft.base_id).code,
        valid_from=command.valid_from,
        rule_set_id=key(rulebook.keep(work, ruleset)),
        draft_id=key(draft),
        made_at=draft.made_at,
        made_by_id=draft.made_by_id,
        approved_at=draft.approved_at or clock.now(),
        approved_by_id=draft.approved_by_id,
        published_at=clock.now(),
        published_by_id=work.actor.user_id,
        reason=command.reason,
    )


def _assign(work: Work, authority_id: int, ruleset: RuleSet, command: PublishRules) -> None:
    authority = work.get(Authority, authority_id)
    name = authority.name
    made = AuthorityRuleSet(
        region_id=authority.region_id,
        authority_id=authority_id,
        rule_set_code=ruleset.id,
        valid_from=command.valid_from,
    )
    try:
        work.add(made)
    except IntegrityError:
        raise Invalid(
            "authority_ids",
            "{name} gets another rule set on this day already. Choose another day, or leave it out.",
            name=name,
        ) from None
