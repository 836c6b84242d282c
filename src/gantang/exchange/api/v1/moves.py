"""The body of the one move operation: a union discriminated by `move`, made from the packs (`union`)."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from pydantic import PlainValidator, WithJsonSchema
from pydantic.json_schema import models_json_schema
from pydantic_core import core_schema

from gantang.exchange.api.v1.union import form, hashes, union

#: Stands in the schemas where the document puts a reference to what is made from the packs.
LIVE = "x-live"
_REF = "#/components/schemas/{model}"


@dataclass(frozen=True, slots=True)
class StaffMove:
    """A move as `matters.service.act` takes it, read by the union of what the staff may do."""

    move: str
    answers: dict[str, Any]
    people: ClassVar[bool] = False

    @classmethod
    def read(cls, given: Any) -> Self:
        """The move that a body asks for. Errors: pydantic's ValidationError."""
        found = union(hashes(), people=cls.people)[0].validate_python(given)
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


def document(*, people: bool) -> dict[str, Any]:
    """The schemas of the moves: `$defs` by name, and the union itself."""
    models = union(hashes(), people=people)[1]
    _places, made = models_json_schema(
        [(one, "validation") for one in models], by_alias=True, ref_template=_REF
    )
    names = {one.model_fields["move"].annotation.__args__[0]: one.__name__ for one in models}  # type: ignore[union-attr]
    refs = {move: _REF.format(model=name) for move, name in names.items()}
    one_of = {
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "move", "mapping": refs},
    }
    return {"union": one_of, "models": made.get("$defs", {})}


def _read_form(given: Any) -> dict[str, Any]:
    found = form(hashes()).model_validate(given)
    return found.model_dump(mode="json", by_alias=True, exclude_unset=True)


def form_document() -> dict[str, Any]:
    """The schema of the closed answers of a report."""
    return form(hashes()).model_json_schema(by_alias=True, ref_template=_REF)


ReportAnswers = Annotated[Any, PlainValidator(_read_form), WithJsonSchema({LIVE: "ReportAnswers"})]
