"""What the how-to pages tell one to write works as it stands."""

import re
from pathlib import Path

import pytest

from gantang import engine
from gantang.cli.check import SHIPPED
from gantang.cli.stories import played
from gantang.kit.clock import now
from gantang.matters import service as matters
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


def whole_pack(folder: Path) -> engine.Pack:
    """The files of the page's second pack, each named in its block's first line."""
    for body in blocks((HOWTO / "write-a-pack.md").read_text(encoding="utf-8")):
        named = re.match(r"(?:#|//) (packs/\S+)\n", body)
        if named:
            (folder / named[1]).parent.mkdir(parents=True, exist_ok=True)
            (folder / named[1]).write_text(body, encoding="utf-8")
    return engine.read_pack(folder / "packs" / "homes")


def test_the_whole_pack_of_the_page_has_no_finding_and_its_story_comes_true(tmp_path: Path):
    pack = whole_pack(tmp_path)
    assert list(pack.procedures) == ["mending", "payment", "safety", "mending+roof"]
    assert pack.upgrades and pack.scenarios and pack.templates
    assert engine.check(pack, calendar=days(), packs=engine.read_packs(SHIPPED).values()) == ()
    told = played([pack], pack.procedures)
    assert (told.count, told.findings) == (1, [])


def test_the_overlay_of_the_page_lies_over_the_pack_and_its_variant(tmp_path: Path):
    pack = whole_pack(tmp_path)
    overlays, findings = engine.read_overlays(tmp_path / "packs")
    composed = engine.compose(pack, overlays)
    assert findings == () and set(composed.procedures) == {"mending", "mending+roof"}
    assert engine.check(composed, calendar=days(), packs=[pack]) == ()


def test_the_names_that_the_page_gives_a_meaning_have_it_in_the_code():
    from gantang.desk.panel import BESIDE
    from gantang.engine.check.shapes import ELSEWHERE
    from gantang.matters.rules.measures import ELSEWHERE as ENDS
    from gantang.matters.rules.told import TO_REPORTER
    from gantang.portal.story import ANSWER, VERDICT

    text = (HOWTO / "write-a-pack.md").read_text(encoding="utf-8")
    known = {*BESIDE, *ELSEWHERE, *ENDS, *TO_REPORTER, *VERDICT, ANSWER}
    assert [name for name in known if f"`{name}`" not in text.partition("## 7.")[2]] == []


def test_the_fault_that_the_page_plants_is_found(tmp_path: Path):
    procedure = blocks((HOWTO / "write-a-pack.md").read_text(encoding="utf-8"), "yaml")[0]
    faulty = "".join(line for line in procedure.splitlines(keepends=True) if "silence:" not in line)
    kinds = {one.kind for one in engine.check(written(tmp_path, faulty), calendar=days())}
    assert "gap" in kinds


@pytest.mark.django_db
def test_the_mapping_of_the_page_takes_its_table_in(world, tmp_path: Path):
    [mapping] = blocks((HOWTO / "import-matters.md").read_text(encoding="utf-8"), "yaml")
    table, told = tmp_path / "requests.csv", tmp_path / "requests.yaml"
    told.write_text(mapping, encoding="utf-8")
    rows = [
        ("单号", "时间", "内容", "来源", "类型", "姓名", "电话", "办结时间"),
        ("1", "2026-03-02 09:00", "桥头路灯不亮。", "热线", "路灯", "", "", "2026-03-05 10:00"),
        ("2", "2026-03-02 09:30", "河边有人烧东西。", "热线", "不在表里", "", "", ""),
    ]
    table.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    lines = list(matters.import_sheet(path=table, mapping=matters.read_mapping(told), clock=now))
    assert [line.kind for line in lines] == ["added", "added"], lines


def written(folder: Path, procedure: str) -> engine.Pack:
    home = folder / "errand"
    home.mkdir()
    (home / "procedure.yaml").write_text(procedure, encoding="utf-8")
    return engine.read_pack(home)


def days() -> engine.Calendar:
    return engine.Calendar("weekdays", {}, published=[2026])


def test_the_table_of_days_of_the_page_is_read_as_it_stands():
    from io import BytesIO

    from gantang.catalogue import service as catalogue

    [table] = blocks((HOWTO / "calendar.md").read_text(encoding="utf-8"), "csv")
    change, faults = catalogue.read_days(BytesIO(table.encode()), ground="360428", source="示例")
    assert faults == [] and [one.kind for one in change.put] == ["rest", "working", "makeup"]
