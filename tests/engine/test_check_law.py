"""Loosening, one of each kind: what is the law's never, anything else only with a basis."""

from __future__ import annotations

from pathlib import Path

import pytest

from gantang import engine
from tests.engine import whole

HEAD = "variant: old\nof: repair\nversion: 1\nserves: [repair.old]\n"

#: name: (the change, where it is told, words of the sentence, whether the law fixes it)
LOOSE: dict[str, tuple[str, str, str, bool]] = {
    "a total longer": ("clock: {total: {span: 100 working days}}", "clock", "the period is longer", True),
    "a total dropped": ("clock: {total: null}", "clock", "the period is dropped", True),
    "a total extended further": ("clock: {extend: {by: 20 working days}}", "clock", "the extension is longer", True),
    "a total extended more often": ("clock: {extend: {at_most: 2}}", "clock", "granted more often", True),
    "one row of a lawful period longer": ("states: {working: {within: {plain: 11 working days}}}", "states/working", "the period is longer", True),
    "a lawful period in longer days": ("states: {working: {within: {plain: 16 days}}}", "states/working", "the period is longer", True),
    "a longer pause under a lawful period": ("states: {working: {may: {pause: {up_to: 11 days}}}}", "states/working", "the pause is longer", True),
    "an extension more often under a lawful period": ("states: {working: {may: {extend: {at_most: 2}}}}", "states/working", "granted more often", True),
    "a period of staff longer": ("states: {checking: {within: 4 working days}}", "states/checking", "the period is longer", False),
    "a period of staff dropped": ("states: {checking: {within: null}}", "states/checking", "the period is dropped", False),
    "a pause where there was none": ("states: {checking: {may: {pause: {up_to: 1 day, at_most: 1}}}}", "states/checking", "a new pause", False),
    "less time to answer": ("states: {answered: {within: 4 days}}", "states/answered", "the period is shorter", False),
    "an end taken away": ("states: {closed: {end: [done, dropped]}}\n  moves: {clear: null}", "states/closed", "the end nothing is taken away", False),
    "a lawful ask dropped": ("moves: {agree: {asks: [terms]}}", "moves/agree", "the ask facts is dropped", True),
    "a lawful ask left to choice": ('moves: {agree: {asks: ["facts?", terms]}}', "moves/agree", "the ask facts is dropped", True),
    "a lawful document dropped": ("moves: {agree: {produces: null}}", "moves/agree", "the document agreement is dropped", True),
    "a lawful move made more often": ("moves: {agree: {at_most: 2}}", "moves/agree", "more often", True),
    "a lawful move taken away": ("moves: {agree: null}", "moves/agree", "the move agree is taken away", True),
    "children that need not be closed": ("moves: {agree: {opens: {required: false}}}", "moves/agree", "need not be closed", True),
    "a guard dropped": ("moves: {verify: {needs: null}}", "moves/verify", "the guard other_than(handler) is dropped", False),
    "a move of the reporter taken away": ("moves: {withdraw: null}", "moves/withdraw", "taken away", False),
    "a move of the reporter given to staff": ("moves: {withdraw: {by: receiver}}", "moves/withdraw", "the reporter may no longer", False),
    "a move of the reporter from fewer states": ("moves: {withdraw: {from: received}}", "moves/withdraw", "no longer be made from working", False),
    "a move of the reporter less often": ("moves: {withdraw: {at_most: 1}}", "moves/withdraw", "less often", False),
    "a time limit for the reporter": ("moves: {withdraw: {until: 1 day}}", "moves/withdraw", "a time limit is added", False),
    "a late rule dropped": ("late: [{at: 100%, mark: red, tell: leader}]", "late", "the rule at 80%", False),
    "a late rule put off": ("late: [{at: 80%, mark: yellow, tell: owner}, {at: 120%, mark: red, tell: leader}]", "late", "the rule at 100%", False),
    "a late rule told to nobody above": ("late: [{at: 80%, mark: yellow, tell: owner}, {at: 100%, mark: red, tell: owner}]", "late", "the rule at 100%", False),
    "a declared document dropped": ("documents: {agreement: null}", "documents/agreement", "is dropped", True),
    "a document with less in it": ("documents: {agreement: {uses: [facts, terms]}}", "documents/agreement", "its part cost is dropped", True),
}  # fmt: skip


def composed(folder: Path, change: str, basis: str) -> engine.Pack:
    root = whole.written(folder)
    text = f"{HEAD}{basis}change:\n  {change}\n"
    (root / "variants" / "old.yaml").write_text(text, encoding="utf-8")
    return engine.read_pack(root)


def law(pack: engine.Pack) -> list[tuple[str, str]]:
    found = engine.check(pack, calendar=whole.calendar())
    return [(one.place, one.sentence.en) for one in found if one.kind == "law"]


@pytest.mark.parametrize("name", LOOSE)
def test_nothing_is_loosened_without_a_basis_and_nothing_of_the_law_with_one(
    name: str, tmp_path: Path
) -> None:
    change, where, says, fixed = LOOSE[name]
    without = law(composed(tmp_path / "a", change, ""))
    assert any(place == f"repair+old/{where}" and says in sentence for place, sentence in without), without
    grounded = law(composed(tmp_path / "b", change, "basis: [示例细则]\n"))
    assert any(says in sentence for _, sentence in grounded) is fixed, grounded


TIGHTER = (
    "clock: {total: {span: 80 working days}}",
    "states: {working: {within: {plain: 9 working days}}}",
    "states: {working: {within: {plain: 9 days}}}",
    "states: {working: {may: {pause: null}}}",
    "states: {checking: {within: 2 working days}}",
    "states: {answered: {within: 7 days}}",
    "moves: {accept: {asks: [track, cost, facts]}}",
    "moves: {agree: {produces: [agreement], asks: [facts, terms, cost]}}",
    "moves: {verify: {needs: [other_than(handler), other_than(receiver)]}}",
    "late: [{at: 70%, mark: yellow, tell: [owner, leader]}, {at: 100%, mark: red, tell: [leader, supervisor]}]",
    "documents: {agreement: {uses: [facts, terms, cost, track]}}",
    "fields: {cost: {vault: true}}",
)


@pytest.mark.parametrize("change", TIGHTER)
def test_what_is_tighter_needs_no_basis(change: str, tmp_path: Path) -> None:
    assert law(composed(tmp_path, change, "")) == []


def test_a_field_taken_out_of_the_vault_is_loosened(tmp_path: Path) -> None:
    kept = ("cost:  {kind: amount, title", "cost:  {kind: amount, vault: true, title")
    root = whole.written(tmp_path, {"procedures/repair.yaml": kept})
    text = f"{HEAD}change:\n  fields: {{cost: {{vault: false}}}}\n"
    (root / "variants" / "old.yaml").write_text(text, encoding="utf-8")
    assert ("repair+old/fields/cost") in [place for place, _ in law(engine.read_pack(root))]


def test_a_gate_is_not_opened_wider_nor_repeated(tmp_path: Path) -> None:
    root = whole.written(tmp_path)
    text = "variant: old\nof: survey\nversion: 1\nserves: [survey.old]\nchange:\n  gate: {opens: [low, high], once: false}\n"
    (root / "variants" / "old.yaml").write_text(text, encoding="utf-8")
    assert [place for place, _ in law(engine.read_pack(root))] == ["survey+old/gate", "survey+old/gate"]


def test_an_overlay_is_judged_against_the_variant_below_it(tmp_path: Path) -> None:
    """The variant has 15 working days where the base has 20: an overlay of 18 loosens the variant alone."""
    text = whole.OVERLAY.replace("basis: [示例细则]\n", "")
    text = text.replace(
        "{checking: {within: 2 working days}}", "{working: {within: {hard: 18 working days}}}"
    )
    overlays, _ = engine.read_overlays(whole.overlaid(tmp_path, text))
    pack = engine.load_pack(whole.written(tmp_path))
    found = engine.check(engine.compose(pack, overlays), calendar=whole.calendar(), packs=[pack])
    assert [(one.kind, one.place, one.file) for one in found] == [
        ("law", "repair+old/states/working", "place/overlays/example.yaml")
    ]


def test_the_law_is_kept_also_where_a_layer_between_left_its_mark_out(tmp_path: Path) -> None:
    """The variant has 5 days and no mark; with a basis the city may go back to 20, and not beyond."""
    root = whole.written(tmp_path)
    change = (
        "states: {working: {within: {by: track, plain: 5 working days, hard: 5 working days, law: null}}}"
    )
    (root / "variants" / "old.yaml").write_text(f"{HEAD}change:\n  {change}\n", encoding="utf-8")
    pack = engine.load_pack(root)
    for days, kinds in ((10, []), (11, ["law"])):
        text = whole.OVERLAY.replace("{checking: {within: 2 working days}}",
                                     f"{{working: {{within: {{plain: {days} working days}}}}}}")  # fmt: skip
        text = text.replace('variant: "*"', "variant: old")
        overlays, _ = engine.read_overlays(whole.overlaid(tmp_path / str(days), text))
        found = engine.check(engine.compose(pack, overlays), calendar=whole.calendar(), packs=[pack])
        assert [one.kind for one in found] == kinds, [one.sentence.en for one in found]


def test_what_is_taken_away_is_told_at_the_line_that_takes_it_away(tmp_path: Path) -> None:
    change = "states: {checking: {within: 2 working days}}\n  moves:\n    agree: null\n  late: []"
    pack = composed(tmp_path, change, "")
    found = [one for one in engine.check(pack, calendar=whole.calendar()) if one.kind == "law"]
    lines = {(one.place, one.line) for one in found if one.file.endswith("variants/old.yaml")}
    assert lines == {
        ("repair+old/moves/agree", 8),
        ("repair+old/late", 9),
    }


def test_what_the_variant_loosened_is_not_held_against_the_city_above_it(tmp_path: Path) -> None:
    root = whole.written(tmp_path)
    text = f"{HEAD}basis: [示例细则]\nchange:\n  moves: {{agree: null}}\n"
    (root / "variants" / "old.yaml").write_text(text, encoding="utf-8")
    overlays, _ = engine.read_overlays(whole.overlaid(tmp_path, whole.OVERLAY))
    pack = engine.load_pack(root)
    found = engine.check(engine.compose(pack, overlays), calendar=whole.calendar(), packs=[pack])
    assert {one.place for one in found if one.kind == "law" and one.file.startswith("place")} == set()
