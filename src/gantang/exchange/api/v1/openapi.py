"""The document: OpenAPI 3.1 of what ninja knows, with the moves of the procedures in force.

`operations()` lists the operations for a reference page; `text()` is what the snapshot of the tests holds.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from gantang.exchange.api.v1 import moves
from gantang.exchange.api.v1.problem import Problem

if TYPE_CHECKING:
    from gantang.exchange.api.v1.app import Api

PREFIX = "api/v1/"
_REF = "#/components/schemas/{model}"
_HEADERS = {
    "ETag": {
        "description": "The matter's version.",
        "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    },
}
_TAGGED = {"read_matter", "list_moves", "make_move", "classify", "place", "mend_gist", "link", "unlink"}


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation, as a reference page lists it."""

    method: str
    path: str
    name: str
    summary: str
    who: tuple[str, ...]
    statuses: tuple[int, ...]


def document(api: "Api") -> dict[str, Any]:
    """The whole document, as plain JSON values."""
    made = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str))
    schemas = made["components"].setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template=_REF)
    schemas.update(problem.pop("$defs", {}), Problem=problem)
    _put_moves(schemas)
    for _path, _method, operation in _each(made):
        _finish(operation)
    made["components"]["schemas"] = dict(sorted(schemas.items()))
    made["servers"] = [{"url": "/"}]
    return dict(_linked(made))


def _linked(value: Any) -> Any:
    """References in the places of what is made from the packs."""
    if isinstance(value, list):
        return [_linked(one) for one in value]
    if not isinstance(value, dict):
        return value
    if moves.LIVE in value:
        return {"$ref": _REF.format(model=value[moves.LIVE])}
    return {name: _linked(one) for name, one in value.items()}


def _put_moves(schemas: dict[str, Any]) -> None:
    for name, people in (("StaffMove", False), ("ReporterMove", True)):
        found = moves.document(people=people)
        schemas.update(found["models"])
        schemas[name] = found["union"]
    schemas["ReportAnswers"] = moves.form_document()


def _finish(operation: dict[str, Any]) -> None:
    """Headers of answers, statuses in order, forms without other parts."""
    form = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data")
    if form is not None:
        form["schema"]["additionalProperties"] = False
    for status, answer in operation["responses"].items():
        if operation["operationId"] in _TAGGED and status[0] == "2":
            answer["headers"] = _HEADERS
    operation["responses"] = dict(sorted(operation["responses"].items()))


def _each(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def answer(request: HttpRequest, api: "Api") -> HttpResponse:
    """The document over HTTP."""
    return HttpResponse(text(api), content_type="application/json")


def text(api: "Api | None" = None) -> str:
    """The document as it is served and frozen."""
    return json.dumps(document(api or _api()), ensure_ascii=False, indent=1) + "\n"


def operations() -> list[OperationView]:
    """Every operation in the order of the document: method, address, name, first sentence, who asks,
    statuses."""
    return [
        OperationView(
            method=method.upper(),
            path=path,
            name=one["operationId"],
            summary=one.get("description", "").split(". ")[0].split("\n")[0],
            who=tuple(name for each in one.get("security", []) for name in each),
            statuses=tuple(int(status) for status in one["responses"]),
        )
        for path, method, one in _each(document(_api()))
    ]


def _api() -> "Api":
    from gantang.exchange.api.v1.app import API

    return API
