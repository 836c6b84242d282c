"""What somebody sent while it could not be taken stands on the page that says so, to be sent again as it was:
with the same token or key, so that it counts once."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.utils.http import escape_leading_slashes

#: Against forged requests; the page that shows the form anew brings its own.
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a field's name)
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


def own(request: HttpRequest) -> Again | None:
    """The form as it was sent, where the browser itself says that a page of ours sent it; else None: what
    somebody else's page made up is never offered to be sent on."""
    here = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin") not in {here, *settings.CSRF_TRUSTED_ORIGINS}:
        return None
    sent = again(request)
    return replace(sent, fields=tuple(one for one in sent.fields if one[0] != _TOKEN))
