"""Questions about accounts: who is behind a session, who may sign in, and what happened."""

from crm.accounts.queries.actors import Visitor, actor_of, actor_of_session, colleagues, visitor_of_token
from crm.accounts.queries.audit_log import (
    AUDIT_PAGE_SIZE,
    MOST_COUNTED,
    AuditField,
    AuditFilter,
    AuditList,
    AuditRow,
    audit_log,
    check_chain,
)
from crm.accounts.queries.installation import (
    database_answers,
    has_demo_data,
    is_half_loaded,
    is_in_use,
)
from crm.accounts.queries.sign_in import attempts_on, demo_roles, open_sessions, user_by_email
from crm.accounts.queries.users import (
    PAGE_SIZE,
    UserDetails,
    UserList,
    UserRow,
    assigned_to,
    other_admins,
    partners,
    region_id_of,
    regions,
    user_details,
    users,
)

__all__ = [
    "AUDIT_PAGE_SIZE",
    "MOST_COUNTED",
    "PAGE_SIZE",
    "AuditField",
    "AuditFilter",
    "AuditList",
    "AuditRow",
    "UserDetails",
    "UserList",
    "UserRow",
    "Visitor",
    "actor_of",
    "actor_of_session",
    "assigned_to",
    "attempts_on",
    "audit_log",
    "check_chain",
    "colleagues",
    "database_answers",
    "demo_roles",
    "has_demo_data",
    "is_half_loaded",
    "is_in_use",
    "open_sessions",
    "other_admins",
    "partners",
    "region_id_of",
    "regions",
    "user_by_email",
    "user_details",
    "users",
    "visitor_of_token",
]
