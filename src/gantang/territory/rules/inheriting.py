"""Rules of its own that ground has (a calendar, an overlay of a procedure): which code's hold on what became
of it. Pure; the rooms that keep such rules ask here.

They follow a code that was split, merged, numbered anew or moved. A retired or redrawn code hands none on:
whoever takes its ground has rules already.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from gantang.territory.types import GroundChange, Settled, SuccessionView

CALENDAR, PROCEDURE = "calendar", "procedure"
KINDS = (CALENDAR, PROCEDURE)
_HANDED_ON = frozenset({"split", "merge", "recode", "move"})


def origins(change: GroundChange) -> dict[str, tuple[str, ...]]:
    """Each code that takes rules over, wider ones first, with the codes that it comes from: itself, where it
    was there before and goes on, then the others in order."""
    after = _after(change.successions)
    made = {code for code, _name in change.made}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for old in after.keys() - made:
        for new in _last(old, after):
            found[new].add(old)
    return {
        new: (*(() if new in made else (new,)), *sorted(found[new] - {new}))
        for new in sorted(found, key=lambda code: (len(code), code))
    }


def _after(lines: Iterable[SuccessionView]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in lines:
        if one.kind in _HANDED_ON and one.new and one.new != one.old:
            found[one.old].append(one.new)
    return dict(found)


def _last(code: str, after: Mapping[str, list[str]]) -> set[str]:
    """Where a code leads at the end of the same change."""
    seen, waiting, ends = {code}, list(after[code]), set()
    while waiting:
        one = waiting.pop()
        if one not in after:
            ends.add(one)
        elif one not in seen:
            seen.add(one)
            waiting += after[one]
    return ends


def settled(change: GroundChange, what: str, codes: Collection[str], name: str = "") -> Settled | None:
    """What was said of rules that the codes have: the last word counts."""
    words = [one for one in change.settled if (one.what, one.name) == (what, name) and one.ground in codes]
    return words[-1] if words else None
