"""Words of placements, and the list with its filters."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from crm.candidates.rules import TargetGroup
from crm.core import clock
from crm.core.i18n import N_
from crm.placements.queries import MOST_COUNTED, PAGE_SIZE, PlacementFilter, PlacementOrder, PlacementRow
from crm.placements.rules import ContractForm, EndReason, PlacementState, is_overdue
from crm.ui import shell
from crm.ui.lists import Columns, Orders, ask_text
from crm.ui.paging import Paging
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _, day, n_, number, plain

PAGES = Paging("pagina", PAGE_SIZE, MOST_COUNTED)
ORDERS = Orders(
    "plaatsingvolgorde",
    {
        PlacementOrder.LAST_STARTED: N_("Last started first"),
        PlacementOrder.ENDS_FIRST: N_("Ends first"),
        PlacementOrder.EMPLOYER: N_("By employer"),
    },
    PAGES,
)
COLUMNS = Columns(
    "plaatsingkolommen",
    {
        "employer": N_("Employer"),
        "group": N_("Target group"),
        "period": N_("Period"),
        "form": N_("Form of contract"),
    },
    ("employer", "group", "period"),
)
GROUPS = {
    TargetGroup.PARTICIPATION_ACT: N_("Participation Act"),
    TargetGroup.JOBS_AGREEMENT: N_("Jobs agreement"),
    TargetGroup.SHELTERED: N_("Sheltered work"),
    TargetGroup.DISABILITY_BENEFIT: N_("Disability benefit"),
    TargetGroup.UNEMPLOYMENT_BENEFIT: N_("Unemployment benefit"),
    TargetGroup.NO_BENEFIT: N_("Job seeker without benefit"),
    TargetGroup.WORK_BASED_PUPIL: N_("Pupil who works and learns (BBL)"),
    TargetGroup.SCHOOL_BASED_PUPIL: N_("Pupil on a placement (BOL)"),
    TargetGroup.SPECIAL_SCHOOL_PUPIL: N_("Pupil of a special or practical school"),
}
FORMS = {
    ContractForm.TEMPORARY: N_("Temporary contract"),
    ContractForm.PERMANENT: N_("Permanent contract"),
    ContractForm.TRIAL: N_("Trial placement"),
    ContractForm.SECONDMENT: N_("Secondment"),
    ContractForm.WORK_EXPERIENCE: N_("Work experience place"),
    ContractForm.TRAINEE: N_("Traineeship"),
}
REASONS = {
    EndReason.TERM_ENDED: N_("The contract ran out"),
    EndReason.OTHER_JOB: N_("Found other work"),
    EndReason.EDUCATION: N_("Went to school or training"),
    EndReason.OWN_CHOICE: N_("Stopped by own choice"),
    EndReason.EMPLOYER_CHOICE: N_("The employer stopped it"),
    EndReason.NO_WORK_LEFT: N_("No work left"),
    EndReason.NEVER_STARTED: N_("Never started"),
    EndReason.OTHER: N_("Other"),
}
STATES = {
    PlacementState.RUNNING: N_("at work"),
    PlacementState.PLANNED: N_("still to start"),
    PlacementState.ENDED: N_("ended"),
}
BADGES = {
    PlacementState.RUNNING: ":green-badge[:material/work: {words}]",
    PlacementState.PLANNED: ":blue-badge[:material/event: {words}]",
    PlacementState.ENDED: ":gray-badge[:material/flag: {words}]",
}


def group_word(group: TargetGroup) -> str:
    """Return a target group in words."""
    return _(GROUPS[group])


def form_word(form: ContractForm) -> str:
    """Return a contract form in words."""
    return _(FORMS[form])


def reason_word(reason: EndReason) -> str:
    """Return in words why a placement ended."""
    return _(REASONS[reason])


def state_word(state: PlacementState) -> str:
    """Return in words how a placement stands."""
    return _(STATES[state])


def badge(row: PlacementRow) -> str:
    """Return how a placement stands as Markdown; a planned end that has passed asks for attention."""
    if is_overdue(row.planned_end_on, row.ended_on, clock.today()):
        return f":orange-badge[:material/event_busy: {_('planned end has passed')}]"
    return BADGES[row.state].format(words=state_word(row.state))


def page_of(row: PlacementRow) -> str:
    """Return the name under which the forms on the page of a placement belong together."""
    return f"placement_{row.id}"


def who(row: PlacementRow) -> str:
    """Return who a placement is of, as far as the actor may know: a reference, or else the group."""
    return row.reference or group_word(row.group)


def period(row: PlacementRow) -> str:
    """Return from when until when: `1 sep 2026 – 31 aug 2027`, or from when if no end is known."""
    until = row.ended_on or row.planned_end_on
    if until is None:
        return _("from {day}", day=day(row.started_on))
    return f"{day(row.started_on)} – {day(until)}"


def fields() -> Fields:
    """Return the fields of the list, with what can be chosen in each."""
    return {
        "werkgever": None,
        "doelgroep": list(TargetGroup),
        "stand": list(STATES),
        ORDERS.key: list(ORDERS.words),
        COLUMNS.key: list(COLUMNS.words),
    }


def filters() -> PlacementFilter:
    """Ask which placements to show; the answers stand in the address."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        text = ask_text("werkgever", _("Name, place or KvK number"), PAGES)
    chosen = line.selectbox(
        _("Group"),
        list(TargetGroup),
        None,
        group_word,
        key="doelgroep",
        placeholder=_("All groups"),
        bind="query-params",
        width=260,
        on_change=PAGES.restart,
    )
    with line.popover(_("More choices"), icon=":material/tune:", width="content"):
        order = ORDERS.ask()
        COLUMNS.ask()
    state = st.pills(
        _("Only show"),
        list(STATES),
        format_func=state_word,
        key="stand",
        bind="query-params",
        on_change=PAGES.restart,
    )
    return PlacementFilter(state, text, chosen, order)


def show_rows(rows: Sequence[PlacementRow], wanted: PlacementFilter) -> None:
    """Show one page of the list; the first words lead to the placement."""
    walked = told(wanted)
    with st.container(border=True, gap="xsmall"):
        for row in rows:
            name, about, now = st.columns([3, 6, 4], vertical_alignment="center", gap="xxsmall")
            with name:
                known = " · ".join(plain(part) for part in (row.reference, row.job_title) if part)
                shell.link("staff/placement.py", f"**{known}**", id=row.id, **walked)
            about.caption(_about(row))
            with now.container(horizontal=True, horizontal_alignment="distribute"):
                st.markdown(badge(row), width="content")
                st.markdown(_("{hours} hours", hours=number(row.hours)), width="content")


def _about(row: PlacementRow) -> str:
    return COLUMNS.line(
        {
            "employer": row.employer,
            "group": group_word(row.group),
            "period": period(row),
            "form": form_word(row.contract_form),
        }
    )


def count_words(found: int) -> str:
    """Return how many placements were found; past a thousand only that there are more."""
    if found > MOST_COUNTED:
        return _("more than {count} placements", count=MOST_COUNTED)
    return n_("{count} placement", "{count} placements", found)


def say_empty(wanted: PlacementFilter, may_book: bool) -> None:
    """Say what to do when there are no placements to show."""
    if wanted != PlacementFilter(order=wanted.order):
        st.info(_("No placement fits. Choose less, or search for a part of the employer's name."))
    elif may_book:
        st.info(_("There are no placements yet. Book one when somebody starts at an employer."))
    else:
        st.info(_("There are no placements here for you yet."))
