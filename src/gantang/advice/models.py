"""Models as they were trained, and what was suggested: codes, figures and places in a gist."""

from django.db import models


class Model(models.Model):
    """One training. ``weights`` is packed by ``rules.packing``; ``card`` holds its figures on matters that it
    had not seen."""

    made_at = models.DateTimeField()
    weights = models.BinaryField()
    card = models.JSONField()


class Suggestion(models.Model):
    """What stood before a person who decided: one for a matter as it stood at ``version``.

    ``offered`` are pairs of a class and its confidence in thousandths, the likest first; ``because`` pairs of
    where a piece of the gist begins and ends, never its text; ``gist`` is the hash of the gist it was read
    from. ``decided`` is the class that the person gave, empty until the news of it came.
    """

    pk = models.CompositePrimaryKey("city", "id")
    city = models.SmallIntegerField()
    id = models.UUIDField()
    matter_id = models.UUIDField()
    version = models.IntegerField()
    model = models.BigIntegerField()
    offered = models.JSONField()
    because = models.JSONField()
    gist = models.BinaryField()
    made_at = models.DateTimeField()
    decided = models.CharField(max_length=64, db_collation="C", default="", blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["city", "matter_id", "version"], name="suggestion_once"),
        ]
