"""The faces on a slow phone: how long an errand takes, what a first page weighs, Lighthouse where it is.

The browser is a phone of 360 px behind a slow line (1.6 Mbit/s, 150 ms), its processor four times slower, as
Lighthouse's own phone is. A program fills in the forms, so that a journey's time is the site's and the
browser's alone. Lighthouse is no part of the project: it is used where ``GANTANG_LIGHTHOUSE`` names its
command, or one stands on PATH.
"""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tests.journeys import chromium

from bench.site import PORT, running

URL = f"http://127.0.0.1:{PORT}"
PAGES = ("/", "/report/", "/track/", "/tip/", "/verify/")
TURNS = 3
_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
_SLOWER = 4
_PAINTED = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe(
    { type: "largest-contentful-paint", buffered: true });
})"""
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
)


def measure() -> dict[str, Any]:
    """Journeys, pages, Lighthouse."""
    with running():
        return _measured()


def _measured() -> dict[str, Any]:
    found = chromium.prepare()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(found.executable), env=dict(found.env))
        result: dict[str, Any] = {
            "journeys": {name: _median(browser, walk) for name, walk in JOURNEYS.items()},
            "pages": {path: _page(browser, path) for path in PAGES},
        }
        browser.close()
    result["lighthouse"] = _lighthouse(found)
    _told(result)
    return result


def _phone(browser: Browser) -> Page:
    """A phone that was never here before."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    link = context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", _LINE)
    link.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    return page


def _median(browser: Browser, walk: Callable[[Page], int]) -> dict[str, float]:
    """Seconds of a journey, the middle of three, and how often something was touched or chosen."""
    seconds, touches = [], 0
    for _turn in range(TURNS):
        page = _phone(browser)
        begun = time.perf_counter()
        touches = walk(page)
        seconds.append(time.perf_counter() - begun)
        page.context.close()
    return {"seconds": round(statistics.median(seconds), 2), "touches": touches}


def _report(page: Page) -> int:
    """From the first page to the receipt: words, kind, place from the lists, no photo, no contact."""
    page.goto(URL)
    page.locator(".acts a.btn-primary").click()
    page.locator("#id_words").fill("村口路灯不亮有一个星期了，老人晚上出门看不见。")
    page.locator("#onward").click()
    for digits in (4, 6, 9, 12):
        page.locator(f"#at{digits}").select_option(index=1)
        page.wait_for_function("(d) => document.querySelector(`#at${d}`)?.value", arg=digits)
        page.wait_for_load_state("networkidle")
    for _step in range(4):
        page.locator("#onward").click()
    page.locator("#code").wait_for()
    return 1 + 1 + 4 + 4


def _large(page: Page) -> int:
    """Into 长辈版 and to the form."""
    page.goto(URL)
    page.locator(".larger button").click()
    page.locator(".four a").first.click()
    page.locator("#id_words").wait_for()
    return 2


JOURNEYS: dict[str, Callable[[Page], int]] = {"report": _report, "large": _large}


def _page(browser: Browser, path: str) -> dict[str, float]:
    """A first visit: requests, bytes as they travel, and when the largest thing was painted."""
    page, sizes = _phone(browser), []
    page.on("requestfinished", lambda done: sizes.append(done.sizes()))
    page.goto(URL + path, wait_until="networkidle")
    painted = float(page.evaluate(_PAINTED))
    page.context.close()
    bytes_ = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
    return {"requests": len(sizes), "bytes": bytes_, "painted_ms": round(painted)}


def _lighthouse(browser: chromium.Browser) -> dict[str, Any] | None:
    """Scores of each page, 0 to 100, the middle of three; None where Lighthouse is missing."""
    command = os.environ.get("GANTANG_LIGHTHOUSE") or shutil.which("lighthouse")
    return {path: _scored(command, browser, path) for path in PAGES} if command else None


def _scored(command: str, browser: chromium.Browser, path: str) -> dict[str, int]:
    runs = [_run(command, browser, path) for _turn in range(TURNS)]
    return {name: int(statistics.median(one[name] for one in runs)) for name in runs[0]}


def _run(command: str, browser: chromium.Browser, path: str) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "told.json"
        told = ["--quiet", "--no-enable-error-reporting", "--output=json", f"--output-path={out}"]
        subprocess.run(
            [command, URL + path, *told, f"--chrome-flags={_FLAGS}"],
            env={**os.environ, **browser.env, "CHROME_PATH": str(browser.executable)},
            check=True,
            capture_output=True,
        )
        categories = json.loads(out.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * one["score"]) for name, one in categories.items() if one["score"] is not None}


def _told(result: dict[str, Any]) -> None:
    for name, one in result["journeys"].items():
        print(f"  {name}: {one['seconds']} s, {one['touches']} touches")
    for path, one in result["pages"].items():
        sizes = f"{one['bytes']:,} bytes in {one['requests']} requests"
        print(f"  {path}: {sizes}, painted at {one['painted_ms']} ms")
    if result["lighthouse"] is None:
        print("  Lighthouse is missing: set GANTANG_LIGHTHOUSE to its command (see bench/README.md).")
        return
    for path, one in result["lighthouse"].items():
        print(f"  {path}: " + ", ".join(f"{name} {score}" for name, score in one.items()))
