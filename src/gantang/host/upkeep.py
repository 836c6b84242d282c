"""What grows old on a machine that serves: jobs that stand still, backups, the site's certificate."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from gantang.host import beats
from gantang.host.backup import book, held
from gantang.host.errors import HostError
from gantang.host.findings import Finding
from gantang.host.options import Options
from gantang.host.placeholder import check_free

_OLD_BACKUP = timedelta(hours=26)  # one a day, and two hours for taking it
_CERTIFICATE_LEFT = timedelta(days=21)
_WAIT = 3.0
#: A job that has not gone well for so long stands still, whatever its pace (the slowest has its own).
_STILL = 900.0
_SLOW = {"checkpoints": 3 * 3600.0, "daily": 2 * 86_400.0, "retention": 2 * 86_400.0}


def jobs(chosen: Options) -> Iterator[Finding]:
    """Jobs of a running worker that stand still."""
    if not _serves(chosen):
        return
    for job, age in beats.ages(chosen.data_dir / "work"):
        if age > _SLOW.get(job, _STILL):
            yield Finding(
                False,
                f"后台任务停滞 … a job stands still: {job}, {age / 60:.0f} min",
                "请看 logs/worker.log 和 gantang jobs list，再重启。 "
                "See logs/worker.log and gantang jobs list, then restart.",
            )


def backups(chosen: Options, now: datetime | None = None) -> Iterator[Finding]:
    """How old the last backup is, and whether a restored site still waits to be released."""
    if held(chosen):
        yield Finding(
            False,
            "恢复之后还没有放行，不对外发送 … restored and not released: nothing leaves",
            "核对之后运行 gantang release。 Check it, then gantang release.",
        )
    if chosen.database_url is not None:
        return
    if chosen.backup_dir is None:
        yield Finding(None, "没有设置备份 … no backups are set up (GANTANG_BACKUP_DIR)")
        return
    try:
        is_there = (chosen.backup_dir / "base").is_dir()
        known, broken_off = (book.listed(chosen), book.unfinished(chosen)) if is_there else ([], [])
    except HostError as error:
        yield Finding(False, str(error))
        return
    for name in broken_off:
        yield Finding(
            False,
            f"备份没有做完 … a backup was broken off: {name}",
            "请看为何中断，再运行 gantang backup。 See what ended it, then gantang backup.",
        )
    age = (now or datetime.now(UTC)) - known[-1].ended if known else None
    told = f"{age.total_seconds() / 3600:.0f} h" if age is not None else "没有 none"
    yield Finding(
        age is not None and age <= _OLD_BACKUP,
        f"最近的备份 … last backup: {told}",
        "请运行 gantang backup，并安排每天运行。 Run gantang backup, and have it run each day.",
    )


def certificate(chosen: Options, now: datetime | None = None) -> Iterator[Finding]:
    """How long the certificate of the site's address holds, where it has one."""
    parts = urlsplit(chosen.site_url or "")
    if parts.scheme != "https" or not parts.hostname:
        return
    remedy = "请更新证书。 Renew the certificate."
    try:
        ends = _ends(parts.hostname, parts.port or 443)
    except ssl.SSLCertVerificationError as error:
        yield Finding(False, f"证书不被信任 … the certificate is not trusted: {error.verify_message}", remedy)
        return
    except OSError:
        yield Finding(None, f"证书没有看到 … the certificate could not be looked at: {chosen.site_url}")
        return
    left = ends - (now or datetime.now(UTC))
    yield Finding(left > _CERTIFICATE_LEFT, f"证书还有 … the certificate holds: {left.days} d", remedy)


def _ends(host: str, port: int) -> datetime:
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=_WAIT) as line,
        context.wrap_socket(line, server_hostname=host) as secure,
    ):
        told = secure.getpeercert() or {}
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(told["notAfter"])), UTC)


def _serves(chosen: Options) -> bool:
    """Whether our own site has the port."""
    place = chosen.data_dir / "up.lock"
    if not place.exists() or place.read_text(encoding="utf-8") != chosen.url:
        return False
    try:
        check_free(chosen.bind, chosen.port)
    except HostError:
        return True
    return False
