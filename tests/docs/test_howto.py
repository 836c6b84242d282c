"""What the how-to pages tell one to write works as it stands."""

from pathlib import Path

import pytest

from gantang import engine
from gantang.cli.check import SHIPPED
from tests.docs.pages import DOCS, blocks

HOWTO = DOCS / "how-to"


@pytest.mark.django_db
def test_the_county_of_the_page_can_be_made(world, capsys):
    [script] = blocks((HOWTO / "ground-and-posts.md").read_text(encoding="utf-8"), "python")
    exec(compile(script, "county.py", "exec"), {"__name__": "county"})  # the page's own text
    grid, centre = capsys.readouterr().out.split()
    assert grid.startswith("360423100200")
    assert int(centre) > 0


def test_the_pack_of_the_page_has_no_finding_but_missing_words(tmp_path: Path):
    procedure = blocks((HOWTO / "write-a-pack.md").read_text(encoding="utf-8"), "yaml")[0]
    pack = written(tmp_path, procedure)
    found = engine.check(pack, calendar=days(), packs=engine.read_packs(SHIPPED).values())
    assert {one.kind for one in found} == {"words"}


def test_the_fault_that_the_page_plants_is_found(tmp_path: Path):
    procedure = blocks((HOWTO / "write-a-pack.md").read_text(encoding="utf-8"), "yaml")[0]
    faulty = "".join(line for line in procedure.splitlines(keepends=True) if "silence:" not in line)
    kinds = {one.kind for one in engine.check(written(tmp_path, faulty), calendar=days())}
    assert "gap" in kinds


def written(folder: Path, procedure: str) -> engine.Pack:
    home = folder / "errand"
    home.mkdir()
    (home / "procedure.yaml").write_text(procedure, encoding="utf-8")
    return engine.read_pack(home)


def days() -> engine.Calendar:
    return engine.Calendar("weekdays", {}, published=[2026])
