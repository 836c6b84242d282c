"""The board of a list as the desk shows it: how far it is, by what it is split, its reports, every item."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from gantang.desk.lines import Line, lines
from gantang.engine import Field, Procedure
from gantang.faces import vocabulary, words
from gantang.kit import numbers
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Board, BoardItem, MatterView
from gantang.procedures import queries as procedures

REPORTS = {
    "made": vocabulary.Sign("leaf", icon="circle-check", word=gettext_lazy("本期报过了")),
    "running": vocabulary.Sign("stone", icon="clock", word=gettext_lazy("本期还没报，时间还有")),
    "due": vocabulary.Sign("amber", icon="hourglass-low", word=gettext_lazy("该报了")),
    "late": vocabulary.Sign("zhu", icon="alarm", word=gettext_lazy("逾期没报")),
}
#: So many lists stand on a page of them.
LISTS = 25
#: What a board can be narrowed to.
SHOWS: dict[str, Any] = {
    "": gettext_lazy("全部"),
    "open": gettext_lazy("在办"),
    "late": pgettext_lazy("board", "超期"),
    "silent": gettext_lazy("没报过进展"),
    "ended": gettext_lazy("已结束"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Some of the items: how many, how many are open, late, ended."""

    title: str
    all: int
    open: int
    late: int
    ended: int

    @property
    def percent(self) -> int:
        """How many have ended, whole percents, rounded down: 100 only where all have."""
        return self.ended * 100 // self.all if self.all else 0


@dataclass(frozen=True, slots=True)
class Item:
    """One item in words."""

    line: Line
    stands: str
    chosen: tuple[str, ...]
    told: str
    ended: bool
    due_at: datetime | None
    ended_at: datetime | None


def shown(matter: MatterView, board: Board, show: str, *, now: datetime) -> dict[str, Any]:
    """What the page shows; ``show`` is one of ``SHOWS``."""
    procedure, whole = procedures.by_hash(matter.procedure_hash), tally("", board.items, now)
    kept = [one for one in board.items if _is(show, one, now)]
    return {
        "whole": whole,
        "answer": _answer(whole, board),
        "splits": _splits(procedure, board, now),
        "reports": _reports(procedure, board, now),
        "missed": missed(matter, now=now),
        "columns": [_column(procedure, name) for name in board.columns],
        "items": items(board, kept, now=now),
        "shows": [
            (name, word, sum(_is(name, one, now) for one in board.items)) for name, word in SHOWS.items()
        ],
        "show": show,
        "unseen": board.unseen,
        "more": board.more,
    }


def tally(title: str, found: Sequence[BoardItem], now: datetime) -> Tally:
    """Count items by how they stand."""
    return Tally(
        title,
        len(found),
        *(sum(_is(name, one, now) for one in found) for name in ("open", "late", "ended")),
    )


def _is(show: str, one: BoardItem, now: datetime) -> bool:
    known: dict[str, Callable[[], bool]] = {
        "open": lambda: one.row.ended_at is None,
        "late": lambda: one.row.ended_at is None and one.row.due_at is not None and one.row.due_at < now,
        "silent": lambda: one.row.ended_at is None and one.tells and not one.told,
        "ended": lambda: one.row.ended_at is not None,
    }
    return known[show]() if show in known else True


def _answer(whole: Tally, board: Board) -> str:
    """The state in one sentence; ends by what they were, for one that was dropped is no success."""
    if not whole.all:
        return _("还没有开出事项。")
    ends: dict[str, int] = {}
    for one in board.items:
        if one.row.ended_at is not None:
            said = _stands(one)
            ends[said] = ends.get(said, 0) + 1
    said = "、".join(f"{title}{n}" for title, n in ends.items())
    told = {"n": whole.all, "open": whole.open, "late": whole.late, "ended": whole.ended, "ends": said}
    if not whole.ended:
        return _("共%(n)d项：在办%(open)d，其中超期%(late)d；还没有结束的。") % told
    return _("共%(n)d项：在办%(open)d，其中超期%(late)d；已结束%(ended)d（%(ends)s）。") % told


def _splits(procedure: Procedure, board: Board, now: datetime) -> list[dict[str, Any]]:
    """The items by each closed column of their rows; what says nothing there is said as such."""
    found = []
    for name in board.columns:
        by: dict[str, list[BoardItem]] = {}
        for one in board.items:
            by.setdefault(_said(procedure, name, one), []).append(one)
        rows = [tally(title, some, now) for title, some in by.items()]
        if rows:
            found.append({"title": _column(procedure, name), "rows": rows})
    return found


def _column(procedure: Procedure, name: str) -> str:
    return _column_field(procedure, name).title.of(_lang())


def _column_field(procedure: Procedure, name: str) -> Field:
    return next(one for field in procedure.fields.values() for one in field.columns if one.name == name)


def _said(procedure: Procedure, name: str, one: BoardItem) -> str:
    code = one.chosen.get(name, "")
    return _option(_column_field(procedure, name), code) if code else _("没有写")


def _option(field: Field, code: str) -> str:
    """A closed answer in words."""
    return next((one.words.of(_lang()) for one in field.options if one.code == code), code)


def _reports(procedure: Procedure, board: Board, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "title": procedure.moves[one.move].title.of(_lang()),
            "made": one.made,
            "last": words.moment(one.last_at, now=now) if one.last_at else "",
            "sign": REPORTS[one.stands],
        }
        for one in board.reports
    ]


def missed(matter: MatterView, *, now: datetime) -> str:
    """That something which comes round again was not done in time, "" where it was."""
    found = queries.missed(matter, now=now)
    if found is None:
        return ""
    move, due = found
    title = procedures.by_hash(matter.procedure_hash).moves[move].title.of(_lang())
    told = {"move": title, "due": words.moment(due, now=now), "n": (now - due).days}
    return _("“%(move)s”最迟%(due)s，没有按期办，已经过了%(n)d天。") % told


def items(board: Board, kept: Sequence[BoardItem], *, now: datetime) -> list[Item]:
    """The items in words, in the order they were opened."""
    told = lines([one.row for one in kept], now=now)
    return [_item(board, one, line, now) for one, line in zip(kept, told, strict=True)]


def _item(board: Board, one: BoardItem, line: Line, now: datetime) -> Item:
    procedure = procedures.by_hash(one.hash)
    fields = {name: procedure.fields.get(name) for name in board.columns}
    chosen = tuple(
        _option(field, one.chosen[name]) if field and name in one.chosen else "–"
        for name, field in fields.items()
    )
    return Item(
        line,
        _stands(one),
        chosen,
        _told(one, now),
        one.row.ended_at is not None,
        one.row.due_at,
        one.row.ended_at,
    )


def _stands(one: BoardItem) -> str:
    """Its state, or by what it ended, in the words of its pack."""
    procedure = procedures.by_hash(one.hash)
    if one.row.ended_at is not None and one.row.outcome in procedure.outcomes:
        return procedure.outcomes[one.row.outcome].of(_lang())
    return procedure.states[one.row.state].title.of(_lang())


def _told(one: BoardItem, now: datetime) -> str:
    if one.told_at is None:
        return _("没报过") if one.tells and one.row.ended_at is None else ""
    return _("%(n)d次，最近有动静%(at)s") % {"n": one.told, "at": words.moment(one.told_at, now=now)}


def heads(matter: MatterView, board: Board) -> list[str]:
    """The head of the table to take along."""
    procedure = procedures.by_hash(matter.procedure_hash)
    chosen = [_column(procedure, name) for name in board.columns]
    return [_("编号"), _("事由"), *chosen, _("状态"), _("在办单位"), _("进展"), _("期限"), _("结束")]


def rows(board: Board, show: str, *, now: datetime) -> Iterator[list[Any]]:
    """The same as rows of the table, narrowed as the page is."""
    for one in items(board, [each for each in board.items if _is(show, each, now)], now=now):
        moments = (_moment(at) for at in (one.due_at, one.ended_at))
        known = (numbers.show(one.line.number), one.line.gist, *one.chosen)
        yield [*known, one.stands, one.line.unit, one.told, *moments]


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def _lang() -> str:
    return get_language() or "zh-hans"


@dataclass(frozen=True, slots=True)
class Row:
    """A list among others in words."""

    line: Line
    kind: str
    figures: Tally
    unseen: int
    counted: bool


def lists(actor: Actor, *, ended: bool, before: str, now: datetime) -> dict[str, Any]:
    """A page of the lists in sight; the address of the next one."""
    page = queries.listed(actor, ended=ended, cursor=before or None, now=now, size=LISTS)
    said = lines([one.row for one in page.items], now=now)
    rows = [
        Row(
            line,
            line.class_title,
            Tally("", one.all, one.open, one.late, one.all - one.open),
            one.unseen,
            one.counted,
        )
        for line, one in zip(said, page.items, strict=True)
    ]
    asked = {"ended": "yes"} if ended else {}
    more = "?" + urlencode({**asked, "before": page.next}) if page.next else ""
    late = sum(one.figures.late for one in rows)
    return {"rows": rows, "ended": ended, "more_url": more, "late": late}
