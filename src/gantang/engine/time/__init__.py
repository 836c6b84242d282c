"""Working time: calendars, spans, deadlines that explain themselves."""

from gantang.engine.time.calendar import Calendar, CalendarError, Day, DayKind
from gantang.engine.time.deadline import Deadline, deadline
from gantang.engine.time.explain import Explanation, Told
from gantang.engine.time.legs import Side
from gantang.engine.time.pauses import Extended, Paused
from gantang.engine.time.span import Span, SpanError, Unit, mended

__all__ = [
    "Calendar",
    "CalendarError",
    "Day",
    "DayKind",
    "Deadline",
    "Explanation",
    "Extended",
    "Paused",
    "Side",
    "Span",
    "SpanError",
    "Told",
    "Unit",
    "deadline",
    "mended",
]
