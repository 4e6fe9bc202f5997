"""What making two employers one would do, in words."""

from __future__ import annotations

import streamlit as st

from crm.core.i18n import N_
from crm.employers.merging import Consequences
from crm.ui.words import _, n_, plain

KINDS = {
    "contact_moments": N_("Contact moments"),
    "contact_persons": N_("Contact persons"),
    "follow_ups": N_("Follow-ups"),
    "establishments": N_("Establishments"),
    "account_team": N_("Account team"),
    "memberships": N_("Membership"),
    "ties": N_("Ties"),
    "placements": N_("Placements"),
    "contracts": N_("Contracts"),
    "efforts": N_("Efforts"),
    "carving_cases": N_("Opportunities"),
    "user_employers": N_("Portal users"),
}


def show(found: Consequences, kept: str, gone: str) -> None:
    """Say what moves, what goes because both have it, and who gets to see more."""
    st.subheader(_("What happens"), anchor=False)
    st.markdown(
        _("Everything of {gone} goes to {kept}; {gone} itself goes.", gone=plain(gone), kept=plain(kept))
    )
    counted = [f"{_(KINDS[name])}: {count}" for name, count in found.moves.items() if name in KINDS]
    rest = sum(count for name, count in found.moves.items() if name not in KINDS)
    if rest:
        counted.append(n_("{count} other record", "{count} other records", rest))
    st.markdown("\n".join(f"- {line}" for line in counted) or _("There is nothing to move."))
    if both := sum(found.removed.values()):
        st.caption(
            n_(
                "{count} record is with both and stays once.",
                "{count} records are with both and stay once.",
                both,
            )
        )
    _show_portal(found, kept, gone)
    st.caption(_("Final statements and letters keep the name and the facts they were made with."))


def _show_portal(found: Consequences, kept: str, gone: str) -> None:
    """Say who loses access to a portal, and who gets to see more in one."""
    if found.ended:
        st.warning(
            n_(
                "{count} person loses the portal of {gone}. The SROI officer can give it back at {kept}.",
                "{count} people lose the portal of {gone}. The SROI officer can give it back at {kept}.",
                found.ended,
                gone=plain(gone),
                kept=plain(kept),
            )
        )
    if found.withdrawn:
        st.warning(
            n_(
                "{count} invitation into the portal of {gone} is withdrawn.",
                "{count} invitations into the portal of {gone} are withdrawn.",
                found.withdrawn,
                gone=plain(gone),
            )
        )
    if found.watching and found.moves.get("contracts"):
        told = _(
            "Who has the portal of {kept} does not see the contracts of {gone} by this. "
            "An SROI officer who sees them can show them, person by person.",
            gone=plain(gone),
            kept=plain(kept),
        )
        st.info(told)
