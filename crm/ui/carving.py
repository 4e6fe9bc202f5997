"""Words of job carving, and the board: cases by stage, as columns or as one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from crm.core import clock
from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.jobcarving.queries import PAGE_SIZE, BoardFilter, CasePage, CaseRow, StageSum
from crm.jobcarving.rules import FINISHED, ON_BOARD, Releasable, Stage, days_in_stage, package_hours
from crm.sroi.queries import ContractRow
from crm.ui import shell
from crm.ui.lists import Columns, ask_text
from crm.ui.paging import Paging
from crm.ui.sroi import inline_badge, look_of
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _, n_, number, plain

PAGES = Paging("pagina", PAGE_SIZE)
CARD_WIDTH = 205
COLUMNS = Columns(
    "kanskolommen",
    {
        "hours": N_("Hours a week"),
        "days": N_("Days in the stage"),
        "owner": N_("Owner"),
        "contract": N_("Contract it can serve"),
    },
)
STAGES = {
    Stage.SIGNAL: N_("Signal"),
    Stage.ORIENTATION: N_("Orientation"),
    Stage.COMMITMENT: N_("Commitment"),
    Stage.ANALYSIS: N_("Analysis"),
    Stage.PACKAGE: N_("Task package"),
    Stage.DECISION: N_("Employer's decision"),
    Stage.OPEN_JOB: N_("Open job"),
    Stage.FILLED: N_("Filled"),
    Stage.REVIEW: N_("Evaluation"),
    Stage.CONSOLIDATED: N_("Consolidated"),
    Stage.STOPPED: N_("Has stopped"),
}
RELEASABLE = {
    Releasable.YES: N_("can be released"),
    Releasable.WITH_CHANGE: N_("can be released with a change"),
    Releasable.NO: N_("stays where it is"),
}


def stage_word(stage: Stage) -> str:
    """Return a stage in a word or two."""
    return _(STAGES[stage])


def releasable_word(releasable: Releasable) -> str:
    """Return in words whether a task can be released."""
    return _(RELEASABLE[releasable])


def page_of(case: CasePage) -> str:
    """Return the name under which the forms on the page of a case belong together."""
    return f"case_{case.row.id}"


def days_words(case: CaseRow) -> str:
    """Return how long a case has been in its stage: `9 days in this stage`."""
    days = days_in_stage(case.stage_since, clock.today())
    if days == 0:
        return _("in this stage since today")
    return n_("{count} day in this stage", "{count} days in this stage", days)


def hours_words(case: CaseRow) -> str:
    """Return the hours found: `17,5 hours a week`, or that they are not known yet."""
    return (
        _("hours not known yet")
        if case.hours is None
        else _("{hours} hours a week", hours=number(case.hours))
    )


def fields(municipalities: Mapping[int, str]) -> Fields:
    """Return the fields of the board, with what can be chosen in each."""
    return {
        "kanswerkgever": None,
        "mijn": [True],
        "gemeente": municipalities,
        "fase": list(Stage),
        COLUMNS.key: list(COLUMNS.words),
    }


def filters(actor: Actor, municipalities: Mapping[int, str]) -> BoardFilter:
    """Ask whose cases to show and where; the answers stand in the address."""
    text = ask_text("kanswerkgever", _("Employer: name, place or KvK number"), PAGES)
    mine = actor.may(Permission.CARVING_EDIT) and st.toggle(
        _("Only mine"), key="mijn", bind="query-params", on_change=PAGES.restart
    )
    municipality = st.selectbox(
        _("Municipality"),
        list(municipalities),
        None,
        municipalities.__getitem__,
        key="gemeente",
        placeholder=_("All municipalities"),
        bind="query-params",
        width=240,
        on_change=PAGES.restart,
    )
    return BoardFilter(actor.user_id if mine else None, municipality, text)


def chosen_stage(sums: Mapping[Stage, StageSum]) -> Stage | None:
    """Ask for one stage as a list, or None for the board; a phone begins with the first that has cases."""
    first = next((stage for stage in ON_BOARD if stage in sums), None)
    return st.selectbox(
        _("Stage"),
        list(Stage),
        list(Stage).index(first) if first and _on_phone() else None,
        stage_word,
        key="fase",
        placeholder=_("All stages"),
        bind="query-params",
        width=240,
        on_change=PAGES.restart,
    )


def summary(sums: Mapping[Stage, StageSum]) -> str:
    """Return the unfinished cases in one line: `12 running opportunities · 146 hours a week to release`."""
    running = [found for stage, found in sums.items() if stage not in FINISHED]
    cases = n_(
        "{count} running opportunity", "{count} running opportunities", sum(found.cases for found in running)
    )
    hours = number(package_hours(found.hours for found in running))
    return f"{cases} · {_('{hours} hours a week to release', hours=hours)}"


def show_board(
    board: Mapping[Stage, Sequence[CaseRow]],
    sums: Mapping[Stage, StageSum],
    serves: Mapping[int, ContractRow],
    wanted: BoardFilter,
) -> None:
    """Show a column for each stage that has cases."""
    walked = told(wanted)
    grid = st.grid("auto", min_column_width=CARD_WIDTH)
    for stage in ON_BOARD:
        if cards := board.get(stage):
            with grid.cell():
                st.header(f"{stage_word(stage)} :gray-badge[{sums[stage].cases}]", anchor=False)
                for case in cards:
                    show_card(case, serves.get(case.employer_id), walked)
                if rest := sums[stage].cases - len(cards):
                    shell.link(
                        "staff/carving.py", n_("{count} more", "{count} more", rest), fase=stage_word(stage)
                    )


def show_list(
    cases: Sequence[CaseRow],
    total: int,
    serves: Mapping[int, ContractRow],
    wanted: BoardFilter,
    stage: Stage,
) -> None:
    """Show one page of the cases of a stage."""
    walked = told(wanted, stage=stage)
    with st.grid("auto", min_column_width=280):
        for case in cases:
            show_card(case, serves.get(case.employer_id), walked)
    PAGES.show(total)


def show_card(case: CaseRow, serves: ContractRow | None, walked: Mapping[str, str]) -> None:
    """Show a case: where, how many hours, how long, whose, and the contract it could serve."""
    with st.container(border=True, gap="xsmall"):
        shell.link("staff/case.py", f"**{plain(case.employer)}**", id=case.id, **walked)
        shown = COLUMNS.shown()
        hours = f"  \n{hours_words(case)}" if "hours" in shown else ""
        st.markdown(plain(case.department) + hours)
        facts = {"days": days_words(case), "owner": case.owner}
        if about := COLUMNS.line(facts):
            st.caption(about)
        if serves is not None and "contract" in shown:
            st.markdown(f"{inline_badge(look_of(serves))}  \n:small[{plain(serves.title)}]")


def say_empty(wanted: BoardFilter, may_add: bool) -> None:
    """Say what to do when there are no cases to show."""
    if wanted != BoardFilter():
        st.info(_("No opportunity fits. Choose all municipalities, or everybody's opportunities."))
    elif may_add:
        st.info(_("There are no opportunities yet. Log one when an employer has work that is left undone."))
    else:
        st.info(_("There are no opportunities here for you yet."))


def _on_phone() -> bool:
    return "Mobi" in (st.context.headers.get("User-Agent") or "")
