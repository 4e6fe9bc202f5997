"""Rows of the audit log: who wrote down each contact moment."""

from __future__ import annotations

from collections.abc import Iterator

from crm.bench.ground import Ground, Row, noon
from crm.core.audit import content_hash, plain_json


def entries(ground: Ground) -> Iterator[Row]:
    """Return an entry for each contact moment, on the day that it was held."""
    for number in range(1, ground.size.moments + 1):
        employer_id = ground.employer_of_moment(number)
        holder, held_on = ground.holder_of(employer_id), ground.day(number)
        values = {
            "at": noon(held_on),
            "actor_id": holder,
            "actor_name": f"Gebruiker {holder}",
            "action": "insert",
            "intention": "visits.log_visit",
            "object_type": "contact_moments",
            "object_id": str(number),
            "origin": "web",
            "before": plain_json({}),
            "after": plain_json({"employer_id": employer_id, "held_on": held_on, "kind": "visit"}),
        }
        yield {**values, "content_hash": content_hash(values)}
