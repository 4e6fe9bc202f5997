"""What users do with job carving: cases, the tasks found in them, and packages that become jobs."""

from crm.jobcarving.actions.cases import EditCase, MoveCase, OpenCase, edit_case, move_case, open_case

__all__ = ["EditCase", "MoveCase", "OpenCase", "edit_case", "move_case", "open_case"]
