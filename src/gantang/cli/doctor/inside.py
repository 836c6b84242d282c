"""What the doctor asks a database that answers: lag, dead letters, what was left alone, checkpoints, months,
the calendar. Nothing here names a matter or a person."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from gantang.catalogue import queries as catalogue
from gantang.host.findings import Finding
from gantang.kit import clock, crypto, timekeeping, trouble
from gantang.kit.actor import SYSTEM
from gantang.ledger import queries as ledger
from gantang.ledger import service as months
from gantang.outbox import queries as outbox
from gantang.vault import queries as vault

_ADMIN = replace(SYSTEM, admin=True)
_LAG = timedelta(minutes=15)
_MONTHS = 3
_CHECKPOINT = timedelta(days=2)
#: The State Council's notice for the next year comes in November; by mid December it must be entered.
_NOTICE = (12, 15)


def examine(now: datetime | None = None) -> list[Finding]:
    """All findings."""
    moment = now or clock.now()
    looks: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
        _clock, _lag, _dead, _troubles, _checkpoints, _months, _calendar, _erasures, _keys,
    )  # fmt: skip
    return [finding for look in looks for finding in look(moment)]


def schema() -> Finding:
    """Whether the database is what the code expects. The site's wiring is reached by name only."""
    left: int = importlib.import_module("gantang.site.migrate").pending()
    return Finding(
        left == 0,
        f"数据库结构还没有做的改动 … changes of the schema that wait: {left}",
        "请运行 gantang migrate，它会说停在哪里；原来的版本可以照常运行。 "
        "Run gantang migrate, it tells where it stops; the former version runs on.",
    )


def _clock(_: datetime) -> Iterator[Finding]:
    """On each machine: its clock against the database's, which is the one that counts."""
    ahead = timekeeping.ahead()
    yield Finding(
        abs(ahead) <= clock.TOLERATED,
        f"本机时钟比数据库快 … clock ahead of the database's by: {round(ahead.total_seconds())} s",
        "请对时（NTP）；这期间按数据库的时间办理。 "
        "Set the clock (NTP); until then the database's time is the one that counts.",
    )


def _lag(now: datetime) -> Iterator[Finding]:
    for one in outbox.backlog(_ADMIN):
        late = now - one.due_at if one.due_at else timedelta(0)
        if one.waiting:
            yield Finding(
                late <= _LAG,
                f"外发 … leaving by {one.destination}: {one.waiting}, {max(late, timedelta(0))}",
                "请查看后台任务是否在运行（gantang up）。 See that the worker runs (gantang up).",
            )


def _dead(_: datetime) -> Iterator[Finding]:
    for one in outbox.backlog(_ADMIN):
        if one.dead:
            yield Finding(
                False,
                f"没有送出 … dead letters of {one.destination}: {one.dead}",
                "请改正对方设置，再用 gantang outbox resend。 Mend the receiver, then gantang outbox resend.",
            )


def _troubles(_: datetime) -> Iterator[Finding]:
    found = trouble.troubles()
    if found:
        alone = sum(one.next_at is None for one in found)
        yield Finding(
            alone == 0,
            f"办不成的事项 … items that fail: {len(found)}, 搁置 left alone: {alone}",
            "请看 gantang jobs list。 See gantang jobs list.",
        )


def _checkpoints(now: datetime) -> Iterator[Finding]:
    for one in ledger.stands():
        fresh = one.made_at is not None and now - one.made_at <= _CHECKPOINT
        if not fresh:
            yield Finding(
                False,
                f"检查点过期 … no fresh checkpoint of {one.city or '封存 sealed'}: {one.day or '–'}",
                "请运行 gantang ledger checkpoint，看为何没有。 Run gantang ledger checkpoint to see why.",
            )


def _months(now: datetime) -> Iterator[Finding]:
    left = months.months_left(now)
    yield Finding(
        left >= _MONTHS,
        f"台账分区还有 … months of the ledger ahead: {left}",
        "请运行 gantang migrate。 Run gantang migrate.",
    )


def _calendar(now: datetime) -> Iterator[Finding]:
    local = now.astimezone(clock.ZONE)
    wanted = local.year + ((local.month, local.day) >= _NOTICE)
    yield Finding(
        catalogue.is_published(wanted, at=now),
        f"放假安排 … calendar of {wanted}",
        "请按国务院通知录入（gantang calendar）。 Enter the State Council's notice (gantang calendar).",
    )


def _keys(_: datetime) -> Iterator[Finding]:
    """Only where a second master key exists: one key has nothing older."""
    if crypto.newest_master() == 1:
        return
    left = vault.left_on_old_keys()
    yield Finding(
        None if left and vault.is_turning() else left == 0,
        f"还用旧主密钥 … left on older master keys: {left}",
        "请运行 gantang keys master，把旧的都换过来。 Run gantang keys master: it takes all of them over.",
    )


def _erasures(_: datetime) -> Iterator[Finding]:
    waiting = vault.not_on_the_list()
    if waiting:
        yield Finding(
            False,
            f"没有记入删除清单的删除 … erasures that are not on the list beside the keys: {waiting}",
            "后台每分钟补记一次；一直有的，请看密钥目录能否写入。 "
            "The worker adds them each minute; if they stay, see that the folder of keys can be written.",
        )
