"""`/healthz`: whether this process can serve, for a proxy or a monitor."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from crm.accounts.queries import database_answers

logger = logging.getLogger("crm.health")


async def health(_request: Request) -> Response:
    """Answer 200 when the database answers, 503 when it does not; says nothing else."""
    try:
        await run_in_threadpool(database_answers)
    except SQLAlchemyError as error:
        logger.error("The database does not answer: %s", type(error).__name__)
        return JSONResponse({"status": "down"}, 503, {"Cache-Control": "no-store"})
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
