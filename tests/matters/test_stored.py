"""The bytes of attachments and documents: what was changed or is gone is told, what nothing refers to goes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import LazySettings, settings
from typer.testing import CliRunner

from gantang.cli import program
from gantang.cli.worker import jobs
from gantang.files import queries as stored
from gantang.files import service as files
from gantang.files.errors import StoreAwayError
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.matters import queries, service
from gantang.matters.models import Attachment
from tests.matters import paths
from tests.matters.acting import Course, fresh, image

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
DAYS = 3 * 86_400


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Only what a test stores lies there."""
    settings.GANTANG_FILES_DIR = tmp_path / "files"
    settings.GANTANG_RESTORED_MARK = tmp_path / "restored.json"
    return tmp_path / "files"


@pytest.fixture
def course(world: "World") -> Course:
    """A matter with two files; of others nothing lies in the folder."""
    begun = paths.begun(world, words="路灯不亮。")
    for shade in (50, 150):
        service.attach(
            actor=world.cast.receiver,
            matter=begun.id,
            data=image(shade),
            public=False,
            key=fresh(),
            now=begun.now,
        )
    return begun


@pytest.fixture
def names(course: Course) -> list[str]:
    with reading(SYSTEM, ids=[course.id]):
        return sorted(Attachment.objects.filter(matter_id=course.id).values_list("stored", flat=True))


def aged(folder: Path, name: str) -> None:
    path = next(folder.rglob(name))
    os.utime(path, (path.stat().st_mtime - DAYS, path.stat().st_mtime - DAYS))


def test_every_name_that_a_row_refers_to_is_known_wherever_it_lies(names: list[str]) -> None:
    assert set(names) <= set(queries.stored_names())
    assert queries.stored_among([*names, "0" * 66]) == set(names)


def changed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "word"), [(changed, "was changed"), (Path.unlink, "is gone")], ids=["changed", "gone"]
)
def test_a_file_that_was_changed_at_the_same_length_or_is_gone_is_told(
    folder: Path, names: list[str], harm: Callable[[Path], None], word: str
) -> None:
    assert len(set(names)) == 2
    harm(next(folder.rglob(names[0])))
    told = CliRunner().invoke(program(), ["files", "verify"])
    (line,) = [one for one in told.output.splitlines() if names[0] in one]
    assert word in line and names[1] not in told.output
    assert told.exit_code == 1


def test_pieces_of_an_upload_that_was_given_up_go_and_files_of_matters_stay(
    folder: Path, names: list[str]
) -> None:
    given_up, young = (files.keep_waiting(f"1/{n}", 0, b"x") for n in range(2))
    for name in (*names, given_up):
        aged(folder, name)
    jobs.sweep_files()
    assert [stored.exists(name) for name in (*names, given_up, young)] == [True, True, False, True]


def test_of_a_restored_state_no_file_goes_before_it_is_released(folder: Path) -> None:
    given_up = files.keep_waiting("1/a", 0, b"x")
    aged(folder, given_up)
    Path(settings.GANTANG_RESTORED_MARK).write_text("{}")
    jobs.sweep_files()
    assert stored.exists(given_up)
    Path(settings.GANTANG_RESTORED_MARK).unlink()
    jobs.sweep_files()
    assert not stored.exists(given_up)


def test_a_store_that_is_away_is_told_in_words(names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_name: str) -> None:
        raise StoreAwayError

    monkeypatch.setattr(stored, "opened", away)
    told = CliRunner().invoke(program(), ["files", "verify"])
    assert told.exit_code == 1 and not isinstance(told.exception, StoreAwayError)
    assert str(StoreAwayError.sentence) in told.output
