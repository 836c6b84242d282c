"""The union of the moves, and what forms ask, made from the procedures that are or were in force.

Running matters keep the version they were opened under, so every version that ever was in force takes part.
Moves of one name from several procedures or versions become one schema: an answer is required where all of
them require it, a closed answer offers the codes of all. What is more than that the engine says, with its
reasons.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, Literal, Union

from pydantic import Field, TypeAdapter, create_model

from gantang import engine
from gantang.engine.run import grants
from gantang.exchange.api.v1.fields import Column, codes_of, columns_of, rows_type, type_of
from gantang.exchange.api.v1.values import Moment, Strict, Words
from gantang.procedures import queries as procedures

#: Fields of a form that a report says in fields of its own, or that belong into the vault.
_SAID = frozenset({"text", "class", "place", "files", "phone", "name", "identity"})
_GRANT_FIELDS = {"reason": Words, "until": Moment}


@dataclass
class _Asked:
    """One answer of a move, over all procedures that know the move."""

    name: str
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[tuple[Column, ...], None] = field(default_factory=dict)
    required: int = 0

    def add(self, one: engine.Field, codes: tuple[str, ...], *, required: bool) -> None:
        if one.columns:
            self.rows[columns_of(one)] = None
        else:
            self.kinds[one.kind] = tuple(dict.fromkeys((*self.kinds.get(one.kind, ()), *codes)))
        self.required += required

    def type(self) -> Any:
        plain = (type_of(kind, codes) for kind, codes in self.kinds.items())
        rows = (rows_type(self.name, columns) for columns in self.rows)
        return Union[(*plain, *rows)]


@dataclass
class _Merged:
    """A move over all procedures that know it."""

    titles: dict[str, None] = field(default_factory=dict)
    asks: dict[str, _Asked] = field(default_factory=dict)
    known: int = 0


def _merge(found: Iterable[engine.Procedure], *, people: bool) -> dict[str, _Merged]:
    merged: dict[str, _Merged] = {}
    for procedure in found:
        for move in procedure.moves.values():
            if _offered(move, people=people):
                _take(merged.setdefault(move.name, _Merged()), procedure, move)
    return merged


def _offered(move: engine.Move, *, people: bool) -> bool:
    return bool(set(move.by) & set(engine.PEOPLE_DUTIES if people else engine.STAFF_DUTIES))


def _take(into: _Merged, procedure: engine.Procedure, move: engine.Move) -> None:
    into.known += 1
    into.titles[f"{procedure.name}: {move.title.zh} / {move.title.en}"] = None
    for ask in move.asks:
        one = procedure.fields[ask.field]
        codes = codes_of(one, move.outcomes)
        into.asks.setdefault(ask.field, _Asked(ask.field)).add(one, codes, required=ask.required)


def _model(name: str, merged: _Merged, *, people: bool) -> type[Strict]:
    fields = {ask: (one.type(), one.required == merged.known) for ask, one in merged.asks.items()}
    return _made(name, fields, "; ".join(sorted(merged.titles)), of="Reporter_" if people else "")


def _made(name: str, fields: dict[str, tuple[Any, bool]], says: str, *, of: str = "") -> type[Strict]:
    """`{"move": name, "answers": {…}}`; without questions there are no answers, without required ones they
    may lack. Staff and people may know moves of one name (`withdraw`) that ask different things: `of` keeps
    their schemas apart in the document."""
    title = of + "".join(part.capitalize() for part in name.split("_"))
    parts: dict[str, Any] = {"move": (Literal[name], ...)}
    if fields:
        answers = _answers(f"{title}Answers", fields)
        must = any(required for _kind, required in fields.values())
        parts["answers"] = (answers, ...) if must else (answers, Field(default_factory=answers))
    return create_model(f"{title}Move", __base__=Strict, __doc__=says, **parts)


def _answers(name: str, fields: dict[str, tuple[Any, bool]]) -> type[Strict]:
    made: dict[str, Any] = {
        f"f_{ask}": (kind, Field(alias=ask)) if required else (kind, Field(None, alias=ask))
        for ask, (kind, required) in fields.items()
    }
    return create_model(name, __base__=Strict, **made)


def _grants() -> Iterator[type[Strict]]:
    for name, title in grants.MOVES.items():
        needed, optional = grants.ASKS.get(name, ((), ()))
        fields = {ask: (_GRANT_FIELDS[ask], ask in needed) for ask in (*needed, *optional)}
        yield _made(name, fields, f"{title.zh} / {title.en}")


@lru_cache(maxsize=8)
def union(hashes: tuple[str, ...], *, people: bool) -> tuple[TypeAdapter[Any], tuple[type[Strict], ...]]:
    """What reads a move of the staff or of the people outside, and the models it is made of."""
    merged = _merge(_in_order(hashes), people=people)
    models = [_model(name, one, people=people) for name, one in sorted(merged.items())]
    models += [] if people else list(_grants())
    kind: Any = Annotated[Union[tuple(models)], Field(discriminator="move")]  # noqa: UP007
    return TypeAdapter(kind), tuple(models)


@lru_cache(maxsize=8)
def form(hashes: tuple[str, ...]) -> type[Strict]:
    """The closed answers that the forms of these versions ask beside the words."""
    asked: dict[str, _Asked] = {}
    for procedure in _in_order(hashes):
        for name, one in procedure.form.fields.items():
            if one.kind not in _SAID:
                asked.setdefault(name, _Asked(name)).add(one, one.codes(), required=False)
    return _answers("ReportAnswers", {name: (one.type(), False) for name, one in asked.items()})


def _in_order(hashes: Iterable[str]) -> list[engine.Procedure]:
    """By what they are called: a version that comes changes nothing else of the document."""
    found = (procedures.by_hash(one) for one in hashes)
    return sorted(found, key=lambda one: (one.name, one.variant, one.version, one.hash))


def hashes() -> tuple[str, ...]:
    """Of every version that is or was in force: what the two above are asked with. Sealed ones have a door of
    their own."""
    known = {one.hash for one in procedures.versions() if one.hash}
    return tuple(sorted(one for one in known if not procedures.by_hash(one).sealed))
