"""Who looked: the steps of accounts and programs, read by the matter or by the posts that looked.

Past the wall: the asker has read the matter in sight, or decides line by line what is shown.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from gantang.ledger import queries as ledger
from gantang.ledger.types import StepView
from gantang.vault.types import Look

VISITED, OPENED, ASKED = "vault.visited", "vault.opened", "vault.asked"


def looks_at(matter: UUID, *, before: UUID | None = None, most: int) -> list[Look]:
    """Who looked at a matter's words, people and documents, the newest first."""
    return [_look(one) for one in ledger.looks_at(matter, names=(VISITED, OPENED), before=before, most=most)]


def looks_by(
    posts: Sequence[int], *, since: datetime, until: datetime, before: UUID | None = None, most: int
) -> list[Look]:
    """What these posts looked at from ``since`` until before ``until``, the newest first."""
    names = VISITED, OPENED, ASKED
    found = ledger.looks_by(posts, names=names, since=since, until=until, before=before, most=most)
    return [_look(one) for one in found]


def _look(one: StepView) -> Look:
    said = one.data
    field, matter = said.get("field", ""), said.get("matter")
    what = {VISITED: "texts", ASKED: "asked"}.get(one.name) or ("document" if "document" in said else "field")
    reason = said.get("reason") or said.get("purpose", "")
    place = UUID(matter) if matter else None
    return Look(one.id, one.happened_at, one.account, one.post, one.client, what, field, reason, place)
