"""An employer in the business network: who can introduce us, its membership, its ties and a picture."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from crm.core.access import Actor, Permission
from crm.core.work import reading
from crm.employers.queries import EmployerView
from crm.network import actions, queries
from crm.network.charts import picture, picture_chart
from crm.network.graph import Link
from crm.network.paths import Introduction
from crm.network.queries import MembershipView, Neighbourhood, TieRow
from crm.ui import membership_form, shell, tie_form
from crm.ui.dialogs import dialog_button
from crm.ui.forms import attempt, flash
from crm.ui.network import motive_word, tie_words, way_in_sentence
from crm.ui.words import _, day, n_, plain


def show(actor: Actor, employer: EmployerView) -> None:
    """Show the network of one employer."""
    with reading(actor) as work:
        around, ways, names = queries.surroundings(work, employer.id)
        membership = queries.membership_of(work, employer.id)
        ties = queries.ties_of_employer(work, employer.id)
    if actor.may(Permission.VISIT_VIEW):
        _show_ways(actor, ways, names)
    _show_membership(actor, employer, membership, around.brought_in())
    _show_ties(actor, employer, ties, _to_parties(around))
    if len(around.names) > 1:
        _show_picture(employer, around)


def _to_parties(around: Neighbourhood) -> list[tuple[Link, str]]:
    """Return the ties with parties that are no employers; those are always told from the party."""
    mine = (link for link in around.links if link.to_id == around.target_id and link.from_id < 0)
    return [(link, around.names[link.from_id]) for link in mine]


def _show_ways(actor: Actor, ways: list[Introduction], names: Mapping[int, str]) -> None:
    st.subheader(_("Who can introduce me?"), anchor=False)
    if not ways:
        st.info(_("We know no way in yet. Add a tie with an employer that we do know."))
    for way in ways:
        st.markdown("- " + way_in_sentence(way, names, actor.user_id))


def _show_membership(
    actor: Actor,
    employer: EmployerView,
    membership: MembershipView | None,
    brought: list[str],
) -> None:
    st.subheader(_("Membership"), anchor=False)
    st.markdown(_membership_words(membership))
    if brought:
        names = ", ".join(map(plain, brought))
        st.markdown(
            n_(
                "Brought {count} employer: {names}.",
                "Brought {count} employers: {names}.",
                len(brought),
                names=names,
            )
        )
    if actor.may(Permission.NETWORK_EDIT) and employer.ceased_on is None:
        membership_form.show_buttons(actor, employer.id, employer.region_id, membership)


def _membership_words(membership: MembershipView | None) -> str:
    if membership is None:
        return _("Not a member of the network.")
    if membership.left_on is not None:
        return _("Was a member until {day}.", day=day(membership.left_on))
    words = _(
        "Member since {day}: {motive}.", day=day(membership.joined_on), motive=motive_word(membership.motive)
    )
    through = membership.introducing_employer or membership.introducing_user
    return words + (" " + _("Brought by {name}.", name=plain(through)) if through else "")


def _show_ties(
    actor: Actor, employer: EmployerView, ties: list[TieRow], parties: list[tuple[Link, str]]
) -> None:
    st.subheader(_("Ties"), anchor=False)
    may_change = actor.may(Permission.NETWORK_EDIT)
    if not ties and not parties:
        st.caption(_("No ties with other employers are known."))
    for tie in ties:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = tie_words(tie.kind, tie.forward, f"**{plain(tie.other)}**")
            note = f" · {plain(tie.note)}" if tie.note else ""
            st.markdown(f"{plain(employer.name)} {words}{note}", width="content")
            if st.button(_("Open"), key=f"open_tie_{tie.id}", type="tertiary"):
                shell.go("staff/employer.py", id=tie.other_id)
            if may_change:
                _remove_button(actor, tie)
    for link, name in parties:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = tie_words(link.kind, False, f"**{plain(name)}**")
            st.markdown(f"{plain(employer.name)} {words}", width="content")
            if st.button(_("Open"), key=f"open_party_{link.from_id}_{link.kind}", type="tertiary"):
                shell.go("staff/party.py", id=-link.from_id)
    if may_change:
        dialog_button(
            _("Add a tie"),
            _("New tie"),
            lambda: tie_form.show(actor, employer),
            "add_tie",
            icon=":material/add_link:",
        )


def _remove_button(actor: Actor, tie: TieRow) -> None:
    if not st.button(_("Remove"), key=f"remove_tie_{tie.id}", type="tertiary"):
        return
    removed = attempt(
        actor, actions.remove_tie, lambda: actions.RemoveTie(tie_id=tie.id, version=tie.version)
    )
    if removed is not None:
        flash(_("The tie was removed."))
        st.rerun()


def _show_picture(employer: EmployerView, around: Neighbourhood) -> None:
    st.subheader(_("In a picture"), anchor=False)
    shown = picture(around)
    st.vega_lite_chart(
        spec=picture_chart(shown, _ink()),
        alt=_("Employers around {name}; the table below says the same", name=employer.name),
    )
    if not shown.is_whole:
        st.caption(_("There are more than fit in the picture; the table has them all."))
    with st.expander(_("As a table")):
        st.table(_as_table(around), border="horizontal", hide_index=True, alt=_("Ties in words"))


def _ink() -> str:
    """Return the theme's colour for words, which a chart does not take over by itself."""
    return str(st.get_option(f"theme.{st.context.theme.type or 'light'}.textColor"))


def _as_table(around: Neighbourhood) -> pd.DataFrame:
    near = [link for link in around.links if min(around.rings[link.from_id], around.rings[link.to_id]) < 2]
    near.sort(key=lambda link: (min(around.rings[link.from_id], around.rings[link.to_id]), link.from_id))
    rows = [
        (plain(around.names[link.from_id]), tie_words(link.kind, True, plain(around.names[link.to_id])))
        for link in near
    ]
    return pd.DataFrame(rows, columns=[_("Employer"), _("Tie")])
