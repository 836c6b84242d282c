"""What people attached, handed out: piece by piece, in ranges, and so that nothing in it runs."""

import re
from collections.abc import Iterator
from itertools import chain

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from gantang.kit.pieces import Content

#: Kinds that a browser only shows or plays; everything else is saved, never opened in place.
SHOWN = ("image/jpeg", "image/png", "image/webp", "audio/", "video/")
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/amr": "amr",
    "audio/wav": "wav",
}
_UNKNOWN = "application/octet-stream"
#: No script, no form, no window, no origin of its own.
POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def served(
    request: HttpRequest, content: Content, *, media: str, name: str, shown: bool = True
) -> HttpResponseBase:
    """The content, or the one range of it that is asked for (RFC 9110 §14; several ranges get the whole).

    ``name`` is what it is saved under, without its ending; it names no person. Of a kind that is not known
    the browser is told nothing.
    """
    start, end = _asked(request, content.size)
    if start is None:
        return _beyond(content.size)
    answer = _answer(request, content, start, end)
    known = media if media in ENDINGS else _UNKNOWN
    place = "inline" if shown and known.startswith(SHOWN) else "attachment"
    answer["Content-Type"] = known
    answer["Content-Disposition"] = f'{place}; filename="{name}.{ENDINGS.get(known, "bin")}"'
    answer["Content-Length"] = str(end - start)
    answer["Content-Security-Policy"] = POLICY
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Accept-Ranges"] = "bytes"
    if end - start < content.size:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
    return answer


def _answer(request: HttpRequest, content: Content, start: int, end: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    pieces: Iterator[bytes] = content.pieces(start, end)
    first = next(pieces, b"")  # what does not open is an error now, while it can still be told
    return StreamingHttpResponse(chain([first], pieces))


def _asked(request: HttpRequest, size: int) -> tuple[int | None, int]:
    """From where to where; (None, 0) for a range that lies beyond the content."""
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    if found is None or not (found[1] or found[2]) or "If-Range" in request.headers:
        return 0, size
    if not found[1]:
        last = int(found[2])
        return (max(0, size - last), size) if last else (None, 0)
    start, end = int(found[1]), int(found[2]) + 1 if found[2] else size
    if found[2] and end <= start:  # no range at all
        return 0, size
    return (start, min(end, size)) if start < size else (None, 0)


def _beyond(size: int) -> HttpResponse:
    answer = HttpResponse(status=416)
    answer["Content-Range"] = f"bytes */{size}"
    return answer
