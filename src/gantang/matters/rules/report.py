"""What is wrong with a report, field by field; nothing is taken in before all of it is right."""

from collections.abc import Collection, Iterator
from datetime import datetime

from gantang.matters.types import Contact, Incoming, Report

MOST_WORDS = 4000
#: What comes from elsewhere was written without our limit.
MOST_IMPORTED_WORDS = 20_000
MOST_FILES = 9
MOST_PARTIES = 20
LONGEST = {"name": 60, "phone": 20, "email": 200, "address": 200, "id_number": 20}
Fault = tuple[str, str]  # field, code of what is wrong with it (``errors.FAULTS`` has the words)


def faults(report: Report, *, channels: Collection[str], now: datetime) -> Iterator[Fault]:
    """Every fault that shows without looking anything up but the channels."""
    yield from _words(report.words, MOST_WORDS, "too_long")
    yield from _beside_words(report, channels, now)


def arrived(
    row: Incoming, *, channels: Collection[str], classes: Collection[str], now: datetime
) -> Iterator[Fault]:
    """Every fault of a row from elsewhere that shows without looking up its ground."""
    report, opened, ended = row.report, row.opened_at, row.ended_at
    yield from _words(report.words, MOST_IMPORTED_WORDS, "too_long_row")
    yield from _beside_words(report, channels, now)
    if report.files:
        yield "files", "no_files"
    if report.class_code and report.class_code not in classes:
        yield "class_code", "unknown_class"
    for field, moment in (("opened_at", opened), ("ended_at", ended)):
        if moment is not None and moment > now:
            yield field, "in_the_future"
    if ended is not None and ended < (opened or ended):
        yield "ended_at", "ends_before_it_begins"


def _beside_words(report: Report, channels: Collection[str], now: datetime) -> Iterator[Fault]:
    if report.channel not in channels:
        yield "channel", "unknown_channel"
    if report.happened_at is not None and report.happened_at > now:
        yield "happened_at", "in_the_future"
    if len(report.files) > MOST_FILES:
        yield "files", "too_many_files"
    if len(report.parties) > MOST_PARTIES:
        yield "parties", "too_many_parties"
    if report.facility is not None and not report.on_behalf:
        yield "facility", "staff_only"
    if report.anonymous and report.reporter is not None and report.reporter.known():
        yield "anonymous", "anonymous_with_contact"
    yield from _people(report)


def _words(words: str, most: int, too_long: str) -> Iterator[Fault]:
    if not words.strip():
        yield "words", "no_words"
    elif len(words) > most:
        yield "words", too_long
    if not storable(words):
        yield "words", "unfit_characters"


def _people(report: Report) -> Iterator[Fault]:
    people: list[tuple[str, Contact | None]] = [("reporter", report.reporter)]
    people += [(f"parties.{n}", one) for n, one in enumerate(report.parties)]
    for where, person in people:
        yield from contact_faults(where, person)


def contact_faults(where: str, person: Contact | None) -> Iterator[Fault]:
    """What of a person cannot be kept."""
    for field, text in (person.known() if person else {}).items():
        if len(text) > LONGEST[field] or not text.isprintable():
            yield f"{where}.{field}", "unfit_contact"


def storable(text: str) -> bool:
    """Whether a text can be kept at all: no NUL, no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
