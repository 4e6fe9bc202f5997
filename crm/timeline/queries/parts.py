"""Everything that the timeline can tell."""

from __future__ import annotations

from crm.timeline.queries.parts_proposals import PROPOSALS
from crm.timeline.queries.parts_relation import RELATION
from crm.timeline.queries.parts_sroi import SROI
from crm.timeline.queries.parts_work import WORK

PARTS = (*RELATION, *WORK, *PROPOSALS, *SROI)
