"""What the questions about contracts and efforts hand out; amounts in whole cents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from crm.sroi.counting import Amount, explained
from crm.sroi.rules import Bilingual, Block, Evidence, Explanation, RuleSet, Standing, Status
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState, ContractType, EffortState

AT_RISK = frozenset({Status.BEHIND, Status.IN_REPAIR})


@dataclass(frozen=True)
class ContractRow:
    """A contract in a list; `standing` is None while it is not confirmed or when it was withdrawn."""

    id: int
    title: str
    reference: str | None
    authority: str
    employer_id: int
    employer: str
    state: ContractState
    standing: Standing | None
    obligation_cents: int
    approved_cents: int
    submitted_cents: int
    award_on: date
    start_on: date
    end_on: date
    repair_until: date | None
    behind_on: date | None

    @property
    def needed_cents(self) -> int:
        """What neither approved nor submitted efforts cover."""
        return max(self.obligation_cents - self.expected_cents, 0)

    @property
    def expected_cents(self) -> int:
        """What the contract ends with when all that was submitted is approved and nothing is added."""
        return self.approved_cents + self.submitted_cents


@dataclass(frozen=True)
class Totals:
    """The confirmed contracts of a selection together; one contract's surplus fills no other's gap."""

    contracts: int = 0
    imposed_cents: int = 0
    approved_cents: int = 0
    submitted_cents: int = 0
    needed_cents: int = 0


@dataclass(frozen=True)
class RegisterPage:
    """One page of the register, with the totals of the whole selection."""

    rows: list[ContractRow]
    found: int
    totals: Totals


@dataclass(frozen=True)
class EmployerSummary:
    """An employer's open contracts in one line: how many, how many behind, what those need and by when."""

    contracts: int = 0
    behind: int = 0
    needed_cents: int = 0
    needed_by: date | None = None

    @classmethod
    def of(cls, rows: Iterable[ContractRow]) -> EmployerSummary:
        """Return the line for the contracts of one employer, as `employer_summary` reads it."""
        open_now = [row for row in rows if row.standing and row.state in OPEN]
        behind = [row for row in open_now if row.standing and row.standing.status in AT_RISK]
        return cls(
            contracts=len(open_now),
            behind=len(behind),
            needed_cents=sum(row.needed_cents for row in behind),
            needed_by=min((row.end_on for row in behind), default=None),
        )


def most_pressing(rows: Iterable[ContractRow]) -> ContractRow | None:
    """Return the open contract to look at first: at risk before on course, then what needs most euros."""
    open_now = [row for row in rows if row.standing and row.state in OPEN]
    return max(open_now, key=_pressing, default=None)


def _pressing(row: ContractRow) -> tuple[bool, int]:
    return row.standing is not None and row.standing.status in AT_RISK, row.needed_cents


@dataclass(frozen=True)
class OfferableContract:
    """A contract on which a placement can be counted, with the blocks that fit."""

    id: int
    title: str
    authority: str
    needed_cents: int
    end_on: date
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class EffortRow:
    """An effort with what it is worth and why; `missing` are the kinds of evidence still to come.

    `subject` is empty for those who may not know which candidate it is. `employer_id` is the company that
    handed it in: the contractor, or one that took over a part; `company` is its name then, for staff.
    """

    id: int
    version: int
    contract_id: int
    employer_id: int
    block: str
    block_name: Bilingual
    subject: str
    description: str
    facts: dict[str, Any]
    starts_on: date | None
    ends_on: date | None
    state: EffortState
    value_cents: int
    explanation: Explanation
    approved_cents: int
    approved_explanation: Explanation | None
    submitted_at: datetime | None
    submitted_by_id: int | None
    reviewed_at: datetime | None
    review_reason: str | None
    placement_id: int | None
    evidence_kinds: frozenset[str] = frozenset()
    missing: tuple[Evidence, ...] = ()
    company: str = ""

    @property
    def told(self) -> Explanation:
        """The explanation that holds: of the approved amount once there is one."""
        return self.approved_explanation or self.explanation


def claimed(efforts: Iterable[EffortRow], *states: EffortState) -> list[Amount]:
    """Return the amounts of efforts in some states, approved or handed in when no state is asked for."""
    asked = states or (EffortState.APPROVED, EffortState.SUBMITTED)
    return [
        Amount(
            row.id,
            row.block,
            row.approved_cents if row.state is EffortState.APPROVED else row.value_cents,
            row.facts,
        )
        for row in efforts
        if row.state in asked
    ]


@dataclass(frozen=True)
class ContractPage:
    """Everything that the page of one contract shows; `row` is as in the register.

    `approved_on_parts` is what efforts of other companies count for, for the contractor: it sees those
    amounts in the total, and not the efforts.
    """

    row: ContractRow
    version: int
    contract_type: ContractType
    value_cents: int
    labour_share: Decimal | None
    percentage: Decimal | None
    wage_bill_cents: int | None
    published_on: date | None
    confirmed_on: date | None
    settled_on: date | None
    withdrawn_reason: str | None
    officer: str | None
    authority_id: int
    cpv_code: str | None
    rule_set: RuleSet
    chosen_by_hand: bool
    obligation: Explanation
    efforts: list[EffortRow] = field(default_factory=list)
    officer_phone: str | None = None
    officer_email: str | None = None
    approved_on_parts: tuple[Amount, ...] = ()
    contract_hours: Decimal | None = None

    @property
    def cut_off_cents(self) -> int:
        """What of the approved efforts does not count, because a limit of the rule set is reached."""
        approved = [*claimed(self.efforts, EffortState.APPROVED), *self.approved_on_parts]
        return sum(one.amount_cents for one in approved) - self.row.approved_cents

    @property
    def counting(self) -> Explanation:
        """How what counts follows from what was approved and the limits of the rule set."""
        approved = [*claimed(self.efforts, EffortState.APPROVED), *self.approved_on_parts]
        return explained(self.rule_set, self.row.obligation_cents, approved)


@dataclass(frozen=True)
class ReviewRow:
    """An effort that was handed in, in a list over contracts."""

    effort_id: int
    contract_id: int
    contract: str
    authority: str
    employer_id: int
    employer: str
    block_name: Bilingual
    subject: str
    value_cents: int
    submitted_at: datetime


@dataclass(frozen=True)
class EvidenceRow:
    """Evidence of an effort: a file, or a note that somebody saw it."""

    id: int
    effort_id: int
    kind: str
    kind_name: Bilingual
    file_name: str | None
    media_type: str | None
    size_bytes: int | None
    seen_on: date | None
    added_at: datetime
    added_by: str
