"""How the council figures are defined, in words that are stored with every published figure."""

from __future__ import annotations

from crm.core.i18n import N_
from crm.sroi.rules.figures import Basis

DEFINITION = "raadscijfers-3"
"""Changes with every change of what a figure means."""

BASES = {
    Basis.AWARDED: N_("Contracts awarded in the year"),
    Basis.ENDED: N_("Contracts that end in the year"),
}
MEANINGS = (
    N_("A contract counts once its obligation is confirmed; a contract that was withdrawn does not count."),
    N_("Imposed is the sum of the confirmed obligations. Realised is the sum of the approved efforts."),
    N_(
        "The purchasing volume is what the authority bought in the year. While it is not filled in for every "
        "authority in the figure, what was realised is laid beside the value of the contracts instead."
    ),
    N_(
        "People are those behind approved efforts, each counted once: by fingerprint, else by placement, "
        "else by the reference that the contractor gave."
    ),
    N_(
        "Own file is the share of the people whose placement was booked here with a candidate of the region; "
        "the others came in through the contractor."
    ),
    N_(
        "District is the share of the people at a contractor that has its seat in the chosen municipality. "
        "Of somebody with more efforts the first counts."
    ),
    N_("Existing staff are people who worked for the contractor already when the contract began."),
    N_(
        "A number of people under five is not shown, nor another from which it would follow, also for who "
        "knows the people of one authority or lays these figures beside what was published before."
    ),
)
