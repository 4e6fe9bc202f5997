"""What users do with job carving: cases, the tasks found in them, and packages that become jobs."""

from crm.jobcarving.actions.cases import EditCase, MoveCase, OpenCase, edit_case, move_case, open_case
from crm.jobcarving.actions.packages import (
    DissolvePackage,
    EditPackage,
    MakePackage,
    OpenJob,
    dissolve_package,
    edit_package,
    fill_package,
    make_package,
    open_job,
    vacate_package,
)
from crm.jobcarving.actions.tasks import AddTask, EditTask, RemoveTask, add_task, edit_task, remove_task

__all__ = [
    "AddTask",
    "DissolvePackage",
    "EditCase",
    "EditPackage",
    "EditTask",
    "MakePackage",
    "MoveCase",
    "OpenCase",
    "OpenJob",
    "RemoveTask",
    "add_task",
    "dissolve_package",
    "edit_case",
    "edit_package",
    "edit_task",
    "fill_package",
    "make_package",
    "move_case",
    "open_case",
    "open_job",
    "remove_task",
    "vacate_package",
]
