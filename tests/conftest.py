"""One migrated, seeded template database a run; each test process works on its own copy of it."""

import compileall
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
#: So many characters of a red test are told at once.
TOLD = 800
#: Rounds of a password's hash here: strength takes a second each time, and is Django's.
FEW = 1_000
#: A story goes so far into the future, a minute with each move: one that starts later in the day waits for the next.
BEFORE_MIDNIGHT = timedelta(minutes=8)
#: How often a database in use is tried again.
_DROPS = 6
_END_SESSIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = '{name}' AND backend_type = 'client backend' AND usename LIKE '%gantang%'
"""
pytest_plugins = ["tests.world"] if (HERE / "world.py").exists() else []


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _base() -> str:
    return "test_" + (urlsplit(os.environ["GANTANG_TEST_OWNER_URL"]).path.lstrip("/") or "gantang")


def _folder(name: str) -> Path:
    """The data folder of a test process, or the template's."""
    return ROOT / "var" / "test" / _base() / name


def pytest_configure(config: pytest.Config) -> None:
    """Point Django at this process's own database before anything imports the settings."""
    _no_timing()
    if not hasattr(config, "workerinput"):
        _prepare(config)
    if config.getoption("numprocesses", None):
        return  # only its workers test, and each would take what is set here for its own
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    shutil.rmtree(_folder(worker), ignore_errors=True)
    os.environ["GANTANG_DATA_DIR"] = str(_folder(worker))
    os.environ["DATABASE_URL"] = _named(os.environ["GANTANG_TEST_OWNER_URL"], f"{_base()}_{worker}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "gantang.site.settings"


def _no_timing() -> None:
    """A property that holds holds on a busy machine, too."""
    from hypothesis import HealthCheck, settings

    settings.register_profile("busy", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("busy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is pure comes first: one process makes the template database meanwhile, and none waits for it."""
    items.sort(key=lambda one: "engine" not in one.path.relative_to(HERE).parts[:1])
    items[:] = [one for _path, some in groupby(items, lambda one: one.path) for one in _told(list(some))]


def _told(items: list[pytest.Item]) -> list[pytest.Item]:
    """A module that tells one story (``IN_ORDER``) is told as it is written, however the others are shuffled."""
    is_story = getattr(getattr(items[0], "module", None), "IN_ORDER", False)
    return sorted(items, key=lambda one: one.reportinfo()[1] or 0) if is_story else items


def pytest_runtest_setup() -> None:
    """No test begins on one day of the field and ends its story on the next: what it asks for is "today"."""
    from gantang.kit.clock import here

    while (here() + BEFORE_MIDNIGHT).date() != here().date():
        time.sleep(5)


def pytest_sessionstart(session: pytest.Session) -> None:
    if terminal := session.config.pluginmanager.get_plugin("terminalreporter"):
        session.config.pluginmanager.register(_Red(terminal))


class _Red:
    """Tells a red test at once: a run that is cut off has said which they were."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self.terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.terminal.write_line(f"\nred: {report.nodeid}\n{report.longreprtext[-TOLD:]}")


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Load the rooms before a test module imports their models; what is pure is collected without them."""
    if not {"engine", "host"} & set(module_path.parts):
        import django
        from django.contrib.auth.hashers import PBKDF2PasswordHasher

        django.setup()
        PBKDF2PasswordHasher.iterations = FEW
        _one_site()


@cache
def _one_site() -> None:
    """All clients of a process ask one site, as in operation: to set its layers up anew for each costs more than
    most requests. A test that changes the layers gets a site of its own."""
    from django.conf import settings
    from django.test import client

    made = cache(lambda csrf, *_layers: handler(csrf))
    handler = client.ClientHandler
    client.ClientHandler = lambda enforce_csrf_checks=True: made(enforce_csrf_checks, *settings.MIDDLEWARE)


def _prepare(config: pytest.Config) -> None:
    """In the controlling process: a server if none is named, a role and a secret of the run's own."""
    from gantang.host.secrets import kept_secret

    _compile()
    if config.getoption("numprocesses", None):
        _unpack_browser(config)
    if not os.environ.get("GANTANG_TEST_OWNER_URL"):
        os.environ["GANTANG_TEST_OWNER_URL"] = os.environ.get("DATABASE_URL") or _embedded(config)
    os.environ["GANTANG_APP_ROLE"] = f"{_base()}_app"
    os.environ["GANTANG_SECRET_KEY"] = kept_secret(_folder("secrets"), "secret_key")
    for name in [name for name in os.environ if name.startswith("GANTANG_SMTP")]:
        del os.environ[name]


def _compile() -> None:
    """The tests start hundreds of programs, and where an environment forbids Python to write what it compiled, each
    would compile the whole source anew: seconds each."""
    for place in (ROOT / "src", HERE):
        compileall.compile_dir(place, quiet=2, workers=0)


def _unpack_browser(config: pytest.Config) -> None:
    """Ready before the first journey: all workers would wait for the one that fetches and unpacks it."""
    words = [sys.executable, "-m", "tests.journeys.chromium"]
    child = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    config.add_cleanup(child.wait)


def _embedded(config: pytest.Config) -> str:
    """The embedded server, for the length of the run."""
    from tests.embedded import start

    url, stop = start(ROOT / "var" / "test" / "server")
    config.add_cleanup(stop)
    return url


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """This process's copy of the template; dropped at the end."""
    from gantang.kit import crypto
    from tests.copies import fill

    owner = os.environ["GANTANG_TEST_OWNER_URL"]
    name = urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/")
    template = _template(owner)
    _drop(owner, name)
    _admin(owner, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    fill(Path(os.environ["GANTANG_DATA_DIR"]), _folder("template"))
    crypto.forget_keys()
    yield
    from django.db import connections

    for each in connections.all(initialized_only=True):
        each.close()
        if getattr(each, "pool", None) is not None:
            each.close_pool()
    _drop(owner, name)


def _template(owner: str) -> str:
    """The name of a database with schema and world as the code stands now; made once under a lock."""
    name = f"{_base()}_template"
    stamp = _fingerprint()
    with psycopg.connect(_named(owner, "postgres"), autocommit=True) as link:
        link.execute("SET lock_timeout = 0")  # another process may be building it
        link.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        row = link.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if row is None or row[0] != stamp or not _folder("template").exists():
            _build_template(link, owner, name)
            link.execute(f"COMMENT ON DATABASE \"{name}\" IS '{stamp}'")
    return name


def _build_template(link: psycopg.Connection, owner: str, name: str) -> None:
    shutil.rmtree(_folder("template"), ignore_errors=True)
    link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    link.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    made = subprocess.run(
        [sys.executable, "-m", "tests.template"],
        env={
            **os.environ,
            "DATABASE_URL": _named(owner, name),
            "GANTANG_DATA_DIR": str(_folder("template")),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        pytest.exit(f"The template database could not be made:\n{made.stdout}\n{made.stderr}", 3)


#: Rooms that only show what the rooms below hold.
_DOORS = ("desk", "portal", "field", "screen", "exchange")


def _fingerprint() -> str:
    """Changes whenever anything that shapes the template changes."""
    import hashlib

    total = hashlib.sha256(sys.version.encode())
    shaping = [*(ROOT / "src").rglob("*"), HERE / "world.py", HERE / "template.py"]
    for path in sorted(
        path for path in shaping if path.suffix in {".py", ".yaml", ".csv", ".gz", ".json", ".typ"}
    ):
        place = path.relative_to(ROOT)  # the folders above may be called anything
        if path.exists() and not {*_DOORS, "static", "templates", "host", "cli"} & set(place.parts):
            total.update(str(place).encode() + path.read_bytes())
    return total.hexdigest()[:32]


def _drop(owner: str, name: str) -> None:
    """Drop a database. Force would try to end a vacuum of the server's own, too, which the owner may not:
    so only sessions of the application's roles are ended, and the vacuum is left to give way by itself."""
    for _attempt in range(_DROPS):
        try:
            return _admin(owner, f'DROP DATABASE IF EXISTS "{name}"')
        except psycopg.errors.ObjectInUse:
            _admin(owner, _END_SESSIONS.format(name=name))
    _admin(owner, f'DROP DATABASE IF EXISTS "{name}"')


def _admin(owner: str, *statements: str) -> None:
    with psycopg.connect(_named(owner, "postgres"), autocommit=True) as link:
        for statement in statements:
            link.execute(statement)
