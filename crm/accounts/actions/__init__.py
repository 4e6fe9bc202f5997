"""What users and administrators do with accounts."""

from crm.accounts.actions.everything import (
    LeaveUnlimited,
    LimitAccounts,
    leave_unlimited,
    limit_accounts,
)
from crm.accounts.actions.own import (
    ChangeLanguage,
    ChangeName,
    ChangePassword,
    EndSession,
    SignOutElsewhere,
    change_language,
    change_name,
    change_password,
    end_session,
    sign_out_elsewhere,
)
from crm.accounts.actions.partners import AddPartner, add_partner
from crm.accounts.actions.users import (
    CreateUser,
    EditUser,
    EndSessions,
    NewUser,
    SetPassword,
    SwitchUser,
    create_user,
    edit_user,
    end_sessions_of,
    set_password,
    switch_user,
)

__all__ = [
    "AddPartner",
    "ChangeLanguage",
    "ChangeName",
    "ChangePassword",
    "CreateUser",
    "EditUser",
    "EndSession",
    "EndSessions",
    "LeaveUnlimited",
    "LimitAccounts",
    "NewUser",
    "SetPassword",
    "SignOutElsewhere",
    "SwitchUser",
    "add_partner",
    "change_language",
    "change_name",
    "change_password",
    "create_user",
    "edit_user",
    "end_session",
    "end_sessions_of",
    "leave_unlimited",
    "limit_accounts",
    "set_password",
    "sign_out_elsewhere",
    "switch_user",
]
