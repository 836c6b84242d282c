"""Procedures in force. Versions never change, so what was read once is kept in the process."""

import threading
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from gantang import engine
from gantang.kit import tokens
from gantang.kit.canonical import canonical
from gantang.procedures import campaign_rows, rhythm, rules
from gantang.procedures.errors import UnknownProcedureError
from gantang.procedures.models import ProcedureVersion, Proof, Upgrade
from gantang.procedures.types import ProofView, UpgradeState, UpgradeView, VersionView
from gantang.territory.types import GroundChange, Inherited

_book: tuple[int, tuple[VersionView, ...]] = (0, ())
_lock = threading.Lock()
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def in_force(klass: str, ground: str, at: datetime) -> engine.Procedure:
    """The procedure that serves a class on a ground at a moment. Errors: UnknownProcedureError."""
    return chooser()(klass, ground, at)


def chooser() -> Callable[[str, str, datetime], engine.Procedure]:
    """``in_force`` for many matters at the cost of one query: it keeps to the versions that stand now."""
    known = versions()
    deepest = max((len(one.ground) for one in known), default=0)
    turns = sorted({one.in_force_from for one in known if one.in_force_from is not None})

    @cache
    def standing(turn: int) -> list[VersionView]:
        return rules.standing(known, turns[turn - 1] if turn else _BEFORE_ALL)

    @lru_cache(maxsize=4096)
    def between(turn: int, klass: str, ground: str) -> VersionView | None:
        """Nothing changes between two moments at which a version enters into force."""
        return rules.chosen(standing(turn), klass, ground)

    def choose(klass: str, ground: str, at: datetime) -> engine.Procedure:
        found = between(bisect_right(turns, at), klass, ground[:deepest])
        if found is None:
            raise UnknownProcedureError(details={"what": klass})
        return by_hash(found.hash)

    return choose


def named(name: str, ground: str, at: datetime, klass: str = "") -> engine.Procedure:
    """The procedure of that name (such as `assist`) on a ground, in the variant that serves a class.

    Errors: UnknownProcedureError.
    """
    found = rules.choose_named(versions(), name, ground, at, klass)
    if found is None:
        raise UnknownProcedureError(details={"what": name})
    return by_hash(found.hash)


def all_in_force(at: datetime) -> list[VersionView]:
    """Every version in force at a moment, on whatever ground."""
    return sorted(rules.standing(versions(), at), key=lambda one: (one.name, one.variant, one.ground))


@lru_cache(maxsize=256)
def by_hash(digest: str) -> engine.Procedure:
    """A procedure that is or was in force, by the hash on a matter. Errors: UnknownProcedureError."""
    row = ProcedureVersion.objects.filter(hash=digest, source__isnull=False).values_list("source").first()
    if row is None:
        raise UnknownProcedureError(details={"what": digest[:12]})
    return engine.read_source(canonical(row[0]).decode())


def versions() -> tuple[VersionView, ...]:
    """Every entry into force; one small query tells whether the kept list is still whole."""
    global _book
    newest = tokens.token("procedures")
    if _book[0] != newest:
        with _lock:
            _book = (newest, tuple(_view(row) for row in ProcedureVersion.objects.defer("source")))
    return _book[1]


def upgrades_due(at: datetime) -> list[UpgradeView]:
    """Upgrades in force by a moment for which running matters still have to be looked through."""
    waiting = Upgrade.objects.filter(done_at=None).exclude(in_force_from__gt=at).exclude(began_at__gt=at)
    return [_upgrade(row) for row in waiting.order_by("id")]


def upgrades(at: datetime, *, size: int = 50) -> list[UpgradeState]:
    """How far each upgrade is, the newest first."""
    return [
        UpgradeState(
            row.name,
            row.old_version,
            row.new_version,
            "done" if row.done_at else "works" if row.began_at and row.began_at <= at else "waits",
            row.moved,
            row.in_force_from,
            row.done_at,
        )
        for row in Upgrade.objects.order_by("-id")[:size]
    ]


def proof(digest: str) -> ProofView | None:
    """What the checker had against a version when it was last asked for; None where it never was."""
    row = Proof.objects.filter(hash=digest).first()
    if row is None:
        return None
    first, last = (engine.Words(*one) if one else None for one in (row.first, row.last))
    return ProofView(row.state, tuple(_finding(one) for one in row.findings), first, last, row.ended_at)


def _finding(said: dict[str, Any]) -> engine.Finding:
    told = {**said, "sentence": engine.Words(*said["sentence"]), "remedy": engine.Words(*said["remedy"])}
    return engine.Finding(**told)


def _upgrade(row: Upgrade) -> UpgradeView:
    return UpgradeView(
        row.pk,
        row.name,
        row.old_hash,
        row.new_hash,
        row.old_version,
        row.new_version,
        row.states,
        row.uses,
        tuple(row.basis),
        row.after,
    )


def _view(row: ProcedureVersion) -> VersionView:
    return VersionView(
        row.pk,
        row.name,
        row.version,
        row.hash,
        row.pack,
        tuple(row.serves),
        row.ground,
        row.in_force_from,
        not row.hash,
        row.variant,
        tuple((one["kind"], one["name"], one["version"], one["ground"]) for one in row.layers),
    )


campaign = campaign_rows.one
campaigns = campaign_rows.listed
campaigns_due = campaign_rows.due
REPEATS = rhythm.REPEATS


def following(change: GroundChange) -> list[Inherited]:
    """The procedures of a ground's own that follow a change of ground, and whose hold where several meet;
    ``fault`` where one cannot hold there."""
    from gantang.procedures import inheriting

    return inheriting.following(change)


def campaigns_on(change: GroundChange) -> int:
    """How many campaigns name ground that a change ends, and so come to name what became of it."""
    return len(campaign_rows.on_ground(change.ended))
