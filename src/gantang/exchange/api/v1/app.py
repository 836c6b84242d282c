"""The API put together."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.operation import Operation, PathView

from gantang.exchange.api.v1 import failures, frame
from gantang.exchange.api.v1.exact import Exact
from gantang.exchange.api.v1.resources import (
    acts,
    beside,
    campaigns,
    documents,
    facilities,
    files,
    intake,
    lists,
    matters,
    people,
    reference,
    remits,
    residents,
)

TITLE = "Gantang (甘棠)"
DESCRIPTION = """Casework for grassroots governance centres: matters come in, are moved by the procedures in
force, and end verified.

Errors are problem+json with code, sentence and remedy, in the language of Accept-Language (zh-Hans, en).
Every write takes an Idempotency-Key: same key and body, same answer; same key and another body, 422. A move
says by If-Match on which version it was decided. Lists are pages `{items, next}`. Unknown fields and
parameters are refused."""
ROUTERS = (
    intake,
    lists,
    matters,
    acts,
    beside,
    people,
    files,
    documents,
    residents,
    reference,
    campaigns,
    remits,
    facilities,
)


class Api(NinjaAPI):
    """Operations are named after their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name, unique in the API."""
        return operation.view_func.__name__


def made() -> Api:
    """The API with all its operations, answering errors in one form."""
    api = Api(
        title=TITLE,
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api-v1",
        parser=Exact(),
    )
    for room in ROUTERS:
        api.add_router("", room.router)
    for kind, handler in failures.HANDLERS.items():
        api.add_exception_handler(kind, handler)
    return api


def urls(api: Api) -> Iterator[URLPattern]:
    """One address per path, in its frame, whichever modules its operations stand in."""
    paths: dict[str, list[Operation]] = {}
    for bound in api._get_bound_routers():
        for route, view in bound.path_operations.items():
            paths.setdefault(route, []).extend(view.operations)
    for route, operations in paths.items():
        together = PathView()
        together.operations = operations
        place = route.lstrip("/").replace("{", "<").replace("}", ">")
        name = operations[0].view_func.__name__
        yield path(place, frame.framed(together.get_view(), operations), name=name)


def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, with the procedures in force."""
    from gantang.exchange.api.v1 import openapi

    return openapi.answer(request, API)


API = made()
