"""Which stored bytes rows refer to, whatever ground they lie on. A name tells nothing of what it names."""

from collections.abc import Iterator, Sequence

from django.db import connection

_AMONG = "SELECT matter_stored_among(%s)"
_AFTER = "SELECT matter_stored_after(%s, %s)"
_BATCH = 1_000


def stored_among(names: Sequence[str]) -> set[str]:
    """Those of the names that an attachment or a document refers to."""
    with connection.cursor() as cursor:
        cursor.execute(_AMONG, [list(names)])
        return {name for (name,) in cursor.fetchall()}


def stored_names() -> Iterator[str]:
    """Every name that one refers to, once, in order; what is added meanwhile may be among them."""
    found = [""]
    while found:
        with connection.cursor() as cursor:
            cursor.execute(_AFTER, [found[-1], _BATCH])
            found = [name for (name,) in cursor.fetchall()]
        yield from found
