"""An agenda drawn from matters and lists: any form that asks for rows which may name a matter takes some."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from gantang import engine
from gantang.desk.lines import Line, lines
from gantang.engine import Field
from gantang.faces.rows import MOST, cell_name
from gantang.kit import numbers
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import Filters, MatterRow, MatterView
from gantang.procedures import queries as procedures

#: The names of the button that draws, of the boxes, and of the words to find others by.
DRAW, ABOUT, FIND = "draw", "about", "find"
#: So many matters of each kind are offered.
SHOWN = 8
#: What the column says that tells where a topic is from, where it knows these.
LIST, MATTER = "list", "matter"


@dataclass(frozen=True, slots=True)
class Group:
    """Some matters that may be taken, and what they have in common."""

    title: str
    lines: Sequence[Line]


def field_of(possible: engine.Possible, procedure: engine.Procedure) -> Field | None:
    """The rows that may name a matter, with a column for words; None where a move asks for none."""
    asked = (procedure.fields[name] for name in possible.asks if name in procedure.fields)
    return next((one for one in asked if _about(one) and _words(one)), None)


def offered(
    actor: Actor, found: MatterView, field: Field | None, typed: QueryDict, *, now: datetime
) -> list[Group]:
    """What may be taken up: what is late, what stands on lists, what is contested; and what words find."""
    if field is None:
        return []
    looked = typed.get(FIND, "").strip()[:60]
    groups: list[tuple[str, list[MatterRow]]] = []
    if looked:
        hits = queries.search(actor, words=looked, filters=Filters(), now=now, size=SHOWN).items
        groups.append((_("按“%(words)s”找到的") % {"words": looked}, hits))
    for title, filters in (
        (_("超期的"), Filters(view="late")),
        (_("归口待裁定的"), Filters(view="contested")),
    ):
        groups.append((title, queries.queue(actor, filters=filters, now=now, size=SHOWN).items))
    groups.append((_("清单和专项"), _lists(actor, found, now)))
    return _told(groups, found, _named(typed, field), now)


def _lists(actor: Actor, found: MatterView, now: datetime) -> list[MatterRow]:
    """Open lists of every pack that has a board, but for what the meeting itself belongs to."""
    served = dict.fromkeys(
        klass
        for one in procedures.all_in_force(now)
        for klass in procedures.by_hash(one.hash).serves
        if _keeps_a_list(procedures.by_hash(one.hash))
    )
    rows: list[MatterRow] = []
    for klass in served:
        if klass != found.class_code:
            filters = Filters(view="open", class_code=klass)
            rows += queries.queue(actor, filters=filters, now=now, size=SHOWN).items
    return rows[: 2 * SHOWN]


def _told(
    groups: Iterable[tuple[str, list[MatterRow]]], found: MatterView, named: set[str], now: datetime
) -> list[Group]:
    """The groups in words, each matter once, none that stands in the form already."""
    told, known = [], {*named, found.number}
    for title, rows in groups:
        new = [one for one in rows if one.number not in known]
        known |= {one.number for one in new}
        if new:
            told.append(Group(title, lines(new, now=now)))
    return told


def drawn(actor: Actor, field: Field, typed: QueryDict, *, now: datetime) -> QueryDict:
    """The form as it was typed with a row for each matter that was ticked, in sight; the rest stays."""
    data = typed.copy()
    rows, columns = _rows(typed, field), {"about": _about(field), "words": _words(field)}
    named = _named(typed, field)
    for row in _ticked(actor, typed, now):
        if row.number in named or len(rows) >= MOST:
            continue
        line = {
            columns["about"]: numbers.show(row.number),
            columns["words"]: row.gist,
            **_source(field, row, now),
        }
        _put(rows, line)
    for place, row_ in enumerate(rows):
        for column, text in row_.items():
            data[cell_name(field.name, place, column)] = text
    data[f"{field.name}-lines"] = str(len(rows))
    return data


def _ticked(actor: Actor, typed: QueryDict, now: datetime) -> list[MatterRow]:
    """The matters that were ticked, as far as the actor sees them."""
    found: list[MatterRow] = []
    for number in typed.getlist(ABOUT)[:MOST]:
        hits = queries.search(actor, words=number, filters=Filters(), now=now, size=1).items
        found += [one for one in hits if one.number == number]
    return found


def _put(rows: list[dict[str, str]], line: dict[str, str]) -> None:
    """Into the first row that is empty, else behind the last."""
    place = next((at for at, row in enumerate(rows) if not any(row.values())), None)
    if place is None:
        rows.append(line)
    else:
        rows[place] = line


def _rows(typed: QueryDict, field: Field) -> list[dict[str, str]]:
    many = typed.get(f"{field.name}-lines", "")
    count = min(int(many), MOST) if many.isascii() and many.isdecimal() and len(many) < 4 else 0
    return [
        {one.name: typed.get(cell_name(field.name, place, one.name), "") for one in field.columns}
        for place in range(count)
    ]


def _named(typed: QueryDict, field: Field) -> set[str]:
    """The matters that stand in the form already."""
    return {row[_about(field)].replace("-", "").upper() for row in _rows(typed, field) if row[_about(field)]}


def _source(field: Field, row: MatterRow, now: datetime) -> dict[str, str]:
    """Where the topic is from, in the column that knows lists and matters, whatever it is called."""
    found: dict[str, str] = {}
    for one in field.columns:
        codes = one.codes() if one.kind == "choice" else ()
        if LIST in codes and MATTER in codes:
            found[one.name] = LIST if _is_list(row, now) else MATTER
    return found


def _is_list(row: MatterRow, now: datetime) -> bool:
    return _keeps_a_list(procedures.named(row.procedure, row.scope, now))


def _keeps_a_list(procedure: engine.Procedure) -> bool:
    """Whether it opens items and is no person's report, which has a code of its own."""
    return queries.has_board(procedure) and not procedure.access_code


def _about(field: Field) -> str:
    return next((one.name for one in field.columns if one.kind == "matter"), "")


def _words(field: Field) -> str:
    return next((one.name for one in field.columns if one.kind == "text"), "")
