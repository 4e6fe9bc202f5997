"""The form that books a placement: who, in which job, from when, for how many hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from crm.candidates.queries import FoundCandidate, candidate_choice, find_candidates
from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.decimals import read_needed, read_number
from crm.core.errors import Invalid
from crm.core.i18n import N_
from crm.core.privacy import refuse_bsn
from crm.core.work import reading
from crm.jobcarving.queries import OpenJob, open_jobs
from crm.placements.actions import BookPlacement, book_placement
from crm.placements.rules import ContractForm
from crm.proposals.actions import HireProposed, hire_proposed
from crm.proposals.queries import ProposalRow, proposal_row
from crm.ui import shell
from crm.ui.carving_new import employer_asked
from crm.ui.dates import ask_day
from crm.ui.forms import attempt, flash, show_fault
from crm.ui.placements import form_word, group_word
from crm.ui.words import _, number, plain, typed_number

LABELS = {
    "employer_id": N_("Employer"),
    "candidate_id": N_("Candidate"),
    "available_hours": N_("Hours a week that they look for"),
    "profile": N_("What they can and want"),
    "group": N_("Group"),
    "job_title": N_("Job"),
    "package_id": N_("Carved job"),
    "contract_form": N_("Contract form"),
    "started_on": N_("First day"),
    "planned_end_on": N_("Planned last day"),
    "hours": N_("Hours a week"),
}
KNOWN, NEW = "known", "new"
CHOICES = 6
NOBODY = 0
_STATE = "booking"
_KIND = "booking_candidate"


@dataclass
class Booking:
    """A form that books one placement, however often its button is tapped."""

    placement_id: int | None = None


def book(actor: Actor) -> None:
    """Ask for everything a placement needs, and book it; `NotFound` for an employer that is not yours."""
    booking: Booking = st.session_state.setdefault(_STATE, Booking())
    if booking.placement_id is not None:
        del st.session_state[_STATE]
        shell.go("staff/placement.py", id=booking.placement_id)
    employer_id = employer_asked(actor, "placement_employer")
    if employer_id is None:
        return
    proposal = _proposal_asked(actor, employer_id)
    candidate = _proposed(actor, proposal) if proposal else _candidate(actor)
    chosen, job = _job(actor, employer_id, proposal.job if proposal else "")
    terms = _terms(chosen)
    if not st.button(_("Book the placement"), type="primary", width="stretch", shortcut="Ctrl+S"):
        return
    fields = {"employer_id": employer_id, **candidate, **job, **terms}
    if proposal:
        about = {"proposal_id": proposal.id, "version": proposal.version}
        booking.placement_id = attempt(
            actor, hire_proposed, lambda: HireProposed(**_given(fields), **about), LABELS
        )
    else:
        booking.placement_id = attempt(actor, book_placement, lambda: BookPlacement(**_given(fields)), LABELS)
    if booking.placement_id is not None:
        flash(_("The placement is booked."))
        st.rerun()


def _proposal_asked(actor: Actor, employer_id: int) -> ProposalRow | None:
    """Return the open proposal in the address that this placement comes of, if there is one."""
    if "proposal" not in st.query_params:
        return None
    with reading(actor) as work:
        row = proposal_row(work, shell.asked_id("proposal"))
    if row.employer_id != employer_id or row.candidate_id is None or row.outcome is not None:
        return None
    return row


def _proposed(actor: Actor, proposal: ProposalRow) -> dict[str, Any]:
    st.header(_("Candidate"), anchor=False)
    with reading(actor) as work:
        known = candidate_choice(work, proposal.candidate_id or NOBODY)
    st.markdown(plain(_candidate_words(known)))
    return {"candidate_id": known.id, "group": _group(known.group)}


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    if fields.get("candidate_id") == NOBODY:
        raise Invalid("candidate_id", "Choose the candidate first.")
    given = {
        **fields,
        "hours": read_needed(fields["hours"], "hours"),
        "available_hours": read_number(fields.get("available_hours", ""), "available_hours"),
    }
    return {name: value for name, value in given.items() if value is not None}


def _candidate(actor: Actor) -> dict[str, Any]:
    st.header(_("Candidate"), anchor=False)
    words = {KNOWN: _("Known candidate"), NEW: _("New candidate")}
    kind: str | None = KNOWN
    if actor.may(Permission.CANDIDATE_EDIT):
        st.session_state.setdefault(_KIND, KNOWN)
        kind = st.segmented_control(
            _("Which candidate?"), list(words), format_func=words.__getitem__, required=True, key=_KIND
        )
    known = pick_known(actor) if kind == KNOWN else None
    group = _group(known.group if known else None)
    if kind == KNOWN:
        return {"candidate_id": known.id if known else NOBODY, "group": group}
    return {"group": group, **_profile()}


def _group(start: TargetGroup | None) -> TargetGroup | None:
    return st.selectbox(
        _("Group"),
        list(TargetGroup),
        list(TargetGroup).index(start) if start else None,
        group_word,
        placeholder=_("Choose"),
        help=_("The group this person belongs to on the first day. It decides what counts for a contract."),
    )


def pick_known(actor: Actor, *, offer_new: bool = True) -> FoundCandidate | None:
    """Ask for a candidate by number, or one of those registered lately; offers to register a new one."""
    typed = st.text_input(
        _("Number of the candidate"), live=True, type="search", placeholder=_("for example K-2041")
    )
    try:
        refuse_bsn("candidate_id", typed)
    except Invalid as fault:
        show_fault(fault)
        return None
    with reading(actor) as work:
        found = {one.id: one for one in find_candidates(work, typed, CHOICES)}
    if not found:
        _say_unknown(actor, offer_new)
        return None
    chosen = st.pills(
        _("Candidate") if typed else _("Registered lately"),
        list(found),
        format_func=lambda one: _candidate_words(found[one]),
        default=next(iter(found)) if typed and len(found) == 1 else None,
        key=f"candidate_{typed}",
    )
    return found.get(chosen or 0)


def _say_unknown(actor: Actor, offer_new: bool) -> None:
    if not offer_new or not actor.may(Permission.CANDIDATE_EDIT):
        st.caption(_("No candidate has this number. Check it, or ask an adviser to register the candidate."))
        return
    st.caption(
        _("No candidate has this number. Check it, or register the candidate along with the placement.")
    )
    st.button(_("Register a new candidate"), icon=":material/person_add:", on_click=_start_new)


def _start_new() -> None:
    st.session_state[_KIND] = NEW


def _candidate_words(candidate: FoundCandidate) -> str:
    words = [candidate.reference, group_word(candidate.group)]
    if candidate.available_hours is not None:
        words.append(_("{hours} hours", hours=number(candidate.available_hours)))
    return " · ".join(words)


def _profile() -> dict[str, Any]:
    st.caption(_("The candidate gets a number. Never write a name, address or citizen service number here."))
    profile = st.text_area(_("What they can and want"), max_chars=400, height=90)
    hours = st.text_input(_("Hours a week that they look for"), max_chars=8, placeholder=_("optional"))
    return {"profile": profile, "available_hours": hours}


def _job(actor: Actor, employer_id: int, start: str) -> tuple[OpenJob | None, dict[str, Any]]:
    st.header(_("Job"), anchor=False)
    with reading(actor) as work:
        jobs = {job.package_id: job for job in open_jobs(work, employer_id)}
    package_id = _package(jobs) if jobs else None
    if package_id is not None:
        return jobs[package_id], {"package_id": package_id, "job_title": jobs[package_id].name}
    title = st.text_input(_("Job"), start, max_chars=120, placeholder=_("for example kitchen assistant"))
    return None, {"package_id": None, "job_title": title}


def _package(jobs: Mapping[int, OpenJob]) -> int | None:
    asked = st.query_params.get("package", "")
    start = int(asked) if asked.isdigit() and int(asked) in jobs else None
    return st.pills(
        _("Carved job that this fills (none: another job)"),
        list(jobs),
        default=start or (next(iter(jobs)) if len(jobs) == 1 else None),
        format_func=lambda one: (
            f"{jobs[one].name} · {_('{hours} hours a week', hours=number(jobs[one].hours))}"
        ),
    )


def _terms(job: OpenJob | None) -> dict[str, Any]:
    first, last = st.columns(2)
    form, hours = st.columns(2)
    started_on: date = ask_day(_("First day"), clock.today(), place=first)
    return {
        "started_on": started_on,
        "planned_end_on": ask_day(_("Planned last day"), None, place=last),
        "contract_form": form.selectbox(_("Contract form"), list(ContractForm), 0, form_word),
        "hours": hours.text_input(
            _("Hours a week"),
            typed_number(job.hours) if job else "24",
            max_chars=8,
            # Another job is another field, which begins with the hours of that job.
            key=f"booking_hours_{job.package_id if job else NOBODY}",
        ),
    }
