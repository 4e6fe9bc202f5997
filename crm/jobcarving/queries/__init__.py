"""Questions about job carving, always for an actor: lists, the board, one case, open jobs."""

from crm.jobcarving.queries.board import (
    PAGE_SIZE,
    BoardFilter,
    StageSum,
    board_cards,
    case_ids,
    stage_list,
    stage_sums,
)
from crm.jobcarving.queries.cases import CaseRow, cases_of_employer, recent_signals
from crm.jobcarving.queries.jobs import OpenJob, case_of, open_jobs
from crm.jobcarving.queries.page import CasePage, PackageRow, StageStep, TaskRow, case_page

__all__ = [
    "PAGE_SIZE",
    "BoardFilter",
    "CasePage",
    "CaseRow",
    "OpenJob",
    "PackageRow",
    "StageStep",
    "StageSum",
    "TaskRow",
    "board_cards",
    "case_ids",
    "case_of",
    "case_page",
    "cases_of_employer",
    "open_jobs",
    "recent_signals",
    "stage_list",
    "stage_sums",
]
