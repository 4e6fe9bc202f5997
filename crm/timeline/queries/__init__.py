"""Questions about the timeline of an employer, always for an actor."""

from crm.timeline.queries.around import Around, around
from crm.timeline.queries.reading import TimelineLine, TimelinePage, timeline_page, topics_for

__all__ = ["Around", "TimelineLine", "TimelinePage", "around", "timeline_page", "topics_for"]
