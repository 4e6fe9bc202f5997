"""Loads the demo region into an empty database, always the same from one seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from crm.accounts.passwords import hashed
from crm.accounts.queries import is_in_use
from crm.accounts.records import Installation, Partner, PartnerEmployer, Region, UserEmployer
from crm.accounts.rules import DEMO_INSTALLATION, DEMO_LOADING
from crm.core import clock
from crm.core.access import Role, system
from crm.core.config import settings
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.records import key
from crm.core.work import Work, work
from crm.demo.acting import Demo, forget_rights
from crm.demo.clauses import make_contracts
from crm.demo.contacts import make_contacts
from crm.demo.gatherings import make_gatherings
from crm.demo.jobs import make_cases, make_placements
from crm.demo.needs import make_needs
from crm.demo.people import DEMO_PASSWORD, make_staff
from crm.demo.proposals import make_proposals
from crm.demo.region import make_businesses, make_network, make_places
from crm.demo.words import REGION_CODE, REGION_NAME

SEED = 2026
Tell = Callable[[str], None]


def load(seed: int = SEED, tell: Tell = lambda _line: None) -> None:
    """Fill an empty database with the demo region; `tell` hears each step, in English.

    Raises `Invalid` in production, or when the database already holds users.
    """
    if not settings().is_demo:
        raise Invalid("mode", "The demo region is not for production. Set CRM_MODE=demo.")
    if is_in_use():
        raise Invalid("database", "The demo region needs an empty database; this one is in use.")
    forget_rights()
    with work(system("demo")) as unit:
        unit.intend("demo.load")
        demo = _make_region(unit, Random(seed), tell)  # noqa: S311
        mark = key(unit.add(Installation(name=DEMO_INSTALLATION, value=DEMO_LOADING)))
        unit.commit()
    tell(N_("carving cases and placements"))
    make_placements(demo, make_cases(demo))
    tell(N_("needs and answers"))
    make_needs(demo)
    make_proposals(replace(demo, chance=Random(seed + 2)))  # noqa: S311
    tell(N_("contracts and efforts"))
    make_contracts(demo)
    tell(N_("other parties and events"))
    make_gatherings(replace(demo, chance=Random(seed + 1)))  # noqa: S311
    with work(system("demo")) as unit:
        unit.get(Installation, mark).value = str(seed)
        unit.commit()


def _make_region(unit: Work, chance: Random, tell: Tell) -> Demo:
    today = clock.today()
    region = unit.add(Region(code=REGION_CODE, name=REGION_NAME))
    places = make_places(unit, region)
    staff = make_staff(unit, region, hashed(DEMO_PASSWORD))
    tell(N_("employers and their network"))
    businesses = make_businesses(unit, chance, region, places, staff.relations, today)
    make_network(unit, chance, businesses, today)
    tell(N_("three years of contact moments"))
    make_contacts(unit, chance, businesses, staff, today)
    demo = Demo(chance, today, region, places, staff, businesses)
    _assign_outsiders(unit, demo)
    return demo


def _assign_outsiders(unit: Work, demo: Demo) -> None:
    portal = demo.staff.by_role[Role.EMPLOYER]
    unit.add(UserEmployer(user_id=key(portal), employer_id=demo.businesses[0].id))
    partner = unit.add(Partner(name="Uitzendbureau De Kettingbrug"))
    demo.staff.by_role[Role.PARTNER].partner_id = key(partner)
    for business in demo.chance.sample(demo.businesses, 25):
        unit.session.add(PartnerEmployer(partner_id=key(partner), employer_id=business.id))
