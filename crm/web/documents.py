"""Final statements and letters: authorised at every request; not yours looks like not found."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.work import reading, work
from crm.exchange import effort_sheet
from crm.sroi.actions.settlement import note_copy
from crm.sroi.documents.letters import letter_pdf
from crm.sroi.documents.statement import statement_csv, statement_pdf
from crm.sroi.queries.contracts import ruleset_of
from crm.sroi.queries.letters import stored_letter
from crm.sroi.queries.statements import statement
from crm.web.handing import CSV, XLSX, Handed, hand_over

PDF = "application/pdf"


async def download_statement(request: Request) -> Response:
    """Hand over a final statement as a PDF, in the language asked for with `?language=`."""
    return await hand_over(request, _statement_pdf)


async def download_statement_table(request: Request) -> Response:
    """Hand over a final statement as a table for a spreadsheet."""
    return await hand_over(request, _statement_csv)


async def download_letter(request: Request) -> Response:
    """Hand over a letter as a PDF, in the language it was made in."""
    return await hand_over(request, _letter_pdf)


async def download_sheet(request: Request) -> Response:
    """Hand over the spreadsheet in which efforts on a contract are filled in."""
    return await hand_over(request, _sheet)


def _statement_pdf(session_id: int, statement_id: int, language: str) -> Handed:
    """Return a statement's PDF, after writing down who took it and what its bytes are."""
    actor = actor_of_session(session_id)
    actor.require(Permission.STATEMENT_VIEW)
    with reading(actor) as unit:
        row = statement(unit, statement_id)
    content = statement_pdf(row.paper, row.code, language)
    with work(actor) as unit:
        unit.intend("sroi.download_statement")
        unit.note("view", "statements", statement_id)
        note_copy(unit, statement_id, language, hashlib.sha256(content).hexdigest())
        unit.commit()
    return Handed(content, f"eindafrekening-{statement_id}-{language}.pdf", PDF)


def _statement_csv(session_id: int, statement_id: int, language: str) -> Handed:
    """Return a statement's table; the mark in front tells Excel that it is UTF-8."""
    actor = actor_of_session(session_id)
    actor.require(Permission.STATEMENT_VIEW)
    with work(actor) as unit:
        row = statement(unit, statement_id)
        unit.intend("sroi.download_statement")
        unit.note("export", "statements", statement_id)
        unit.commit()
    content = statement_csv(row.paper, row.code, language).encode("utf-8-sig")
    return Handed(content, f"eindafrekening-{statement_id}-{language}.csv", CSV)


def _letter_pdf(session_id: int, letter_id: int, _language: str) -> Handed:
    actor = actor_of_session(session_id)
    actor.require(Permission.STATEMENT_VIEW)
    with work(actor) as unit:
        inputs = stored_letter(unit, letter_id)
        unit.intend("sroi.download_letter")
        unit.note("view", "letters", letter_id)
        unit.commit()
    return Handed(letter_pdf(inputs), f"brief-{letter_id}.pdf", PDF)


def _sheet(session_id: int, contract_id: int, language: str) -> Handed:
    actor = actor_of_session(session_id)
    actor.require(Permission.EFFORT_SUBMIT)
    with reading(actor) as unit:
        ruleset = ruleset_of(unit, contract_id)
    content = effort_sheet.template(ruleset, language)
    return Handed(content, f"inspanningen-{contract_id}.xlsx", XLSX)
