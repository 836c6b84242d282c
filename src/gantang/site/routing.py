"""Which connection does what: the owner migrates, the app's role does everything else."""

from typing import Any


class OwnerMigrates:
    """Migrations run on ``owner`` alone; both aliases are one database."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the owner may change the schema."""
        return db == "owner"

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool:
        """Rows read by either alias belong to the same database."""
        return True
