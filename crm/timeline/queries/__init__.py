"""Questions about the timeline of an employer, always for an actor."""

from crm.timeline.queries.reading import TimelineLine, TimelinePage, timeline_page, topics_for

__all__ = ["TimelineLine", "TimelinePage", "timeline_page", "topics_for"]
