"""For which post a sign-in acts, as every door asks it: kept in the session, one that its account holds."""

from django.http import HttpRequest

from gantang.kit import clock
from gantang.posts import queries as posts

#: Where the session keeps it.
POST_KEY = "post"


def account_of(request: HttpRequest) -> int:
    """The number of the account that is signed in."""
    return int(str(request.user.pk))


def must_choose(request: HttpRequest) -> bool:
    """Whether the account that is signed in has to choose a password of its own first."""
    return getattr(request.user, "first_until", None) is not None


def has_post(request: HttpRequest) -> bool:
    """Whether the session acts for a post its account holds; when not, the first one held is taken. Whoever
    has a password that was given, and not yet one of their own, acts for none."""
    if must_choose(request):
        return False
    held = [one.post.id for one in posts.posts_of(account_of(request), clock.now().date())]
    if request.session.get(POST_KEY) not in held:
        if not held:
            return False
        request.session[POST_KEY] = held[0]
    return True
