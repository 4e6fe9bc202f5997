"""What people do with employers; each is one transaction, one permission and one line in the audit."""

from crm.employers.actions.details import (
    AddEmployer,
    CeaseEmployer,
    EditEmployer,
    ReviveEmployer,
    add_employer,
    cease_employer,
    edit_employer,
    revive_employer,
)
from crm.employers.actions.people import (
    AddContactPerson,
    ContactPersonLeft,
    ContactPersonReturned,
    EditContactPerson,
    add_contact_person,
    contact_person_left,
    contact_person_returned,
    edit_contact_person,
)
from crm.employers.actions.places import (
    AddEstablishment,
    EditEstablishment,
    add_establishment,
    edit_establishment,
)
from crm.employers.actions.sharing import ShareEmployer, StopSharing, share_employer, stop_sharing
from crm.employers.actions.team import (
    AddDeputy,
    ChangeHolder,
    EndDeputy,
    add_deputy,
    change_holder,
    end_deputy,
)

__all__ = [
    "AddContactPerson",
    "AddDeputy",
    "AddEmployer",
    "AddEstablishment",
    "CeaseEmployer",
    "ChangeHolder",
    "ContactPersonLeft",
    "ContactPersonReturned",
    "EditContactPerson",
    "EditEmployer",
    "EditEstablishment",
    "EndDeputy",
    "ReviveEmployer",
    "ShareEmployer",
    "StopSharing",
    "add_contact_person",
    "add_deputy",
    "add_employer",
    "add_establishment",
    "cease_employer",
    "change_holder",
    "contact_person_left",
    "contact_person_returned",
    "edit_contact_person",
    "edit_employer",
    "edit_establishment",
    "end_deputy",
    "revive_employer",
    "share_employer",
    "stop_sharing",
]
