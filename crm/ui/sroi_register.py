"""The parts of the register screen: filters, totals, one row a contract, and adding one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.i18n import N_
from crm.core.work import reading
from crm.sroi import actions, queries
from crm.sroi.commands import RegisterContract
from crm.sroi.queries import PAGE_SIZE, ContractRow, Order, RegisterFilter, RegisterPage
from crm.sroi.rules import Status
from crm.sroi.states import ContractState
from crm.ui import contract_form, shell
from crm.ui.forms import attempt, flash
from crm.ui.lists import Columns, Orders, ask_text
from crm.ui.paging import Paging
from crm.ui.sroi import STATE, STATUS, Look, figures, look_of
from crm.ui.views import Fields
from crm.ui.walking import told
from crm.ui.words import _, day, n_, whole_euros

PAGES = Paging("register_page", PAGE_SIZE)
ORDERS = Orders(
    "contractvolgorde",
    {
        Order.NEED: N_("Most still needed"),
        Order.DAYS_LEFT: N_("Ends first"),
        Order.NEWEST: N_("Newest award"),
        Order.TITLE: N_("Title"),
    },
    PAGES,
)
COLUMNS = Columns(
    "contractkolommen",
    {
        "standing": N_("Standing"),
        "needed": N_("Still needed"),
        "employer": N_("Contractor"),
        "obligation": N_("Obligation"),
        "approved": N_("Approved"),
        "ends": N_("Ends"),
        "authority": N_("Authority"),
        "tags": N_("Tags"),
    },
    ("standing", "needed", "employer", "obligation", "approved", "ends", "authority"),
)
MINE = "mine"
LOOKS = (*STATUS.values(), STATE[ContractState.TO_CONFIRM], STATE[ContractState.WITHDRAWN])
# A grid draws no icons, so each has a sign that any font knows.
SIGNS = {
    ":material/check_circle:": "✓",
    ":material/warning:": "!",
    ":material/build_circle:": "↻",
    ":material/verified:": "✓✓",
    ":material/lock:": "■",
    ":material/pending:": "…",
    ":material/block:": "✕",
}


def fields(authorities: Mapping[int, str], tags: Sequence[str]) -> Fields:
    """Return the fields of the register, with what can be chosen in each."""
    return {
        "q": None,
        "contractstand": list(Status),
        "contractfase": list(ContractState),
        "opdrachtgever": authorities,
        "contractlabel": tags,
        "contractalleen": [MINE],
        ORDERS.key: list(ORDERS.words),
        COLUMNS.key: list(COLUMNS.words),
    }


def filters(actor: Actor, authorities: Mapping[int, str], tags: Sequence[str]) -> RegisterFilter:
    """Ask which contracts to show; what was searched stands in the address."""
    text = ask_text("q", _("Title, contractor or authority"), PAGES)
    standing = st.pills(
        _("Standing"),
        list(Status),
        format_func=lambda value: _(STATUS[value][0]),
        key="contractstand",
        bind="query-params",
        on_change=PAGES.restart,
    )
    with st.popover(_("More choices"), icon=":material/tune:", type="tertiary"):
        state, authority_id, order = _more_choices(authorities)
        tag = _ask_tag(tags)
        mine = actor.may(Permission.CONTRACT_EDIT) and _ask_mine()
    return RegisterFilter(
        text=text,
        authority_id=authority_id,
        state=state,
        standing=standing,
        order=order,
        officer_id=actor.user_id if mine else None,
        tag=tag or "",
    )


def _ask_tag(tags: Sequence[str]) -> str | None:
    return st.selectbox(
        _("Tag"),
        tags,
        None,
        key="contractlabel",
        placeholder=_("All tags"),
        bind="query-params",
        on_change=PAGES.restart,
    )


def _ask_mine() -> bool:
    only = st.pills(
        _("Only show"),
        [MINE],
        format_func=lambda _name: _("Mine"),
        selection_mode="multi",
        key="contractalleen",
        bind="query-params",
        on_change=PAGES.restart,
    )
    return bool(only)


def _more_choices(authorities: Mapping[int, str]) -> tuple[ContractState | None, int | None, Order]:
    state = st.selectbox(
        _("State"),
        list(ContractState),
        None,
        lambda value: _(STATE[value][0]),
        key="contractfase",
        placeholder=_("All"),
        bind="query-params",
        on_change=PAGES.restart,
    )
    authority_id = st.selectbox(
        _("Authority"),
        list(authorities),
        None,
        lambda value: authorities[value],
        key="opdrachtgever",
        placeholder=_("All"),
        bind="query-params",
        on_change=PAGES.restart,
    )
    order = ORDERS.ask()
    COLUMNS.ask()
    return state, authority_id, order


def show_totals(found: RegisterPage) -> None:
    """Show what all contracts of the selection add up to."""
    totals = found.totals
    figures(
        [
            (_("Imposed"), whole_euros(totals.imposed_cents)),
            (_("Approved"), whole_euros(totals.approved_cents)),
            (_("Under review"), whole_euros(totals.submitted_cents)),
            (_("Still needed"), whole_euros(totals.needed_cents)),
        ]
    )


def show_rows(
    found: RegisterPage, asked: RegisterFilter, tags: Mapping[int, Sequence[str]], *, may_add: bool
) -> None:
    """Show the contracts of one page; choosing one opens it."""
    if not found.rows:
        _say_empty(asked, may_add=may_add)
        return
    st.caption(n_("{count} contract", "{count} contracts", found.found) + " · " + _("Choose one to open it."))
    chosen = st.dataframe(
        pd.DataFrame([_cells(row, tags.get(row.id, ())) for row in found.rows]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        key="contracts",
        alt=_("Contracts with their standing and amounts"),
        column_config={
            _("Contract"): st.column_config.TextColumn(width=190),
            **{
                name: st.column_config.TextColumn(alignment="right")
                for name in (_("Obligation"), _("Approved"), _("Still needed"))
            },
            _("Standing"): st.column_config.MultiselectColumn(
                options=[_shown(look) for look in LOOKS], color=[look[2] for look in LOOKS]
            ),
        },
    )
    if cells := chosen.selection.cells:
        shell.go("staff/contract.py", id=found.rows[cells[0][0]].id, **told(asked))
    PAGES.show(found.found)


def add_contract(actor: Actor) -> None:
    """Ask for the terms of a new contract and put it in the register."""
    shell.heading(_("Add a contract"), _("You confirm the obligation on the next screen."))
    with reading(actor) as work:
        authorities = queries.own_authorities(work)
        rulesets = queries.ruleset_names(work)
    filled = contract_form.new_contract(actor, authorities, rulesets)
    if filled is None:
        return
    made = attempt(
        actor, actions.register_contract, lambda: RegisterContract(**filled()), contract_form.LABELS
    )
    if made is not None:
        flash(_("The contract is in the register. Confirm its obligation."))
        shell.go("staff/contract.py", id=made)


def _cells(row: ContractRow, tags: Sequence[str]) -> dict[str, object]:
    cells: dict[str, object] = {
        "standing": [_shown(look_of(row))],
        "needed": whole_euros(row.needed_cents),
        "employer": row.employer,
        "obligation": whole_euros(row.obligation_cents),
        "approved": whole_euros(row.approved_cents),
        "ends": day(row.end_on),
        "authority": row.authority,
        "tags": ", ".join(tags),
    }
    chosen = COLUMNS.shown()
    return {
        _("Contract"): row.title,
        **{_(COLUMNS.words[name]): cell for name, cell in cells.items() if name in chosen},
    }


def _shown(look: Look) -> str:
    return f"{SIGNS[look[1]]} {_(look[0])}"


def _say_empty(asked: RegisterFilter, *, may_add: bool) -> None:
    if asked != RegisterFilter(order=asked.order):
        st.info(_("No contract fits these choices. Search for something else, or choose fewer."))
    elif may_add:
        st.info(_("There are no contracts yet. Add one, or read in the awards of your authorities."))
    else:
        st.info(_("There are no contracts yet. An SROI officer puts them in the register."))
