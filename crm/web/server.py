"""What `streamlit_app.py` puts together: routes, middleware, and what happens at start and stop."""

from __future__ import annotations

import gc
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route
from streamlit.starlette import App

from crm.web import calendar, documents, invitation, oidc, public_check, sealer, sign_in
from crm.web.attachments import download_attachment
from crm.web.errors import keep_messages_out_of_the_log
from crm.web.events import download_attendance, download_event
from crm.web.exports import download_everything, download_list
from crm.web.figures import download_figure
from crm.web.files import download, download_certificate
from crm.web.gate import SessionGate
from crm.web.headers import SecurityHeaders
from crm.web.health import health
from crm.web.host_config import HostConfig
from crm.web.vacancies import download_region, download_region_table, download_vacancy
from crm.web.verdicts import download_corrections, download_verdicts

MAIN_SCRIPT = Path(__file__).resolve().parents[1] / "ui" / "main.py"

ROUTES: list[BaseRoute] = [
    Route("/auth/login", sign_in.show_sign_in, methods=["GET"]),
    Route("/auth/login", sign_in.sign_in, methods=["POST"]),
    Route("/auth/demo", sign_in.demo_sign_in, methods=["POST"]),
    Route("/auth/logout", sign_in.ask_sign_out, methods=["GET"]),
    Route("/auth/logout", sign_in.sign_out, methods=["POST"]),
    Route("/auth/uitnodiging", invitation.show_invitation, methods=["GET"]),
    Route("/auth/uitnodiging", invitation.accept, methods=["POST"]),
    Route(oidc.START, oidc.start, methods=["GET"]),
    Route(oidc.CALLBACK, oidc.callback, methods=["GET"]),
    Route("/files/{id}", download, methods=["GET"]),
    Route("/certificates/{id}", download_certificate, methods=["GET"]),
    Route("/statements/{id}.pdf", documents.download_statement, methods=["GET"]),
    Route("/statements/{id}.csv", documents.download_statement_table, methods=["GET"]),
    Route("/sheets/{id}.xlsx", documents.download_sheet, methods=["GET"]),
    Route("/letters/{id}.pdf", documents.download_letter, methods=["GET"]),
    Route("/controle", public_check.show_check, methods=["GET"]),
    Route("/controle", public_check.check, methods=["POST"]),
    Route("/figures/{id}.csv", download_figure, methods=["GET"]),
    Route("/imports/{id}.csv", download_verdicts, methods=["GET"]),
    Route("/imports/{id}/rejected", download_corrections, methods=["GET"]),
    Route("/attachments/{id}", download_attachment, methods=["GET"]),
    Route("/vacancies/{id}.json", download_vacancy, methods=["GET"]),
    Route("/regions/{id}/vacancies.json", download_region, methods=["GET"]),
    Route("/regions/{id}/vacancies.csv", download_region_table, methods=["GET"]),
    Route("/calendar/{token}.ics", calendar.show_calendar, methods=["GET"]),
    Route("/events/{id}.ics", download_event, methods=["GET"]),
    Route("/events/{id}.csv", download_attendance, methods=["GET"]),
    Route("/exports/everything.zip", download_everything, methods=["GET"]),
    Route("/exports/{name}.{kind}", download_list, methods=["GET"]),
    Route("/healthz", health, methods=["GET"]),
]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(SessionGate), Middleware(HostConfig)]

_WARM = ("altair", "pandas", "pyarrow", "crm.schema", "crm.ui.shell", "crm.ui.guard", "crm.core.i18n")


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """Import what the first visitor would otherwise wait for, and keep the audit log sealed.

    Frozen objects are left out of the collection that Streamlit does after every run.
    """
    for module in _WARM:
        importlib.import_module(module)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    keep_messages_out_of_the_log()
    stop = sealer.start()
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        await run_in_threadpool(stop)
