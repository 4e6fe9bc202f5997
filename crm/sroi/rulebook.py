"""The rule set of a contract: chosen once by authority and date, kept as it was, never read anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from crm.core import clock
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work
from crm.sroi.records import AuthorityRuleSet, Contract, PublishedRuleSet, RuleSetVersion
from crm.sroi.rules import Bilingual, DateKind, Explanation, Note, RuleSet, Step, Term
from crm.sroi.rules.explanation import Params
from crm.sroi.rulesets import parse_ruleset, ruleset_document, shipped_rulesets

CHOSEN = N_("Rule set {name}, version {version}: in force on {day}, the {kind}")
BY_HAND = N_("Rule set {name}, version {version}: chosen by hand; the {kind} is {day}")
NO_PUBLICATION = N_(
    "The day on which the tender was published is not known; the award date stands in for it."
)
ALTERED = N_("The stored rules of {name} are not what was published. Put the database back from a backup.")
DATE_NAMES = {
    DateKind.AWARD: Term(N_("date of the award")),
    DateKind.PUBLICATION: Term(N_("date of publication")),
    DateKind.START: Term(N_("start of the contract")),
}


@dataclass(frozen=True)
class Dates:
    """The dates of a contract that can decide which rules hold; publication is not always known."""

    award: date
    start: date
    published: date | None = None

    def of(self, kind: DateKind) -> date:
        """Return the date of a kind; the award date when the publication date is not known."""
        match kind:
            case DateKind.PUBLICATION:
                return self.published or self.award
            case DateKind.START:
                return self.start
        return self.award


def dates_of(contract: Contract) -> Dates:
    """Return the dates of a contract on record."""
    return Dates(contract.award_on, contract.start_on, contract.published_on)


def choose(work: Work, authority_id: int, dates: Dates, code: str | None) -> RuleSet:
    """Return the rule set for a new contract: the one asked for, else the authority's own on its date.

    Of several the one assigned last counts. Raises `Invalid` for `rule_set_code` when there is none.
    """
    if code is not None:
        return named(work, code)
    assigned = (
        select(AuthorityRuleSet)
        .where(AuthorityRuleSet.authority_id == authority_id)
        .order_by(col(AuthorityRuleSet.valid_from).desc())
    )
    for row in work.session.exec(assigned).all():
        ruleset = named(work, row.rule_set_code)
        day = dates.of(ruleset.date_kind.value)
        if row.valid_from <= day <= (row.valid_until or day) and ruleset.in_force(day):
            return ruleset
    raise Invalid(
        "rule_set_code",
        "This authority has no rule set for this date. Choose one here, or assign one under Rule sets.",
    )


def named(work: Work, code: str) -> RuleSet:
    """Return a rule set by its code, one that comes with the product or one that was published here.

    Raises `Invalid` for `rule_set_code` when there is none, or when a published one is no longer what it was.
    """
    for ruleset in shipped_rulesets():
        if ruleset.id == code:
            return ruleset
    published = (
        select(RuleSetVersion)
        .join(PublishedRuleSet, col(PublishedRuleSet.rule_set_id) == RuleSetVersion.id)
        .where(PublishedRuleSet.code == code)
    )
    if found := work.session.exec(published).first():
        return _as_published(code, found.content_hash, found.document)
    raise Invalid("rule_set_code", "There is no rule set {name}.", name=code)


def is_known(work: Work, code: str) -> bool:
    """Return whether a shipped or published rule set has this code."""
    return code in names(work)


def names(work: Work) -> dict[str, str]:
    """Return the rule sets that can be chosen by code: those of the product, then the published ones."""
    found = select(PublishedRuleSet).order_by(
        col(PublishedRuleSet.title), col(PublishedRuleSet.valid_from), col(PublishedRuleSet.id)
    )
    published = {row.code: f"{row.title} ({row.version_name})" for row in work.session.exec(found)}
    return {ruleset.id: ruleset.name for ruleset in shipped_rulesets()} | published


def keep(work: Work, ruleset: RuleSet) -> RuleSetVersion:
    """Return the stored copy of a rule set, made at its first use; it never changes afterwards."""
    same = select(RuleSetVersion).where(RuleSetVersion.content_hash == ruleset.hash)
    if stored := work.session.exec(same).first():
        return stored
    made = RuleSetVersion(
        code=ruleset.id,
        title=ruleset.name,
        content_hash=ruleset.hash,
        document=ruleset_document(ruleset),
        stored_at=clock.now(),
    )
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:
        # Somebody else kept the same rule set a moment earlier.
        return work.session.exec(same).one()
    return made


def of_contract(work: Work, contract: Contract) -> RuleSet:
    """Return the rule set that was stored for a contract, whatever the files say today."""
    return stored(work, {contract.rule_set_id})[contract.rule_set_id]


def read(version: RuleSetVersion) -> RuleSet:
    """Return a stored rule set, under the hash it was stored with."""
    return _parsed(version.content_hash, version.document)


def remember(work: Work, version: RuleSetVersion) -> RuleSet:
    """Return a stored rule set that came with another question; nobody asks for it again in this unit."""
    known: dict[int, RuleSet] = work.session.info.setdefault("rule_sets", {})
    return known.setdefault(key(version), read(version))


def stored(work: Work, version_ids: set[int]) -> dict[int, RuleSet]:
    """Return stored rule sets by the id of their record, in one query at most.

    A unit of work remembers what it read: a stored rule set never changes.
    """
    known: dict[int, RuleSet] = work.session.info.setdefault("rule_sets", {})
    if asked := sorted(version_ids - known.keys()):
        found = select(RuleSetVersion).where(col(RuleSetVersion.id).in_(asked))
        known.update((key(version), read(version)) for version in work.session.exec(found))
    return {version_id: known[version_id] for version_id in version_ids if version_id in known}


def with_choice(explanation: Explanation, ruleset: RuleSet, dates: Dates, *, by_hand: bool) -> Explanation:
    """Return an obligation's explanation with a first step that tells how the rule set was chosen."""
    kind = ruleset.date_kind
    params: Params = {
        "name": verbatim(ruleset.name),
        "version": verbatim(ruleset.version),
        "day": dates.of(kind.value),
        "kind": DATE_NAMES[kind.value],
    }
    label = BY_HAND if by_hand else CHOSEN
    step = Step(label, params=params, source=kind.source or ruleset.source, assumed=kind.assumed)
    unknown = kind.value is DateKind.PUBLICATION and dates.published is None
    notes = (Note(NO_PUBLICATION),) if unknown else ()
    return replace(
        explanation, steps=(step, *explanation.steps), assumptions=(*notes, *explanation.assumptions)
    )


def verbatim(text: str) -> Bilingual:
    """Return a text that reads the same in every language, such as what somebody typed."""
    return Bilingual(text, text)


@lru_cache(maxsize=128)
def _as_published(code: str, content_hash: str, document: str) -> RuleSet:
    try:
        ruleset = parse_ruleset(document)
    except Invalid:
        ruleset = None
    if ruleset is None or (ruleset.id, ruleset.hash) != (code, content_hash):
        raise Invalid("rule_set_code", ALTERED, name=code)
    return ruleset


@lru_cache(maxsize=128)
def _parsed(content_hash: str, document: str) -> RuleSet:
    return replace(parse_ruleset(document), hash=content_hash)
