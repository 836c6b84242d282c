"""Taking matters' data keys over to a new master key."""

from collections.abc import Iterable
from uuid import UUID

from gantang.kit import crypto
from gantang.kit.actor import SYSTEM
from gantang.kit.work import Work, work
from gantang.vault import rules
from gantang.vault.models import Key, PersonKey


def rewrap(*, city: int, matters: Iterable[UUID]) -> int:
    """Wrap the data keys of these matters by the newest master key; no ciphertext is touched. Returns the
    keys done."""
    done = 0
    for matter in matters:
        with work(SYSTEM, ids=[matter]) as w:
            row = Key.objects.select_for_update().filter(city=city, matter_id=matter).first()
            if row is not None and row.wrapped is not None:
                where = rules.key_binding(city=city, matter=matter)
                row.wrapped = crypto.wrap(crypto.unwrap(bytes(row.wrapped), where), where)
                w.change(row, ["wrapped"])
                done += 1
            done += sum(_rewrapped(w, one) for one in _own(city, matter))
    return done


def _own(city: int, matter: UUID) -> list[PersonKey]:
    """The keys of persons' own that are not destroyed, locked."""
    rows = PersonKey.objects.select_for_update().filter(city=city, matter_id=matter)
    return list(rows.exclude(wrapped=None).order_by("party"))


def _rewrapped(w: Work, row: PersonKey) -> int:
    where = rules.person_key_binding(city=row.city, matter=row.matter_id, party=row.party)
    row.wrapped = crypto.wrap(crypto.unwrap(bytes(row.wrapped or b""), where), where)
    w.change(row, ["wrapped"])
    return 1
