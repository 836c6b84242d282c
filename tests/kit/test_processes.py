"""Work spread over processes: each task once, none beside one it collides with, failures told."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gantang.kit.errors import ConflictError, GantangError
from gantang.kit.processes import spread


@dataclass(frozen=True)
class Written:
    """Writes when it began and ended; ``fails`` or ``dies`` instead."""

    folder: Path
    name: str
    kind: str = ""

    def __call__(self) -> tuple[str, int, float, float]:
        begun = time.monotonic()
        if self.name == "fails":
            raise ValueError("as asked")
        if self.name == "dies":
            os._exit(3)
        with (self.folder / self.name).open("x"):
            time.sleep(0.2)
        return self.name, os.getpid(), begun, time.monotonic()


def alike(one: Written, other: Written) -> bool:
    return one.kind == other.kind


def refused() -> GantangError:
    return ConflictError("kit.taken", "被别人拿走", details={"table": "x"})


def test_one_job_needs_no_process_and_keeps_the_order(tmp_path: Path):
    taken: list[str] = []

    def names() -> Iterator[Written]:
        for name in "abc":
            taken.append(name)
            yield Written(tmp_path, name)

    for place, (name, pid, *_) in spread(names(), jobs=1):
        assert (place, pid) == ("abc".index(name), os.getpid())
        assert taken == list("abc"[: place + 1])  # nothing is taken ahead


@pytest.mark.slow
def test_each_task_is_done_once_by_processes_beside_this_one(tmp_path: Path):
    told = dict(spread((Written(tmp_path, str(n)) for n in range(7)), jobs=2))
    assert [told[place][0] for place in range(7)] == [str(n) for n in range(7)]
    assert os.getpid() not in {pid for _, pid, *_ in told.values()}


@pytest.mark.slow
def test_tasks_that_collide_follow_each_other_in_their_order(tmp_path: Path):
    tasks = [Written(tmp_path, name, name[0]) for name in ("a1", "b1", "b2", "b3", "a2")]
    told = dict(spread(tasks, jobs=3, collide=alike))
    for one, after in ((1, 2), (2, 3), (0, 4)):
        assert told[one][3] <= told[after][2]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "said"), [("fails", "ValueError: as asked"), ("dies", "a worker died")])
def test_a_task_that_fails_or_dies_is_told_and_what_was_done_stands(tmp_path: Path, name: str, said: str):
    tasks = [Written(tmp_path, "first", "x"), Written(tmp_path, name, "x")]
    done = spread(tasks, jobs=2, collide=alike)
    assert next(done)[0] == 0
    with pytest.raises(RuntimeError, match=said):
        next(done)
    assert (tmp_path / "first").exists()


@pytest.mark.slow
def test_an_error_for_people_comes_back_from_another_process_as_it_was(tmp_path: Path):
    ((_, error),) = spread([refused], jobs=2)
    assert type(error) is ConflictError
    assert (error.code, error.words, error.details) == ("kit.taken", "被别人拿走", {"table": "x"})
    assert error.remedy_words == ConflictError().remedy_words
