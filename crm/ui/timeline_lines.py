"""The lines of a timeline in words: each sort of happening as it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.employers.rules import TeamRole
from crm.events.rules import Answer, EventKind, TalkState
from crm.jobcarving.rules import Stage
from crm.needs.rules import Outcome
from crm.network.rules import Motive
from crm.proposals.rules import ProposalOutcome, Step
from crm.questions.lists import question_list
from crm.sroi.states import EffortState, LetterKind
from crm.timeline.queries import TimelineLine
from crm.timeline.rules import Happening
from crm.ui.carving import stage_word
from crm.ui.employers import part_word
from crm.ui.events import answer_word, event_word, talk_word
from crm.ui.needs import OUTCOMES
from crm.ui.needs import kind_word as need_word
from crm.ui.network import motive_word
from crm.ui.placements import group_word
from crm.ui.proposals import outcome_word, step_word
from crm.ui.sroi import EFFORT
from crm.ui.visits import KINDS, talk_outcome_word
from crm.ui.words import _, day, language, plain, whole_euros
from crm.visits.rules import MomentKind

ICONS = {
    MomentKind.VISIT: ":material/handshake:",
    MomentKind.CALL: ":material/call:",
    MomentKind.MAIL: ":material/mail:",
    MomentKind.EVENT: ":material/groups:",
}
LETTERS = {
    LetterKind.WELCOME: N_("Welcome letter made"),
    LetterKind.REMINDER: N_("Reminder made"),
    LetterKind.DEFAULT: N_("Notice of default made"),
    LetterKind.REPAIR: N_("Letter about a repair period made"),
    LetterKind.SETTLEMENT: N_("Settlement letter made"),
    LetterKind.WITHHOLDING: N_("Letter about withholding made"),
}
DONE = ":green-badge[:material/check: {words}]"
OPEN = ":blue-badge[:material/event: {words}]"
NONE = ":gray-badge[{words}]"


@dataclass(frozen=True)
class Shown:
    """A line as it is drawn; its words are Markdown, `link` a page with a record's id."""

    icon: str
    title: str
    text: str = ""
    badge: str = ""
    link: tuple[str, str, int] | None = None


def shown(actor: Actor, line: TimelineLine) -> Shown:
    """Return a line as it is drawn for an actor."""
    return _DRAWN[line.happening](actor, line)


def _moment(actor: Actor, line: TimelineLine) -> Shown:
    kind = MomentKind(line.state or "")
    people = ", ".join(plain(name) for name in line.people)
    who = plain(line.who or "")
    said = _("{who} with {people}", who=who, people=people) if people else who
    may_change = line.number == actor.user_id and actor.may(Permission.VISIT_LOG)
    link = ("staff/visit.py", "moment", line.place.record_id) if may_change else None
    text = f"{said}: {plain(line.what or '')}{_came_of_it(line)}{_files(line)}"
    return Shown(ICONS[kind], _(KINDS[kind]), text, _after(line), link)


def _came_of_it(line: TimelineLine) -> str:
    words = " ".join(NONE.format(words=talk_outcome_word(outcome)) for outcome in line.outcomes)
    return f"  \n{words}" if words else ""


def _files(line: TimelineLine) -> str:
    return "".join(
        f"  \n:material/attach_file: [{plain(name)}](/attachments/{file_id})" for file_id, name in line.files
    )


def _after(line: TimelineLine) -> str:
    if line.next_steps:
        step = line.next_steps[0]
        words = f"{plain(step.what)}, {day(step.due_on)}"
        return DONE.format(words=_("action done")) if step.done_on else OPEN.format(words=words)
    return NONE.format(words=_("no action: {reason}", reason=plain(line.more))) if line.more else ""


def _case(_actor: Actor, line: TimelineLine) -> Shown:
    text = f"{plain(line.what or '')}: {stage_word(Stage(line.state or ''))}"
    return Shown(
        ":material/account_tree:",
        _("Opportunity for job carving"),
        text,
        link=("staff/case.py", "id", line.place.record_id),
    )


def _placement(_actor: Actor, line: TimelineLine) -> Shown:
    about = f"{plain(line.more or group_word(TargetGroup(line.state or '')))}, {plain(line.what or '')}"
    link = ("staff/placement.py", "id", line.place.record_id)
    if line.happening is Happening.PLACEMENT_ENDED:
        return Shown(":material/logout:", _("Placement ended"), about, link=link)
    planned = line.on > clock.today()
    return Shown(
        ":material/badge:", _("Placement planned") if planned else _("Placement started"), about, link=link
    )


def _contract(_actor: Actor, line: TimelineLine) -> Shown:
    text = f"{plain(line.what or '')} · {plain(line.more or '')}"
    return Shown(":material/gavel:", _("Contract awarded"), text, link=_to_contract(line))


def _effort(_actor: Actor, line: TimelineLine) -> Shown:
    words, icon, colour = EFFORT[EffortState(line.state or "")]
    text = f"{plain(line.what or '')} · {whole_euros(line.number or 0)}"
    badge = f":{colour}-badge[{icon} {_(words)}]"
    return Shown(":material/volunteer_activism:", _("Effort handed in"), text, badge, _to_contract(line))


def _letter(_actor: Actor, line: TimelineLine) -> Shown:
    title = _(LETTERS[LetterKind(line.state or "")])
    return Shown(":material/drafts:", title, _by(line), link=_to_contract(line))


def _statement(_actor: Actor, line: TimelineLine) -> Shown:
    return Shown(":material/task:", _("Final statement made"), _by(line), link=_to_contract(line))


def _joined(_actor: Actor, line: TimelineLine) -> Shown:
    part = part_word(TeamRole(line.state or ""))
    return Shown(":material/person:", plain(line.what or ""), _("became {part}", part=part))


def _plan(_actor: Actor, line: TimelineLine) -> Shown:
    title = _("Account plan {year} made", year=line.number or 0)
    return Shown(":material/flag:", title, plain(line.who or ""))


def _member(_actor: Actor, line: TimelineLine) -> Shown:
    return Shown(":material/hub:", _("Joined the network"), motive_word(Motive(line.state or "")))


def _need(_actor: Actor, line: TimelineLine) -> Shown:
    title = _("Need: {kind}", kind=need_word(line.state or ""))
    badge = f":gray-badge[{_(OUTCOMES[Outcome(line.more)])}]" if line.more else ""
    link = ("staff/need.py", "id", line.page_id or 0)
    return Shown(":material/campaign:", title, plain(line.what or ""), badge, link)


def _event(_actor: Actor, line: TimelineLine) -> Shown:
    title = event_word(EventKind(line.more or ""))
    badge = f":gray-badge[{answer_word(Answer(line.state or ''))}]"
    link = ("staff/event.py", "id", line.page_id or 0)
    return Shown(":material/groups:", title[:1].upper() + title[1:], plain(line.what or ""), badge, link)


def _met(_actor: Actor, line: TimelineLine) -> Shown:
    text = f"{plain(line.more or '')} · {plain(line.what or '')}"
    badge = f":gray-badge[{talk_word(TalkState(line.state or ''))}]"
    return Shown(
        ":material/person_search:",
        _("Candidate met"),
        text,
        badge,
        ("staff/event.py", "id", line.page_id or 0),
    )


def _aftercare(_actor: Actor, line: TimelineLine) -> Shown:
    about = plain(line.more or group_word(TargetGroup(line.state or "")))
    said = f": {plain(line.what)}" if line.what else ""
    badge = f":orange-badge[:material/warning: {_('At risk')}]" if line.number else ""
    link = ("staff/placement.py", "id", line.page_id or 0)
    return Shown(
        ":material/favorite:", _("Aftercare talk"), f"{plain(line.who or '')}, {about}{said}", badge, link
    )


def _questions(actor: Actor, line: TimelineLine) -> Shown:
    asked = question_list(line.what or "", line.number or 0).title.said(language())
    link = ("staff/questions.py", "id", line.page_id or 0) if actor.may(Permission.VISIT_LOG) else None
    return Shown(":material/quiz:", _("Questions answered"), f"{asked} · {plain(line.who or '')}", link=link)


def _proposed(_actor: Actor, line: TimelineLine) -> Shown:
    icon = ":material/person_add:" if line.more else ":material/inventory_2:"
    title = _("Candidate put forward") if line.more else _("Job put forward")
    badge = f":blue-badge[{step_word(Step(line.state or ''))}]" if line.state else ""
    return Shown(icon, title, _about(line), badge, ("staff/proposal.py", "id", line.page_id or 0))


def _answered(_actor: Actor, line: TimelineLine) -> Shown:
    badge = f":gray-badge[{outcome_word(ProposalOutcome(line.state or ''))}]"
    link = ("staff/proposal.py", "id", line.page_id or 0)
    return Shown(":material/mark_chat_read:", _("Proposal answered"), _about(line), badge, link)


def _about(line: TimelineLine) -> str:
    return " · ".join(plain(part) for part in (line.more, line.what, line.who) if part)


def _by(line: TimelineLine) -> str:
    return " · ".join(plain(part) for part in (line.what, line.who) if part)


def _to_contract(line: TimelineLine) -> tuple[str, str, int]:
    return "staff/contract.py", "id", line.page_id or 0


_DRAWN: dict[Happening, Callable[[Actor, TimelineLine], Shown]] = {
    Happening.MOMENT: _moment,
    Happening.CASE_OPENED: _case,
    Happening.PLACEMENT_STARTED: _placement,
    Happening.PLACEMENT_ENDED: _placement,
    Happening.CONTRACT_AWARDED: _contract,
    Happening.EFFORT_HANDED_IN: _effort,
    Happening.LETTER_MADE: _letter,
    Happening.STATEMENT_MADE: _statement,
    Happening.TEAM_JOINED: _joined,
    Happening.PLAN_MADE: _plan,
    Happening.MEMBER_JOINED: _member,
    Happening.NEED_RAISED: _need,
    Happening.VACANCY_RAISED: _need,
    Happening.EVENT_JOINED: _event,
    Happening.CANDIDATE_MET: _met,
    Happening.AFTERCARE_HELD: _aftercare,
    Happening.QUESTIONS_ANSWERED: _questions,
    Happening.PROPOSED: _proposed,
    Happening.PROPOSAL_ANSWERED: _answered,
}
