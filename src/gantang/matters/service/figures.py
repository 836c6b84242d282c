"""What a matter's children came to, in figures, for a paper of it: from their rows at that moment."""

from collections import Counter
from collections.abc import Iterable, Sequence

from gantang.engine import Document, Procedure
from gantang.files.types import Answer
from gantang.kit import scope
from gantang.matters.models import Link, Matter
from gantang.procedures import queries as procedures

CHILD = "child"
#: What stands above the columns, and for the line of all.
OPENED, OPEN, ALL = "列入", "在办", "合计"


def figures(row: Matter, document: Document) -> Answer | None:
    """How many children of the named procedure there are: opened, in hand, and each outcome; a line for each
    answer to ``document.by``, and one for all of them. None where the document counts none."""
    if not document.children:
        return None
    children = _children(row, document.children)
    if not children:
        return Answer("", columns=(), rows=())
    newest = procedures.by_hash(max(children, key=lambda one: one.procedure_version).procedure_hash)
    outcomes = tuple(dict.fromkeys(name for state in newest.states.values() for name in state.ends))
    heads = (_title(newest, document.by), OPENED, OPEN, *(newest.outcomes[name].zh for name in outcomes))
    lines = [(words, _of(children, document.by, code)) for code, words in _options(newest, document.by)]
    lines = [*lines, (ALL, children)] if lines else [(ALL, children)]
    return Answer(newest.title.zh, columns=heads, rows=tuple(_line(*one, outcomes) for one in lines))


def _children(row: Matter, procedure: str) -> list[Matter]:
    links = list(Link.objects.filter(city=row.city, matter_id=row.id, kind=CHILD))
    scope.name([link.other_id for link in links])
    rows = Matter.objects.filter(pk__in=[(link.other_city, link.other_id) for link in links])
    return list(rows.filter(procedure=procedure).order_by("id")) if links else []


def _title(procedure: Procedure, by: str) -> str:
    return procedure.fields[by].title.zh if by in procedure.fields else ""


def _options(procedure: Procedure, by: str) -> list[tuple[str, str]]:
    field = procedure.fields.get(by)
    return [(one.code, one.words.zh) for one in field.options] if field is not None else []


def _of(children: Iterable[Matter], by: str, code: str) -> list[Matter]:
    return [one for one in children if one.case.get("chosen", {}).get(by) == code]


def _line(words: str, rows: Sequence[Matter], outcomes: Sequence[str]) -> tuple[str, ...]:
    ended = Counter(one.outcome for one in rows if one.ended_at is not None)
    counts = (len(rows), len(rows) - ended.total(), *(ended[name] for name in outcomes))
    return (words, *(str(one) for one in counts))
