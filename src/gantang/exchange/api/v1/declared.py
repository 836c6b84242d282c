"""What operations have in common: headers, the errors each declares, who asks."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header

from gantang.exchange.api.v1.problem import MEDIA
from gantang.kit.actor import Actor

_REF = {"$ref": "#/components/schemas/Problem"}
_MEANT = {
    400: "The body cannot be read.",
    401: "No credential, or one that opens nothing.",
    403: "The post may not do this.",
    404: "Not there, or not in sight: the answer is the same.",
    409: "Somebody else was faster.",
    412: "The matter is not what If-Match says.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "The request does not fit, or the rules do not allow it; a reused or missing Idempotency-Key too.",
    429: "Too much in a while, or too many wrong credentials; wait as Retry-After says.",
    503: "Not now; try again later.",
}

#: A write with the same key and body has one effect and one answer, for 90 days; with another body it is
#: refused.
Key = Annotated[
    str,
    Header(
        ...,
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern="^[!-~]+$",
        description="Chosen by the client, new for each effect; same key and body: same answer, once done.",
    ),
]


def declared(*statuses: int, **more: Any) -> dict[str, Any]:
    """The errors an operation may answer with, each a Problem."""
    answers = {
        status: {"description": _MEANT[status], "content": {MEDIA: {"schema": _REF}}}
        for status in sorted(statuses)
    }
    return {"responses": answers, **more}


def reading(*statuses: int) -> dict[str, Any]:
    """The errors of a read by the staff."""
    return declared(401, 403, 422, 429, 503, *statuses)


def writing(*statuses: int) -> dict[str, Any]:
    """The errors of a write by the staff."""
    return declared(400, 401, 403, 409, 413, 415, 422, 429, 503, *statuses)


def telling(*statuses: int) -> dict[str, Any]:
    """The errors of a write by a resident."""
    return declared(400, 401, 409, 413, 415, 422, 429, 503, *statuses)


def produces(media: str, description: str) -> dict[int, dict[str, Any]]:
    """An answer that is no JSON."""
    schema = {"type": "string", **({} if media.startswith("text/") else {"format": "binary"})}
    return {200: {"description": description, "content": {media: {"schema": schema}}}}


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    return request.actor  # type: ignore[attr-defined,no-any-return]
