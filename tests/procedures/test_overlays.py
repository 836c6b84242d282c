"""Variants by class and overlays by ground: each an entry into force, laid anew over each new base."""

import shutil
from pathlib import Path

import pytest

from gantang import engine
from gantang.kit.actor import SYSTEM
from gantang.procedures import errors, queries, service
from gantang.procedures.models import ProcedureVersion
from tests.engine.sample import PACKS, at, calendar, packs

pytestmark = pytest.mark.django_db
NOW = at("2026-11-24 09:00")
VARIANT = """
variant: lighting
of: request
version: 1
serves: [facility.lighting]
basis: [示例规定]
change: {states: {routed: {within: 2 working days}}}
"""
OVERLAY = """
overlay: {name}
of: request
variant: "{variant}"
ground: "{ground}"
version: {version}
basis: [示例县规定]
change: {change}
"""
VERIFY = "verify:     {from: checking, to: closed, by: verifier,"


@pytest.fixture
def folder(tmp_path: Path, settings: object) -> Path:
    """A deployment's packs folder with the request pack in a higher version and one variant."""
    shutil.copytree(PACKS / "request", tmp_path / "request", ignore=shutil.ignore_patterns("scenarios"))
    (tmp_path / "request" / "variants").mkdir()
    (tmp_path / "request" / "variants" / "lighting.yaml").write_text(VARIANT, encoding="utf-8")
    change(tmp_path, "version: 1", "version: 5")
    change(tmp_path, VERIFY, VERIFY + " law: 示例法第一条,")
    settings.GANTANG_PACKS_DIR = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "request" / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def overlay(
    folder: Path, name: str, ground: str, change: str, *, variant: str = "*", version: int = 1
) -> None:
    (folder / "overlays").mkdir(exist_ok=True)
    text = OVERLAY.format(name=name, ground=ground, change=change, variant=variant, version=version)
    (folder / "overlays" / f"{name}.yaml").write_text(text, encoding="utf-8")


def within(days: int) -> str:
    return f"{{states: {{routed: {{within: {days} working days}}}}}}"


def seed() -> list[Exception]:
    return list(service.seed(NOW, calendar=calendar()))


def routed(klass: str, ground: str) -> str:
    span = queries.in_force(klass, ground, NOW).states["routed"].within
    assert span is not None
    return str(span.span)


def test_the_variant_serves_its_class_and_the_base_all_others(folder: Path) -> None:
    assert seed() == []
    assert routed("facility.lighting", "360428101001") == "2 working days"
    assert routed("water", "360428101001") == "1 working day"
    found = queries.in_force("facility.lighting", "360428", NOW)
    assert (found.name, found.variant, found.version) == ("request", "lighting", 5)


def test_city_and_county_lie_over_the_variant_too_the_county_last(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    overlay(folder, "county", "360428", within(4), variant="lighting")
    assert seed() == []
    assert routed("water", "360428101001") == routed("water", "3604") == "3 working days"
    assert routed("facility.lighting", "360428101001") == "4 working days"
    assert routed("facility.lighting", "360403") == "3 working days"
    assert routed("facility.lighting", "3601") == "2 working days"
    county = queries.in_force("facility.lighting", "360428", NOW)
    assert [(one.kind, one.name) for one in county.layers] == [
        ("variant", "lighting"),
        ("city", "city"),
        ("county", "county"),
    ]


def test_a_second_seed_changes_nothing(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    before = ProcedureVersion.objects.count()
    assert seed() == [] and ProcedureVersion.objects.count() == before


def test_a_new_base_takes_what_lies_over_it_along(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    shutil.rmtree(folder / "overlays")  # what is in force stands, whatever the folder holds
    change(folder, "version: 5", "version: 6")
    assert seed() == []
    found = queries.in_force("water", "3604", NOW)
    assert (found.version, str(found.states["routed"].within.span)) == (6, "3 working days")


def test_a_new_base_under_which_a_layer_no_longer_holds_is_refused_with_it(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    change(folder, "version: 5", "version: 6")
    text = (folder / "request" / "procedure.yaml").read_text(encoding="utf-8")
    text = text.replace("routed", "assigned").replace("assigned:    {", "assigned: {status: routed, ")
    (folder / "request" / "procedure.yaml").write_text(text, encoding="utf-8")
    for lang in ("zh-Hans", "en"):
        file = folder / "request" / "texts" / f"{lang}.yaml"
        file.write_text(
            file.read_text(encoding="utf-8").replace("  routed:", "  assigned:"), encoding="utf-8"
        )
    variant = folder / "request" / "variants" / "lighting.yaml"
    variant.write_text(VARIANT.replace("routed", "assigned"), encoding="utf-8")
    shutil.rmtree(folder / "overlays")
    (refused,) = seed()
    assert isinstance(refused, errors.FaultyPackError)
    assert any("routed" in one["place"] for one in refused.details["findings"])
    assert queries.in_force("water", "3601", NOW).version == 5


def test_a_layer_that_loosens_what_is_law_is_refused_and_the_rest_stands(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    overlay(folder, "other", "3601", "{moves: {verify: {asks: [], needs: []}}}")
    (refused,) = seed()
    assert isinstance(refused, errors.FaultyPackError)
    assert "law" in {one["kind"] for one in refused.details["findings"]}
    assert queries.in_force("water", "3601", NOW).layers == ()
    assert routed("water", "3604") == "3 working days"


def test_a_layer_of_a_procedure_that_is_not_there_is_told(folder: Path) -> None:
    overlay(folder, "lost", "3604", within(3))
    file = folder / "overlays" / "lost.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("of: request", "of: requets"), encoding="utf-8")
    (refused,) = seed()
    assert [one["kind"] for one in refused.details["findings"]] == ["gap"]  # type: ignore[attr-defined]
    assert routed("water", "3604") == "1 working day"


def test_the_same_versions_of_all_layers_never_have_two_contents(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    overlay(folder, "city", "3604", within(4))
    assert [type(one) for one in seed()] == [errors.SameVersionError]
    overlay(folder, "city", "3604", within(4), version=2)
    assert seed() == [] and routed("water", "3604") == "4 working days"


def test_an_ended_layer_gives_the_ground_back_to_the_base(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    service.end(actor=SYSTEM, name="request", ground="3604", from_at=NOW, now=NOW)
    assert routed("water", "3604") == "1 working day"
    assert routed("facility.lighting", "3604") == "2 working days"


def test_children_by_name_follow_the_variant_of_their_class(folder: Path) -> None:
    seed()
    assert queries.named("request", "3604", NOW, "facility.lighting").variant == "lighting"
    assert queries.named("request", "3604", NOW, "water").variant == ""
    assert queries.named("request", "3604", NOW).variant == ""


def test_a_pack_of_ones_own_stays_in_the_place_of_the_shipped_one(folder: Path) -> None:
    seed()
    ids = [one.id for one in queries.versions()]
    seed()
    assert [one.id for one in queries.versions()] == ids


def test_what_is_kept_gives_back_the_same_layers(folder: Path) -> None:
    overlay(folder, "city", "3604", within(3))
    seed()
    row = ProcedureVersion.objects.get(ground="3604", variant="lighting")
    kept = queries.by_hash(row.hash)
    (standing,) = (
        one for ground, pack in _composed(folder) for one in pack.procedures.values() if one.variant
    )
    assert kept.hash == standing.hash and [one.name for one in kept.layers] == ["lighting", "city"]


def _composed(folder: Path) -> list[tuple[str, engine.Pack]]:
    from gantang.engine.language.overlays import composed

    overlays, faults = engine.read_overlays(folder)
    assert faults == () and packs()
    return composed(engine.read_pack(folder / "request"), overlays)
