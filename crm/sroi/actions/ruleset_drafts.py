"""A rule set from its first change to its publication: made, changed, approved by a second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from crm.core import clock
from crm.core.access import Permission
from crm.core.actions import action
from crm.core.errors import Conflict, Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work
from crm.sroi import rulebook
from crm.sroi.queries.ruleset_drafts import draft_with_code, hands_on, worked_on
from crm.sroi.records import RuleSetDraft, RuleSetVersion
from crm.sroi.records.ruleset_hands import RuleSetHand
from crm.sroi.rules import RuleSet
from crm.sroi.rules.checks import IDENTIFIER
from crm.sroi.ruleset_commands import (
    ApproveRules,
    AskApproval,
    ChangeRules,
    DropRules,
    MakeRuleSet,
    RuleChange,
    SendRulesBack,
    WriteRules,
)
from crm.sroi.ruleset_drafts import apart, changed_rules, read_draft
from crm.sroi.ruleset_lines import Change, Line, lines_of, with_changes
from crm.sroi.rulesets import parse_ruleset, ruleset_document
from crm.sroi.states import DraftState

PUBLISHED = N_("This version is published and never changes again. Make a new version from it.")
MEANWHILE = N_("Somebody changed this version meanwhile. Look at it again and decide.")
OWN_WORK = N_("You made or changed this version. Somebody else has to approve it.")


@action(Permission.RULESET_EDIT, MakeRuleSet)
def make_rule_set(work: Work, command: MakeRuleSet) -> int:
    """Make a new version from an existing rule set and return its id; the existing one stays as it is.

    Raises `Invalid` for an id that is not well-formed or in use, or a rule set that is not there.
    """
    base = rulebook.named(work, command.base_code)
    if not IDENTIFIER.fullmatch(command.code):
        raise Invalid("code", "An id has small letters and digits, joined by hyphens.")
    if rulebook.is_known(work, command.code) or draft_with_code(work, command.code):
        raise Invalid("code", "There is a rule set with this id already. Choose another id.")
    made = replace(
        base,
        id=command.code,
        name=command.title,
        version=command.version_name,
        valid_from=command.valid_from,
        valid_until=None,
    )
    now = clock.now()
    draft = RuleSetDraft(
        code=command.code,
        title=command.title,
        document=ruleset_document(made),
        base_id=key(rulebook.keep(work, base)),
        state=DraftState.DRAFT,
        made_at=now,
        made_by_id=work.actor.user_id,
        changed_at=now,
        changed_by_id=work.actor.user_id,
    )
    draft_id = key(work.add(draft))
    _remember_hand(work, draft_id)
    return draft_id


@action(Permission.RULESET_EDIT, ChangeRules)
def change_rules(work: Work, command: ChangeRules) -> int:
    """Change some lines; an approval that was asked or given is void. Return the id.

    Raises `Conflict` with the lines as they are now, `Invalid` for what contradicts itself.
    """
    draft = _under_way(work, command.draft_id)
    ruleset = read_draft(draft.document, draft.code)
    if draft.version != command.version:
        raise _apart(draft, ruleset, command.changes)
    changed = with_changes(ruleset, (Change(**dict(one)) for one in command.changes))
    _write(work, draft, ruleset_document(changed))
    return command.draft_id


@action(Permission.RULESET_EDIT, WriteRules)
def write_rules(work: Work, command: WriteRules) -> int:
    """Keep a whole text, with its faults; an approval that was asked or given is void. Return the id.

    Raises `Conflict` with the lines that differ when somebody else changed it.
    """
    draft = _under_way(work, command.draft_id)
    document = command.document.replace("\r\n", "\n") + "\n"
    if draft.version != command.version:
        stored, yours = apart(draft.document, document)
        raise Conflict({"document": stored}, {"document": yours}, draft.version)
    _write(work, draft, document)
    return command.draft_id


@action(Permission.RULESET_EDIT, AskApproval)
def ask_rules_approval(work: Work, command: AskApproval) -> int:
    """Ask a second person; raises `Invalid` while the text has faults or nothing was changed."""
    draft = unchanged(work, command.draft_id, command.version, DraftState.DRAFT)
    ruleset = read_draft(draft.document, draft.code)
    if not changed_rules(rulebook.read(work.get(RuleSetVersion, draft.base_id)), ruleset):
        raise Invalid("document", "No rule differs from the version it was made from. Change one first.")
    draft.state, draft.reason = DraftState.ASKED, None
    draft.asked_at, draft.asked_by_id = clock.now(), work.actor.user_id
    return command.draft_id


@action(Permission.RULESET_EDIT, ApproveRules)
def approve_rules(work: Work, command: ApproveRules) -> int:
    """Approve what colleagues made; raises `Invalid` for who worked on it since the last approval."""
    draft = unchanged(work, command.draft_id, command.version, DraftState.ASKED)
    if worked_on(work, draft):
        raise Invalid("draft_id", OWN_WORK)
    _forget_hands(work, command.draft_id)
    draft.state = DraftState.APPROVED
    draft.approved_at, draft.approved_by_id = clock.now(), work.actor.user_id
    draft.approved_hash = read_draft(draft.document, draft.code).hash
    return command.draft_id


@action(Permission.RULESET_EDIT, SendRulesBack)
def send_rules_back(work: Work, command: SendRulesBack) -> int:
    """Give a version back with what has to change, also after it was approved."""
    draft = unchanged(work, command.draft_id, command.version, DraftState.ASKED, DraftState.APPROVED)
    _void(draft)
    draft.reason = command.reason
    return command.draft_id


@action(Permission.RULESET_EDIT, DropRules)
def drop_rules(work: Work, command: DropRules) -> int:
    """Throw a version under way away and return the id it had; raises `Invalid` for a published one."""
    draft = _under_way(work, command.draft_id)
    if draft.version != command.version:
        raise Invalid("draft_id", MEANWHILE)
    _forget_hands(work, command.draft_id)
    work.session.delete(draft)
    return command.draft_id


def unchanged(work: Work, draft_id: int, version: int, *states: DraftState) -> RuleSetDraft:
    """Return a version under way as its user saw it; raises `Invalid` when it has moved on since."""
    draft = _under_way(work, draft_id)
    if draft.version != version or draft.state not in states:
        raise Invalid("draft_id", MEANWHILE)
    return draft


def _under_way(work: Work, draft_id: int) -> RuleSetDraft:
    draft = work.get(RuleSetDraft, draft_id)
    if draft.state is DraftState.PUBLISHED:
        raise Invalid("draft_id", PUBLISHED)
    return draft


def _write(work: Work, draft: RuleSetDraft, document: str) -> None:
    if document == draft.document:
        return
    draft.document = document
    draft.changed_at, draft.changed_by_id = clock.now(), work.actor.user_id
    _remember_hand(work, key(draft))
    _void(draft)
    try:
        draft.title = parse_ruleset(document).name[:200]
    except Invalid:
        # Kept with its faults, under the name it had.
        return


def _remember_hand(work: Work, draft_id: int) -> None:
    user_id = work.actor.user_id
    if user_id is not None and all(hand.user_id != user_id for hand in hands_on(work, draft_id)):
        work.add(RuleSetHand(draft_id=draft_id, user_id=user_id))


def _forget_hands(work: Work, draft_id: int) -> None:
    for hand in hands_on(work, draft_id):
        work.session.delete(hand)
    work.flush()


def _void(draft: RuleSetDraft) -> None:
    draft.state = DraftState.DRAFT
    draft.asked_at = draft.asked_by_id = None
    draft.approved_at = draft.approved_by_id = draft.approved_hash = None


def _apart(draft: RuleSetDraft, ruleset: RuleSet, changes: Sequence[RuleChange]) -> Conflict:
    lines = {line.path: line for line in lines_of(ruleset)}
    stored = {one.path: _in_short(lines.get(one.path)) for one in changes}
    return Conflict(stored, {one.path: _in_short(one) for one in changes}, draft.version)


def _in_short(line: Line | RuleChange | None) -> str:
    if line is None:
        return "–"
    limit = None if line.months is None else Decimal(line.months)
    numbers = [f"{number.normalize():f}" for number in (line.value, limit) if number is not None]
    parts = [*numbers, line.source, "assumed = true" if line.assumed else ""]
    return " · ".join(part for part in parts if part)
