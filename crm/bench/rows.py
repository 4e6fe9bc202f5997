"""Rows for a benchmark database: plain, different, spread like a real region; made, not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from crm.candidates.rules import TargetGroup
from crm.core.money import cents
from crm.demo.words import HOUSE_NAMES, NEXT_STEPS, PLACES, SECTORS, SUMMARIES
from crm.employers.rules import Segment, TeamRole, search_key
from crm.jobcarving.rules import Releasable, Stage
from crm.network.rules import Motive, TieKind
from crm.placements.rules import ContractForm
from crm.sroi.rules import Facts, ObligationFacts, compute_obligation, value_effort
from crm.sroi.rulesets import load_ruleset
from crm.sroi.states import ContractState, ContractType, EffortState
from crm.visits.rules import MomentKind

Row = dict[str, Any]
RULE_SET = "hart-van-west-brabant-demo"
REGION = 1
YEARS = 3


@dataclass(frozen=True)
class Size:
    """How many of each to make."""

    employers: int = 10_000
    moments: int = 100_000
    contracts: int = 2_000
    efforts: int = 20_000

    @property
    def holders(self) -> int:
        """Colleagues who hold accounts: one for some 250 employers, three at least."""
        return max(3, self.employers // 250)

    @property
    def placements(self) -> int:
        """Placements: one for ten employers."""
        return max(1, self.employers // 10)

    @property
    def cases(self) -> int:
        """Carving cases: one for twenty employers."""
        return max(1, self.employers // 20)


@dataclass(frozen=True)
class Maker:
    """Makes the rows of a region of some size; holders have the user ids from `first_holder` on."""

    size: Size
    today: date
    first_holder: int
    chance: Random

    def holder_of(self, employer_id: int) -> int:
        """Return the user id of an employer's account holder."""
        return self.first_holder + employer_id % self.size.holders

    def employers(self) -> Iterator[Row]:
        """Return the employers."""
        for number in range(1, self.size.employers + 1):
            place, sector = PLACES[number % len(PLACES)], SECTORS[number % len(SECTORS)]
            name = f"{self.chance.choice(HOUSE_NAMES)} {sector.nouns[number % 3]} {number}"
            city, kvk_number = place.villages[number % len(place.villages)], f"{10_000_000 + number}"
            yield {
                "id": number,
                "region_id": REGION,
                "name": name,
                "kvk_number": kvk_number,
                "sbi_code": sector.sbi,
                "city": city,
                "municipality_id": 1 + number % len(PLACES),
                "segment": list(Segment)[number % len(Segment)],
                "holder_id": self.holder_of(number),
                "last_contact_on": self._day(),
                "search_key": search_key(name, city, kvk_number),
                "version": 1,
            }

    def people(self) -> Iterator[Row]:
        """Return one contact person for each employer."""
        for number in range(1, self.size.employers + 1):
            yield self._of(number, id=number, name=f"J. Persoon {number}", active=True, version=1)

    def team(self) -> Iterator[Row]:
        """Return the account holders."""
        for number in range(1, self.size.employers + 1):
            holder = self.holder_of(number)
            yield self._of(number, user_id=holder, team_role=TeamRole.HOLDER, since=self._day())

    def moments(self) -> Iterator[Row]:
        """Return the contact moments, evenly over the employers."""
        for number in range(1, self.size.moments + 1):
            held_on = self._day()
            yield self._of(
                1 + number % self.size.employers,
                id=number,
                author_id=self.holder_of(1 + number % self.size.employers),
                kind=MomentKind.VISIT if number % 3 else MomentKind.CALL,
                held_on=held_on,
                purposes=["vacancy"],
                summary=SUMMARIES[number % len(SUMMARIES)],
                created_at=datetime.combine(held_on, time(12), UTC),
                version=1,
            )

    def attendances(self) -> Iterator[Row]:
        """Return who was there."""
        for number in range(1, self.size.moments + 1):
            employer_id = 1 + number % self.size.employers
            yield self._of(employer_id, moment_id=number, contact_person_id=employer_id)

    def follow_ups(self) -> Iterator[Row]:
        """Return a follow-up for every second moment; about one in a hundred is still open."""
        for number in range(2, self.size.moments + 1, 2):
            employer_id = 1 + number % self.size.employers
            is_open = number % 100 == 0
            due_on = self.today + timedelta(days=number % 15 - 7) if is_open else self._day()
            yield self._of(
                employer_id,
                moment_id=number,
                what=NEXT_STEPS[number % len(NEXT_STEPS)],
                owner_id=self.holder_of(employer_id),
                due_on=due_on,
                done_on=None if is_open else due_on,
                done_by_id=None if is_open else self.holder_of(employer_id),
                version=1,
            )

    def members(self) -> Iterator[Row]:
        """Return the network's members: one in five employers."""
        for number in range(5, self.size.employers + 1, 5):
            yield self._of(
                number,
                joined_on=self._day(),
                motive=Motive.NEEDS_STAFF,
                introduced_by_employer_id=number - 5 or None,
                version=1,
            )

    def ties(self) -> Iterator[Row]:
        """Return three ties for each employer."""
        for number in range(1, self.size.employers + 1):
            for step, kind in ((1, TieKind.SUPPLIER), (7, TieKind.NEIGHBOUR), (31, TieKind.REFERRAL)):
                other = 1 + (number + step) % self.size.employers
                if other != number:
                    yield self._of(number, other_employer_id=other, kind=kind, since=self._day(), version=1)

    def cases(self) -> Iterator[Row]:
        """Return carving cases in every stage."""
        for number in range(1, self.size.cases + 1):
            yield self._of(
                number,
                id=number,
                department="keuken",
                signal="Er blijft werk liggen.",
                effect="",
                stage=list(Stage)[number % len(Stage)],
                stage_since=self._day(),
                owner_id=self.holder_of(number),
                opened_on=self._day(),
                version=1,
            )

    def tasks(self) -> Iterator[Row]:
        """Return three tasks for each case."""
        for number in range(1, 3 * self.size.cases + 1):
            case_id = (number + 2) // 3
            yield self._of(
                case_id,
                case_id=case_id,
                name=f"taak {number}",
                hours_per_week=Decimal(number % 8 + 2),
                current_holder="kok",
                releasable=Releasable.YES,
                version=1,
            )

    def candidates(self) -> Iterator[Row]:
        """Return a candidate for each placement."""
        for number in range(1, self.size.placements + 1):
            yield {
                "id": number,
                "region_id": REGION,
                "reference": f"K-{number + 1000}",
                "group": TargetGroup.PARTICIPATION_ACT,
                "profile": "",
                "registered_on": self._day(),
                "version": 1,
            }

    def placements(self) -> Iterator[Row]:
        """Return the placements, about half of them running."""
        for number in range(1, self.size.placements + 1):
            started_on = self._day()
            last = started_on + timedelta(days=400)
            yield self._of(
                number,
                id=number,
                candidate_id=number,
                candidate_reference=f"K-{number + 1000}",
                group=TargetGroup.PARTICIPATION_ACT,
                job_title="keukenhulp",
                contract_form=ContractForm.TEMPORARY,
                started_on=started_on,
                ended_on=last if last < self.today else None,
                booked_by_id=self.holder_of(number),
                hours_changed_at=datetime.combine(started_on, time(12), UTC),
                hours_changes=0,
                version=1,
            )

    def hours(self) -> Iterator[Row]:
        """Return the weekly hours of each placement."""
        for number in range(1, self.size.placements + 1):
            yield self._of(number, placement_id=number, from_on=self._day(), hours=Decimal(24))

    def contracts(self) -> Iterator[Row]:
        """Return the contracts, in turn under each authority, a tenth of them still to confirm."""
        imposed = compute_obligation(
            load_ruleset(RULE_SET),
            ObligationFacts(contract_type="services", contract_sum_eur=Decimal(1_000_000)),
        )
        for number in range(1, self.size.contracts + 1):
            start_on = self.today - timedelta(days=self.chance.randrange(30, 700))
            title = f"Groenonderhoud wijk {number}"
            employer_id = 1 + number % self.size.employers
            yield self._of(
                employer_id,
                id=number,
                authority_id=1 + number % len(PLACES),
                title=title,
                contract_type=ContractType.SERVICES,
                value_cents=100_000_000,
                award_on=start_on,
                start_on=start_on,
                end_on=start_on + timedelta(days=730),
                rule_set_id=1,
                obligation_cents=cents(imposed.amount),
                obligation_explanation=imposed.to_json(),
                state=ContractState.TO_CONFIRM if number % 10 == 0 else ContractState.RUNNING,
                approved_cents=self.chance.randrange(0, 5_500_000),
                submitted_cents=self.chance.randrange(0, 900_000),
                search_key=f"{title.lower()} werkgever {employer_id}",
                version=1,
            )

    def efforts(self) -> Iterator[Row]:
        """Return the efforts, half of them approved, evenly over the contracts."""
        facts = {"block": "PW", "hours_per_week": "24", "months": "6"}
        worth = value_effort(
            load_ruleset(RULE_SET), Facts(block="PW", hours_per_week=Decimal(24), months=Decimal(6))
        )
        value, explanation = cents(worth.amount), worth.to_json()
        moment = datetime.combine(self.today, time(9), UTC)
        for number in range(1, self.size.efforts + 1):
            contract = 1 + number % self.size.contracts
            approved = number % 2 == 0
            yield self._of(
                1 + contract % self.size.employers,
                authority_id=1 + contract % len(PLACES),
                contract_id=contract,
                block="PW",
                description="",
                subject=f"K-{number}",
                facts=facts,
                starts_on=self._day(),
                state=EffortState.APPROVED if approved else EffortState.SUBMITTED,
                value_cents=value,
                explanation=explanation,
                rule_set_hash="0" * 64,
                approved_cents=value if approved else 0,
                approved_explanation=explanation if approved else None,
                submitted_at=moment - timedelta(minutes=number % 100_000),
                version=1,
            )

    def _of(self, employer_id: int, **values: object) -> Row:
        return {"region_id": REGION, "employer_id": employer_id, **values}

    def _day(self) -> date:
        return self.today - timedelta(days=self.chance.randrange(1, 365 * YEARS))
