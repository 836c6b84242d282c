"""Who asks: a program by its token, a signed-in person by the session, a reporter or party by the access
code."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyHeader, HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from gantang.exchange.api.v1 import throttle
from gantang.exchange.errors import CodeMissingError, CsrfError, UnauthenticatedError
from gantang.faces import brakes
from gantang.identity import queries as identity
from gantang.identity.errors import ScopeError
from gantang.identity.types import ClientView
from gantang.kit import clock, keys
from gantang.kit.actor import Actor
from gantang.kit.errors import InvalidError, NotFoundError
from gantang.matters import service as matters
from gantang.posts import queries as posts

LONGEST_TOKEN = 200
_READS = ("GET", "HEAD")
#: What a person gave: masked fields and their opening, words, texts.
_PEOPLE = re.compile(r"/matters/[^/]+/(people|words|texts)(/|$)|/people/held$")


class Token(HttpBearer):
    """`Authorization: Bearer gt_…`: a program that acts for one post."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor. A wrong token never falls back to a session. Errors: UnauthenticatedError,
        NotHolderError, ScopeError, TooOftenError."""
        client = identity.client_by_token(token) if 0 < len(token) <= LONGEST_TOKEN else None
        if client is None:
            throttle.check(request, "token")
            throttle.wrong(request, "token")
            raise UnauthenticatedError
        _check_scope(request, client)
        actor = posts.actor_of(post=client.post, on=clock.now().date(), client=client.client)
        brakes.called(actor)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class Session(APIKeyCookie):
    """The session of somebody signed in on the site; writes carry its CSRF token in `X-CSRFToken`."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        """The actor for the post that the session acts for. Errors: CsrfError, NotHolderError."""
        if not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise CsrfError
        return looked_up(request.actor)  # type: ignore[attr-defined]

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Not asked: the session is Django's."""
        return None


class Code(APIKeyHeader):
    """`X-Access-Code`: what stands on the receipt of a reporter or party. It never stands in an address."""

    param_name = "X-Access-Code"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """(actor, matter). Errors: CodeMissingError, TooManyTriesError."""
        throttle.check(request, "code")
        if not key:
            raise CodeMissingError
        try:
            return matters.open_by_code(keys.normal_code(key))
        except InvalidError:
            raise CodeMissingError from None
        except NotFoundError:
            throttle.wrong(request, "code")
            raise CodeMissingError from None


def looked_up(actor: Actor) -> Actor:
    """The lazy actor of the request, looked up now so that its errors come here."""
    bool(actor.client)
    return actor


def _check_scope(request: HttpRequest, client: ClientView) -> None:
    """Errors: ScopeError for what the program was not given."""
    if "read" not in client.scopes and request.method in _READS:
        raise ScopeError("read")
    if "write" not in client.scopes and request.method not in _READS:
        raise ScopeError("write")
    if "people" not in client.scopes and _PEOPLE.search(request.path):
        raise ScopeError("people")


STAFF = [Token(), Session()]
RESIDENT = Code()
