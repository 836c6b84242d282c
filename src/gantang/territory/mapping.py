"""Maps, read as they were made."""

import gzip

from gantang.territory import errors
from gantang.territory.models import Layer
from gantang.territory.rules import maps, prefix
from gantang.territory.types import LayerView

#: The levels that the map of a ground shows beside the ground itself, by its own level.
SHOWN = {
    prefix.PROVINCE: (prefix.CITY, prefix.COUNTY),
    prefix.CITY: (prefix.COUNTY, prefix.TOWNSHIP),
    prefix.COUNTY: (prefix.TOWNSHIP, prefix.VILLAGE),
    prefix.TOWNSHIP: (prefix.VILLAGE, prefix.GRID),
    prefix.VILLAGE: (prefix.GRID,),
}


def layer(ground: str, level: int | None = None) -> LayerView:
    """The map of a division, or one level of it: 2 (cities) to 6 (grids). A village's is cut from its
    township's. Errors: NoMapError."""
    own = prefix.LEVELS.get(len(ground)) if prefix.is_ground(ground) else None
    if own not in SHOWN or (level is not None and level not in (own, *SHOWN[own])):
        raise errors.NoMapError(details={"ground": ground})
    row = Layer.objects.filter(pk=ground[:9]).first()
    if row is None:
        raise errors.NoMapError(details={"ground": ground})
    packed, etag = bytes(row.body), row.etag
    if own == prefix.VILLAGE or level is not None:
        digits = None if level is None else prefix.LENGTHS[level]
        body = maps.part(gzip.decompress(packed), within=ground, digits=digits)
        packed, etag = gzip.compress(body, mtime=0), f"{etag}-{ground}-{level or ''}"
    return LayerView(ground, packed, etag, row.made_at)
