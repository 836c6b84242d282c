"""The six roles' five most frequent tasks at the desk: how each is counted, and the page that says what it took.

    python -m pytest tests/journeys/test_tasks.py     # does them, and leaves var/test/tasks.json
    python -m tests.journeys.tasks                    # makes docs/reference/tasks.md of it

Counted are presses of keys and clicks; letters of what is typed are counted apart, for they are the text itself.
Time is the site's and the browser's, from the page that stands there to the page that says it is done: what a person
thinks and types comes on top.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).resolve().parents[2]
KEPT, PAGE = ROOT / "var" / "test" / "tasks.json", ROOT / "docs" / "reference" / "tasks.md"
#: The roles as the first steps know them, in both languages.
ROLES = {
    "intake": ("受理分派", "intake and dispatch"),
    "work": ("办理和调解", "work and mediation"),
    "check": ("核验督办", "check and supervise"),
    "lead": ("负责", "lead"),
    "privacy": ("个人信息保护", "privacy"),
    "admin": ("系统管理", "administer"),
}
#: Keys and clicks that a task may take, none of them more than six.
MOST = 6


@dataclass
class Taken:
    """What a task took."""

    role: str
    task: str
    english: str
    keys: int = 0
    clicks: int = 0
    letters: int = 0
    seconds: float = 0.0


class Hand:
    """Somebody's hands on a page of the desk: every press, click and letter is counted."""

    def __init__(self, page: Page, url: str, role: str) -> None:
        self.page, self.url, self.role = page, url, role
        self.taken: list[Taken] = []

    @contextmanager
    def task(self, task: str, english: str, at: str = "/desk/") -> Iterator[None]:
        """A task that begins at an address; the block does it and waits until it is done."""
        self.page.goto(self.url + at)
        self.page.wait_for_load_state("load")
        self.taken.append(Taken(self.role, task, english))
        began = time.monotonic()
        yield
        self.now.seconds = round(time.monotonic() - began, 1)
        assert self.now.keys + self.now.clicks <= MOST, self.now

    @property
    def now(self) -> Taken:
        return self.taken[-1]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.now.keys += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.now.letters += len(text)

    def click(self, what: Locator) -> None:
        what.click()
        self.now.clicks += 1

    def choose(self, what: Locator, label: str) -> None:
        """One of a list: it is opened, and one is taken."""
        what.select_option(label=label)
        self.now.clicks += 2

    def give(self, what: Locator, name: str, data: bytes) -> None:
        """A file: the window for it is opened, and one is taken."""
        what.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
        self.now.clicks += 2

    def to(self, words: str) -> None:
        """By the window of places: what the page lets one do, or another page."""
        self.press("Control+k")
        expect(self.page.locator("#goto")).to_be_focused()
        self.write(words)
        self.press("Enter")

    def told(self, words: str) -> None:
        """The page says that it is done."""
        expect(
            self.page.locator('[role="status"].toast, .toast[role="status"], [role="status"]').first
        ).to_contain_text(words)

    def stands(self, words: str) -> None:
        """The page that was wanted stands there."""
        expect(self.page.locator("h1").first).to_contain_text(words)


def keep(hands: list[Hand]) -> None:
    """Write down what the tasks took."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(one) for hand in hands for one in hand.taken]
    KEPT.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def main() -> None:
    """Make the page."""
    if not KEPT.is_file():
        sys.exit("nothing was counted: run tests/journeys/test_tasks.py first")
    PAGE.write_text(_page(json.loads(KEPT.read_text(encoding="utf-8"))), encoding="utf-8")


def _page(rows: list[dict[str, Any]]) -> str:
    head = (
        "# Tasks (任务)\n\nThe five most frequent tasks of the six roles at the desk, done in a real browser by the"
        " journeys, with every key, click and letter counted: `pytest tests/journeys/test_tasks.py`, then"
        " `python -m tests.journeys.tasks`. Letters are the text itself. Seconds are the site's and the browser's on two"
        " shared cores, from the page that stands there to the page that says it is done; reading, thinking and typing"
        f" come on top. No task may take more than {MOST} keys and clicks together.\n"
    )
    return "\n".join([head, *(_table(role, [one for one in rows if one["role"] == role]) for role in ROLES)])


def _table(role: str, rows: list[dict[str, Any]]) -> str:
    chinese, english = ROLES[role]
    lines = [
        f"| {one['task']}<br>{one['english']} | {one['keys']} | {one['clicks']} | {one['letters']} | {one['seconds']} |"
        for one in rows
    ]
    head = "| task | keys | clicks | letters | seconds |\n| --- | --- | --- | --- | --- |"
    return "\n".join([f"## {chinese}: {english}\n", head, *lines, ""])


if __name__ == "__main__":
    main()
