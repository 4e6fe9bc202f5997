"""Certificates of the demo's contractors: some seen, one that lapses soon, and two handed in."""

from __future__ import annotations

from datetime import timedelta

from crm.accounts.records import User
from crm.core.access import Role
from crm.demo.acting import Demo, acting
from crm.demo.efforts import PDF
from crm.demo.region import Business
from crm.sroi.actions import add_certificate, offer_certificate
from crm.sroi.certificate_commands import AddCertificate, OfferCertificate

CODES = ("pso_2", "pso_1", "pso_30plus", "code_sociale_ondernemingen", "pso_3", "pso_aspirant")
EVERY = 4


def make_certificates(demo: Demo, officer: User, businesses: list[Business]) -> None:
    """Note a certificate at one in four contractors; the demo's portal user holds one and hands in another.

    It draws nothing from the demo's chance, so that the rest of the region is the same without it.
    """
    own = demo.businesses[0]
    others = [one for one in businesses if one is not own][::EVERY]
    for place, business in enumerate([own, *others]):
        seen_on = demo.today - timedelta(days=300 - place)
        with acting(officer, seen_on) as work:
            add_certificate(
                work,
                AddCertificate(
                    employer_id=business.id,
                    code=CODES[place % len(CODES)],
                    valid_from=seen_on - timedelta(days=400),
                    # The first lapses soon, the others later and later.
                    valid_until=demo.today + timedelta(days=40 + 90 * place),
                    number=f"DEMO-{100 + place}",
                    seen_on=seen_on,
                ),
            )
            work.commit()
    _hand_in(demo, "pso_2", 41, "DEMO-201")
    _hand_in(demo, "code_sociale_ondernemingen", -20, "")


def _hand_in(demo: Demo, code: str, starts_in: int, number: str) -> None:
    first = demo.today + timedelta(days=starts_in)
    with acting(demo.staff.by_role[Role.EMPLOYER], demo.today - timedelta(days=3)) as work:
        offer_certificate(
            work,
            OfferCertificate(
                code=code,
                valid_from=first,
                valid_until=first + timedelta(days=729),
                number=number,
                content=PDF,
                file_name="certificaat.pdf",
            ),
        )
        work.commit()
