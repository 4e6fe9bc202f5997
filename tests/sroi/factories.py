"""Makes contracts, efforts and placements for tests, through the actions where the amounts matter."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from crm.candidates.records import Candidate
from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Actor, Role, system
from crm.core.records import Record, key
from crm.core.work import perform, reading
from crm.placements.records import Placement, WeeklyHours
from crm.placements.rules import ContractForm
from crm.sroi import actions
from crm.sroi.commands import (
    ApproveEffort,
    ConfirmObligation,
    RegisterContract,
    SubmitEffort,
)
from crm.sroi.records import AuthorityRuleSet, Contract, Effort
from crm.sroi.states import ContractType
from tests.factories import World, save

DEMO = "hart-van-west-brabant-demo"
_numbers = itertools.count(1)


def stored(model: type[Any], record_id: int) -> Any:
    """Return a record as it is now, seen by the system."""
    with reading(system("test")) as unit:
        return unit.get(model, record_id)


def assign(world: World, code: str = DEMO, valid_from: date = date(2020, 1, 1)) -> AuthorityRuleSet:
    """Let both authorities of the world use a rule set; return that of the first."""
    rows = [
        save(
            AuthorityRuleSet(
                region_id=key(world.region),
                authority_id=key(authority),
                rule_set_code=code,
                valid_from=valid_from,
            )
        )
        for authority in (world.authority, world.other_authority)
    ]
    return rows[0]


def terms(world: World, **values: Any) -> dict[str, Any]:
    """Return the terms of a plain contract: € 1.000.000 of services, all of 2026, 5 % = € 50.000."""
    return {
        "authority_id": key(world.authority),
        "employer_id": key(world.employer_a),
        "title": f"Groenonderhoud {next(_numbers)}",
        "contract_type": ContractType.SERVICES,
        "value_cents": 100_000_000,
        "award_on": date(2025, 12, 1),
        "start_on": date(2026, 1, 1),
        "end_on": date(2026, 12, 31),
        "rule_set_code": DEMO,
        **values,
    }


def make_contract(world: World, *, confirmed: bool = True, **values: Any) -> Contract:
    """Register a contract, and confirm its obligation unless told otherwise."""
    everyone = system("test")
    contract_id = perform(everyone, actions.register_contract, RegisterContract(**terms(world, **values)))
    if confirmed:
        version = stored(Contract, contract_id).version
        command = ConfirmObligation(
            contract_id=contract_id,
            version=version,
            percentage=values.get("percentage"),
            labour_share=values.get("labour_share"),
        )
        perform(everyone, actions.confirm_obligation, command)
    found: Contract = stored(Contract, contract_id)
    return found


def claim(**values: Any) -> dict[str, Any]:
    """Return an effort of € 13.333,33 under the demo rules: Participation Act, 24 hours, January to June."""
    return {
        "block": "PW",
        "start": date(2026, 1, 1),
        "end": date(2026, 6, 30),
        "hours_per_week": Decimal(24),
        "subject": "K-2041",
        **values,
    }


def make_effort(contract: Contract, actor: Actor | None = None, **values: Any) -> Effort:
    """Hand in an effort on a contract."""
    command = SubmitEffort(contract_id=key(contract), **claim(**values))
    effort_id = perform(actor or system("test"), actions.submit_effort, command)
    found: Effort = stored(Effort, effort_id)
    return found


def approve(effort: Effort, actor: Actor | None = None, **values: Any) -> Effort:
    """Approve an effort."""
    command = ApproveEffort(effort_id=key(effort), version=effort.version, **values)
    perform(actor or system("test"), actions.approve_effort, command)
    found: Effort = stored(Effort, key(effort))
    return found


def make_placement(world: World, employer: Record | None = None, **values: Any) -> Placement:
    """Book a placement at employer A (Participation Act, from 1 January 2026, 24 hours a week)."""
    number = next(_numbers)
    reference = f"K-{2000 + number}"
    group = values.get("group", TargetGroup.PARTICIPATION_ACT)
    candidate = save(
        Candidate(
            region_id=key(world.region), reference=reference, group=group, registered_on=date(2025, 1, 1)
        )
    )
    hours = values.pop("hours", ((date(2026, 1, 1), Decimal(24)),))
    employer_id = key(employer or world.employer_a)
    placement = save(
        Placement(
            **{
                "region_id": key(world.region),
                "employer_id": employer_id,
                "candidate_id": key(candidate),
                "candidate_reference": reference,
                "group": group,
                "job_title": "Medewerker groen",
                "contract_form": ContractForm.TEMPORARY,
                "started_on": date(2026, 1, 1),
                "booked_by_id": key(world.users[Role.ADVISER]),
                "hours_changed_at": clock.now(),
                **values,
            }
        )
    )
    for day, number_of_hours in hours:
        save(
            WeeklyHours(
                region_id=key(world.region),
                employer_id=employer_id,
                placement_id=key(placement),
                from_on=day,
                hours=number_of_hours,
            )
        )
    return placement
