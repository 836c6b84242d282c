"""Versions over HTTP: the ETag of a matter, and what If-Match and If-None-Match say of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from django.http import HttpResponse
from ninja import Header

from gantang.exchange.errors import PreconditionError
from gantang.matters.errors import StaleError

IfMatch = Annotated[
    str,
    Header(
        ...,
        alias="If-Match",
        max_length=12,
        pattern=r'^(\*|"[0-9]{1,9}")$',
        description='The ETag that was read, such as "7"; * acts on whatever stands now.',
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(None, alias="If-None-Match", max_length=200, description="The ETag that is known already."),
]


def etag(version: int) -> str:
    """The entity tag of a version."""
    return f'"{version}"'


def wanted(if_match: str) -> int | None:
    """The version that If-Match names; None for any."""
    return None if if_match == "*" else int(if_match.strip('"'))


def known(if_none_match: str | None, tag: str) -> bool:
    """Whether the client has this version already."""
    tags = [one.strip().removeprefix("W/") for one in (if_none_match or "").split(",")]
    return tag in tags or "*" in tags


def tagged(response: HttpResponse, version: int) -> None:
    """Say which version the answer shows, and that it is the asker's own."""
    response["ETag"] = etag(version)
    response["Cache-Control"] = "private, no-cache"


@contextmanager
def matched() -> Iterator[None]:
    """Around an act that carries If-Match. Errors: PreconditionError."""
    try:
        yield
    except StaleError as error:
        raise PreconditionError(details=error.details) from None
