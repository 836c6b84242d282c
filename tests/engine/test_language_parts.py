"""The parts of the language that reach beyond one procedure: rows, gates, campaigns, documents, layers, upgrades."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gantang import engine
from gantang.cli import program
from gantang.cli.stories import played
from gantang.engine.run.answers import MOST_FEN, fits
from gantang.engine.scenario import failing, plain_calendar, tell
from gantang.host.options import options
from tests.engine import sample, whole
from tests.engine.sample import Walk


def read(folder: Path) -> engine.Pack:
    return engine.load_pack(whole.written(folder))


def test_a_pack_with_every_part_is_read(tmp_path: Path) -> None:
    repair = read(tmp_path).procedures["repair"]
    assert repair.campaign and (repair.campaign.each, repair.campaign.zero) == (
        ("grid", "unit"),
        ("nothing",),
    )
    assert repair.documents["agreement"].uses == ("facts", "terms", "cost")
    assert (repair.documents["agreement"].audience, set(repair.templates)) == ("party", {"agreement"})
    assert not repair.sealed and repair.gate is None
    survey = read(tmp_path).procedures["survey"]
    assert survey.gate and (survey.gate.opens, survey.gate.once) == (("low",), True)


def test_rows_with_one_column_in_the_vault_are_kept_there_whole(tmp_path: Path) -> None:
    fields = read(tmp_path).procedures["repair"].fields
    assert fields["terms"].vault and fields["terms"].closed_columns() == ("due", "sum")
    assert not fields["cost"].vault and fields["terms"].columns[0].title == engine.Words("期限", "due")


def test_its_story_comes_true(tmp_path: Path) -> None:
    pack = read(tmp_path)
    told = tell(pack.scenarios[0], pack.procedures, sample.calendar())
    assert told.case.outcome == "done"


# answers


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ([{"due": "2026-12-01", "sum": 1, "to": "某某"}], True),
        ([{"due": "2026-12-01", "sum": 1}], True),
        ([{"due": "2026-12-01"}], False),
        ([{"due": "soon", "sum": 1}], False),
        ([{"due": "2026-12-01", "sum": 1, "more": 1}], False),
        ([{"due": "2026-12-01", "sum": True}], False),
        (["2026-12-01"], False),
        ({"due": "2026-12-01", "sum": 1}, False),
        ("2026-12-01", False),
    ],
)
def test_a_row_gives_each_column_it_needs_and_no_other(tmp_path: Path, value: object, right: bool) -> None:
    assert fits(read(tmp_path).procedures["repair"].fields["terms"], value) is right


@pytest.mark.parametrize(
    ("value", "right"), [(0, True), (1, True), (MOST_FEN, True), (-1, False), (1.5, False), ("1", False),
                         (True, False), (MOST_FEN + 1, False)],
)  # fmt: skip
def test_an_amount_is_a_whole_number_of_fen(tmp_path: Path, value: object, right: bool) -> None:
    assert fits(read(tmp_path).procedures["repair"].fields["cost"], value) is right


def at_work(folder: Path) -> Walk:
    walk = Walk(read(folder).procedures["repair"])
    walk.go("accept", "receiver", "2026-11-16 10:00", track="plain", cost=100)
    return walk


ROWS = [{"due": "2026-12-01", "sum": 60, "to": "示例施工队"}, {"due": "2027-01-04", "sum": 40}]


def test_one_child_is_opened_per_row_and_nothing_of_the_vault_goes_along_in_the_step(tmp_path: Path) -> None:
    (step,) = at_work(tmp_path).go("agree", "handler", facts="漏水", terms=ROWS).steps
    assert [child["answers"] for child in step.data["opens"]] == [
        {"due": "2026-12-01", "sum": 60},
        {"due": "2027-01-04", "sum": 40},
    ]
    assert "示例施工队" not in str(step.data) and step.data["kept"] == ["facts", "terms"]
    assert all(child["required"] and child["procedure"] == "payment" for child in step.data["opens"])


def test_rows_that_do_not_fit_are_refused_by_name(tmp_path: Path) -> None:
    refused = at_work(tmp_path).go("agree", "handler", facts="漏水", terms=[{"due": "x", "sum": 1}]).refusals
    assert [one.code for one in refused] == ["answer.invalid"] and "分期" in refused[0].sentence.zh


@pytest.mark.parametrize(("gates", "refused"), [({}, []), ({"survey": False}, ["guard.gate_absent"]),
                                                ({"survey": True}, ["guard.gate_absent"])])  # fmt: skip
def test_no_second_gate_is_begun_while_one_is_under_way_or_open(
    tmp_path: Path, gates: dict[str, bool], refused: list[str]
) -> None:
    walk = at_work(tmp_path)
    walk.facts = sample.facts(gates=gates)
    assert walk.refused("assess", "handler") == refused


# variants


def test_a_variant_is_the_whole_with_its_changes_and_its_own_classes(tmp_path: Path) -> None:
    pack = read(tmp_path)
    base, old = pack.procedures["repair"], pack.procedures[whole.KEY]
    assert (old.name, old.variant, old.key, base.key) == ("repair", "old", "repair+old", "repair")
    assert old.serves == ("repair.old",) and old.basis == ("示例条例", "示例办法")
    assert [str(span) for span in old.states["working"].within.spans()] == [
        "10 working days",
        "15 working days",
    ]
    assert old.states["working"].pause == base.states["working"].pause
    assert "close_early" not in old.moves and "close_early" in base.moves
    assert old.moves["inspect"].title == engine.Words("查勘", "Inspect")
    assert [rule.at for rule in old.late if not rule.implied] == [50, 80, 100]
    assert [(one.kind, one.name, one.version) for one in old.layers] == [("variant", "old", 1)]


def test_a_composed_procedure_is_kept_and_read_back_whole(tmp_path: Path) -> None:
    old = read(tmp_path).procedures[whole.KEY]
    again = engine.read_source(old.source)
    assert again.hash == old.hash and again.key == old.key
    assert [(one.name, one.version, one.basis) for one in again.layers] == [("old", 1, ("示例办法",))]
    assert list(again.moves) == list(old.moves) and again.documents["agreement"].uses == (
        "facts",
        "terms",
        "cost",
    )


def test_a_change_of_the_variant_changes_its_hash_alone(tmp_path: Path) -> None:
    one = engine.read_pack(whole.written(tmp_path / "a")).procedures
    changed = {"variants/old.yaml": ("hard: 15", "hard: 14")}
    other = engine.read_pack(whole.written(tmp_path / "b", changed)).procedures
    assert one["repair"].hash == other["repair"].hash and one[whole.KEY].hash != other[whole.KEY].hash


@pytest.mark.parametrize(
    ("old", "new", "line", "kind", "says"),
    [
        ("from: working, by: handler, asks: [facts]", "from: workin, by: handler", 11, "gap", "“working”"),
        ("close_early: null", "close_erly: null", 10, "gap", "not there to be taken away"),
        ("hard: 15 working days", "hrd: 15 working days", 8, "gap", "“hard”"),
        ("of: repair", "of: repare", 1, "gap", "“repair”"),
        ("change:", "chnge:", 6, "language", "“change”"),
        ("  moves:\n    close", "  movs:\n    close", 9, "language", "“moves”"),
        ("serves: [repair.old]\n", "", 1, "language", "lacks “serves”"),
        ("moves: {inspect: 查勘}", "movs: {inspect: 查勘}", 17, "language", "“moves”"),
        ("version: 1", "version: one", 3, "language", "whole number"),
    ],
)
def test_a_fault_of_a_variant_is_told_once_in_its_own_file(
    tmp_path: Path, old: str, new: str, line: int, kind: str, says: str
) -> None:
    pack = engine.read_pack(whole.written(tmp_path, {"variants/old.yaml": (old, new)}))
    told = [(one.kind, f"{one.file}:{one.line}") for one in pack.findings]
    assert told == [(kind, f"works/variants/old.yaml:{line}")], [one.sentence.en for one in pack.findings]
    assert says in pack.findings[0].sentence.en + pack.findings[0].remedy.en


def test_a_fault_of_the_base_is_not_told_again_for_its_variant(tmp_path: Path) -> None:
    pack = engine.read_pack(
        whole.written(tmp_path, {"procedures/repair.yaml": ("mark: yellow", "mark: yelow")})
    )
    assert [(one.file, one.line) for one in pack.findings] == [("works/procedures/repair.yaml", 68)]


# overlays


def overlays(folder: Path, text: str = whole.OVERLAY) -> tuple[engine.Overlay, ...]:
    found, findings = engine.read_overlays(whole.overlaid(folder, text))
    assert findings == ()
    return found


def test_an_overlay_is_laid_over_the_procedure_and_its_variants(tmp_path: Path) -> None:
    composed = engine.compose(read(tmp_path), overlays(tmp_path)).procedures
    assert set(composed) == {"repair", whole.KEY}
    for one in composed.values():
        assert str(one.states["checking"].within.span) == "2 working days"
        assert one.basis[-1] == "示例细则"
    layers = [(one.kind, one.ground) for one in composed[whole.KEY].layers]
    assert layers == [("variant", ""), ("city", "3607")]


def test_the_county_comes_after_the_city(tmp_path: Path) -> None:
    city = overlays(tmp_path / "a")
    text = whole.OVERLAY.replace('"3607"', '"360702"').replace("2 working days", "1 working day")
    county = overlays(tmp_path / "b", text)
    one = engine.compose(read(tmp_path), (*county, *city)).procedures["repair"]
    assert str(one.states["checking"].within.span) == "1 working day"
    assert [layer.kind for layer in one.layers] == ["city", "county"]


def test_overlays_of_grounds_apart_are_not_laid_over_each_other(tmp_path: Path) -> None:
    one = overlays(tmp_path / "a")
    other = overlays(tmp_path / "b", whole.OVERLAY.replace('"3607"', '"360102"'))
    with pytest.raises(ValueError, match="apart"):
        engine.compose(read(tmp_path), (*one, *other))


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('ground: "3607"', 'ground: "36"', 4, "not the code of a city or county"),
        ("of: repair\n", "", 1, "lacks “of”"),
        ("states:", "stats:", 8, "“states”"),
    ],
)
def test_a_fault_of_an_overlay_has_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    text = whole.OVERLAY.replace(old, new)
    _, findings = engine.read_overlays(whole.overlaid(tmp_path, text))
    assert [(one.file, one.line) for one in findings] == [("place/overlays/example.yaml", line)]
    assert says in findings[0].sentence.en + findings[0].remedy.en


# upgrades


def test_an_upgrade_says_what_becomes_of_states_and_uses(tmp_path: Path) -> None:
    (one,) = read(tmp_path).upgrades
    assert (one.procedure, one.from_, one.to) == ("repair", 1, 2)
    assert dict(one.states) == {"taken": "received", "working": "working"} and dict(one.uses) == {
        "settle": "agree"
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("taken: received", "taken: recieved", 4, "“received”"),
        ("settle: agree", "settle: agre", 5, "“agree”"),
        ("from: 1", "from: 3", 1, "upwards"),
        ("upgrade: repair", "upgrade: repare", 1, "“repair”"),
        ("states: {taken: received, working: working}\n", "", 1, "lacks “states”"),
    ],
)
def test_a_fault_of_an_upgrade_has_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    pack = engine.read_pack(whole.written(tmp_path, {"upgrades/1_to_2.yaml": (old, new)}))
    assert [(one.file, one.line) for one in pack.findings] == [("works/upgrades/1_to_2.yaml", line)]
    assert says in pack.findings[0].sentence.en + pack.findings[0].remedy.en


# order


@pytest.mark.parametrize("key", ["repair", whole.KEY])
def test_late_rules_have_the_same_turn_from_the_file_and_from_the_kept_source(
    tmp_path: Path, key: str
) -> None:
    one = read(tmp_path).procedures[key]
    again = engine.read_source(one.source)
    for state in one.states:
        rules = [(rule.at, rule.move, rule.tell) for rule in one.late_in(state)]
        assert rules == [(rule.at, rule.move, rule.tell) for rule in again.late_in(state)]


def test_what_the_clock_owes_at_one_moment_comes_in_the_order_of_the_file_also_from_the_kept_source() -> None:
    """A request's silence stands above its late rules: it moves, and nobody is told of a lapse that is none."""
    kept = engine.read_source(sample.request().source)
    for procedure in (sample.request(), kept):
        first = [rule.move for rule in procedure.late_in("answered") if rule.at == 100]
        assert first[0] == "silence"


# stories, and what a deployment lays over


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (
            "then: {state: answered}",
            "then: {state: checking}",
            27,
            "state: expected checking, found answered",
        ),
        ("refused: [guard.gate_absent]", "refused: []", 26, "guard.gate_absent"),
    ],
)
def test_a_story_that_goes_another_way_is_a_finding(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    pack = engine.read_pack(whole.written(tmp_path, {"scenarios/repair.yaml": (old, new)}))
    one = failing(pack.scenarios[0], pack.procedures, plain_calendar())
    assert one is not None
    assert (one.kind, one.file, one.line) == ("story", "works/scenarios/repair.yaml", line)
    assert says in one.sentence.en and one.sentence.zh


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("who: desk\n    move", "who: desk\n    mve", 13, "“move”"),
        ("holders: {receiver: desk,", "holders: {receiver: dsk,", 7, "“desk”"),
        ("at: 2026-11-16 09:30", "at: 2026-16-11 09:30", 9, "not a moment"),
        ("duties: [receiver]", "duties: [reciever]", 4, "“receiver”"),
        ("procedure: repair", "procedure: repare", 2, "“repair”"),
    ],
)
def test_a_story_that_is_misspelt_is_told_and_not_played(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    pack = engine.read_pack(whole.written(tmp_path, {"scenarios/repair.yaml": (old, new)}))
    assert [(one.file, one.line) for one in pack.findings] == [("works/scenarios/repair.yaml", line)]
    assert says in pack.findings[0].sentence.en + pack.findings[0].remedy.en
    assert played([pack], pack.procedures).count == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("of: repair", "of: repare", "“repair”"),
        ('variant: "*"', "variant: odl", "“repair+old”"),
    ],
)
def test_an_overlay_of_what_is_not_there_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    found = overlays(tmp_path, whole.OVERLAY.replace(old, new))
    (one,) = engine.unplaced(found, [read(tmp_path)])
    assert one.file == "place/overlays/example.yaml" and says in one.remedy.en


def test_the_command_checks_what_the_deployment_lays_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.written(tmp_path)
    loose = whole.OVERLAY.replace("basis: [示例细则]\n", "").replace("2 working days", "4 working days")
    whole.overlaid(tmp_path, loose)
    monkeypatch.setenv("GANTANG_PACKS_DIR", str(tmp_path))
    options.cache_clear()
    told = CliRunner().invoke(program(), ["check", "--json", "works"])
    options.cache_clear()
    found = json.loads(told.output)["findings"]
    assert told.exit_code == 1
    assert {(one["kind"], one["place"], one["file"]) for one in found} == {
        ("law", "repair/states/checking", "place/overlays/example.yaml"),
        ("law", "repair+old/states/checking", "place/overlays/example.yaml"),
    }
