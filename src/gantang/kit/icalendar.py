"""Appointments and shifts as an iCalendar file (RFC 5545), to be put into any calendar. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_LONGEST = 75
#: How long ahead a calendar rings, the longest that is still to come.
_AHEAD = (("-P1D", timedelta(days=1)), ("-PT2H", timedelta(hours=2)))


@dataclass(frozen=True, slots=True)
class Event:
    """What a calendar is told: ``uid`` is the same for every version, ``sequence`` rises with each;
    ``made_at`` is when this file is made (3.8.7.2)."""

    uid: str
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str
    text: str
    cancelled: bool = False
    sequence: int = 0


def written(one: Event) -> bytes:
    """A file of one event: it is published, or taken back."""
    return _file([one], "CANCEL" if one.cancelled else "PUBLISH")


def book(events: Iterable[Event]) -> bytes:
    """A file of many events, as they stand now."""
    return _file(events, "PUBLISH")


def _file(events: Iterable[Event], method: str) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gantang//Calendar//ZH",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        *(line for one in events for line in _event(one)),
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines).encode()


def _event(one: Event) -> list[str]:
    """Moments in UTC, a reminder that is still to come."""
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"DTSTAMP:{_moment(one.made_at)}",
        f"DTSTART:{_moment(one.starts_at)}",
        f"DTEND:{_moment(one.ends_at)}",
        f"SEQUENCE:{one.sequence}",
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{_text(one.summary)}",
        f"LOCATION:{_text(one.place)}",
        f"DESCRIPTION:{_text(one.text)}",
        *(() if one.cancelled else _alarm(one)),
        "END:VEVENT",
    ]


def _alarm(one: Event) -> tuple[str, ...]:
    """A day ahead where more than a day is left, else two hours, else none: what is past never rings."""
    left = one.starts_at - one.made_at
    trigger = next((spelt for spelt, ahead in _AHEAD if left > ahead), "")
    said = f"DESCRIPTION:{_text(one.summary)}"
    return ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}", said, "END:VALARM") if trigger else ()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A value of type TEXT (3.3.11)."""
    for mark, spelt in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(mark, spelt)
    return "".join(one for one in text if one >= " ")


def _folded(line: str) -> str:
    """No line longer than 75 octets, never cut inside a character (3.1)."""
    pieces, held, size = [], "", 0
    for one in line:
        width = len(one.encode())
        if size + width > _LONGEST:
            pieces.append(held)
            held, size = "", 1  # the blank that a further line begins with
        held, size = held + one, size + width
    return "\r\n ".join([*pieces, held]) + "\r\n"
