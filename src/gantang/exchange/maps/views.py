"""Maps as GeoJSON: made beforehand, packed, with a mark by which a browser keeps them."""

import gzip

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gantang.exchange.api.v1.problem import MEDIA
from gantang.exchange.errors import LevelUnknownError, TooManyMapsError
from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.kit.limits import Limit, source, take
from gantang.territory import queries
from gantang.territory.types import LayerView

#: Maps that one address (all who come through one proxy) may ask for within so many seconds.
MAPS = Limit("exchange.map", 1_200, 60, block=20)
#: A browser asks again after so many seconds, and gets nothing but a word while the map is the same.
KEPT = 3_600
_GEOJSON = "application/geo+json"


@require_safe
def layer(request: HttpRequest, ground: str) -> HttpResponse:
    """The map of a division as GeoJSON: itself and what lies below; ``?level=`` 2 (cities) to 6 (grids)."""
    try:
        _brake(request)
        found = queries.layer(ground, _level(request.GET.get("level", "")))
    except GantangError as error:
        told = {
            "code": error.code,
            "title": error.words,
            "detail": error.remedy_words,
            "status": error.status,
        }
        return JsonResponse(told, status=error.status, content_type=MEDIA)
    return _answered(request, found)


def _answered(request: HttpRequest, found: LayerView) -> HttpResponse:
    """Packed where the browser takes it so."""
    etag = f'"{found.etag}"'
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response: HttpResponse
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        body = found.packed if packed else gzip.decompress(found.packed)
        response = HttpResponse(body, content_type=_GEOJSON)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _level(text: str) -> int | None:
    if text and text not in ("1", "2", "3", "4", "5", "6"):
        raise LevelUnknownError
    return int(text) if text else None


def _brake(request: HttpRequest) -> None:
    """Errors: TooManyMapsError."""
    if not take(MAPS, source(request.META.get("REMOTE_ADDR", "")), now=clock.now()):
        raise TooManyMapsError
