"""Parties that are no employers, and events with who came, who spoke with whom and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from crm.candidates.queries import find_candidates
from crm.core.access import Role
from crm.core.records import key
from crm.core.work import Work
from crm.demo.acting import Demo, acting
from crm.demo.region import Business
from crm.events.actions import (
    AnswerCandidates,
    AnswerEmployers,
    AskCandidates,
    AskEmployers,
    MakeRounds,
    NewAnswer,
    NewTalk,
    NoteTalks,
    PlanEvent,
    answer_candidates,
    answer_employers,
    ask_candidates,
    ask_employers,
    make_rounds,
    note_talks,
    plan_event,
)
from crm.events.queries import CandidateRow, EmployerRow, candidates_at, employers_at, talks_at
from crm.events.rules import Answer, EventKind, TalkState
from crm.network.actions import AddParty, NoteTalk, TieParty, add_party, note_talk, tie_party
from crm.network.rules import PartyKind, PartyTieKind

PARTIES = (
    (PartyKind.NEIGHBOURHOOD, "Buurthuis De Brink", "T. Verdaas"),
    (PartyKind.NEIGHBOURHOOD, "Wijkcentrum Langdonk", "S. Aerts"),
    (PartyKind.CONNECTOR, "Fatima el Idrissi", ""),
    (PartyKind.CONNECTOR, "Joost Kerkhofs", ""),
    (PartyKind.SCHOOL, "Praktijkschool De Sprong", "M. Roks"),
    (PartyKind.SCHOOL, "Vakcollege Markiezaat", "H. Buijs"),
    (PartyKind.AGENCY, "Uitzendbureau De Kettingbrug", "P. Mol"),
    (PartyKind.AGENCY, "Loopbaanhuis Halderberge", "N. Wirken"),
)
BETWEEN = (
    (2, 0, PartyTieKind.BELONGS_TO),
    (3, 1, PartyTieKind.BELONGS_TO),
    (0, 1, PartyTieKind.WORKS_TOGETHER),
    (4, 7, PartyTieKind.WORKS_TOGETHER),
)
TIES_EACH = 5
CANDIDATES, EMPLOYERS, ROUNDS = 14, 5, 6


@dataclass(frozen=True)
class Plan:
    """An event of the demo: what, how many days ago (below zero: still to come), and where."""

    kind: EventKind
    title: str
    days_ago: int
    place: str


PLANS = (
    Plan(EventKind.SPEEDMEET, "Speedmeet groen en schoonmaak", 96, "Wijkcentrum Langdonk"),
    Plan(EventKind.BREAKFAST, "Netwerkontbijt najaar", 40, "De Gieterij, Etten-Leur"),
    Plan(EventKind.OPEN_DAY, "Open dag logistiek", 12, "Bedrijvenpark Borchwerf"),
    Plan(EventKind.SPEEDMEET, "Speedmeet zorg en keuken", -9, "Buurthuis De Brink"),
    Plan(EventKind.COMPANY_VISIT, "Bedrijfsbezoekdag techniek", -30, "Vakcollege Markiezaat"),
)


def make_gatherings(demo: Demo) -> None:
    """Make the parties with their ties and talks, and the events."""
    _make_parties(demo)
    for plan in PLANS:
        _make_event(demo, plan)


def _make_parties(demo: Demo) -> None:
    adviser = demo.staff.by_role[Role.ADVISER]
    places = list(demo.places.values())
    began = demo.today - timedelta(days=500)
    with acting(adviser, began) as work:
        made = [
            add_party(
                work,
                AddParty(
                    region_id=key(demo.region),
                    kind=kind,
                    name=name,
                    contact_name=contact,
                    municipality_id=key(places[number % len(places)]),
                ),
            )
            for number, (kind, name, contact) in enumerate(PARTIES)
        ]
        for one, other, kind in BETWEEN:
            between = TieParty(party_id=made[one], other_party_id=made[other], kind=kind, since=began)
            tie_party(work, between)
        for party_id in made:
            _tie_to_businesses(demo, work, party_id, began)
        work.commit()
    for party_id in made:
        _speak(demo, party_id)


def _tie_to_businesses(demo: Demo, work: Work, party_id: int, since: date) -> None:
    kinds = (PartyTieKind.KNOWS, PartyTieKind.SENDS_CANDIDATES, PartyTieKind.POINTED_TO)
    for business in demo.chance.sample(demo.businesses, TIES_EACH):
        kind = demo.chance.choice(kinds)
        tie_party(work, TieParty(party_id=party_id, employer_id=business.id, kind=kind, since=since))


def _speak(demo: Demo, party_id: int) -> None:
    colleague = demo.chance.choice(demo.staff.relations)
    held_on = demo.today - timedelta(days=demo.chance.randrange(5, 200))
    said = demo.chance.choice(("Wie zoekt er werk in de wijk?", "Kennisgemaakt met de nieuwe verbinder.", ""))
    with acting(colleague, held_on) as work:
        note_talk(work, NoteTalk(party_id=party_id, held_on=held_on, summary=said))
        work.commit()


def _make_event(demo: Demo, plan: Plan) -> None:
    adviser = demo.staff.by_role[Role.ADVISER]
    held_on = demo.today - timedelta(days=plan.days_ago)
    planned_on = min(held_on, demo.today) - timedelta(days=28)
    with acting(adviser, planned_on) as work:
        event_id = plan_event(
            work,
            PlanEvent(
                region_id=key(demo.region),
                kind=plan.kind,
                title=plan.title,
                held_on=held_on,
                begins=time(9, 30),
                ends=time(11, 30),
                place=plan.place,
                candidate_places=12,
                employer_places=8,
            ),
        )
        _ask(demo, work, event_id)
        work.commit()
    with acting(adviser, min(held_on, demo.today)) as work:
        _meet(demo, work, event_id, plan)
        work.commit()


def _ask(demo: Demo, work: Work, event_id: int) -> None:
    businesses: Sequence[Business] = demo.chance.sample(demo.businesses, EMPLOYERS)
    known = [found.id for found in find_candidates(work, limit=60)]
    chosen = tuple(demo.chance.sample(known, CANDIDATES))
    asked = tuple(business.id for business in businesses)
    ask_employers(work, AskEmployers(event_id=event_id, employer_ids=asked))
    ask_candidates(work, AskCandidates(event_id=event_id, candidate_ids=chosen))


def _meet(demo: Demo, work: Work, event_id: int, plan: Plan) -> None:
    """Note who comes; of what is over also who spoke with whom, and what came of it."""
    employers, candidates = employers_at(work, event_id), candidates_at(work, event_id)
    coming = tuple(_answer(row, Answer.COMING) for row in employers[:-1])
    answer_employers(work, AnswerEmployers(event_id=event_id, answers=coming))
    signed_up = tuple(_answer(row, Answer.COMING) for row in candidates[:11])
    answer_candidates(work, AnswerCandidates(event_id=event_id, answers=signed_up))
    if plan.kind is EventKind.SPEEDMEET:
        make_rounds(work, MakeRounds(event_id=event_id, rounds=ROUNDS))
    if plan.days_ago > 0 and plan.kind is not EventKind.BREAKFAST:
        _speak_there(demo, work, event_id, plan)
    if plan.days_ago > 0:
        present = tuple(_answer(row, Answer.PRESENT) for row in employers_at(work, event_id)[:-1])
        answer_employers(work, AnswerEmployers(event_id=event_id, answers=present))


def _speak_there(demo: Demo, work: Work, event_id: int, plan: Plan) -> None:
    came = candidates_at(work, event_id)[:9]
    ends = demo.chance.choices(
        (TalkState.HELD, TalkState.SELECTED, TalkState.STARTED), weights=(6, 2, 1), k=3 * len(came)
    )
    if plan.kind is EventKind.SPEEDMEET:
        names = {row.reference for row in came}
        held = [talk for talk in talks_at(work, event_id) if talk.reference in names]
        told = [
            NewTalk(id=talk.id, version=talk.version, state=end)
            for talk, end in zip(held, ends, strict=False)
        ]
    else:
        hosts = employers_at(work, event_id)[:3]
        told = [
            NewTalk(event_candidate_id=row.id, employer_id=hosts[number % 3].employer_id, state=ends[number])
            for number, row in enumerate(came)
        ]
    note_talks(work, NoteTalks(event_id=event_id, talks=tuple(told)))


def _answer(row: EmployerRow | CandidateRow, answer: Answer) -> NewAnswer:
    return NewAnswer(id=row.id, version=row.version, answer=answer)
