"""`/figures/{id}.csv`: a published council figure as a table, for who may see it."""

from __future__ import annotations

import csv
import io

from starlette.requests import Request
from starlette.responses import Response

from crm.accounts.queries import actor_of_session
from crm.core.access import Permission
from crm.core.work import work
from crm.exchange.words import harmless
from crm.sroi.figure_table import table_of
from crm.sroi.queries.published import snapshot
from crm.web.handing import CSV, Handed, hand_over


async def download_figure(request: Request) -> Response:
    """Hand over a published figure as it was frozen; not yours looks like not found."""
    return await hand_over(request, _content)


def _content(session_id: int, snapshot_id: int, language: str) -> Handed:
    """Return the table, after writing down who took it; the mark in front tells Excel that it is UTF-8."""
    actor = actor_of_session(session_id)
    actor.require(Permission.FIGURES_VIEW)
    with work(actor) as unit:
        found = snapshot(unit, snapshot_id)
        unit.intend("sroi.download_figure")
        unit.note("export", "figure_snapshots", snapshot_id)
        written = io.StringIO(newline="")
        rows = table_of(found.document, language, found.number)
        csv.writer(written, delimiter=";").writerows([harmless(cell) for cell in row] for row in rows)
        unit.commit()
    return Handed(written.getvalue().encode("utf-8-sig"), f"raadscijfers-{snapshot_id}.csv", CSV)
