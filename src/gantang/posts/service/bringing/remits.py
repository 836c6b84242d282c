"""Remits from a sheet."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from gantang.kit.errors import GantangError
from gantang.kit.work import Work
from gantang.posts import book, errors, rules
from gantang.posts.models import Cooperation, Remit
from gantang.posts.rules import sheet
from gantang.posts.service import common, news, remits
from gantang.posts.service.bringing.known import Found, Known, Rows
from gantang.posts.types import RemitChange, RemitView

Words = tuple[str, str, str]


@dataclass(frozen=True)
class _Asked:
    """A row with its names looked up."""

    row: int
    remit: Remit
    cooperating: tuple[int, ...]

    @property
    def words(self) -> Words:
        return (self.remit.klass, self.remit.ground, self.remit.duty)


class Remits(Rows):
    """Rows of remits against those that stand."""

    def __init__(self, known: Known, *, replacing: bool) -> None:
        self._known, self._replacing = known, replacing
        self._there: dict[Words, list[Remit]] = defaultdict(list)
        for remit in Remit.objects.order_by("pk"):
            self._there[remit.klass, remit.ground, remit.duty].append(remit)
        self._cooperating: dict[int, set[int]] = defaultdict(set)
        for number, unit in Cooperation.objects.values_list("remit_id", "unit_id"):
            self._cooperating[number].add(unit)
        self._planned: dict[Words, list[_Asked]] = defaultdict(list)
        self._ended: dict[int, Remit] = {}

    def take(self, read: sheet.Read) -> str:
        """What a row comes to. Errors: RowError, TieError, WrongError."""
        asked = self._asked(read)
        for other in self._planned[asked.words]:
            if rules.overlap(_span(other.remit), _span(asked.remit)):
                raise errors.double_row(other.row)
        same = next((r for r in self._there[asked.words] if self._says_the_same(r, asked)), None)
        if same is not None:
            return self._end(same, asked.remit.valid_to)
        return self._begin(asked)

    def write(self, w: Work, now: datetime) -> None:
        """New ones and ends, each a step; the news of what changes and when."""
        new = [one for some in self._planned.values() for one in some]
        for ended in self._ended.values():  # first: what begins takes its place
            Remit.objects.filter(pk=ended.pk).update(valid_to=ended.valid_to)
        Remit.objects.bulk_create([one.remit for one in new], batch_size=1000)
        pairs = [(one.remit.pk, unit) for one in new for unit in one.cooperating]
        Cooperation.objects.bulk_create(
            [Cooperation(remit_id=remit, unit_id=unit) for remit, unit in pairs], batch_size=1000
        )
        common.record_many(w.actor, [*map(_set, new), *map(_ended, self._ended.values())], now)
        turns = [(one.remit.ground, one.remit.valid_from) for one in new]
        turns += [(one.remit.ground, one.remit.valid_to) for one in new if one.remit.valid_to]
        turns += [(one.ground, one.valid_to) for one in self._ended.values() if one.valid_to]
        news.remits_changed(w, turns, now)

    def changes(self) -> tuple[RemitChange, ...]:
        """New remits with what each takes the place of, and those that only end."""
        new = [one for some in self._planned.values() for one in some]
        begun = {one.words for one in new}
        before = {(r.klass, r.ground, r.duty): self._view(r) for r in self._ended.values()}
        made = [RemitChange(*one.words, before.get(one.words), _view(one)) for one in new]
        ends = [RemitChange(*words, view, None) for words, view in before.items() if words not in begun]
        return (*made, *ends)

    def _view(self, remit: Remit) -> RemitView:
        return book.remit_view(remit, tuple(sorted(self._cooperating[remit.pk])))

    def _asked(self, read: sheet.Read) -> _Asked:
        given, found = read.given, Found()
        since: date = given["valid_from"]
        klass = _kept(found, self._known.klass, given["klass"])
        ground = _kept(found, self._known.ground, given["ground"], since)
        unit = _kept(found, self._known.unit, given["unit"], since)
        others = [_kept(found, self._known.unit, one, since) for one in given["cooperating"]]
        leader = _kept(found, self._known.leader, given["leader"], unit, since) if unit else None
        found.check()
        remit = Remit(
            klass=klass,
            ground=ground,
            duty=given["duty"],
            unit=unit,
            leader=leader,
            basis=given["basis"],
            valid_from=since,
            valid_to=given["valid_to"],
        )
        return _Asked(read.row, remit, tuple(sorted({one.pk for one in others if one.pk != unit.pk})))

    def _says_the_same(self, there: Remit, asked: _Asked) -> bool:
        one = asked.remit
        mine = (one.valid_from, one.unit_id, one.leader_id, one.basis)
        return (
            (there.valid_from, there.unit_id, there.leader_id, there.basis) == mine
            and self._cooperating[there.pk] == set(asked.cooperating)
            and there.valid_from != there.valid_to
        )

    def _end(self, there: Remit, until: date | None) -> str:
        """Only an end is taken over: what was ended or replaced since then stays so."""
        if until is None or until == there.valid_to:
            return "same"
        for other in self._there[there.klass, there.ground, there.duty]:
            if other is not there and rules.overlap(_span(other), (there.valid_from, until)):
                raise _tie(other, there)
        there.valid_to = until
        self._ended[there.pk] = there
        return "changed"

    def _begin(self, asked: _Asked) -> str:
        in_the_way = [r for r in self._there[asked.words] if rules.overlap(_span(r), _span(asked.remit))]
        for other in in_the_way:
            if not self._replacing or other.valid_from > asked.remit.valid_from:
                raise _tie(other, asked.remit)
        for other in in_the_way:
            other.valid_to = asked.remit.valid_from
            self._ended[other.pk] = other
        self._planned[asked.words].append(asked)
        return "changed" if in_the_way else "added"


def _view(one: _Asked) -> RemitView:
    """As it would stand; it has no number yet."""
    return replace(book.remit_view(one.remit, one.cooperating), id=0)


def _kept(found: Found, look: Any, *given: Any) -> Any:
    """What a look-up gives; its error is kept, so that the others are told as well."""
    try:
        return look(*given)
    except GantangError as error:
        found.errors.append(error)
        return None


def _span(remit: Remit) -> tuple[date, date | None]:
    return remit.valid_from, remit.valid_to


def _tie(there: Remit, asked: Remit) -> errors.TakenRemitError:
    return errors.TakenRemitError(book.remit_view(there, ()), book.remit_view(asked, ()))


def _set(one: _Asked) -> common.Entry:
    data = remits.as_data(one.remit, one.cooperating)
    return common.Entry("remit", one.remit.pk, one.remit.ground, "set", data, is_new=True)


def _ended(one: Remit) -> common.Entry:
    return common.Entry("remit", one.pk, one.ground, "ended", {"to": common.day(one.valid_to)})
