"""`python requirements/install.py TITLE FILE…`: install locked requirements, with one bar for all of them.

Only the standard library is used: nothing else is there yet. What pip says is kept back and shown when it
fails.
"""

import re
import subprocess
import sys
import sysconfig
import threading
from pathlib import Path

_PINNED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*==", re.MULTILINE)
_TAKEN = re.compile(r"(?:Collecting|Requirement already satisfied:) ([\w.-]+)")
_PACKAGES = Path(sysconfig.get_path("purelib"))
_CELLS = 30
_LINES = 40
#: So few packages are shown by pip itself, byte by byte: one of them may be large.
_FEW = 3


class _Pip:
    """One run of pip: what it said, and how far it has come."""

    def __init__(self, files: list[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (our own words only)
            [*_command(files), "--progress-bar", "off"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        self._before = _installed()
        self._fetched = 0
        self.lines: list[str] = []
        self.current = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self.lines.append(line.rstrip())
            if found := _TAKEN.match(line):
                self._fetched += 1
                self.current = found[1]

    def waited(self, seconds: float) -> bool:
        """Whether it has ended within so many seconds."""
        self._reader.join(seconds)
        return not self._reader.is_alive()

    def steps(self) -> int:
        """Packages fetched and packages installed, together."""
        return self._fetched + _installed() - self._before

    def code(self) -> int:
        return self._process.wait()


def _command(files: list[str]) -> list[str]:
    named = [word for file in files for word in ("-r", file)]
    options = ["--disable-pip-version-check", "--no-input", "--require-hashes"]
    return [sys.executable, "-m", "pip", "install", *options, *named]


def _installed() -> int:
    return sum(1 for _ in _PACKAGES.glob("*.dist-info"))


def _draw(title: str, share: float, word: str) -> None:
    full = int(share * _CELLS)
    sys.stdout.write(f"\r\033[K{title} {'█' * full}{'░' * (_CELLS - full)} {share:4.0%} {word}")
    sys.stdout.flush()


def main(title: str, files: list[str]) -> int:
    """Install what the files name; pip's exit code."""
    wanted = 2 * sum(len(_PINNED.findall(Path(file).read_text(encoding="utf-8"))) for file in files)
    shown = sys.stdout.isatty()
    print(title, end="" if shown and wanted > 2 * _FEW else "\n", flush=True)
    if shown and wanted <= 2 * _FEW:
        return subprocess.call(_command(files))  # noqa: S603 (our own words only)
    pip = _Pip(files)
    while not pip.waited(0.2):
        if shown:
            _draw(title, min(0.99, pip.steps() / max(1, wanted)), pip.current)
    code = pip.code()
    if code:
        print("", *pip.lines[-_LINES:], sep="\n", file=sys.stderr)
    elif shown:
        _draw(title, 1.0, "\n")
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except KeyboardInterrupt:
        sys.exit(130)
