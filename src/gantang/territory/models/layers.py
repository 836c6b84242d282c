"""What maps are drawn from: outlines dissolved and simplified, made from the grids and kept until these
change."""

from django.db import models


class Layer(models.Model):
    """The map of a ground: its outline and those of the two levels below it.

    ``body`` is GeoJSON, packed by gzip; ``outline`` the ground's own one as WKB, not simplified, from which
    the maps further up are made. ``made_from`` is a hash of all that it was made from.
    """

    ground = models.CharField(max_length=9, db_collation="C", primary_key=True)
    made_from = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    etag = models.CharField(max_length=64)
    body = models.BinaryField()
    outline = models.BinaryField()
