"""Rule sets under way and the versions that were published, with who did what and how much they are used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from crm.accounts.records import User
from crm.core.access import Actor, Permission
from crm.core.errors import NotFound
from crm.core.records import key
from crm.core.work import Work, beyond_scope
from crm.sroi import rulebook
from crm.sroi.queries.what_if import contracts_under
from crm.sroi.records import AuthorityRuleSet, Contract, PublishedRuleSet, RuleSetDraft, RuleSetVersion
from crm.sroi.records.ruleset_hands import RuleSetHand
from crm.sroi.rules import RuleSet
from crm.sroi.rules.effects import WhatIf, what_if
from crm.sroi.ruleset_drafts import faults_in, read_draft
from crm.sroi.rulesets import shipped_rulesets
from crm.sroi.rulesets_faults import Fault
from crm.sroi.states import DraftState


@dataclass(frozen=True)
class DraftRow:
    """A rule set under way, as a list shows it."""

    id: int
    code: str
    title: str
    state: DraftState
    changed_by: str | None
    changed_at: datetime


@dataclass(frozen=True)
class DraftPage:
    """A rule set under way in full; `own` is whether its reader made it or changed it last."""

    row: DraftRow
    version: int
    document: str
    faults: tuple[Fault, ...]
    base: RuleSet
    made_by: str | None
    made_at: datetime
    asked_by: str | None
    approved_by: str | None
    reason: str | None
    own: bool

    def rules(self) -> RuleSet:
        """Return the rules as they are written; raises `Invalid` while the text has faults."""
        return read_draft(self.document, self.row.code)


@dataclass(frozen=True)
class VersionRow:
    """A rule set that can be chosen; who made, approved and published it when that was done here."""

    code: str
    title: str
    version_name: str
    valid_from: date | None
    contracts: int
    published: PublishedBy | None = None


@dataclass(frozen=True)
class PublishedBy:
    """Who brought a version about, and when."""

    made_by: str | None
    made_at: datetime
    approved_by: str | None
    approved_at: datetime
    published_by: str | None
    published_at: datetime
    reason: str | None


def draft_with_code(work: Work, code: str) -> bool:
    """Return whether a rule set under way has this id."""
    found = select(RuleSetDraft.id).where(RuleSetDraft.code == code)
    return work.session.exec(found).first() is not None


def drafts(work: Work) -> list[DraftRow]:
    """Return the rule sets under way, the one that was changed last in front."""
    found = (
        select(RuleSetDraft, User.name)
        .outerjoin(User, col(User.id) == RuleSetDraft.changed_by_id)
        .where(RuleSetDraft.state != DraftState.PUBLISHED)
        .order_by(col(RuleSetDraft.changed_at).desc(), col(RuleSetDraft.id).desc())
    )
    return [_row(draft, name) for draft, name in work.session.exec(found)]


def draft_page(work: Work, draft_id: int) -> DraftPage:
    """Return a rule set under way with its faults; raises `NotFound` when there is none."""
    draft = work.get(RuleSetDraft, draft_id)
    if draft.state is DraftState.PUBLISHED:
        raise NotFound()
    names = _names(work, {draft.made_by_id, draft.changed_by_id, draft.asked_by_id, draft.approved_by_id})
    return DraftPage(
        row=_row(draft, names.get(draft.changed_by_id)),
        version=draft.version,
        document=draft.document,
        faults=faults_in(draft.document, draft.code),
        base=rulebook.read(work.get(RuleSetVersion, draft.base_id)),
        made_by=names.get(draft.made_by_id),
        made_at=draft.made_at,
        asked_by=names.get(draft.asked_by_id),
        approved_by=names.get(draft.approved_by_id),
        reason=draft.reason,
        own=worked_on(work, draft),
    )


def hands_on(work: Work, draft_id: int) -> list[RuleSetHand]:
    """Return who worked on a rule set under way since it was last approved."""
    return list(work.session.exec(select(RuleSetHand).where(RuleSetHand.draft_id == draft_id)))


def worked_on(work: Work, draft: RuleSetDraft) -> bool:
    """Return whether the actor's own work is in a rule set under way, so that somebody else approves it.

    Of one without any work since its last approval, that is who made it or changed it last.
    """
    hands: set[int | None] = {hand.user_id for hand in hands_on(work, key(draft))}
    return work.actor.user_id in (hands or {draft.made_by_id, draft.changed_by_id})


def ruleset_versions(work: Work) -> list[VersionRow]:
    """Return every rule set that can be chosen with how many contracts keep it, by name and first day.

    The counts are those of the whole installation, whoever asks; nothing else of those contracts is told.
    """
    used = _used(work.actor)
    rows = [
        VersionRow(one.id, one.name, one.version, one.valid_from, used.get(one.id, 0))
        for one in shipped_rulesets()
    ]
    return sorted([*rows, *_published(work, used)], key=lambda row: (row.title, row.valid_from or date.min))


def authorities_with(actor: Actor, code: str) -> set[int]:
    """Return the authorities whose latest rule set is this one."""
    with beyond_scope(actor, Permission.RULESET_EDIT) as everything:
        found = select(AuthorityRuleSet.authority_id, AuthorityRuleSet.rule_set_code).order_by(
            col(AuthorityRuleSet.valid_from)
        )
        latest = dict(everything.session.exec(found).all())
    return {authority_id for authority_id, used in latest.items() if used == code}


def effect_on_contracts(actor: Actor, before: RuleSet, after: RuleSet) -> list[WhatIf]:
    """Return what other rules would do to the running contracts that keep `before`, most changed first."""
    with beyond_scope(actor, Permission.RULESET_EDIT) as everything:
        rows = what_if(before, after, contracts_under(everything, before.hash))
    return sorted(rows, key=_change, reverse=True)


def _change(row: WhatIf) -> Decimal:
    obligation = abs(row.obligation_after - row.obligation_before)
    return obligation + abs(row.efforts_after - row.efforts_before)


def _used(actor: Actor) -> dict[str, int]:
    with beyond_scope(actor, Permission.RULESET_VIEW) as everything:
        found = (
            select(RuleSetVersion.code, func.count(col(Contract.id)))
            .join(Contract, col(Contract.rule_set_id) == RuleSetVersion.id)
            .group_by(RuleSetVersion.code)
        )
        return dict(everything.session.exec(found).all())


def _published(work: Work, used: dict[str, int]) -> list[VersionRow]:
    made, approved, published = aliased(User), aliased(User), aliased(User)
    found = (
        select(PublishedRuleSet, made.name, approved.name, published.name)
        .outerjoin(made, col(made.id) == PublishedRuleSet.made_by_id)
        .outerjoin(approved, col(approved.id) == PublishedRuleSet.approved_by_id)
        .outerjoin(published, col(published.id) == PublishedRuleSet.published_by_id)
    )
    return [
        VersionRow(
            row.code,
            row.title,
            row.version_name,
            row.valid_from,
            used.get(row.code, 0),
            PublishedBy(
                maker, row.made_at, approver, row.approved_at, publisher, row.published_at, row.reason
            ),
        )
        for row, maker, approver, publisher in work.session.exec(found)
    ]


def _row(draft: RuleSetDraft, changed_by: str | None) -> DraftRow:
    return DraftRow(key(draft), draft.code, draft.title, draft.state, changed_by, draft.changed_at)


def _names(work: Work, user_ids: set[int | None]) -> dict[int | None, str]:
    found = select(User.id, User.name).where(col(User.id).in_([one for one in user_ids if one is not None]))
    return dict(work.session.exec(found).all())
