"""Questions about placements, always for an actor."""

from crm.placements.queries.listing import (
    MOST_COUNTED,
    PAGE_SIZE,
    PlacementFilter,
    PlacementOrder,
    PlacementRow,
    count_placements,
    hours_history,
    placement_ids,
    placement_row,
    placements,
    placements_of_employer,
    shows_reference,
)

__all__ = [
    "MOST_COUNTED",
    "PAGE_SIZE",
    "PlacementFilter",
    "PlacementOrder",
    "PlacementRow",
    "count_placements",
    "hours_history",
    "placement_ids",
    "placement_row",
    "placements",
    "placements_of_employer",
    "shows_reference",
]
