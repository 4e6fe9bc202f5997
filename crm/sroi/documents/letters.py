"""Letters about a contract: their text from the templates and the contract's facts, and their PDF."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.money import cents
from crm.sroi.documents.paper import Paper
from crm.sroi.documents.statement import check_address
from crm.sroi.documents.typesetting import TEMPLATES, typeset
from crm.sroi.documents.words import in_short, words_in
from crm.sroi.queries.rows import ContractPage
from crm.sroi.rules import Deadline
from crm.sroi.standing import OPEN
from crm.sroi.states import ContractState, LetterKind
from crm.sroi.workdays import due_on

DEFAULT_REPAIR_DAYS = 90
KINDS = {
    LetterKind.WELCOME: N_("Welcome and first contact"),
    LetterKind.REMINDER: N_("Reminder"),
    LetterKind.DEFAULT: N_("Formal notice of default"),
    LetterKind.REPAIR: N_("Repair period granted"),
    LetterKind.SETTLEMENT: N_("Settlement"),
    LetterKind.WITHHOLDING: N_("Withholding"),
}
FORMAL = (LetterKind.DEFAULT, LetterKind.WITHHOLDING)
RUNNING = (LetterKind.WELCOME, LetterKind.REMINDER, LetterKind.DEFAULT)


@dataclass(frozen=True)
class Letter:
    """What a letter needs to know; `paper` and `code` are of the current statement, once there is one.

    `address` are the lines of the contractor's address and `sender` is who signs, as far as they are known.
    """

    page: ContractPage
    kind: LetterKind
    language: str
    today: date
    paper: Paper | None = None
    code: str = ""
    paragraph: str = ""
    address: tuple[str, ...] = ()
    sender: str = ""


def kinds_for(page: ContractPage, paper: Paper | None) -> list[LetterKind]:
    """Return the letters that make sense for a contract now."""
    if page.row.state is ContractState.SETTLED and paper is not None:
        return [LetterKind.SETTLEMENT, *([LetterKind.WITHHOLDING] if paper.follows_cents else [])]
    if page.row.state not in OPEN:
        return []
    if page.row.approved_cents >= page.row.obligation_cents:
        return [LetterKind.WELCOME]
    in_repair = page.row.state is ContractState.IN_REPAIR
    return [LetterKind.REPAIR, *RUNNING] if in_repair else list(RUNNING)


def letter_inputs(letter: Letter) -> dict[str, Any]:
    """Return what a letter is made from: its text in one language and the facts above it.

    Raises `Invalid` for `kind` when such a letter makes no sense for the contract now.
    """
    if letter.kind not in kinds_for(letter.page, letter.paper):
        raise Invalid("kind", "This letter does not fit the contract as it is now. Choose another one.")
    row = letter.page.row
    template = _templates()[letter.kind.value]
    return {
        "format": 1,
        "language": letter.language,
        "kind": letter.kind.value,
        "made_on": letter.today.isoformat(),
        "subject": template[f"subject_{letter.language}"],
        "contract": {"title": row.title, "reference": row.reference or ""},
        "authority": row.authority,
        "employer": row.employer,
        "address": list(letter.address),
        "sender": letter.sender,
        "paragraphs": [
            *_filled(template[f"text_{letter.language}"], _facts(letter)),
            *_own(letter.paragraph),
        ],
    }


def letter_pdf(inputs: Mapping[str, Any]) -> bytes:
    """Return the PDF of a letter; the same bytes for the same letter."""
    return typeset("letter.typ", letter_texts(inputs))


def letter_texts(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return every text that the PDF of a letter shows."""
    _, _money, day = words_in(inputs["language"])
    contract = inputs["contract"]
    facts = [
        [_("Date"), day(date.fromisoformat(inputs["made_on"]))],
        [_("Contract"), contract["title"]],
        [_("Reference"), contract["reference"]],
    ]
    return {
        "language": inputs["language"],
        "title": inputs["subject"],
        "date": inputs["made_on"],
        "author": inputs["authority"],
        "subject": contract["title"],
        "to_label": _("To the management of"),
        "to": [inputs["employer"], *inputs.get("address", ())],
        "sender": inputs.get("sender", ""),
        "facts": [fact for fact in facts if fact[1]],
        "greeting": _("Dear contractor,"),
        "paragraphs": inputs["paragraphs"],
        "closing": _("Yours faithfully,") if inputs["kind"] in FORMAL else _("Kind regards,"),
        "foot": _("{authority} · social return", authority=inputs["authority"]),
        "page": _("Page"),
    }


def _facts(letter: Letter) -> dict[str, str]:
    _, money, day = words_in(letter.language)
    row, deadlines = letter.page.row, letter.page.rule_set.deadlines
    days = {
        "end": row.end_on,
        "repair_until": _repair_until(letter),
        "first_contact": _due(row.award_on, deadlines.first_contact),
        "plan_due": _due(row.award_on, deadlines.plan),
    }
    facts = {name: day(when) for name, when in days.items() if when is not None}
    return {
        **facts,
        "contractor": row.employer,
        "authority": row.authority,
        "title": row.title,
        "site": settings().public_url or "Vliegwiel",
        "obligation": money(row.obligation_cents),
        "approved": money(row.approved_cents),
        "missing": money(max(row.obligation_cents - row.approved_cents, 0)),
        **_result(letter),
    }


def _due(award: date, deadline: Deadline | None) -> date | None:
    return None if deadline is None else due_on(award, deadline)


def _result(letter: Letter) -> dict[str, str]:
    _, money, _day = words_in(letter.language)
    paper = letter.paper
    if paper is None:
        return {}
    amounts = {
        "shortfall": paper.shortfall_cents,
        "surplus": paper.surplus_cents,
        "follows": cents(paper.follows.amount),
    }
    known = {name: money(amount) for name, amount in amounts.items() if amount}
    return {
        **known,
        "counted": money(paper.counted_cents),
        "how": in_short(paper.follows, letter.language),
        "rules": f"{paper.rule_set}, {paper.rule_set_version}",
        "code": letter.code,
        "check_at": check_address(paper),
    }


def _repair_until(letter: Letter) -> date:
    told = letter.page.rule_set.sanctions.repair_days
    days = told.value if told else DEFAULT_REPAIR_DAYS
    return letter.page.row.repair_until or letter.today + timedelta(days=days)


def _filled(text: str, facts: Mapping[str, str]) -> list[str]:
    """Return the paragraphs whose facts are all known, filled in."""
    needed = {
        paragraph: {name for _, name, _, _ in string.Formatter().parse(paragraph) if name}
        for paragraph in _own(text)
    }
    return [paragraph.format(**facts) for paragraph, names in needed.items() if names <= facts.keys()]


def _own(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.strip().split("\n\n") if part.strip()]


@lru_cache(maxsize=1)
def _templates() -> dict[str, dict[str, str]]:
    return tomllib.loads((TEMPLATES / "letters.toml").read_text(encoding="utf-8"))
