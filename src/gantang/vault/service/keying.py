"""A new data key for a matter, in the middle of its life: what was sealed under the old one and is not taken
along opens nowhere any more, not in a copy of the attachments and not in a backup that is restored."""

from datetime import datetime
from uuid import UUID

from gantang.kit import crypto
from gantang.kit.work import Work
from gantang.vault import keyring, rules
from gantang.vault.models import Entry
from gantang.vault.service.keep import content_of, step_hash
from gantang.vault.types import Kept


def key_anew(w: Work, *, city: int, matter: UUID, now: datetime) -> list[Kept]:
    """Seal everything of a matter under a new key, but for people who have one of their own; what the step
    has to say of each. Files are the caller's: opened before, sealed again behind. Errors: ErasedError."""
    w.name([matter])
    old = keyring.existing(city=city, matter=matter)
    new = keyring.renewed(w, city=city, matter=matter, now=now)
    kept = []
    for row in Entry.objects.filter(city=city, matter_id=matter, erased_at=None, own_key=False).order_by(
        "id"
    ):
        where = rules.binding(city=city, matter=matter, entry=row.id, kind=row.kind)
        sealed = crypto.seal(new, rules.spell(content_of(row, old)), where)
        row.sealed = sealed
        w.change(row, ["sealed"])
        kept.append(Kept(row.id, step_hash(sealed)))
    return kept
