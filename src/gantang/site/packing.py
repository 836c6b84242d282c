"""Files of the pages travel packed: sheets, scripts and icons, a quarter of their size on a slow line.

Only what is the same for everybody is packed here, each file once a process. A page's packed length could
tell of a secret beside somebody's words (BREACH); a view that packs does so itself, under Django's padding.
"""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponseBase]

WORDS = ("text/", "application/javascript", "application/json", "image/svg+xml")
#: Below this a packed file takes as many packets as the plain one.
LEAST = 1_000


def packing(get_response: Handler) -> Handler:
    """Pack them for whoever says to understand it. It stands around the middleware that serves the files."""
    kept: dict[tuple[str, str], bytes] = {}

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not _is_packable(request, response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if not _understands(request):
            return response
        key = request.path_info, response["ETag"]
        if key not in kept:
            kept[key] = gzip.compress(b"".join(response), mtime=0)
        return _instead(response, kept[key])

    return answer


def _is_packable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """A whole file of words below the files' address; a part of one, or none at all, goes as it is."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and isinstance(response, FileResponse)
        and request.path_info.startswith(settings.STATIC_URL)
        and response.get("Content-Type", "").startswith(WORDS)
        and int(response.get("Content-Length", "0")) >= LEAST
        and "Content-Encoding" not in response
    )


def _understands(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "").lower()


def _instead(response: HttpResponseBase, body: bytes) -> HttpResponse:
    """The same answer with the packed body."""
    given = HttpResponse(body, headers=dict(response.headers) | {"Content-Encoding": "gzip"})
    given["Content-Length"] = str(len(body))
    response.close()
    return given
