"""`gantang posts` as it is run: a sheet with errors comes back, a good one is taken once, who, what changed, what is
missing; a killed sweep goes on.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gantang.sheets import queries as sheets
from tests.matters.bringing import Place, own_place
from tests.posts.sheets import REMIT, remit, table

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REMITS = "SELECT count(*) FROM posts_remit"


@pytest.fixture
def place(django_db_setup: None) -> Iterator[Place]:
    with own_place(f"posts_{os.getpid()}") as made:
        yield made


def sheet(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / "remits.csv"
    path.write_bytes(table(REMIT, rows).read())
    return str(path)


def test_a_faulty_sheet_comes_back_and_a_good_one_is_taken_once(place: Place, world: "World", tmp_path: Path):
    before = place.count(REMITS)
    words = ("posts", "import", "--kind", "remits")
    code, told, _memory = place.run(*words, sheet(tmp_path, remit(world), remit(world, 职责="协调")))
    assert code == 1 and "出错 errors 1" in told and "没有改动" in told
    lines = dict(sheets.read(tmp_path / "remits-errors.xlsx"))
    assert lines[3]["结果"] == "出错" and place.count(REMITS) == before
    code, told, _memory = place.run(*words, sheet(tmp_path, remit(world)))
    assert code == 0 and "新增 added 1" in told and place.count(REMITS) == before + 1
    code, told, _memory = place.run(*words, sheet(tmp_path, remit(world)))
    assert code == 0 and "不变 same 1" in told and place.count(REMITS) == before + 1
    told = place.run("posts", "who", "dispute", world.grid)[1]
    assert "依据归口第" in told
    told = place.run("posts", "diff", "2026-01-01", "2026-11-02", "--ground", world.village, "--json")[1]
    assert any(
        one["kind"] == "added" and one["after"]["basis"] == "示例文件第2号" for one in json.loads(told)
    )


def test_what_is_missing_ends_the_check_with_one(place: Place, world: "World"):
    code, told, _memory = place.run("posts", "check", world.township)
    assert code == 1 and "没有一村一警" in told and "处毛病" in told
    code, told, _memory = place.run("posts", "check", world.township, "--json", "--kind", "no_justice")
    assert code == 1 and [one["ground"] for one in json.loads(told)] == [world.township]
    assert place.run("posts", "check", world.township, "--kind", "no_function")[0] == 0


def test_a_client_is_made_with_scopes_listed_and_ended(place: Place, world: "World"):
    post = str(world.post("360428101", "受理岗"))
    code, told, _memory = place.run("client", "make", "示例", "--post", post, "--scope", "read")
    assert code == 0 and told.startswith("gt_")
    listed = place.run("client", "list", "--post", post)[1]
    number, _name, scope = listed.split()
    assert scope == "read"
    assert place.run("client", "end", number)[0] == 0
    assert "已停 ended" in place.run("client", "list", "--post", post)[1]
    assert place.run("client", "make", "示例", "--post", "999999", "--scope", "read")[0] == 1
