"""Sessions that nobody uses end: after a while without a request, and at the latest twelve hours after the
sign-in, however busy. Whoever works in the field with a telephone is spared the first."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from gantang.faces.acting import POST_KEY
from gantang.kit import clock
from gantang.kit.errors import NotFoundError
from gantang.posts import queries as posts

Handler = Callable[[HttpRequest], HttpResponse]
SINCE, SEEN = "since", "seen"
#: A session is written at most once in so many seconds: to be seen costs no write for each request.
STEP = 60
FIELD_ROLES = frozenset({"grid_head", "grid_worker", "volunteer"})


def ending(get_response: Handler) -> Handler:
    """Sign whoever was idle for too long out, before anything is answered."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _look(request, int(clock.now().timestamp()))
        return get_response(request)

    return answer


def _look(request: HttpRequest, now: int) -> None:
    kept = request.session
    since, seen = kept.get(SINCE, now), kept.get(SEEN, now)
    if now - since > settings.SESSION_COOKIE_AGE or (
        now - seen > settings.GANTANG_SESSION_IDLE_SECONDS and not _is_in_the_field(request)
    ):
        get_adapter(request).logout(request)
    elif SEEN not in kept or now - seen >= STEP:
        kept[SINCE], kept[SEEN] = since, now


def _is_in_the_field(request: HttpRequest) -> bool:
    post = request.session.get(POST_KEY)
    try:
        return post is not None and posts.post(post).role in FIELD_ROLES
    except NotFoundError:
        return False
