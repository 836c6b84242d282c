"""No file is held whole: what comes in and goes out passes by in pieces."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast

import pytest
from django.core.files.uploadedfile import UploadedFile

from gantang.files import service, spool
from gantang.files.errors import NoRoomError, TooLargeError
from gantang.files.spool import Spool
from tests.files.made import film, office, pdf, png, sound
from tests.files.memory import Form, request_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.GANTANG_FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def _uploaded(size: int) -> UploadedFile:
    found = request_of(Form(size)).FILES["file"]
    assert isinstance(found, UploadedFile)
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from Linux")
def test_fifty_megabytes_come_in_and_go_out_within_twenty(tmp_path: Path) -> None:
    given = {"GANTANG_DATA_DIR": str(tmp_path), "GANTANG_MAX_ATTACHMENT_MB": "60"}
    known = {"DJANGO_SETTINGS_MODULE": "gantang.site.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.files.memory", "50"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **known, **given},
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 20_000


def test_what_waits_on_the_disk_cannot_be_read_there_and_has_no_name(folder: Path) -> None:
    with Spool() as held:
        held.write(b"the words of somebody" * 100)
        assert not [one for one in folder.rglob("*") if one.is_file()]
        on_disk = os.pread(held._file.fileno(), 10_000, 0)
        assert len(on_disk) == 2_100 and b"somebody" not in on_disk


def test_a_spool_reads_anywhere_what_was_written_in_pieces() -> None:
    data = os.urandom(100_003)
    with Spool() as held:
        for at in range(0, len(data), 7_001):
            held.write(data[at : at + 7_001])
        for start, end in (
            (0, 5),
            (15, 17),
            (16, 32),
            (99_990, 100_003),
            (7_000, 70_001),
            (100_003, 100_009),
        ):
            held.seek(start)
            assert held.read(end - start) == data[start:end]
            assert b"".join(held.pieces(start, end)) == data[start:end]
        assert held.seek(-3, 2) == 100_000 and held.read() == data[-3:] and held.size == len(data)


def test_of_a_file_beyond_the_limit_no_more_is_kept_than_shows_it(settings: Any) -> None:
    settings.GANTANG_MAX_ATTACHMENT_BYTES = 1_000_000
    found = _uploaded(30_000_000)
    assert (found.size or 0) > 30_000_000 and found.seek(0, 2) < 1_200_000
    with pytest.raises(TooLargeError):
        service.clean(found)  # type: ignore[arg-type]


def test_without_room_the_form_arrives_and_the_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool.disk, "is_low", lambda place: True)
    found = _uploaded(2_000_000)
    with pytest.raises(NoRoomError):
        service.clean(found)  # type: ignore[arg-type]
    with pytest.raises(NoRoomError):
        service.clean(BytesIO(b"%PDF-1.7"))


@pytest.mark.parametrize("data", [pdf(), office(), film(b"isom"), sound("mp3"), png(8, 8)])
def test_every_kind_is_cleaned_from_an_upload_as_from_the_memory(data: bytes) -> None:
    held = Spool()
    held.write(data)
    upload: Any = UploadedFile(file=cast("IO[Any]", held), name="a", size=len(data))
    assert service.clean(upload).kind == service.clean(data).kind
    assert service.clean(upload).data == service.clean(data).data
