"""Files of ground, read and written: tables, GeoJSON, Shapefile, GeoPackage.

For commands and jobs only: all of it loads shapely, and so numpy. What a file is is told by its name's end,
but for tables, which tell it by their bytes.
"""

from gantang.territory.formats.opening import opened
from gantang.territory.formats.raw import Opened, Raw
from gantang.territory.formats.saving import save

__all__ = ["Opened", "Raw", "opened", "save"]
