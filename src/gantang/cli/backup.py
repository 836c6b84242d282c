"""`gantang backup`, `gantang restore`: the embedded database and the attachments, and the way back."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from gantang.cli import surroundings
from gantang.cli.screen import say
from gantang.host import backup as backups
from gantang.host.options import options
from gantang.kit import clock

if TYPE_CHECKING:
    from gantang.host.backup import Backup


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(help="备份。 Backups.")
    group.callback(invoke_without_command=True)(backup)
    group.command("list")(listed)
    group.command("verify")(verify)
    group.command("prune")(prune)
    app.add_typer(group, name="backup")
    app.command("restore")(restore)
    app.command("release")(release)
    app.command("archive", hidden=True)(archive)


def backup(
    context: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="做全量，不做增量。 A full one.")] = False,
) -> None:
    """备份数据库和附件，核对，再清理过期的备份；平时是增量，每7天做一次全量。

    Back up database and attachments, verify, remove what is over its term; in full every 7 days.
    """
    if context.invoked_subcommand is not None:
        return
    chosen = options()
    made = backups.take(chosen, full=full, now=clock.now, say=say)
    _say(made)
    faults = next(backups.verify(chosen, made)).faults
    _tell(made, faults)
    for gone in backups.prune(chosen, now=clock.now()):
        say(f"已清理 … removed: {gone.id}")
    raise typer.Exit(1 if faults else 0)


def listed() -> None:
    """列出备份。 List the backups."""
    found = backups.listed(options())
    for one in found:
        _say(one)
    _tell_unfinished()
    if not found:
        say("还没有备份：运行 gantang backup … no backup yet: run gantang backup")


def verify() -> None:
    """核对每个备份；有问题时退出码为 1。 Verify every backup; ends with 1 when something is found."""
    is_sound = True
    for verdict in backups.verify(options()):
        _tell(verdict.backup, verdict.faults)
        is_sound = is_sound and not verdict.faults
    for before, after in backups.gaps(options()):
        say(f"日志缺了一段 … the log has a gap: {before} – {after}")
        is_sound = False
    for fault in backups.unreadable(options()):
        say(fault)
        is_sound = False
    is_sound = not _tell_unfinished() and is_sound
    raise typer.Exit(0 if is_sound else 1)


def _tell_unfinished() -> bool:
    """Whether a backup was broken off; each is told."""
    found = backups.unfinished(options())
    for name in found:
        say(f"{name}  没有做完，不用于恢复，下次备份时清理 … broken off: never restored, the next removes it")
    return bool(found)


def prune() -> None:
    """清理过期的备份（GANTANG_BACKUP_KEEP_DAYS）。 Remove backups that are over their term."""
    gone = backups.prune(options(), now=clock.now())
    for one in gone:
        say(f"已清理 … removed: {one.id}")
    say(f"{len(gone)} 个 … removed in all")


def restore(
    to: Annotated[
        str, typer.Option(help="恢复到哪个时间，如 2026-11-28T09:30。 The moment to go back to.")
    ] = "",
    damaged: Annotated[
        bool,
        typer.Option(
            "--damaged",
            help="备份或日志有损坏，也恢复能恢复的。 Go on although the backup or the log has faults.",
        ),
    ] = False,
) -> None:
    """停机后，把数据库和附件恢复到某个时间（不写就是最后）；现有数据移到一边，不删除。

    With all stopped, bring database and attachments back as they were at a moment (without one: the last that
    is there). What is there now is moved aside, not removed. Nothing leaves before `gantang release`.
    """
    chosen = options()
    made = backups.restore(chosen, to=_moment(to), now=clock.now, say=say, damaged=damaged)
    say(f"数据库已恢复 … the database is back: {made.backup.id}, {made.files} 个附件 attachments")
    if made.aside:
        say(f"原来的数据移到了 … the former data: {made.aside}")
    _forget_again()
    say("请先运行 gantang ledger verify，再启动；对外消息要等 gantang release 之后才发出。")
    say("Run gantang ledger verify, then start; nothing leaves before gantang release.")


def release() -> None:
    """恢复以后：先再删一遍已删除的信息，再放行对外消息。 After a restore: erase again, then release."""
    _forget_again()
    backups.release(options())
    say("对外消息已放行 … messages leave again")


def _forget_again() -> None:
    """What had been erased came back with the backup: it goes again, by the list beside the keys."""
    with surroundings.django():
        from gantang.matters import service as matters

        again = matters.forget_again(now=clock.now())
        say(f"重新删除已删除的信息 … erased again: {again}")


def archive() -> None:
    """随时接收数据库日志（由 gantang up 启动）。 Receive the log as it is written; run by `gantang up`."""
    backups.receive(options())


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text}：请写成 2026-11-28T09:30 … write it as 2026-11-28T09:30") from None
    return found if found.tzinfo else found.replace(tzinfo=clock.ZONE)


def _say(one: "Backup") -> None:
    kind = {"full": "全量 full", "incremental": "增量 incremental"}[one.kind]
    ended = one.ended.astimezone(clock.ZONE)
    size = f"{one.bytes / 2**20:,.1f} MB, {one.files} 个附件 attachments"
    say(f"{one.id}  {kind}  {ended:%Y-%m-%d %H:%M:%S}  {size}")


def _tell(one: "Backup", faults: tuple[str, ...]) -> None:
    say(f"{one.id}  {'完好 sound' if not faults else '有问题 faults'}")
    for fault in faults:
        say(f"  {fault}")
