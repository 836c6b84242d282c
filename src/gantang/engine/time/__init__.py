"""Working time: calendars, spans, deadlines that explain themselves."""

from gantang.engine.time.account import Entry
from gantang.engine.time.calendar import Calendar, CalendarError, Day, DayKind
from gantang.engine.time.deadline import Deadline, deadline
from gantang.engine.time.explain import Explanation
from gantang.engine.time.legs import Side
from gantang.engine.time.pauses import Extended, Paused
from gantang.engine.time.span import Span, SpanError, Unit, mended
from gantang.engine.time.telling import Told

__all__ = [
    "Calendar",
    "CalendarError",
    "Day",
    "DayKind",
    "Deadline",
    "Entry",
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
