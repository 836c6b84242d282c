"""A pack's stories, played: each that goes another way than it says is a finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gantang.engine.model import Finding, Pack, Words
from gantang.engine.scenario import StoryError, tell
from gantang.engine.time import Calendar, Day, DayKind

#: Years that stories may be told in.
YEARS = range(2020, 2041)


def plain_calendar() -> Calendar:
    """The calendar of stories: weekends and New Year's Day are free, no notice of any year changes them."""
    free = {date(year, 1, 1): Day(DayKind.REST, "元旦", "New Year's Day") for year in YEARS}
    return Calendar("plain", free, published=YEARS)


def played(pack: Pack) -> Iterator[Finding]:
    """What did not come true, one finding a story; a pack with findings of its own is not played."""
    calendar = plain_calendar()
    for path in pack.scenarios if not pack.findings else ():
        try:
            tell(path, pack.procedures, calendar)
        except StoryError as wrong:
            yield Finding(
                "story",
                wrong.place.file,
                wrong.place.line,
                Words(f"故事不是这样走的：{wrong.what.zh}", f"The story goes another way: {wrong.what.en}"),
                Words("改正故事，或改正流程。", "Correct the story, or the procedure."),
                f"{pack.name}/scenarios/{path.stem}",
            )
