"""Files of ground, read and written: tables, GeoJSON, Shapefile, GeoPackage.

For commands and jobs, but for tables: all else loads shapely, and so numpy. What a file is is told by its
name's end; tables tell it by their bytes.
"""

from gantang.territory.formats.opening import opened
from gantang.territory.formats.raw import Opened, Raw

__all__ = ["Opened", "Raw", "opened"]
