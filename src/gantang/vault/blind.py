"""Blind indexes: keyed hashes under numbered keys, so that the key can be changed while look-ups go on."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from gantang.kit import crypto, tokens
from gantang.kit.rows import fresh
from gantang.vault import rules
from gantang.vault.models import BlindIndex, Generation


def newest() -> int:
    """The number of the key that new hashes are made with."""
    return tokens.token("vault") or 1


def hash_of(field: str, value: str, generation: int, *, suite: str | None = None) -> bytes:
    """The keyed hash of a value of a field."""
    return crypto.mac(f"vault blind {generation}", field.encode(), value.encode(), suite=suite)


def rows(
    *, city: int, matter: UUID, entry: UUID, person: Mapping[str, object], generation: int
) -> Iterator[BlindIndex]:
    """The index rows of a person."""
    for field in sorted(rules.INDEXED & set(person)):
        value = rules.normal(field, str(person[field] or ""))
        if value:
            yield fresh(
                BlindIndex,
                city=city,
                entry_id=entry,
                field=field,
                generation=generation,
                matter_id=matter,
                hash=hash_of(field, value, generation),
            )


def hashes(field: str, value: str) -> list[bytes]:
    """Every hash a value may stand under: each key in use, each suite."""
    wanted = rules.normal(field, value)
    numbers = list(Generation.objects.values_list("number", flat=True)) or [1]
    return [hash_of(field, wanted, number, suite=suite) for number in numbers for suite in crypto.suites()]
