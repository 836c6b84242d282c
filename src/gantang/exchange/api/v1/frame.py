"""What holds for every address of the API, before any operation is asked: method, size, media type, known
parameters."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.operation import Operation

from gantang.exchange.api.v1.problem import FieldFault, response
from gantang.exchange.api.v1.wording import sentence
from gantang.exchange.errors import (
    AddressMissingError,
    MediaTypeError,
    MethodMissingError,
    RequestInvalidError,
    TooLargeError,
)
from gantang.kit.errors import GantangError

JSON, FORM = "application/json", "multipart/form-data"
#: JSON bodies; an upload may be as large as an attachment, with room for the form around it.
MOST_JSON = 2_000_000
ROOM = 100_000
View = Callable[..., HttpResponseBase]


def framed(view: View, operations: Sequence[Operation]) -> View:
    """A view of the API that answers everything, also what Django refuses, as a problem."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        operation = next((one for one in operations if request.method in one.methods), None)
        if operation is None:
            return _no_method(operations)
        try:
            _check(request, operation)
        except GantangError as error:
            return response(error)
        return view(request, *args, **kwargs)

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # sessions are checked by `auth.Session`
    return answer


def missing(request: HttpRequest) -> HttpResponse:
    """An address that the API does not have."""
    return response(AddressMissingError())


def _no_method(operations: Sequence[Operation]) -> HttpResponse:
    answer = response(MethodMissingError())
    answer["Allow"] = ", ".join(sorted({method for one in operations for method in one.methods}))
    return answer


def _check(request: HttpRequest, operation: Operation) -> None:
    sources = {str(model.__ninja_param_source__): model for model in operation.models}
    _check_query(request, sources.get("query"))
    wanted = FORM if "file" in sources else JSON if "body" in sources else None
    if wanted is not None:
        _check_body(request, wanted)


def _check_query(request: HttpRequest, model: Any) -> None:
    """Parameters that the document does not know, and those given twice, are refused."""
    known = set(model.__ninja_flatten_map__) if model else set()
    several = set(model.__ninja_collection_fields__) if model else set()
    given = request.GET
    wrong = [(name, "extra_forbidden") for name in given if name not in known]
    wrong += [
        (name, "repeated") for name in given if name in known - several and len(given.getlist(name)) > 1
    ]
    if wrong:
        faults = [
            FieldFault(field=f"query.{name}", code=kind, sentence=sentence(kind, {})) for name, kind in wrong
        ]
        raise RequestInvalidError(details={"fields": faults})


def _check_body(request: HttpRequest, wanted: str) -> None:
    most = MOST_JSON if wanted == JSON else settings.GANTANG_MAX_ATTACHMENT_BYTES + ROOM
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise TooLargeError(details={"most": most})
    if request.content_type != wanted:
        raise MediaTypeError(details={"wanted": wanted})
