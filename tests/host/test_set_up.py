"""Setting up from a clone: what cannot go on says why, and locked files name no host."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_installation_that_fails_shows_what_pip_said(tmp_path: Path) -> None:
    (tmp_path / "locked.txt").write_text("no requirement at all\n")
    done = subprocess.run(
        [sys.executable, "requirements/install.py", "Installing", str(tmp_path / "locked.txt")],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode != 0
    assert done.stdout == "Installing\n"
    assert "ERROR: Invalid requirement" in done.stderr
    assert "Traceback" not in done.stderr


def test_python_that_is_too_old_is_told_in_one_sentence(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")  # what the check's own line answers on an older Python
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "-f", ROOT / "Makefile", "demo", f"PYTHON={old}"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode != 0
    assert "Python 3.11" in done.stdout
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize(
    "name", ["package-lock.json", *(f"requirements/{one}.txt" for one in ("core", "dev", "build", "assets"))]
)
def test_locked_file_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "resolved" not in text
    links = re.findall(r"https?://\S+", text)
    assert [link for link in links if name != "package-lock.json"] == []
    assert not re.search(r"index[-_]url|registry\.", text)


def test_every_locked_package_has_its_hashes() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        blocks = re.split(r"\n(?=\S)", file.read_text(encoding="utf-8").strip())
        assert all("--hash=sha256:" in block for block in blocks if "==" in block), file
