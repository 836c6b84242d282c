"""The unit of work for many acts at once: what they add leaves by COPY, table by table (data layer §4.5).

Every room writes into it as into an ordinary one, so bulk and one-by-one cannot make different rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Model

from gantang.kit import rows
from gantang.kit.actor import Actor
from gantang.kit.canonical import as_column
from gantang.kit.copy import copied_fields, copy_values
from gantang.kit.work import Work, scoped


class Bulk(Work):
    """Collects new rows of any number of matters. Tables are filled in the order in which they were first
    added to, so a row still comes before what points to it; other statements follow behind them."""

    def __init__(self, actor: Actor) -> None:
        super().__init__(actor)
        self._rows: dict[type[Model], list[Sequence[Any]]] = {}

    def add(self, instance: Model) -> None:
        """Take this row's values for COPY; an automatic key is made by the server and stays unknown."""
        model = type(instance)
        self._rows.setdefault(model, []).append(_plan(model)(instance))
        instance._state.adding = False

    def name(self, ids: Iterable[UUID]) -> None:
        """Nothing to open: plain inserts pass the wall, and thousands of names would be sent for each row."""

    def finish(self) -> None:
        """As ever; then what the rooms remembered is let go, which would keep a batch alive by its cycles."""
        super().finish()
        self.memo.clear()
        self._checks.clear()

    def flush(self) -> None:
        """Send what was collected so far."""
        filled, self._rows = self._rows, {}
        for model, values in filled.items():
            copy_values(model, values)
        super().flush()


#: Kinds of columns whose values COPY writes as they are, and so as the fields' own rules would have them.
_PLAIN = frozenset(
    (
        models.BigIntegerField,
        models.BinaryField,
        models.BooleanField,
        models.CharField,
        models.FloatField,
        models.IntegerField,
        models.SmallIntegerField,
        models.TextField,
        models.UUIDField,
    )
)


@lru_cache(maxsize=512)
def _plan(model: type[Model]) -> Callable[[Model], Sequence[Any]]:
    """How a row's values are taken: all at once, then those by their fields' rules that are not plain."""
    fields = copied_fields(model)
    taken = attrgetter(*(f.attname for f in fields))
    ruled = [(place, f, _is_json(f)) for place, f in enumerate(fields) if not _is_plain(f)]

    def values(instance: Model) -> Sequence[Any]:
        found = list(taken(instance))
        for place, f, is_json in ruled:
            if is_json and type(found[place]) in (dict, list):
                found[place] = as_column(found[place]).decode()
            else:
                (found[place],) = rows.values_of(instance, (f,), add=True)
        return found

    return values


def _is_json(f: rows.AnyField) -> bool:
    """Whether the text of a mapping or a list is what the field would send."""
    return type(f) is models.JSONField and f.encoder is None


def _is_plain(f: rows.AnyField) -> bool:
    if isinstance(f, models.DateField):  # moments too
        return not (f.auto_now or f.auto_now_add)
    return type(f) in _PLAIN


@contextmanager
def bulk(actor: Actor) -> Iterator[Bulk]:
    """One transaction that writes in bulk, with nothing open but the actor's sight."""
    with scoped(actor, ()):
        unit = Bulk(actor)
        yield unit
        unit.finish()
