"""Changed ground: a reviewed change set comes into force, and units, posts and remits follow it, in one
transaction (design §3, contract 6).

Who answered for a ground answers for what became of it. Where that already has an answer of its own, the
former remit goes on over the parts that came along, deeper ground wins, until somebody ends it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import structlog
from django.db.models import Q

from gantang.catalogue import service as catalogue
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import GantangError
from gantang.kit.work import work
from gantang.posts import book
from gantang.posts.models import Group, Post, Remit, Unit
from gantang.posts.service import common, remits
from gantang.territory import queries as territory
from gantang.territory import service as ground
from gantang.territory.errors import ChangeStateError
from gantang.territory.types import GroundChange

#: The job that brings what was reviewed into force.
_DOER = replace(SYSTEM, admin=True)
_LEVELS = (2, 4, 6, 9, 12, 15)
log = structlog.get_logger()


def take_ground_changes(*, also: Callable[[GroundChange, datetime], object], now: datetime) -> int:
    """Bring every change set into force whose day has come, each in a transaction of its own; how many were.

    Local calendars follow in it, and what ``also`` does for the rooms above. One that cannot be carried out
    any more is told with its error and tried again at the next turn.
    """
    return sum(_taken(change, also, now) for change in territory.changes_due(now.date()))


def _taken(change: UUID, also: Callable[[GroundChange, datetime], object], now: datetime) -> bool:
    try:
        with common.change(_DOER, book.REMITS, book.STAFF) as w:
            told = ground.apply_change(w, change=change, now=now)
            w.flush()
            common.record_many(_DOER, list(_followed(told)), now)
            catalogue.follow_ground(actor=_DOER, change=told, now=now)
            also(told, now)
    except ChangeStateError:
        return False  # another worker was quicker, or it was withdrawn
    except GantangError as error:
        log.error("posts.ground_change", change=str(change), error=error.code)
        with work(_DOER) as w:
            ground.note_fault(w, change=change, fault=error.code)
        return False
    return True


@dataclass(frozen=True, slots=True)
class Followers:
    """What became of each old code: its heir, and the grounds that together are what it was."""

    heirs: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    kept: frozenset[str]

    def heir(self, code: str) -> str:
        """The last heir in the same change."""
        seen: set[str] = set()
        while code in self.heirs and code not in seen:
            seen.add(code)
            code = self.heirs[code]
        return code

    def grounds(self, code: str) -> tuple[str, ...]:
        """Where a remit on an old code goes on: the code's own followers, or, where they hold more than the
        old one did, its parts."""
        new = tuple(dict.fromkeys(self.heir(one) for one in self.parts[code]))
        if not set(new) & self.kept:
            return new
        below = sorted(one for one in self.heirs if len(one) == _next(code) and one.startswith(code))
        return tuple(dict.fromkeys(each for one in below for each in self.grounds(one))) or new


def _next(code: str) -> int:
    return next((length for length in _LEVELS if length > len(code)), 0)


def followers(told: GroundChange) -> Followers:
    """The same change, asked for each old code. ``kept`` are followers that are more than one old code."""
    heirs: dict[str, str] = {}
    parts: defaultdict[str, list[str]] = defaultdict(list)
    origins: defaultdict[str, int] = defaultdict(int)
    made = {code for code, _name in told.made}
    for one in told.successions:
        if one.old == one.new:
            continue
        parts[one.old].append(one.new)
        origins[one.new] += 1
        if one.heir:
            heirs[one.old] = one.new
    kept = frozenset(new for new, n in origins.items() if n > 1 or new not in made)
    return Followers(heirs, {old: tuple(new) for old, new in parts.items()}, kept)


def _followed(told: GroundChange) -> Iterator[common.Entry]:
    """Move the rows; the steps that say so."""
    after = followers(told)
    for pk, was, way in _carried(Unit, after, told.on):
        yield common.Entry("unit", pk, was, "ground_followed", way)
    for pk, was, way in _carried(Post, after, told.on):
        yield common.Entry("post", pk, was, "ground_followed", way)
    for pk, was, way in _carried(Group, after, told.on):
        yield common.Entry("group", pk, was, "ground_followed", way)
    yield from _remits(after, told.on)


def _open(on: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gt=on)


def _carried(
    model: type[Unit | Post | Group], after: Followers, on: date
) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Rows that stand on an old code come to stand on its heir: which row, its old code, its way."""
    for row in model._default_manager.filter(_open(on), ground__in=after.heirs).order_by("pk"):
        was, row.ground = row.ground, after.heir(row.ground)
        row.save(update_fields=["ground"])
        yield row.pk, was, _way(was, row.ground, on)


def _way(was: str, is_now: str, on: date) -> dict[str, object]:
    return {"from": was, "to": is_now, "on": common.day(on)}


def _remits(after: Followers, on: date) -> Iterator[common.Entry]:
    """The deeper ones first: what a township answers for goes before what its county does."""
    rows = list(Remit.objects.filter(_open(on), ground__in=after.heirs).prefetch_related("cooperations"))
    taken = _taken_words(after, rows, on)
    for row in sorted(rows, key=lambda row: (-len(row.ground), row.pk)):
        ends = max(on, row.valid_from)
        Remit.objects.filter(pk=row.pk).update(valid_to=ends)
        yield common.Entry("remit", row.pk, row.ground, "ended", {"to": common.day(ends)})
        for code in after.grounds(row.ground):
            words = (row.klass, code, row.duty)
            if words not in taken:
                taken.add(words)
                yield _moved(row, code, ends)


def _taken_words(after: Followers, rows: Sequence[Remit], on: date) -> set[tuple[str, str, str]]:
    """What other remits say of the grounds that the moving ones come to."""
    goals = {code for row in rows for code in after.grounds(row.ground)}
    others = Remit.objects.filter(_open(on), ground__in=goals).exclude(pk__in=[row.pk for row in rows])
    return set(others.values_list("klass", "ground", "duty"))


def _moved(row: Remit, code: str, since: date) -> common.Entry:
    """The same remit on other ground: the new row, and its step."""
    cooperating = [one.unit_id for one in row.cooperations.all()]
    new = Remit(
        klass=row.klass,
        ground=code,
        duty=row.duty,
        unit_id=row.unit_id,
        leader_id=row.leader_id,
        basis=row.basis,
        valid_from=since,
        valid_to=row.valid_to,
    )
    new.save(force_insert=True)
    remits.cooperate(new, cooperating)
    return common.Entry("remit", new.pk, code, "set", remits.as_data(new, cooperating), is_new=True)
