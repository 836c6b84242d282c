"""The doctor looks and changes nothing; what stands in the way of a start is told as bad."""

import os
import socket
from pathlib import Path

import pytest

from gantang.host import disk, doctor, places
from gantang.host.options import Options
from gantang.host.placeholder import free_port


@pytest.fixture(autouse=True)
def no_leftovers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory of the test's own, and none of this run's options."""
    for name in [name for name in os.environ if name.startswith(("GANTANG_", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(places, "_STATE", tmp_path / "state")
    return tmp_path / "state"


def _bad(chosen: Options) -> list[str]:
    return [finding.text for finding in doctor.examine(chosen) if finding.good is False]


def _chosen(tmp_path: Path, **given: object) -> Options:
    return Options(data_dir=tmp_path / "data", port=free_port("127.0.0.1"), **given)  # type: ignore[arg-type]


def test_fresh_machine_is_fit_and_stays_as_it_is(tmp_path: Path) -> None:
    chosen = _chosen(tmp_path)
    assert _bad(chosen) == []
    assert not chosen.data_dir.exists()


def test_misspelt_option_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANTANG_PROT", "1")
    (told,) = _bad(_chosen(tmp_path))
    assert "GANTANG_PROT" in told
    assert "GANTANG_PORT?" in told


def test_port_that_somebody_else_has_is_told(tmp_path: Path) -> None:
    chosen = _chosen(tmp_path)
    with socket.create_server(("127.0.0.1", chosen.port)):
        (told,) = _bad(chosen)
        assert str(chosen.port) in told
        chosen.data_dir.mkdir()
        (chosen.data_dir / "up.lock").write_text(chosen.url)  # our own site has it
        assert _bad(chosen) == []


def test_disk_that_fills_up_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = _chosen(tmp_path)
    chosen.data_dir.mkdir()
    monkeypatch.setattr(disk, "free_bytes", lambda folder: disk.LOW_BYTES - 1)
    (told,) = _bad(chosen)
    assert "511 MB" in told


def test_programs_that_are_missing_are_told(tmp_path: Path) -> None:
    (told,) = _bad(_chosen(tmp_path, postgres_bin=tmp_path))
    assert "GANTANG_POSTGRES_BIN" in told


def test_database_whose_data_folder_is_gone_is_told(tmp_path: Path, no_leftovers: Path) -> None:
    left = no_leftovers / "0123456789ab"
    left.mkdir(parents=True)
    (left / "of").write_text(str(tmp_path / "removed"))
    (told,) = _bad(_chosen(tmp_path))
    assert str(left) in told
