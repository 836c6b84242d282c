"""The models of the tables in ``tests.kit.tables``."""

from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField
from django.db import models


class Trial(models.Model):
    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField()
    scope = models.TextField()
    title = models.CharField(max_length=20, null=True)  # noqa: DJ001
    version = models.IntegerField(default=0)
    data = models.JSONField(default=dict)
    raw = models.BinaryField(null=True)
    at = models.DateTimeField(null=True)
    on = models.DateField(null=True)
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    flag = models.BooleanField(default=False)
    tags = ArrayField(models.TextField(), default=list)
    others = ArrayField(models.UUIDField(), default=list)
    during = DateRangeField(null=True)
    whole = BigIntegerRangeField(null=True)

    class Meta:
        app_label = "kit_trial"
        managed = False


class TrialChild(models.Model):
    id = models.BigAutoField(primary_key=True)
    matter_id = models.UUIDField()
    words = models.TextField()

    class Meta:
        app_label = "kit_trial"
        managed = False
