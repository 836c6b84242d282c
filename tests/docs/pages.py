"""The pages people read, and what stands in them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gantang"
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
FRONT = [
    ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
]
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
READMES = sorted(PACKAGE.rglob("README.md"))


def pages() -> list[Path]:
    """Every page: in front, below docs, in the rooms."""
    return [*FRONT, *sorted(DOCS.rglob("*.md")), *READMES]


def named(path: Path) -> str:
    """How a test calls a page."""
    return path.relative_to(ROOT).as_posix()


def blocks(text: str, language: str = "") -> list[str]:
    """The fenced blocks of a page; of one language, if asked."""
    found = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.S | re.M)
    return [body for said, body in found if not language or said == language]


def prose(text: str) -> str:
    """A page without its blocks and inline code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^ *```.*?^ *```", "", text, flags=re.S | re.M))


def committed() -> list[Path]:
    """Every text that belongs to the project: what git keeps, or, outside a clone, what lies here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.split("\0") if listed.returncode == 0 else _lying_here()
    paths = [ROOT / name for name in names if name]
    return [path for path in paths if path.is_file() and path.suffix not in (".gz", ".png", ".mo")]


def _lying_here() -> list[str]:
    folders = ("src", "tests", "docs", "requirements", "bench", ".ci")
    below = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    inside = [path for path in below if not {"__pycache__", "vendor"} & set(path.parts)]
    return [named(path) for path in [*inside, *(path for path in ROOT.iterdir() if path.is_file())]]
