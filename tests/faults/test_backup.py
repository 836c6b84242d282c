"""Backups brought back: to the last moment, to a named one; what is missing or damaged is told."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from gantang.host import backup, cluster, postgres
from gantang.host.backup import archiving, restoring, running
from gantang.host.errors import HostError
from gantang.host.options import Options
from gantang.host.places import places
from tests.faults.bench import Site, until
from tests.faults.conftest import MakeSite, open_to_all


def _quiet(_: str) -> None:
    pass


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def site(make_site: MakeSite, tmp_path: Path) -> Site:
    """A site that keeps backups, not started yet."""
    found = make_site()
    found.more = {"GANTANG_BACKUP_DIR": str(tmp_path / "backups")}
    open_to_all(tmp_path)
    return found


def chosen(site: Site, **more: object) -> Options:
    """The site's options; the test run's own database is none of its business."""
    given = {"data_dir": site.folder, "backup_dir": Path(site.more["GANTANG_BACKUP_DIR"]), **more}
    return Options().model_copy(update={**given, "keys_dir": None, "database_url": None})


def taken(site: Site, *, full: bool = False) -> backup.Backup:
    return backup.take(chosen(site), full=full, now=now, say=_quiet)


def keep(site: Site, *names: str) -> None:
    for name in names:
        assert site.get(f"/{name}", "POST")[0] == 200


def attach(site: Site, name: str, text: str) -> Path:
    path = site.folder / "files" / "ab" / "cd" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def kept(site: Site) -> set[str]:
    with site.database() as link:
        return {row[0].removeprefix("/") for row in link.execute("SELECT id FROM kept")}


def restored(site: Site, to: datetime | None = None) -> backup.Restored:
    return backup.restore(chosen(site), to=to, now=now, say=_quiet)


@pytest.mark.slow
def test_a_lost_data_folder_comes_back_whole_with_all_that_was_acknowledged(site: Site) -> None:
    site.up().ready()
    keep(site, "before")
    first = attach(site, "first", "示例一")
    full = taken(site)
    keep(site, "between")
    attach(site, "second", "示例二")
    more = taken(site)
    assert (full.kind, more.kind, more.parent) == ("full", "incremental", full.id)
    assert [one.faults for one in backup.verify(chosen(site))] == [(), ()]
    keep(site, "after")
    site.end()
    shutil.rmtree(site.data)
    shutil.rmtree(site.folder / "files")
    told = restored(site)
    assert (told.backup.id, told.aside, told.files) == (more.id, None, 2)
    assert first.read_text() == "示例一"
    site.up().ready()
    assert kept(site) == {"before", "between", "after"}
    keep(site, "again")
    assert taken(site).kind in ("full", "incremental")


@pytest.mark.slow
def test_a_moment_comes_back_and_nothing_after_it_while_the_former_data_stay_aside(site: Site) -> None:
    site.up().ready()
    keep(site, "before")
    taken(site)
    keep(site, "good")
    sleep(1.5)
    moment = now()
    sleep(1.5)
    with site.database(cluster.SUPERUSER) as link:  # what will not have been fills several parts of the log
        for name in ("mistake", "another", "a third"):
            link.execute("INSERT INTO kept (id) VALUES (%s)", [f"/{name}"])
            link.execute("SELECT pg_switch_wal()")
    with pytest.raises(HostError, match="正在运行"):
        restored(site, moment)
    site.end()
    told = restored(site, moment)
    assert told.aside is not None and (told.aside / "PG_VERSION").exists()
    assert backup.held(chosen(site))
    site.up().ready()
    assert kept(site) == {"before", "good"}
    assert set(site.data.parent.glob("restoring")) == set()
    log = Path(site.more["GANTANG_BACKUP_DIR"]) / "wal"
    until(lambda: any(log.glob("00000002*")), 30, "the log of the restored database is received")
    backup.release(chosen(site))
    assert not backup.held(chosen(site))


@pytest.mark.slow
def test_what_the_receiver_did_not_get_in_time_comes_from_the_former_data(site: Site) -> None:
    site.more["STAND_ARCHIVE_AFTER"] = "3600"
    site.up().ready()
    keep(site, "before")
    taken(site)
    keep(site, "good")
    sleep(1.5)
    moment = now()
    sleep(1.5)
    keep(site, "mistake")
    site.end()
    assert restored(site, moment).aside is not None
    site.up().ready()
    assert kept(site) == {"before", "good"}


@pytest.mark.slow
def test_a_receiver_that_starts_after_the_backup_misses_nothing_since(site: Site) -> None:
    site.more["STAND_ARCHIVE_AFTER"] = "5"
    site.up().ready()
    taken(site)
    with site.database(cluster.SUPERUSER) as link:  # so that the log moves on before anybody receives it
        for name in ("good", "better"):
            link.execute("INSERT INTO kept (id) VALUES (%s)", [f"/{name}"])
            link.execute("SELECT pg_switch_wal()")
    log = Path(site.more["GANTANG_BACKUP_DIR"]) / "wal"
    until(lambda: any(log.glob("*")), 60, "the log is received")
    site.end()
    shutil.rmtree(site.data)
    restored(site)
    site.up().ready()
    assert kept(site) == {"good", "better"}


@pytest.mark.slow
def test_what_cannot_be_had_is_told_and_leaves_the_data_as_they_were(site: Site) -> None:
    site.up().ready()
    keep(site, "here")
    taken(site)
    site.end()
    with pytest.raises(HostError, match="回不到更早"):
        restored(site, now() - timedelta(days=1))
    with pytest.raises(HostError, match="到不了这个时间"):
        restored(site, now() + timedelta(days=1))
    assert not backup.held(chosen(site))
    site.up().ready()
    assert kept(site) == {"here"}


@pytest.mark.slow
def test_damage_of_every_kind_is_found(site: Site) -> None:
    site.up().ready()
    attach(site, "only", "示例")
    full, more = taken(site), taken(site)
    store = Path(site.more["GANTANG_BACKUP_DIR"])
    (store / "files" / "ab" / "cd" / "only").unlink()
    control = store / "base" / more.id / "global" / "pg_control"
    control.write_bytes(bytes([control.read_bytes()[0] ^ 1]) + control.read_bytes()[1:])
    first, second = (one.faults for one in backup.verify(chosen(site)))
    assert "附件缺少或损坏" in first[0] and len(first) == 1
    assert any("pg_verifybackup" in one for one in second)
    (store / "files" / "ab" / "cd" / "only").write_bytes(b"x" * len("示例".encode()))
    (first, *_) = (one.faults for one in backup.verify(chosen(site)))
    assert "附件缺少或损坏" in first[0], "another content of the same length"
    shutil.rmtree(store / "base" / full.id)
    (alone,) = backup.verify(chosen(site))
    assert any(full.id in one for one in alone.faults)


@pytest.mark.slow
def test_a_damaged_backup_is_told_before_anything_is_touched_and_so_is_what_builds_on_it(site: Site) -> None:
    site.up().ready()
    keep(site, "here")
    full, more = taken(site), taken(site)
    site.end()
    version = Path(site.more["GANTANG_BACKUP_DIR"]) / "base" / full.id / "base" / "1" / "PG_VERSION"
    version.write_text("19\n")
    _first, second = (one.faults for one in backup.verify(chosen(site)))
    assert second == (
        f"依赖的备份有问题，不能用于恢复 … builds on one with faults, cannot be restored: {full.id}",
    )
    was = site.data.stat().st_ino
    with pytest.raises(HostError, match=f"{full.id} 有问题，什么都没有改动"):
        restored(site)
    assert site.data.stat().st_ino == was and not backup.held(chosen(site))
    assert [one.name for one in site.data.parent.glob("data*")] == ["data"]
    done = backup.restore(chosen(site), to=None, now=now, say=_quiet, damaged=True)
    assert done.backup.id == more.id, "whoever has no other takes it all the same"


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_log_that_breaks_off_in_its_middle_is_told_before_anything_is_touched(
    site: Site, damage: str
) -> None:
    site.up().ready()
    taken(site)
    for name in ("one", "two", "three", "four"):
        keep(site, name)
        with site.database(cluster.SUPERUSER) as link:
            link.execute("SELECT pg_switch_wal()")
    log = Path(site.more["GANTANG_BACKUP_DIR"]) / "wal"
    until(lambda: len(whole(log)) > 3, 30, "the log is received")
    site.end()
    shutil.rmtree(site.data)
    broken = whole(log)[-2]
    if damage == "gone":
        broken.unlink()
    else:
        data = broken.read_bytes()
        broken.write_bytes(data[:8192] if damage == "cut" else bytes(8192) + data[8192:])
    assert list(backup.unreadable(chosen(site))) or backup.gaps(chosen(site))
    with pytest.raises(HostError, match="日志中间断了，什么都没有改动"):
        restored(site)
    assert not site.data.exists() and not backup.held(chosen(site))


@pytest.mark.slow
def test_a_restore_that_was_killed_is_told_and_the_next_one_begins_with_the_former_data(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.more["STAND_ARCHIVE_AFTER"] = "3600"
    site.up().ready()
    taken(site)
    keep(site, "unreceived")
    site.end()
    was = site.data.stat().st_ino
    monkeypatch.setattr(restoring, "_replayed", _killed)
    monkeypatch.setattr(restoring, "_undone", lambda *_: None)
    with pytest.raises(KeyboardInterrupt):
        restored(site)
    chosen(site).restored_mark.write_text(killed.pop())
    with pytest.raises(HostError, match="上次恢复没有做完，不能启动"), postgres.serving(chosen(site)):
        pass
    monkeypatch.undo()
    told = restored(site)
    assert told.aside is not None and told.aside.stat().st_ino == was
    site.up().ready()
    assert kept(site) == {"unreceived"}


killed: list[str] = []


def _killed(server: Any, *_: object) -> None:
    """What stands there at this moment is what a kill leaves."""
    killed.append((server.here.keys.parent / "restored.json").read_text())
    raise KeyboardInterrupt


def whole(log: Path) -> list[Path]:
    return sorted(one for one in log.iterdir() if len(one.name) == 24)


@pytest.mark.slow
def test_a_backup_and_the_receiver_that_come_at_one_moment_both_find_the_slot(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.up().ready()
    monkeypatch.setattr(running, "SLOT", "gantang_contested")
    here = places(chosen(site))
    with ThreadPoolExecutor(8) as many, site.database(cluster.SUPERUSER) as link:
        for _ in range(20):
            came = [many.submit(archiving.ensure_slot, here, running.socket_of(here)) for _ in range(8)]
            assert [one.result() for one in came] == [None] * 8
            link.execute("SELECT pg_drop_replication_slot(%s)", [running.SLOT])


@pytest.mark.slow
def test_what_is_over_its_term_goes_but_never_what_a_younger_one_needs(site: Site) -> None:
    site.up().ready()
    attach(site, "old", "示例").with_name("old")
    full = taken(site)
    (site.folder / "files" / "ab" / "cd" / "old").unlink()
    later = taken(site)
    last = taken(site, full=True)
    options, store = chosen(site, backup_keep_days=1), Path(site.more["GANTANG_BACKUP_DIR"])
    assert backup.prune(options, now=later.ended + timedelta(days=1)) == []
    assert (store / "files" / "ab" / "cd" / "old").exists()
    gone = backup.prune(options, now=last.ended + timedelta(days=1))
    assert [one.id for one in gone] == [full.id, later.id]
    assert not (store / "files" / "ab" / "cd" / "old").exists()
    assert min(one.name for one in (store / "wal").iterdir()) >= last.first_wal
    assert backup.prune(options, now=last.ended + timedelta(days=9)) == []


def test_backups_and_keys_never_lie_together(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for place in (data / "keys", data, data / "keys" / "below"):
        with pytest.raises(HostError, match="不能放在一起"):
            backup.listed(Options(data_dir=data, backup_dir=place))


def test_without_a_place_for_backups_the_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="GANTANG_BACKUP_DIR"):
        backup.listed(Options(data_dir=tmp_path, backup_dir=None))


def test_a_database_of_somebody_else_is_backed_up_by_its_own_means(tmp_path: Path) -> None:
    away: dict[str, Any] = {"DATABASE_URL": "postgresql://u:p@127.0.0.1/none"}
    options = Options(data_dir=tmp_path, backup_dir=tmp_path / "b", **away)
    with pytest.raises(HostError, match="DATABASE_URL"):
        backup.take(options, now=now, say=_quiet)
