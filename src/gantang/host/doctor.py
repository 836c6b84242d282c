"""What a person should know about this machine before asking others: looked at, never changed."""

import os
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

from gantang.host import disk, kms, memory, places, residents, upkeep
from gantang.host.errors import HostError
from gantang.host.findings import Finding
from gantang.host.options import Options, strangers
from gantang.host.placeholder import check_free
from gantang.host.programs import find
from gantang.host.server import status_in_file


def examine(chosen: Options) -> list[Finding]:
    """All findings, in the order of a start."""
    looks: tuple[Callable[[Options], Iterator[Finding]], ...] = (
        _machine, _options, _folder, _keys, _database, _leftovers, _port,
        upkeep.jobs, upkeep.backups, upkeep.certificate,
    )  # fmt: skip
    return [finding for look in looks for finding in look(chosen)]


def serves(chosen: Options) -> bool:
    """Whether a database may be asked without starting one."""
    if chosen.database_url is not None:
        return True
    data = places.existing_home(chosen) / "data"
    return bool(residents.postmaster(data)) and status_in_file(data) == "ready"


def _machine(_: Options) -> Iterator[Finding]:
    yield Finding(None, f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    total = memory.total_mb()
    yield Finding(total >= 1500, f"内存 … memory: {total} MB")


def _options(_: Options) -> Iterator[Finding]:
    for name, nearest in strangers().items():
        yield Finding(False, f"{name}：没有这个设置 … no such option" + (f" ({nearest}?)" if nearest else ""))


def _folder(chosen: Options) -> Iterator[Finding]:
    folder = chosen.data_dir
    if not folder.exists():
        yield Finding(None, f"数据文件夹还没有建立 … no data folder yet: {folder}")
        return
    owner = folder.stat().st_uid
    yield Finding(owner == os.geteuid(), f"数据文件夹 … data folder: {folder} (uid {owner})")
    for place in _disks(chosen):
        free = disk.free_bytes(place) // 2**20
        yield Finding(
            not disk.is_low(place),
            f"剩余空间 … free space: {free} MB ({place})",
            "请腾出空间；少于 512 MB 时不再收附件。 Make room; below 512 MB no attachment is taken.",
        )


def _disks(chosen: Options) -> list[Path]:
    """One folder on each disk that the installation writes to."""
    data = places.existing_home(chosen) / "data"
    wanted = [chosen.data_dir, chosen.files, data, data / "pg_wal", chosen.backup_dir]
    there = [place for place in wanted if place is not None and place.is_dir()]
    return list({place.stat().st_dev: place for place in reversed(there)}.values())[::-1]


def _keys(chosen: Options) -> Iterator[Finding]:
    """Key files are for their owner alone, as is their folder."""
    files = sorted(chosen.keys.glob("*.key")) if chosen.keys.is_dir() else []
    if not files:
        yield Finding(None, f"还没有密钥 … no keys yet: {chosen.keys}")
        return
    loose = [one for one in (chosen.keys, *files) if os.name == "posix" and one.stat().st_mode & 0o077]
    named = ", ".join(f"{one.name} {one.stat().st_mode & 0o777:o}" for one in loose)
    yield Finding(
        not loose,
        f"密钥文件权限 … modes of the key files: {named or 'ok'}",
        "请运行 chmod 600 密钥文件、chmod 700 文件夹。 Run chmod 600 on the files, chmod 700 on the folder.",
    )
    closed = sum(one.read_bytes().startswith(kms.MARK.encode()) for one in files if one not in loose)
    if closed or chosen.kms:
        yield Finding(
            closed == len(files) if chosen.kms else False,
            f"由外部密钥服务封装 … closed by the key service: {closed}/{len(files)}",
            "请设置 GANTANG_KMS，再运行 gantang keys enclose。 Set GANTANG_KMS, then gantang keys enclose.",
        )


def _database(chosen: Options) -> Iterator[Finding]:
    if chosen.database_url is not None:
        yield Finding(None, "使用外部数据库 … an external database is used (DATABASE_URL)")
        return
    try:
        programs = find(chosen.postgres_bin)
    except HostError as error:
        yield Finding(False, str(error))
        return
    yield Finding(True, f"PostgreSQL {programs.version}: {programs.bin}")
    data = places.existing_home(chosen) / "data"
    running = residents.postmaster(data)
    status = f"{status_in_file(data)} (pid {running})" if running else "未运行 … not running"
    yield Finding(None, f"数据库 … database: {status}")


def _leftovers(_: Options) -> Iterator[Finding]:
    for home in places.abandoned_homes():
        yield Finding(False, f"数据文件夹已不在，数据库还在 … its data folder is gone: {home}")


def _port(chosen: Options) -> Iterator[Finding]:
    lock = chosen.data_dir / "up.lock"
    try:
        check_free(chosen.bind, chosen.port)
        yield Finding(True, f"端口可用 … port free: {chosen.port}")
    except HostError:
        ours = lock.exists() and lock.read_text(encoding="utf-8") == chosen.url
        yield Finding(None if ours else False, f"端口被占用 … port taken: {chosen.port}")
