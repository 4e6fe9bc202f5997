"""Words of the business network: motives, ties from both sides, and who can introduce us."""

from __future__ import annotations

from collections.abc import Mapping

from crm.core.i18n import N_
from crm.network.graph import Step
from crm.network.paths import Introduction
from crm.network.rules import Motive, PartyKind, PartyTieKind, TieKind
from crm.network.settings import Kind
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
PARTY_KINDS = {
    PartyKind.NEIGHBOURHOOD: N_("neighbourhood organisation"),
    PartyKind.CONNECTOR: N_("connector"),
    PartyKind.SCHOOL: N_("school"),
    PartyKind.AGENCY: N_("agency"),
}
PARTY_TIES = {
    PartyTieKind.WORKS_TOGETHER: N_("works together with …"),
    PartyTieKind.BELONGS_TO: N_("belongs to …"),
    PartyTieKind.SENDS_CANDIDATES: N_("sends candidates to …"),
    PartyTieKind.KNOWS: N_("knows …"),
    PartyTieKind.POINTED_TO: N_("pointed us to …"),
}
_FORWARD: Mapping[Kind, str] = {
    TieKind.SUPPLIER: N_("supplies {name}"),
    TieKind.SUBCONTRACTOR: N_("is a subcontractor of {name}"),
    TieKind.SAME_CONCERN: N_("belongs to the same group as {name}"),
    TieKind.REFERRAL: N_("pointed us to {name}"),
    TieKind.NEIGHBOUR: N_("is a neighbour of {name}"),
    TieKind.BRANCH_ASSOCIATION: N_("is in the same trade association as {name}"),
    TieKind.PERSON_MOVED: N_("knows somebody who moved to {name}"),
    None: N_("brought {name} into the network"),
    PartyTieKind.WORKS_TOGETHER: N_("works together with {name}"),
    PartyTieKind.BELONGS_TO: N_("belongs to {name}"),
    PartyTieKind.SENDS_CANDIDATES: N_("sends candidates to {name}"),
    PartyTieKind.KNOWS: N_("knows {name}"),
    PartyTieKind.POINTED_TO: N_("pointed us to {name}"),
}
_BACKWARD: Mapping[Kind, str] = {
    **_FORWARD,
    TieKind.SUPPLIER: N_("buys from {name}"),
    TieKind.SUBCONTRACTOR: N_("gives work to subcontractor {name}"),
    TieKind.REFERRAL: N_("came to us through {name}"),
    TieKind.PERSON_MOVED: N_("has somebody who came from {name}"),
    None: N_("came into the network through {name}"),
    PartyTieKind.BELONGS_TO: N_("has {name} among its people"),
    PartyTieKind.SENDS_CANDIDATES: N_("gets candidates from {name}"),
    PartyTieKind.POINTED_TO: N_("came to us through {name}"),
}


def motive_word(motive: Motive) -> str:
    """Return why an employer joined, in a few words."""
    return _(MOTIVES[motive])


def tie_kind_word(kind: TieKind) -> str:
    """Return a tie as a choice, told from the first employer: `supplies …`."""
    return _(KINDS[kind])


def party_kind_word(kind: PartyKind) -> str:
    """Return what a party is, in a word or two."""
    return _(PARTY_KINDS[kind])


def party_tie_word(kind: PartyTieKind) -> str:
    """Return a party's tie as a choice, told from the party: `works together with …`."""
    return _(PARTY_TIES[kind])


def tie_words(kind: Kind, forward: bool, name: str) -> str:
    """Return a tie as the end of a sentence: `supplies Van Dam Logistiek`."""
    return _((_FORWARD if forward else _BACKWARD)[kind], name=name)


def way_in_sentence(way: Introduction, names: Mapping[int, str], me: int | None) -> str:
    """Return a way in as one sentence of Markdown: who knows whom, and how that leads to the employer."""
    known = way.acquaintance
    if not known.person or known.person == names[known.employer_id]:
        return _through_party(way, names, me)
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
    employer, chain = plain(names[known.employer_id]), _chain(way, names)
    if known.user_id == me:
        return _("You know **{person}** ({employer}){chain}.", person=person, employer=employer, chain=chain)
    return _(
        "**{user}** knows **{person}** ({employer}){chain}.",
        user=plain(known.user),
        person=person,
        employer=employer,
        chain=chain,
    )


def _through_party(way: Introduction, names: Mapping[int, str], me: int | None) -> str:
    """Return a way in through a party of which we know no person by name, or that is a person itself."""
    known = way.acquaintance
    party, chain = plain(names[known.employer_id]), _chain(way, names)
    if known.user_id == me:
        return _("You know **{party}**{chain}.", party=party, chain=chain)
    return _("**{user}** knows **{party}**{chain}.", user=plain(known.user), party=party, chain=chain)


def _chain(way: Introduction, names: Mapping[int, str]) -> str:
    return "".join(_(", which {words}", words=_step_words(step, names)) for step in way.steps)


def _step_words(step: Step, names: Mapping[int, str]) -> str:
    return tie_words(step.link.kind, step.forward, plain(names[step.to_id]))
