"""The seven roles in words."""

from __future__ import annotations

from crm.core.access import Role
from crm.core.i18n import N_

ROLE_NAMES: dict[Role, str] = {
    Role.ADVISER: N_("WSP adviser"),
    Role.ACCOUNT_MANAGER: N_("Account manager"),
    Role.SROI_OFFICER: N_("SROI officer"),
    Role.MANAGER: N_("Manager"),
    Role.ADMIN: N_("Administrator"),
    Role.PARTNER: N_("Partner organisation"),
    Role.EMPLOYER: N_("Employer"),
}

ROLE_WORK: dict[Role, str] = {
    Role.ADVISER: N_("Visits employers, carves jobs and places candidates."),
    Role.ACCOUNT_MANAGER: N_("Looks after a set of employers and logs visits on a phone."),
    Role.SROI_OFFICER: N_("Keeps contracts with a social return clause and reviews what employers submit."),
    Role.MANAGER: N_("Sees everything that happens, without who the candidates are."),
    Role.ADMIN: N_("Manages users, rule sets and the audit log; does no case work."),
    Role.PARTNER: N_("Sees the employers that are shared with their organisation."),
    Role.EMPLOYER: N_("Sees what counts for their own contracts, and sends in efforts and evidence."),
}
