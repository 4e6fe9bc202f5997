"""`/imports/{id}.csv`: what became of the lines of a file, for who brought it in."""

from __future__ import annotations

import csv
import io

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.i18n import in_language
from crm.core.work import work
from crm.exchange import queries
from crm.exchange.corrections import corrections
from crm.exchange.words import table_of
from crm.web.handing import CSV, XLSX, Handed, hand_over


async def download_verdicts(request: Request) -> Response:
    """Hand over the verdicts on a file as a table for a spreadsheet; not yours looks like not found."""
    return await hand_over(request, _content)


async def download_corrections(request: Request) -> Response:
    """Hand over the rejected lines of a file as they came, to mend and bring in again."""
    return await hand_over(request, _corrections)


def _corrections(session_id: int, run_id: int, language: str) -> Handed:
    actor = actor_of_session(session_id)
    actor.require(Permission.IMPORT_RUN)
    with work(actor) as unit:
        content, is_workbook = corrections(unit, run_id, in_language(language))
        unit.intend("exchange.download_corrections")
        unit.note("export", "import_runs", run_id)
        unit.commit()
    name = f"import-{run_id}-herstellen.{'xlsx' if is_workbook else 'csv'}"
    return Handed(content, name, XLSX if is_workbook else CSV)


def _content(session_id: int, run_id: int, language: str) -> Handed:
    """Return the table, after writing down who took it; the mark in front tells Excel that it is UTF-8."""
    actor = actor_of_session(session_id)
    actor.require(Permission.IMPORT_RUN)
    with work(actor) as unit:
        queries.run(unit, run_id)
        unit.intend("exchange.download_verdicts")
        unit.note("export", "import_runs", run_id)
        written = io.StringIO(newline="")
        rows = table_of(in_language(language), queries.every_verdict(unit, run_id), with_names=True)
        csv.writer(written, delimiter=";").writerows(rows)
        unit.commit()
    return Handed(written.getvalue().encode("utf-8-sig"), f"import-{run_id}.csv", CSV)
