"""What holds for every address of the API, before any operation is asked: method, size, media type, known
parameters."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.operation import Operation

from gantang.exchange.api.v1 import strangers
from gantang.exchange.api.v1.problem import response
from gantang.exchange.errors import (
    AddressMissingError,
    MediaTypeError,
    MethodMissingError,
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
            return _no_method({method for one in operations for method in one.methods})
        try:
            _check(request, operation)
        except GantangError as error:
            return response(error)
        return view(request, *args, **kwargs)

    return _with_head(answer)


def _with_head(view: View) -> View:
    """HEAD is asked like GET; the server leaves the body out."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "HEAD":
            return view(request, *args, **kwargs)
        request.method = "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = "HEAD"

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # sessions are checked by `auth.Session`
    return answer


def missing(request: HttpRequest) -> HttpResponse:
    """An address that the API does not have."""
    return response(AddressMissingError())


def read_only(view: View) -> View:
    """A view that is no operation and is only read."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        return view(request) if request.method in ("GET", "HEAD") else _no_method({"GET"})

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # it changes nothing
    return answer


def _no_method(known: set[str]) -> HttpResponse:
    answer = response(MethodMissingError())
    answer["Allow"] = ", ".join(sorted(known | ({"HEAD"} if "GET" in known else set())))
    return answer


def _check(request: HttpRequest, operation: Operation) -> None:
    sources = {str(model.__ninja_param_source__): model for model in operation.models}
    query = sources.get("query")
    known, several = (query.__ninja_flatten_map__, query.__ninja_collection_fields__) if query else ((), ())
    strangers.refuse("query", request.GET, known, several)
    wanted = FORM if "file" in sources else JSON if "body" in sources else None
    if wanted is not None:
        _check_body(request, wanted)


def _check_body(request: HttpRequest, wanted: str) -> None:
    most = MOST_JSON if wanted == JSON else settings.GANTANG_MAX_ATTACHMENT_BYTES + ROOM
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise TooLargeError(details={"most": most})
    if request.content_type != wanted:
        raise MediaTypeError(details={"wanted": wanted})
