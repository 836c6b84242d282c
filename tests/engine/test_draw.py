"""The drawing: everything of a procedure is on it, nothing lies over anything else, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

import gantang
from gantang import engine
from gantang.engine.draw import THEMES, draw
from gantang.engine.draw.grid import Grid, grid
from gantang.engine.draw.measure import fill, width, wrap
from gantang.engine.draw.order import crossings, untangle
from gantang.engine.draw.place import Line, lines, place, spread
from gantang.engine.draw.rank import ranks
from gantang.engine.draw.say import Say
from gantang.engine.draw.scene import scene
from gantang.engine.model import Procedure
from tests.engine.generate import generate
from tests.engine.planting import calendar
from tests.engine.sample import procedures

SVG = "{http://www.w3.org/2000/svg}"
NAMES = sorted(procedures())
#: Procedures by chance as well: they are tangled, and full of faults.
DRAWN = [*NAMES, *range(40)]
LANGS = ("zh-Hans", "en")


def procedure(which: str | int) -> Procedure:
    return generate(which) if isinstance(which, int) else procedures()[which]


def laid(one: Procedure, lang: str) -> tuple[Grid, list[Line]]:
    found = grid(scene(one, Say(one, lang)))
    untangle(found)
    place(found)
    return found, lines(found)


def words_of(picture: str) -> str:
    """All text that is seen, line breaks forgotten."""
    root = ElementTree.fromstring(picture)
    return "".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))


@pytest.mark.slow
@pytest.mark.parametrize("which", DRAWN)
@pytest.mark.parametrize("lang", LANGS)
def test_no_box_and_no_label_lies_over_another(which: str | int, lang: str) -> None:
    found, _ = laid(procedure(which), lang)
    solid = [slot for slot in found.slots() if not slot.thin]
    for one, other in combinations(solid, 2):
        beside = abs(one.x - other.x) >= (one.wide + other.wide) / 2 - 0.01
        above = one.y + one.high <= other.y + 0.01 or other.y + other.high <= one.y + 0.01
        assert beside or above, (one, other)


@pytest.mark.slow
@pytest.mark.parametrize("which", DRAWN)
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_runs_through_a_box_or_through_the_label_of_another(which: str | int, lang: str) -> None:
    """Where a line falls straight it keeps clear of all but its own; between rows there is nothing else."""
    found, ways = laid(procedure(which), lang)
    tops = [(min(s.y for s in row), max(s.y + s.high for s in row)) for row in found.rows if row]
    for way in ways:
        for (x, y), (to_x, to_y) in zip(way.points, way.points[1:], strict=False):
            if x != to_x:
                assert not any(
                    top < max(y, to_y) - 0.01 and min(y, to_y) + 0.01 < bottom for top, bottom in tops
                )
                continue
            for slot in found.slots():
                own = slot in way.chain.slots
                apart = (
                    abs(slot.x - x) >= slot.wide / 2
                    or slot.y >= max(y, to_y)
                    or slot.y + slot.high <= min(y, to_y)
                )
                assert own or slot.thin or apart, (way.chain.tie.told, slot)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_state_move_owner_clock_and_end_is_on_it(name: str, lang: str) -> None:
    one = procedures()[name]
    say, seen = Say(one, lang), words_of(draw(one, lang=lang)).replace(" ", "")
    wanted = [state.title.of(lang) for state in one.states.values()]
    wanted += [move.title.of(lang) for move in one.moves.values()]
    wanted += [one.outcomes[end].of(lang) for state in one.states.values() for end in state.ends]
    wanted += [say.period(state.within) for state in one.states.values() if state.within is not None]
    assert [words for words in wanted if words.replace(" ", "") not in seen] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_well_formed_has_title_and_description_and_needs_no_sheet_or_font(name: str) -> None:
    picture = draw(procedures()[name], lang="en")
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    named = {one.get("id"): one.text or "" for one in root if one.get("id")}
    assert set((root.get("aria-labelledby") or "").split()) == set(named) == {"title", "desc"}
    assert procedures()[name].title.en in named["title"]
    assert all(state.title.en in named["desc"] for state in procedures()[name].states.values())
    assert not re.search(r"style=|<style|<script|href|@import|url\(|on\w+=", picture)


def test_the_same_procedure_gives_the_same_bytes() -> None:
    assert [draw(procedures()["request"], lang=lang) for lang in LANGS] == [
        draw(procedures()["request"], lang=lang) for lang in LANGS
    ]


def test_findings_stand_in_red_at_their_state_and_move_and_the_rest_above() -> None:
    sound = procedures()["assist"]
    states = dict(sound.states.items())
    states["asked"] = replace(states["asked"], owner=None)
    states["lost"] = replace(
        states["asked"], name="lost", title=engine.Words("没人到", "lost"), owner="handler"
    )
    broken = replace(sound, states=states)
    findings = engine.check(broken, calendar=calendar())
    root = ElementTree.fromstring(draw(broken, lang="en", findings=findings))
    red = {one.get("data-name"): one for one in root.iter(f"{SVG}g") if "fault" in (one.get("class") or "")}
    assert {"asked", "lost"} <= set(red)
    assert "Nobody owns the state asked" in told(red["asked"])
    assert "No path reaches the state lost" in told(red["lost"])
    rect = red["lost"].find(f"{SVG}rect")
    assert rect is not None and rect.get("stroke") == THEMES["light"]["zhu-mark"]


def told(group: ElementTree.Element) -> str:
    return group.findtext(f"{SVG}title") or ""


def test_the_longest_way_is_drawn_bold_and_told() -> None:
    one = procedures()["assist"]
    longest = engine.bound(one, calendar()).first
    assert longest is not None
    bold = draw(one, lang="en", longest=longest)
    assert "the longest way" in words_of(bold)
    assert bold.count(f'stroke="{THEMES["light"]["amber-bg"]}" stroke-width="9"') == len(longest.path) - 1
    assert 'stroke-width="9"' not in draw(one, lang="en")


def test_colours_are_those_of_the_design_tokens() -> None:
    sheet = (Path(gantang.__file__).parent / "faces/static/faces/tokens.css").read_text(encoding="utf-8")
    light, _, rest = sheet.partition('[data-bs-theme="dark"]')
    for theme, text in (("light", light), ("dark", rest)):
        tokens = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", text))
        assert {name: tokens.get(name) for name in THEMES[theme]} == dict(THEMES[theme])


@pytest.mark.parametrize("which", DRAWN)
def test_untangling_never_adds_a_crossing_and_ends_stand_last(which: str | int) -> None:
    one = procedure(which)
    found = grid(scene(one, Say(one, "en")))
    before = crossings(found.rows)
    untangle(found)
    assert crossings(found.rows) <= before
    rank = ranks(scene(one, Say(one, "en")))
    inner = [rank[name] for name, state in one.states.items() if not state.is_end]
    assert max(rank[name] for name, state in one.states.items() if state.is_end) >= max(inner)


def test_positions_are_the_nearest_that_keep_order_and_distance() -> None:
    assert spread([0, 100], [1, 1], [10]) == [0, 100]
    assert spread([50, 50], [1, 1], [20]) == [40, 60]
    assert spread([50, 50], [3, 1], [20]) == [45, 65]
    assert spread([90, 10, 0], [1, 1, 1], [10, 10]) == pytest.approx([70 / 3, 100 / 3, 130 / 3])


def test_text_is_broken_at_dots_and_blanks_and_never_before_a_closing_mark() -> None:
    assert fill("反映人 · 1次 · 10个工作日内", 10, 90) == ["反映人 · 1次", "10个工作日内"]
    assert all(width(line, 10) <= 60 for line in fill("one two three four five", 10, 60))
    assert wrap("一二三四五六七", 10, 60) == ["一二三四", "五六七"]
    assert not any(line.startswith("，") for line in fill("一二三四，五六七八", 10, 40))
