"""Taking away what the writes of a run left, so that every run finds the same matters and the same shape."""

from datetime import datetime
from uuid import UUID

from bench.site import DATA

_SEEDED = DATA / "seeded"
#: Tables in the order in which rows may go, and the column that holds the matter's id.
_TABLES = {
    "matter_share": "matter_id",
    "matter_access_code": "matter_id",
    "vault_blindindex": "matter_id",
    "vault_entry": "matter_id",
    "vault_key": "matter_id",
    "vault_personkey": "matter_id",
    "vault_visit": "matter_id",
    "ledger_step": "stream",
    "ledger_streamhead": "stream",
    "matter": "id",
}


def mark(now: datetime) -> None:
    """The seed ends here: whatever is opened from now on is a run's."""
    _SEEDED.write_text(str(UUID(int=int(now.timestamp() * 1000) << 80)))


def marked() -> bool:
    """Whether a seed was made here."""
    return _SEEDED.exists()


def tidy() -> None:
    """Delete the matters opened since the seed, with all that belongs to them; statistics anew."""
    from django.db import connections

    if not marked():
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM matter WHERE id >= %s)", [_SEEDED.read_text()])
        if not cursor.fetchone()[0]:
            return
        for table, column in _TABLES.items():
            cursor.execute(f"DELETE FROM {table} WHERE {column} >= %s", [_SEEDED.read_text()])
        for table in _TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
