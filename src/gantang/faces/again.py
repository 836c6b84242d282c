"""What somebody sent while it could not be taken stands on the page that says so, to be sent again as it was:
with the same token or key, so that it counts once."""

from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.utils.http import escape_leading_slashes

#: Whatever asks for one of these is typed again: a secret is written on no page.
_SECRETS = frozenset({"password", "password1", "password2", "oldpassword", "code", "login"})


@dataclass(frozen=True, slots=True)
class Again:
    """Where to try again, with what; files cannot be written on a page."""

    way: str
    fields: tuple[tuple[str, str], ...] = ()
    has_files: bool = False


def again(request: HttpRequest) -> Again:
    """The page that was asked for, or the form as it was sent; a way of two slashes would lead elsewhere."""
    way = escape_leading_slashes(request.get_full_path())
    if request.method != "POST":
        return Again(way)
    try:
        sent, has_files = request.POST, bool(request.FILES)
    except (UnreadablePostError, SuspiciousOperation):
        return Again(way)
    if not _SECRETS.isdisjoint(sent):
        return Again(way)
    fields = tuple((name, value) for name, values in sent.lists() for value in values)
    return Again(way, fields, has_files)
