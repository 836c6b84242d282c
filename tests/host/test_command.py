"""The command: sub-commands found by module, Django's own passed through."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from gantang.cli import program


def _run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **more}
    return subprocess.run([sys.executable, "-m", "gantang", *words], env=env, capture_output=True, text=True)


def test_modules_of_the_package_are_sub_commands() -> None:
    names = set(get_command(program()).commands)  # type: ignore[attr-defined]
    assert {"up", "demo", "work", "migrate", "manage", "settings", "assets", "doctor"} <= names


def test_every_sub_command_says_what_it_does() -> None:
    for name, command in get_command(program()).commands.items():  # type: ignore[attr-defined]
        assert command.help, name


@pytest.mark.slow
def test_other_words_go_to_django() -> None:
    done = _run("diffsettings", "--help")
    assert done.returncode == 0
    assert "diffsettings" in done.stdout


@pytest.mark.slow
def test_unknown_word_is_told() -> None:
    done = _run("no-such-thing")
    assert done.returncode != 0
    assert "no-such-thing" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_settings_page_is_printed() -> None:
    assert "GANTANG_PORT" in _run("settings").stdout


@pytest.mark.slow
def test_demo_for_other_machines_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    done = _run("demo", GANTANG_BIND="0.0.0.0", GANTANG_DATA_DIR=str(tmp_path / "demo"))
    assert done.returncode == 2
    assert "GANTANG_BIND" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "demo").exists()
