"""Sites for the fault tests: a fresh one each, or one that a whole file may hurt and mend."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.bench import Runner, Site, runner
from tests.faults.clients import Told

MakeSite = Callable[..., Site]
#: Whoever asks for one of these starts a whole site: seconds each.
SITES = {"make_site", "site", "casework"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Whatever starts a whole site belongs to `make test-all`, wherever in this folder it stands."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and SITES & set(item.fixturenames):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[MakeSite]:
    """Make sites below a folder that every account may use; all of them are stopped and removed at the end."""
    made: list[Site] = []

    def make(name: str = "site", who: Runner | None = None) -> Site:
        who = who or runner(None)
        place = tmp_path / f"of-{who.name}"
        _usable(place, who)
        made.append(Site(place / name, who))
        return made[-1]

    yield make
    for site in made:
        clear(site)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One running site for all tests of a file."""
    running = Site(tmp_path_factory.mktemp("shared") / "site", runner(None)).up().ready()
    yield running
    clear(running)


@pytest.fixture(scope="package")
def casework(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The whole site with the small world and its backups' log, for all tests under load."""
    place = tmp_path_factory.mktemp("load")
    open_to_all(place)
    site = Site(place / "site", runner(None), program="tests.faults.casework")
    site.more = {"GANTANG_BACKUP_DIR": str(place / "backups")}
    try:
        yield site.up().ready(120)
    finally:
        clear(site)


@pytest.fixture(scope="package")
def told() -> Told:
    """Everything that clients of that site were ever told."""
    return Told()


def _usable(place: Path, who: Runner) -> None:
    place.mkdir(exist_ok=True)
    if who.uid is not None:
        open_to_all(place)
        shutil.chown(place, who.uid)


def take_all(path: Path) -> None:
    """Take all that is free on a disk. (Without a buffer: what it keeps, closing would try once more.)"""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\1" * 2**16)


def open_to_all(place: Path) -> None:
    """Let every account pass through the test run's own folders down to this one."""
    for parent in [place, *place.parents]:
        if parent.stat().st_mode & 0o001 == 0:
            parent.chmod(0o755)


def clear(site: Site) -> None:
    """Stop a site, and remove what root's database leaves outside the test's folder."""
    if site.supervisor is not None:
        site.end()
    home = site.data.parent
    if home.parent.name == "gantang":  # root's database stands in the system's state directory
        shutil.rmtree(home, ignore_errors=True)
