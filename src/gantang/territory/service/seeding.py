"""What ships: divisions as of a day, what became of older codes, the first kinds of facility."""

from collections.abc import Callable
from datetime import date

from gantang.kit.actor import SYSTEM
from gantang.kit.copy import copy_in
from gantang.kit.work import work
from gantang.territory import facts, lookup
from gantang.territory.models import Division, DivisionChange, FacilityKind
from gantang.territory.rules import history

Progress = Callable[[int, int], None]


def seed(progress: Progress | None = None) -> int:
    """Put the shipped divisions and their history in; a second run adds nothing. Returns the rows added."""
    with work(SYSTEM):
        added = _seed_divisions() + _seed_history() + _seed_kinds()
    lookup.forget()
    if progress is not None:
        progress(added, added)
    return added


def _seed_divisions() -> int:
    spans = history.spans(facts.history())
    known = [_known(each, spans) for each in facts.divisions()]
    present = {row.prefix for row in known}
    past = [
        _past(line, since, until)
        for code, (since, until, line) in spans.items()
        if code not in present and until is not None
    ]
    return copy_in(Division, [*known, *past], skip_doubles=True)


def _known(each: history.Known, spans: dict[str, tuple[int, int | None, history.Past]]) -> Division:
    since = spans[each.prefix][0] if each.prefix in spans else history.RECORDS_BEGIN
    return Division(
        prefix=each.prefix,
        name=each.name,
        level=each.level,
        parent_id=each.parent,
        valid_from=history.first_day(since),
    )


def _past(line: history.Past, since: int, until: int) -> Division:
    """A code no longer in force. It hangs on no parent: the prefecture it lay in is mostly gone as well."""
    return Division(
        prefix=line.prefix,
        name=line.name,
        level=line.level,
        valid_from=history.first_day(since),
        valid_to=date(until, 1, 1),
    )


def _seed_history() -> int:
    rows = [
        DivisionChange(
            prefix=line.prefix,
            name=line.name,
            level=line.level,
            kind=change.kind,
            since=line.since,
            year=change.year,
            successor=change.successor,
        )
        for line in facts.history()
        for change in history.changes(line)
    ]
    return copy_in(DivisionChange, rows, skip_doubles=True)


def _seed_kinds() -> int:
    """Kinds of facility that were never in the list; what was changed or ended here stays as it is."""
    known = set(FacilityKind.objects.values_list("code", flat=True))
    lines = enumerate(facts.facility_kinds(), start=1)
    rows = [FacilityKind(position=n, valid_from=None, **one) for n, one in lines if one["code"] not in known]
    return copy_in(FacilityKind, rows)
