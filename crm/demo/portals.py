"""Who of the demo's contractors has access to the portal: an administrator at each."""

from __future__ import annotations

from datetime import timedelta

from crm.accounts.records import EmployerAdministrator, User, UserEmployer
from crm.core import clock
from crm.core.access import Role, system
from crm.core.records import key
from crm.core.work import work
from crm.demo.acting import Demo
from crm.demo.region import Business

SINCE = timedelta(days=200)


def make_portals(demo: Demo, businesses: list[Business]) -> None:
    """Give each contractor an administrator: the demo's portal user, elsewhere the first contact person.

    Only the demo's own portal user signs in with one click; the others have no password.
    """
    own = demo.staff.by_role[Role.EMPLOYER]
    with work(system("demo")) as unit:
        unit.intend("demo.load")
        for business in businesses:
            belongs = {"region_id": business.employer.region_id, "employer_id": business.id}
            user = own
            if business is not demo.businesses[0]:
                person = business.people[0]
                user = unit.add(
                    User(
                        email=f"{business.id}.{person.email}",
                        name=person.name,
                        role=Role.EMPLOYER,
                        created_at=clock.now() - SINCE,
                    )
                )
                unit.add(UserEmployer(user_id=key(user), employer_id=business.id))
            unit.session.add(EmployerAdministrator(**belongs, user_id=key(user)))
        unit.commit()
