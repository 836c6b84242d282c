"""Variants by class and overlays by ground: each an entry into force, laid anew over each new base."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gantang import engine
from gantang.cli import program
from gantang.kit.actor import SYSTEM
from gantang.procedures import errors, queries, service
from gantang.procedures.models import ProcedureVersion
from tests.engine.sample import at, calendar

pytestmark = pytest.mark.django_db
NOW = at("2026-11-24 09:00")
PACK = Path(__file__).parents[1] / "exchange" / "pack"
VARIANT = """
variant: sand
of: lending
version: 1
serves: [water.sand]
basis: [示例规定]
change: {states: {asked: {within: 2 working days}}}
"""
OVERLAY = """
overlay: {name}
of: {of}
variant: "{variant}"
ground: "{ground}"
version: {version}
basis: [示例县规定]
change: {change}
"""
REFUSE = "refuse: {from: asked, to: ended, by: receiver,"


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """A deployment's packs folder with one small pack and one variant of it."""
    shutil.copytree(PACK, tmp_path / "lending")
    (tmp_path / "lending" / "variants").mkdir()
    (tmp_path / "lending" / "variants" / "sand.yaml").write_text(VARIANT, encoding="utf-8")
    change(tmp_path, "serves: [water.other]", "serves: [water.*]")
    change(tmp_path, REFUSE, REFUSE + " law: 示例法第一条,")
    settings.GANTANG_PACKS_DIR = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "lending" / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def overlay(folder: Path, name: str, ground: str, change: str, **given: object) -> None:
    (folder / "overlays").mkdir(exist_ok=True)
    values = {"of": "lending", "variant": "*", "version": 1, **given}
    text = OVERLAY.format(name=name, ground=ground, change=change, **values)
    (folder / "overlays" / f"{name}.yaml").write_text(text, encoding="utf-8")


def within(days: int) -> str:
    return f"{{states: {{asked: {{within: {days} working days}}}}}}"


def seed() -> list[Exception]:
    return list(service.seed(NOW, calendar=calendar()))


def asked(klass: str, ground: str) -> str:
    span = queries.in_force(klass, ground, NOW).states["asked"].within
    assert span is not None
    return str(span.span)


def test_the_variant_serves_its_class_and_the_base_all_others(folder: Path) -> None:
    assert seed() == []
    assert asked("water.sand", "360428101001") == "2 working days"
    assert asked("water.supply", "360428101001") == "1 working day"
    found = queries.in_force("water.sand", "360428", NOW)
    assert (found.name, found.variant, found.version) == ("lending", "sand", 1)


def test_city_and_county_lie_over_the_variant_too_the_county_last(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    overlay(folder, "county", "360428", within(4), variant="sand")
    assert seed() == []
    assert asked("water.supply", "360428101001") == asked("water.supply", "3604") == "3 working days"
    assert asked("water.sand", "360428101001") == "4 working days"
    assert asked("water.sand", "360403") == "3 working days"
    assert asked("water.sand", "3601") == "2 working days"
    county = queries.in_force("water.sand", "360428", NOW)
    layers = [(one.kind, one.name) for one in county.layers]
    assert layers == [("variant", "sand"), ("city", "city"), ("county", "county")]


@pytest.mark.slow
def test_a_second_seed_changes_nothing(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    before = ProcedureVersion.objects.count()
    assert seed() == [] and ProcedureVersion.objects.count() == before


@pytest.mark.slow
def test_a_new_base_takes_what_lies_over_it_along(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    shutil.rmtree(folder / "overlays")  # what is in force stands, whatever the folder holds
    change(folder, "version: 1", "version: 2")
    assert seed() == []
    found = queries.in_force("water.supply", "3604", NOW)
    assert (found.version, asked("water.supply", "3604")) == (2, "3 working days")


@pytest.mark.slow
def test_a_new_base_under_which_a_layer_no_longer_holds_is_refused_with_it(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    shutil.rmtree(folder / "overlays")
    change(folder, "version: 1", "version: 2")
    change(folder, "asked", "applied")
    variant = folder / "lending" / "variants" / "sand.yaml"
    variant.write_text(VARIANT.replace("asked", "applied"), encoding="utf-8")
    (refused,) = seed()
    assert isinstance(refused, errors.FaultyPackError)
    assert any("asked" in one["place"] for one in refused.details["findings"])
    assert queries.in_force("water.supply", "3601", NOW).version == 1


def test_a_layer_that_loosens_what_is_law_is_refused_and_the_rest_stands(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    overlay(folder, "other", "3601", "{moves: {refuse: {asks: []}}}")
    (refused,) = seed()
    assert isinstance(refused, errors.FaultyPackError)
    assert "law" in {one["kind"] for one in refused.details["findings"]}
    assert queries.in_force("water.supply", "3601", NOW).layers == ()
    assert asked("water.supply", "3604") == "3 working days"


def test_a_layer_of_a_procedure_that_is_not_there_is_told(folder: Path) -> None:
    overlay(folder, "lost", "3604", within(3), of="lendign")
    (refused,) = seed()
    assert [one["kind"] for one in refused.details["findings"]] == ["gap"]  # type: ignore[attr-defined]
    assert asked("water.supply", "3604") == "1 working day"


@pytest.mark.slow
def test_the_same_versions_of_all_layers_never_have_two_contents(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    overlay(folder, "city", "3604", within(4))
    assert [type(one) for one in seed()] == [errors.SameVersionError]
    overlay(folder, "city", "3604", within(4), version=2)
    assert seed() == [] and asked("water.supply", "3604") == "4 working days"


def test_an_ended_layer_gives_the_ground_back_to_the_base(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    service.end(actor=SYSTEM, name="lending", ground="3604", from_at=NOW, now=NOW)
    assert asked("water.supply", "3604") == "1 working day"
    assert asked("water.sand", "3604") == "2 working days"


def left() -> list[tuple[str, str, str]]:
    return [
        (one.details["overlay"], one.details["ground"], one.details["grounds"])
        for one in service.left_behind()
    ]


@pytest.mark.slow
def test_an_overlay_without_a_file_stands_and_is_named_with_its_grounds_and_its_remedy(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    overlay(folder, "county", "360428", within(4))
    seed()
    assert left() == []
    (folder / "overlays" / "city.yaml").unlink()
    assert seed() == [] and left() == [("city", "3604", "3604、360428")]
    (one,) = service.left_behind()
    assert "gantang end lending --ground 3604" in one.remedy_words and "city" in one.words
    overlay(folder, "city", "3604", within(3))
    assert left() == []


@pytest.mark.slow
def test_while_a_file_cannot_be_read_none_is_missed(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    (folder / "overlays" / "city.yaml").write_text("overlay: [", encoding="utf-8")
    assert seed() != [] and left() == []


@pytest.mark.slow
def test_ended_it_holds_nowhere_and_what_still_has_a_file_lies_over_the_base_again(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    overlay(folder, "county", "360428", "{states: {asked: {status: received}}}")
    seed()
    assert asked("water.supply", "360428") == "3 working days"
    (folder / "overlays" / "city.yaml").unlink()
    given = {"name": "lending", "ground": "3604", "now": NOW}
    assert service.end_left_behind(actor=SYSTEM, **given) == ["3604", "360428"]
    assert seed() == [] and left() == []
    assert asked("water.supply", "3604") == asked("water.supply", "360428") == "1 working day"
    assert [one.name for one in queries.in_force("water.supply", "360428", NOW).layers] == ["county"]
    with pytest.raises(errors.NotLeftBehindError):
        service.end_left_behind(actor=SYSTEM, **given)


@pytest.mark.slow
def test_the_command_ends_it_and_says_on_which_grounds(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    (folder / "overlays" / "city.yaml").unlink()
    words = ["end", "lending", "--ground", "3604"]
    first, again = (CliRunner().invoke(program(), words) for _ in range(2))
    assert (first.exit_code, "ended: lending 3604" in first.output) == (0, True), first.output
    assert (again.exit_code, left()) == (1, [])


def test_one_whose_file_is_there_is_not_ended_so(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    with pytest.raises(errors.NotLeftBehindError):
        service.end_left_behind(actor=SYSTEM, name="lending", ground="3604", now=NOW)
    assert asked("water.supply", "3604") == "3 working days"


def test_children_by_name_follow_the_variant_of_their_class(folder: Path) -> None:
    seed()
    assert queries.named("lending", "3604", NOW, "water.sand").variant == "sand"
    assert queries.named("lending", "3604", NOW, "water.supply").variant == ""
    assert queries.named("lending", "3604", NOW).variant == ""


def test_what_is_kept_gives_back_the_same_layers(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    row = ProcedureVersion.objects.get(ground="3604", variant="sand")
    kept = queries.by_hash(row.hash)
    laid = [one for _ground, pack in _composed(folder) for one in pack.procedures.values() if one.variant]
    assert [one.hash for one in laid] == [kept.hash]
    assert [one.name for one in kept.layers] == ["sand", "city"]


def _composed(folder: Path) -> list[tuple[str, engine.Pack]]:
    from gantang.engine.language.overlays import composed

    overlays, faults = engine.read_overlays(folder)
    assert faults == ()
    return composed(engine.read_pack(folder / "lending"), overlays)
