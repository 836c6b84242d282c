"""The site under measurement: the embedded server and the web processes, as `gantang demo` runs them."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "var" / "bench"
PORT = 8765
LONGEST_START = 600.0


@contextmanager
def running() -> Iterator[None]:
    """The site for the length of the block, and Django set up in this process on the same database."""
    os.environ["GANTANG_DATA_DIR"] = str(DATA)
    os.environ["GANTANG_PORT"] = str(PORT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gantang.site.settings"
    DATA.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        if not _answers():
            stack.enter_context(_started())
        stack.enter_context(_joined())
        _begin()
        yield


def _begin() -> None:
    """What a newer sample has told since the seed belongs to the seed: no run takes it away."""
    from bench import tidy
    from gantang.kit import clock

    if tidy.marked():
        tidy.mark(clock.now())


@contextmanager
def _started() -> Iterator[None]:
    with (DATA / "up.out").open("ab") as out:
        site = subprocess.Popen(
            [sys.executable, "-m", "gantang", "demo"], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(site)
        yield
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait(60)


def _wait(site: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LONGEST_START
    while not _answers():
        if site.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"the site did not start; see {DATA / 'up.out'}")
        time.sleep(0.5)


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def _joined() -> Iterator[None]:
    """This process as a client of the running server."""
    from gantang.host import postgres
    from gantang.host.options import options

    options.cache_clear()
    with postgres.serving(options()) as url:
        os.environ["DATABASE_URL"] = url
        options.cache_clear()
        import django

        django.setup()
        yield
