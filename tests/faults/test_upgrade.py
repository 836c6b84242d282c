"""From a former version to this one under load: what was written by that one's own code is all there; an upgrade
that fails leaves it running, with its data untouched.

The former version is taken from the history: the state before the last changes of the schema.
"""

import compileall
import io
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from gantang.host import cluster
from tests.faults.bench import BESIDE, ROOT, Site, runner
from tests.faults.clients import Told
from tests.faults.conftest import clear
from tests.faults.under_load import hurt

pytestmark = pytest.mark.slow
#: One site goes from the former version to this one.
IN_ORDER = True

#: So many changes of the schema back.
_BACK = 6
#: One package of a lock file: its line and those of its hashes.
_LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+).*\n(?: .*\n)*", re.M)
#: What it proves of its packs at its first start takes minutes, and is no part of what is tried here.
_PROVING = "src/gantang/procedures/service/proving.py"
_TRUSTING = "\n\ndef faults(*_, **__):\n    return ()\n"
_REFUSED = "数据库结构没有更新成"


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the former version."""
    words = ("log", "--no-merges", f"-{_BACK}", "--format=%H", "--", "src/gantang/*/migrations/*.py")
    commits = _git(*words).decode().split()
    archive = (
        _git("archive", f"{commits[-1]}^", "src", "tests", "requirements") if len(commits) == _BACK else b""
    )
    if not archive:
        pytest.skip("the history is not here: git fetch --unshallow")
    place = tmp_path_factory.mktemp("former")
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(place, filter="data")
    with (place / _PROVING).open("a", encoding="utf-8") as file:
        file.write(_TRUSTING)
    compileall.compile_dir(place, quiet=2, workers=0)
    _packages(place)
    return place


def _packages(place: Path) -> None:
    """What the version was locked to and is not installed here, beside its code."""
    locked = _LOCKED.finditer((place / "requirements" / "core.txt").read_text())
    missing = [one[0] for one in locked if not _here(one["name"], one["version"])]
    if not missing:
        return
    wanted = place / "missing.txt"
    wanted.write_text("".join(missing))
    words = ("--quiet", "--no-deps", "--require-hashes", "--target", str(place / BESIDE), "-r", str(wanted))
    subprocess.run([sys.executable, "-m", "pip", "install", *words], check=True)


def _here(name: str, version: str) -> bool:
    try:
        return metadata.version(name) == version
    except metadata.PackageNotFoundError:
        return False


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This code with one more change of the schema: it does harm, then it fails."""
    return _with_a_change(tmp_path_factory.mktemp("broken"), _HARM)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This code with one more change, of a table that is much read."""
    return _with_a_change(tmp_path_factory.mktemp("waiting"), _WAITS)


def _with_a_change(place: Path, operations: str) -> Path:
    skipped = shutil.ignore_patterns("fonts", "vendor")
    shutil.copytree(ROOT / "src" / "gantang", place / "src" / "gantang", ignore=skipped)
    (place / "tests").symlink_to(ROOT / "tests")
    folder = place / "src" / "gantang" / "matters" / "migrations"
    last = max(path.stem for path in folder.glob("[0-9]*.py"))
    (folder / "9999_planted.py").write_text(_PLANTED.format(last=last, operations=operations))
    return place


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, former: Path) -> Iterator[Site]:
    """The former version, running."""
    who = replace(runner(None), root=former)
    site = Site(tmp_path_factory.mktemp("upgrade") / "site", who, program="tests.faults.casework")
    try:
        yield site.up().ready(120)
    finally:
        clear(site)


@pytest.fixture(scope="module")
def told() -> Told:
    """Everything that its clients were ever told."""
    return Told()


def test_upgrade_that_fails_leaves_the_former_version_running_and_its_data_untouched(
    site: Site, told: Told, broken: Path, waiting: Path
) -> None:
    before = _schema(site)

    def fail() -> None:
        for root, holds in ((broken, _nothing), (waiting, _table_held)):
            with holds(site), _as(site, root):
                done = site.command("migrate")
                assert done.returncode == 1 and _REFUSED in done.stderr, done.stdout + done.stderr
                assert "site.migration" in done.stderr and "原来的版本可以照常运行" in done.stderr
        with _as(site, ROOT):
            looked = site.command("doctor")
        assert looked.returncode == 1 and "gantang migrate" in looked.stdout

    hurt(site, told, "upgrade that fails beside the running version", fail)
    assert _schema(site) == before


@pytest.mark.prove
def test_former_version_starts_again_after_an_upgrade_that_was_refused(
    site: Site, told: Told, broken: Path
) -> None:
    before = _schema(site)

    def refuse() -> None:
        assert site.end() == 0
        with _as(site, broken):
            refused = site.beside()
            assert refused.wait(300) != 0
            assert _REFUSED in site.log.read_text(), site.said()
        site.up()

    hurt(site, told, "start refused, former version again", refuse)
    assert _schema(site) == before


def test_what_the_former_version_was_told_is_all_there_after_the_upgrade(site: Site, told: Told) -> None:
    before = _schema(site)

    def upgrade() -> None:
        assert site.end() == 0
        site.who = replace(site.who, root=ROOT)
        site.up()

    hurt(site, told, "upgrade", upgrade)
    assert len(_schema(site)[0]) > len(before[0])
    assert site.command("doctor").stdout.count("schema that wait: 0") == 1


@contextmanager
def _as(site: Site, root: Path) -> Iterator[None]:
    """For the block, commands are of another version."""
    who = site.who
    site.who = replace(who, root=root)
    try:
        yield
    finally:
        site.who = who


@contextmanager
def _table_held(site: Site) -> Iterator[None]:
    """Somebody reads a table and does not let go: a change of it waits, and gives up."""
    with site.database(cluster.SUPERUSER) as link, link.transaction():
        link.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        link.execute("LOCK TABLE matter IN ACCESS SHARE MODE")
        yield


@contextmanager
def _nothing(_: Site) -> Iterator[None]:
    yield


def _schema(site: Site) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The changes that were made, and every column."""
    with site.database() as link:
        made = link.execute("SELECT app, name, applied FROM django_migrations ORDER BY id").fetchall()
        columns = link.execute(
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema = 'public' ORDER BY 1, 2"
        ).fetchall()
    return made, columns


def _git(*words: str) -> bytes:
    """What git says; nothing where there is none, or no such history."""
    try:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""


_PLANTED = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "{last}")]
    operations = [{operations}]
"""
_HARM = """
        migrations.RunSQL("UPDATE matter SET state = 'gone'"),
        migrations.RunSQL("ALTER TABLE matter DROP COLUMN version CASCADE"),
        migrations.RunSQL("SELECT 1 / 0"),
"""
_WAITS = 'migrations.RunSQL("ALTER TABLE matter ADD COLUMN planted integer")'
