"""What ninja and Django raise, told as problems."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gantang.exchange.api.v1 import wording
from gantang.exchange.api.v1.problem import FieldFault, response
from gantang.exchange.errors import RequestInvalidError, UnauthenticatedError, UnreadableError
from gantang.kit.errors import GantangError


def of_ours(request: HttpRequest, error: GantangError) -> HttpResponse:
    """An error of the house."""
    return response(error)


def of_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that does not fit the document."""
    faults = [
        FieldFault(
            field=wording.place(one["loc"]),
            code=one["type"],
            sentence=wording.sentence(one["type"], one.get("ctx") or {}),
        )
        for one in error.errors
    ]
    return response(RequestInvalidError(details={"fields": faults}))


def of_ninja(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A missing credential, or a body that cannot be read."""
    return response(UnauthenticatedError() if isinstance(error, AuthenticationError) else UnreadableError())


def of_form(request: HttpRequest, error: Exception) -> HttpResponse:
    """A multipart body that Django cannot read."""
    return response(UnreadableError())


HANDLERS: dict[type[Exception], Any] = {
    GantangError: of_ours,
    ValidationError: of_validation,
    HttpError: of_ninja,
    MultiPartParserError: of_form,
    RequestDataTooBig: of_form,
    SuspiciousOperation: of_form,
    UnreadablePostError: of_form,
}
