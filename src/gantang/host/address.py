"""A PostgreSQL address as ``DATABASE_URL`` gives it: looked at before anything is started with it."""

from urllib.parse import urlsplit


def check_address(url: str) -> None:
    """Refuse what libpq could not read, or what names no database. Errors: ValueError, without the text.

    A ``#`` or ``/`` in a password has to be written as ``%23`` or ``%2F``; else the rest would be cut off
    in silence.
    """
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or parts.fragment:
        raise ValueError("not a PostgreSQL address")
    try:
        read = conninfo_to_dict(url)
    except ProgrammingError:
        raise ValueError("not a PostgreSQL address") from None
    if not read.get("dbname") or not 0 < (parts.port or 5432) < 65536:
        raise ValueError("names no database")
