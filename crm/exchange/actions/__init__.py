"""What users can do with files that come in."""

from crm.exchange.actions.authorities import AddAuthority, add_authority
from crm.exchange.actions.mappings import (
    AnswerLikeness,
    RemoveMapping,
    SaveMapping,
    answer_likeness,
    remove_mapping,
    save_mapping,
)
from crm.exchange.actions.runs import FilePlan, StartImport, start_import
from crm.exchange.actions.undo import StartUndo, start_undo

__all__ = [
    "AddAuthority",
    "AnswerLikeness",
    "FilePlan",
    "RemoveMapping",
    "SaveMapping",
    "StartImport",
    "StartUndo",
    "add_authority",
    "answer_likeness",
    "remove_mapping",
    "save_mapping",
    "start_import",
    "start_undo",
]
