"""Which version of which procedure is in force, where and since when. Rows are only added."""

from django.db import models


class ProcedureVersion(models.Model):
    """One entry into force. `source` is the procedure itself, as the engine keeps it.

    `ground` "" is everywhere; `in_force_from` null is from the beginning; a row without
    `source` ends the procedure on that ground.
    """

    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, db_index=True)
    pack = models.CharField(max_length=40)
    source = models.JSONField(null=True)
    serves = models.JSONField(default=list)
    ground = models.CharField(max_length=15, db_collation="C", blank=True, default="")
    in_force_from = models.DateTimeField(null=True)
    basis = models.CharField(max_length=200, blank=True, default="")
    account = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
