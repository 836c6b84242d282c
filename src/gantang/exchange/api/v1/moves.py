"""The body of the one move operation: a union discriminated by `move`, made from the packs that are or were
in force.

Running matters keep the version they were opened under, so every version that ever was in force takes part.
Moves of one name from several procedures or versions become one schema: an answer is required where all of
them require it, a closed answer offers the codes of all. What is more than that the engine says, with its
reasons.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self, Union

from pydantic import Field, PlainValidator, TypeAdapter, WithJsonSchema, create_model
from pydantic.json_schema import models_json_schema
from pydantic_core import core_schema

from gantang import engine
from gantang.engine.run import grants
from gantang.exchange.api.v1.fields import codes_of, type_of
from gantang.exchange.api.v1.values import Moment, Strict, Words
from gantang.procedures import queries as procedures

#: Stands in the schemas where the document puts a reference to what is made from the packs.
LIVE = "x-live"
_GRANT_FIELDS = {"reason": Words, "until": Moment}
#: Fields of a form that a report says in fields of its own, or that belong into the vault.
_SAID = frozenset({"text", "class", "place", "files", "phone", "name", "identity"})


@dataclass
class _Asked:
    """One answer of a move, over all procedures that know the move."""

    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    required: int = 0

    def add(self, kind: str, codes: tuple[str, ...], *, required: bool) -> None:
        self.kinds[kind] = tuple(dict.fromkeys((*self.kinds.get(kind, ()), *codes)))
        self.required += required

    def type(self) -> Any:
        return Union[tuple(type_of(kind, codes) for kind, codes in self.kinds.items())]  # noqa: UP007


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
        into.asks.setdefault(ask.field, _Asked()).add(one.kind, codes, required=ask.required)


def _model(name: str, merged: _Merged) -> type[Strict]:
    fields = {ask: (one.type(), one.required == merged.known) for ask, one in merged.asks.items()}
    return _made(name, fields, "; ".join(merged.titles))


def _made(name: str, fields: dict[str, tuple[Any, bool]], says: str) -> type[Strict]:
    """`{"move": name, "answers": {…}}`; without questions there are no answers, without required ones they
    may lack."""
    title = "".join(part.capitalize() for part in name.split("_"))
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
def _union(hashes: tuple[str, ...], *, people: bool) -> tuple[TypeAdapter[Any], tuple[type[Strict], ...]]:
    merged = _merge((procedures.by_hash(one) for one in hashes), people=people)
    models = [_model(name, one) for name, one in sorted(merged.items())]
    models += [] if people else list(_grants())
    kind: Any = Annotated[Union[tuple(models)], Field(discriminator="move")]  # noqa: UP007
    return TypeAdapter(kind), tuple(models)


def _hashes() -> tuple[str, ...]:
    return tuple(sorted({one.hash for one in procedures.versions() if one.hash}))


def document(*, people: bool) -> dict[str, Any]:
    """The schemas of the moves: `$defs` by name, and the union itself."""
    models = _union(_hashes(), people=people)[1]
    _places, made = models_json_schema(
        [(one, "validation") for one in models], by_alias=True, ref_template="#/components/schemas/{model}"
    )
    names = {one.model_fields["move"].annotation.__args__[0]: one.__name__ for one in models}  # type: ignore[union-attr]
    refs = {move: f"#/components/schemas/{name}" for move, name in names.items()}
    union = {
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "move", "mapping": refs},
    }
    return {"union": union, "models": made.get("$defs", {})}


@dataclass(frozen=True, slots=True)
class StaffMove:
    """A move as `matters.service.act` takes it, read by the union of what the staff may do."""

    move: str
    answers: dict[str, Any]
    people: ClassVar[bool] = False

    @classmethod
    def read(cls, given: Any) -> Self:
        """The move that a body asks for. Errors: pydantic's ValidationError."""
        found = _union(_hashes(), people=cls.people)[0].validate_python(given)
        said = found.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return cls(said["move"], said.get("answers", {}))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {LIVE: cls.__name__}


class ReporterMove(StaffMove):
    """The same for a reporter or party."""

    people = True


# --- what a form asks beside the words ----------------------------------------------------------------


@lru_cache(maxsize=8)
def _form(hashes: tuple[str, ...]) -> type[Strict]:
    asked: dict[str, _Asked] = {}
    for procedure in (procedures.by_hash(one) for one in hashes):
        for name, one in procedure.form.fields.items():
            if one.kind not in _SAID:
                asked.setdefault(name, _Asked()).add(one.kind, one.codes(), required=False)
    return _answers("ReportAnswers", {name: (one.type(), False) for name, one in asked.items()})


def _read_form(given: Any) -> dict[str, Any]:
    found = _form(_hashes()).model_validate(given)
    return found.model_dump(mode="json", by_alias=True, exclude_unset=True)


def form_document() -> dict[str, Any]:
    """The schema of the closed answers of a report."""
    return _form(_hashes()).model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")


ReportAnswers = Annotated[Any, PlainValidator(_read_form), WithJsonSchema({LIVE: "ReportAnswers"})]
