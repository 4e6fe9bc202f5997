"""The final statement as a PDF and as a table for a spreadsheet, in Dutch and in English."""

from __future__ import annotations

import csv
import io
from typing import Any

from crm.core.money import euros
from crm.sroi.documents.paper import Line, Paper
from crm.sroi.documents.typesetting import typeset
from crm.sroi.documents.words import in_short, period, steps_of, words_in

CHECK_PATH = "/controle"


def statement_pdf(paper: Paper, code: str, language: str) -> bytes:
    """Return the PDF of a statement; the same bytes for the same statement."""
    return typeset("statement.typ", statement_texts(paper, code, language))


def statement_texts(paper: Paper, code: str, language: str) -> dict[str, Any]:
    """Return every text that the PDF of a statement shows, in its order."""
    _, money, _day = words_in(language)
    return {
        "language": language,
        "title": _("Final statement of social return"),
        "date": paper.made_on.isoformat(),
        "author": paper.authority,
        "subject": paper.title,
        "intro": _correction(paper, language),
        "facts": _facts(paper, language),
        "totals_title": _("The result"),
        "totals_head": [_("What"), _("Amount")],
        "totals": [[label, money(amount)] for label, amount in totals(paper, language)],
        "obligation_title": _("The obligation"),
        "head": [_("Step"), _("Calculation"), _("Amount")],
        "obligation": steps_of(paper.obligation, language),
        "efforts_title": _("What was done"),
        "efforts_head": [_("Effort"), _("Period"), _("Approved"), _("Counts in the end")],
        "efforts": [_effort(line, language) for line in paper.lines],
        "no_efforts": _("Nothing was approved on this contract."),
        "limits_title": _("What counts under the limits of the rule set"),
        "limits": steps_of(paper.limits, language) if len(paper.limits.steps) > 1 else [],
        "follows_title": _("What follows"),
        "follows": steps_of(paper.follows, language),
        "excuse": _("Not to blame, because: {reason}", reason=paper.not_to_blame)
        if paper.not_to_blame
        else "",
        "notes_title": _("Where the publication is silent we assumed:"),
        "notes": _notes(paper, language),
        "code_label": _("Check code"),
        "code": code,
        "check": _(
            "Anyone can check at {address} with this code that this statement is genuine and unchanged.",
            address=check_address(paper),
        ),
        "page": _("Page"),
    }


def check_address(paper: Paper) -> str:
    """Return where a statement is checked; an installation without an address goes by the product's name."""
    return f"{paper.check_at or 'Vliegwiel'}{CHECK_PATH}"


def totals(paper: Paper, language: str) -> list[tuple[str, int]]:
    """Return the lines of the result with their amounts in whole cents, the last what follows."""
    _, _money, _day = words_in(language)
    rows = [(_("Obligation"), paper.obligation_cents), (_("Approved"), paper.approved_cents)]
    if paper.cut_cents:
        rows.append((_("Cut off by limits of the rule set"), paper.cut_cents))
    rows.append((_("Counts in the end"), paper.counted_cents))
    if paper.surplus_cents:
        rows.append((_("Surplus"), paper.surplus_cents))
    else:
        rows.append((_("Shortfall"), paper.shortfall_cents))
    return [*rows, (_("Withheld, invoiced or fined"), paper.follows_cents)]


def line_name(line: Line, language: str) -> str:
    """Return what a line of a statement is about: an effort, or another company's part."""
    _, _money, _day = words_in(language)
    if line.company:
        return _("All that {company} did on its part", company=line.company)
    name = line.name.nl if language == "nl" else line.name.en
    return _("No. {number}: {name}", number=line.number, name=name)


def statement_csv(paper: Paper, code: str, language: str) -> str:
    """Return a statement as a table with semicolons: each effort, other companies' parts, then the result."""
    _, _money, day = words_in(language)
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";")
    table.writerow(
        [_("Part"), _("Effort"), _("Period"), _("Approved"), _("Counts in the end"), _("Explanation")]
    )
    for line in paper.lines:
        name, when, _approved, _counts, why = _effort(line, language)
        amounts = (amount(line.approved_cents, language), amount(line.counted_cents, language))
        table.writerow([_("Effort"), _safe(name), when, *amounts, _safe(why)])
    for label, total in totals(paper, language):
        table.writerow([_("The result"), label, day(paper.settled_on), "", amount(total, language), ""])
    for label, formula, _shown in steps_of(paper.follows, language):
        table.writerow([_("What follows"), _safe(label), "", "", "", _safe(formula)])
    table.writerow([_("Check code"), code, "", "", "", ""])
    return written.getvalue()


def amount(amount_cents: int, language: str) -> str:
    """Return cents as a spreadsheet in that language reads them: `13333,33` or `13333.33`."""
    text = f"{euros(amount_cents):f}"
    return text.replace(".", ",") if language == "nl" else text


def _correction(paper: Paper, language: str) -> str:
    _, _money, _day = words_in(language)
    if paper.number == 1:
        return ""
    return _(
        "Version {number}. It replaces the version before it: {reason}",
        number=paper.number,
        reason=paper.reason,
    )


def _facts(paper: Paper, language: str) -> list[list[str]]:
    _, _money, day = words_in(language)
    facts = [
        [_("Contract"), paper.title],
        [_("Reference"), paper.reference],
        [_("Authority"), paper.authority],
        [
            _("Contractor"),
            f"{paper.employer} (KvK {paper.kvk_number})" if paper.kvk_number else paper.employer,
        ],
        [_("Term"), period(paper.start_on, paper.end_on, language)],
        [_("Rule set"), f"{paper.rule_set}, {paper.rule_set_version}"],
        [_("Settled on"), day(paper.settled_on)],
        [_("Corrected on"), day(paper.corrected_on) if paper.corrected_on else ""],
        [_("Repair period until"), day(paper.repair_until) if paper.repair_until else ""],
    ]
    return [[label, value] for label, value in facts if value]


def _effort(line: Line, language: str) -> list[str]:
    _, money, _day = words_in(language)
    return [
        line_name(line, language),
        period(line.starts_on, line.ends_on, language),
        money(line.approved_cents),
        money(line.counted_cents),
        in_short(line.explanation, language),
    ]


def _notes(paper: Paper, language: str) -> list[str]:
    translated, _money, _day = words_in(language)
    explained = [paper.obligation, *(line.explanation for line in paper.lines), paper.limits, paper.follows]
    found = [note for one in explained for note in one.readable_assumptions(language, translated)]
    return list(dict.fromkeys(found))


def _safe(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
