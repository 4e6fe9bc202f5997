"""Words of the business network: motives, ties from both sides, and who can introduce us."""

from __future__ import annotations

from collections.abc import Mapping

from crm.core.i18n import N_
from crm.network.paths import Introduction, Step
from crm.network.rules import Motive, TieKind
from crm.ui.words import _, day, plain

MOTIVES = {
    Motive.NEEDS_STAFF: N_("needs staff"),
    Motive.SOCIAL_PRACTICE: N_("wants to do good"),
    Motive.FORMER_PARTICIPANT: N_("knows the desk from before"),
}
KINDS = {
    TieKind.SUPPLIER: N_("supplies …"),
    TieKind.SUBCONTRACTOR: N_("is a subcontractor of …"),
    TieKind.SAME_CONCERN: N_("belongs to the same group as …"),
    TieKind.REFERRAL: N_("pointed us to …"),
    TieKind.NEIGHBOUR: N_("is a neighbour of …"),
    TieKind.BRANCH_ASSOCIATION: N_("is in the same trade association as …"),
    TieKind.PERSON_MOVED: N_("knows somebody who moved to …"),
}
_FORWARD: Mapping[TieKind | None, str] = {
    TieKind.SUPPLIER: N_("supplies {name}"),
    TieKind.SUBCONTRACTOR: N_("is a subcontractor of {name}"),
    TieKind.SAME_CONCERN: N_("belongs to the same group as {name}"),
    TieKind.REFERRAL: N_("pointed us to {name}"),
    TieKind.NEIGHBOUR: N_("is a neighbour of {name}"),
    TieKind.BRANCH_ASSOCIATION: N_("is in the same trade association as {name}"),
    TieKind.PERSON_MOVED: N_("knows somebody who moved to {name}"),
    None: N_("brought {name} into the network"),
}
_BACKWARD: Mapping[TieKind | None, str] = {
    **_FORWARD,
    TieKind.SUPPLIER: N_("buys from {name}"),
    TieKind.SUBCONTRACTOR: N_("gives work to subcontractor {name}"),
    TieKind.REFERRAL: N_("came to us through {name}"),
    TieKind.PERSON_MOVED: N_("has somebody who came from {name}"),
    None: N_("came into the network through {name}"),
}


def motive_word(motive: Motive) -> str:
    """Return why an employer joined, in a few words."""
    return _(MOTIVES[motive])


def tie_kind_word(kind: TieKind) -> str:
    """Return a tie as a choice, told from the first employer: `supplies …`."""
    return _(KINDS[kind])


def tie_words(kind: TieKind | None, forward: bool, name: str) -> str:
    """Return a tie as the end of a sentence: `supplies Van Dam Logistiek`."""
    return _((_FORWARD if forward else _BACKWARD)[kind], name=name)


def way_in_sentence(way: Introduction, names: Mapping[int, str], me: int | None) -> str:
    """Return a way in as one sentence of Markdown: who knows whom, and how that leads to the employer."""
    known = way.acquaintance
    person = plain(known.person)
    if way.is_direct:
        if known.user_id == me:
            return _(
                "You know **{person}** yourself; you last spoke on {day}.",
                person=person,
                day=day(known.last_spoken_on),
            )
        return _(
            "**{user}** knows **{person}**; they last spoke on {day}.",
            user=plain(known.user),
            person=person,
            day=day(known.last_spoken_on),
        )
    employer = plain(names[known.employer_id])
    chain = "".join(_(", which {words}", words=_step_words(step, names)) for step in way.steps)
    if known.user_id == me:
        return _("You know **{person}** ({employer}){chain}.", person=person, employer=employer, chain=chain)
    return _(
        "**{user}** knows **{person}** ({employer}){chain}.",
        user=plain(known.user),
        person=person,
        employer=employer,
        chain=chain,
    )


def _step_words(step: Step, names: Mapping[int, str]) -> str:
    return tie_words(step.link.kind, step.forward, plain(names[step.to_id]))
