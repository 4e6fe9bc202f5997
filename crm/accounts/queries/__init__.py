"""Questions about accounts: who is behind a session, who may sign in, and what happened."""

from crm.accounts.queries.actors import Visitor, actor_of, actor_of_session, colleagues, visitor_of_token
from crm.accounts.queries.installation import database_answers, has_demo_data, is_in_use
from crm.accounts.queries.sign_in import attempts_on, demo_roles, open_sessions, user_by_email
from crm.accounts.queries.users import (
    PAGE_SIZE,
    UserDetails,
    UserList,
    UserRow,
    assigned_to,
    other_admins,
    partners,
    regions,
    user_details,
    users,
)

__all__ = [
    "PAGE_SIZE",
    "UserDetails",
    "UserList",
    "UserRow",
    "Visitor",
    "actor_of",
    "actor_of_session",
    "assigned_to",
    "attempts_on",
    "colleagues",
    "database_answers",
    "demo_roles",
    "has_demo_data",
    "is_in_use",
    "open_sessions",
    "other_admins",
    "partners",
    "regions",
    "user_by_email",
    "user_details",
    "users",
    "visitor_of_token",
]
