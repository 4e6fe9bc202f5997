"""An import in words: kinds, outcomes, states, and what there is to say about a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crm.core.i18n import N_, Translate
from crm.exchange.queries import VerdictRow
from crm.exchange.rules import Outcome
from crm.exchange.rules.runs import ImportKind, RunState

KINDS = {ImportKind.EMPLOYERS: N_("Employers"), ImportKind.AWARDS: N_("Awards")}
OUTCOMES = {
    Outcome.NEW: N_("New"),
    Outcome.UPDATED: N_("Updated"),
    Outcome.SAME: N_("Unchanged"),
    Outcome.REJECTED: N_("Rejected"),
    Outcome.SKIPPED: N_("Skipped"),
}
STATES = {
    RunState.RUNNING: N_("Running"),
    RunState.DONE: N_("Done"),
    RunState.FAILED: N_("Stopped"),
    RunState.INTERRUPTED: N_("Interrupted"),
}
FIELDS = {
    "kvk_number": N_("KvK number"),
    "establishment_number": N_("Establishment"),
    "name": N_("Name"),
    "sbi_code": N_("SBI code"),
    "staff_size": N_("Number of staff"),
    "street": N_("Street"),
    "postcode": N_("Postcode"),
    "place": N_("Place"),
    "municipality": N_("Municipality"),
    "contact_name": N_("Contact person"),
    "contact_function": N_("Job title"),
    "contact_phone": N_("Phone"),
    "contact_email": N_("E-mail address"),
    "known_since": N_("Known since"),
    "buyer": N_("Authority"),
    "title": N_("Title"),
    "category": N_("Kind of contract"),
    "contract_type": N_("Kind of contract"),
    "value": N_("Value excl. VAT"),
    "maximumValue": N_("Value excl. VAT"),
    "amount_cents": N_("Value excl. VAT"),
    "value_cents": N_("Value excl. VAT"),
    "award_date": N_("Awarded on"),
    "award_on": N_("Awarded on"),
    "contract_start": N_("Starts on"),
    "start_on": N_("Starts on"),
    "contract_end": N_("Ends on"),
    "end_on": N_("Ends on"),
    "supplier_name": N_("Contractor"),
    "supplier_kvk": N_("KvK number"),
    "suppliers": N_("Contractor"),
    "cpv_code": N_("CPV code"),
    "contract": N_("Contract"),
}
COLUMNS = (
    N_("Line or notice"),
    N_("Outcome"),
    N_("Number"),
    N_("What changed"),
    N_("Remarks"),
)
_NAME_COLUMN = N_("About")


def told(words: Translate, remark: Mapping[str, Any]) -> str:
    """Return a remark as a sentence, with the field it is about in front."""
    sentence = words(remark["message"], **remark["params"])
    label = FIELDS.get(remark["field"])
    return f"{words(label)}: {sentence}" if label else sentence


def all_told(words: Translate, row: VerdictRow) -> str:
    """Return everything there is to say about a line."""
    return " ".join(told(words, remark) for remark in row.remarks)


def changed(words: Translate, row: VerdictRow) -> str:
    """Return the names of the fields that changed, each once."""
    names = dict.fromkeys(words(FIELDS[name]) for name in row.changed if name in FIELDS)
    return ", ".join(names)


def table_of(words: Translate, rows: Iterable[VerdictRow], *, with_names: bool) -> Iterator[list[str]]:
    """Yield headings and rows for a spreadsheet; names of organisations only when asked for."""
    headings = [words(column) for column in COLUMNS]
    yield [*headings, words(_NAME_COLUMN)] if with_names else headings
    for row in rows:
        cells = [
            str(row.place),
            words(OUTCOMES[row.verdict]),
            row.reference,
            changed(words, row),
            all_told(words, row),
        ]
        yield [*map(harmless, cells), harmless(row.subject)] if with_names else [*map(harmless, cells)]


def harmless(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
