"""Blind spots of a deployment: each place named once, at the highest ground that lacks a holder."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gantang import engine
from gantang.engine.check import Blind, needs_of, unclassed, unheld, unmanned
from gantang.engine.check.lacking import Grounds
from tests.engine import whole
from tests.engine.sample import UNITS, request

TREE = {"36": ["3601", "3602"], "3601": ["360102", "360103"], "3602": ["360202"]}
CLASSES = ("facility", "facility.lighting", "dispute")
OWNERS = ("receiver", "dispatcher", "handler", "verifier", "arbiter", "supervisor")


def found(*held: tuple[str, str, str], lacking: str = "handler") -> list[tuple[str, str]]:
    """(ground, classes) of the findings about one duty, all others being held everywhere."""
    rest = [("36", "*", duty) for duty in OWNERS if duty != lacking]
    findings = unheld(request(), CLASSES, (*rest, *held), ["36"], lambda ground: TREE.get(ground, []))
    return sorted(
        (one.place.rsplit("/", 1)[-1], one.sentence.en.partition("classes ")[2].rstrip("."))
        for one in findings
        if "/handling/" in one.place
    )


def test_nothing_is_blind_where_every_duty_is_held() -> None:
    assert found(("36", "*", "handler")) == []
    assert set(OWNERS) <= set(UNITS)


def test_a_duty_nobody_holds_is_named_at_the_top_not_place_by_place() -> None:
    assert found() == [("36", "dispute, facility")]


def test_the_highest_ground_that_lacks_it_is_named_beside_what_is_covered() -> None:
    assert found(("360102", "*", "handler")) == [
        ("360103", "dispute, facility"),
        ("3602", "dispute, facility"),
    ]


def test_a_remit_for_one_class_leaves_the_others_blind() -> None:
    assert found(("36", "facility", "handler")) == [("36", "dispute")]
    assert found(("36", "facility.lighting", "handler"), ("36", "dispute", "handler")) == [("36", "facility")]


def test_the_finding_stands_at_the_state_in_both_languages_with_a_remedy() -> None:
    one = next(iter(unheld(request(), CLASSES, [], ["36"], lambda _: [])))
    assert (one.kind, one.file, one.place) == (
        "blind spot",
        "request/procedure.yaml",
        "request/states/received/36",
    )
    assert one.line == request().states["received"].place.line
    assert "没有在任单位承担" in one.sentence.zh and "receiver" in one.remedy.en and one.remedy.zh


# --- the highest grounds that nothing covers, against asking each ground ------------------------------

PLACES = [root + "".join(rest) for root in ("36", "37") for n in range(3) for rest in product("ab", repeat=n)]
SHAPES = st.sets(st.sampled_from(PLACES)).map(lambda kept: {one for one in kept if _rooted(one, kept)})
HELD = st.sets(st.sampled_from(["", "3", *PLACES, "36aaz", "37bz", "38"]))


def _rooted(ground: str, kept: set[str]) -> bool:
    return all(ground[:end] in kept for end in range(2, len(ground)))


def _highest_by_asking(tree: set[str], covered: set[str]) -> set[str]:
    """Nothing held at it, above it or below it, and the same is not so of the ground above it."""
    bare = {one for one in tree if not any(one.startswith(held) or held.startswith(one) for held in covered)}
    return {one for one in bare if one[:-1] not in bare}


@given(SHAPES, HELD)
def test_the_highest_grounds_that_nothing_covers_are_those_found_by_asking_each(
    tree: set[str], covered: set[str]
) -> None:
    below = {one: sorted(other for other in tree if other[:-1] == one) for one in tree}
    grounds = Grounds([one for one in tree if len(one) == 2], below.__getitem__)
    assert sorted(grounds.lacking(covered)) == sorted(_highest_by_asking(tree, covered))


def test_a_class_that_the_deployment_does_not_know_is_told_at_its_line(tmp_path: Path) -> None:
    pack = engine.load_pack(whole.written(tmp_path))
    every = list(pack.procedures.values())
    assert list(unclassed(every, ["repair.roof", "repair.old"])) == []
    found = {(one.kind, one.place, one.file, one.line) for one in unclassed(every, ["dispute"])}
    assert found == {
        ("gap", "repair/serves", "works/procedures/repair.yaml", 5),
        ("gap", "repair+old/serves", "works/variants/old.yaml", 4),
    }


def test_a_remit_of_a_unit_that_has_no_such_post_is_blind_though_a_wider_one_is_held() -> None:
    needs = needs_of([request()], CLASSES)
    empty = [
        ("360102", "facility.lighting", "handler"),
        ("3602", "*", "verifier"),
        ("3602", "dispute", "mediator"),
    ]
    assert unmanned(needs, empty) == [
        Blind("handler", "360102", ("facility.lighting",)),
        Blind("verifier", "3602", CLASSES),
    ]
    assert unmanned(needs, []) == []
