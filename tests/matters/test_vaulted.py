"""What is personal by its kind stays in the vault, whoever asks it and wherever it is answered: an exact place, a closed
answer that a pack keeps there, at a move and at intake."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gantang import engine
from gantang.kit import clock, keys
from gantang.kit.actor import SYSTEM
from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters import queries, service
from gantang.matters.models import Matter, Message, Party
from gantang.outbox.models import Row
from gantang.procedures import service as versions
from gantang.tallies.models import Delta
from tests.engine.sample import packs
from tests.matters.acting import Course, told

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[1] / "exchange" / "pack"
HOME, CELL = "115.857942, 28.682892", "115.990001, 28.770002"
FIELDS = """
  home: {kind: place, title: {zh-Hans: 住处, en: Home}}
  trade: {kind: choice, vault: true, title: {zh-Hans: 行当, en: Trade}, options: {smithy: {zh-Hans: 铁匠, en: Smith}, mill: {zh-Hans: 磨坊, en: Miller}}}
  spots: {kind: rows, title: {zh-Hans: 地点, en: Spots}, columns: {at: {kind: place, title: {zh-Hans: 地点, en: Spot}}}}
"""
FORM = """
fields:
  words: {kind: text, title: {zh-Hans: 经过, en: Words}}
  place: {kind: place, title: {zh-Hans: 地点, en: Place}}
  years: {kind: number, vault: true, required: false, title: {zh-Hans: 年纪, en: Age}}
"""


@pytest.fixture
def course(tmp_path: Path, world: "World") -> Course:
    """A matter of a pack that asks where somebody lives; its age was told at intake."""
    folder = Path(shutil.copytree(PACK, tmp_path / "lending"))
    file = folder / "procedure.yaml"
    text = file.read_text(encoding="utf-8").replace("\nfields:\n", f"\nfields:{FIELDS}", 1)
    text = text.replace('asks: [things, fee, "help?", "note?"]', "asks: [things, fee, home, trade, spots]")
    file.write_text(text, encoding="utf-8")
    (folder / "form.yaml").write_text(FORM, encoding="utf-8")
    pack, now = engine.read_pack(folder), clock.now()
    versions.put_in_force(actor=SYSTEM, pack=pack, others=packs().values(), now=now)
    return Course(told(world.grid, class_code="water.other", answers={"years": 84310277}))


def lent(course: Course, world: "World") -> None:
    course.by(
        world.cast.receiver,
        "lend",
        things=[{"what": "tent", "back": "2027-01-05"}],
        fee=100,
        home=HOME,
        trade="smithy",
        spots=[{"at": CELL}],
    )


def in_the_open(course: Course) -> str:
    """Everything of the matter that stands outside the vault."""
    with reading(SYSTEM, ids=[course.id]):
        steps = [(step.name, step.data) for step in ledger.steps(keys.city_of(course.id), course.id)]
        rows = [list(one.objects.filter(matter_id=course.id).values()) for one in (Message, Party)]
        row = Matter.objects.filter(id=course.id).values().get()
    left = list(Row.objects.filter(stream=course.id).values())
    return repr([steps, rows, row, left, list(Delta.objects.values())])


def test_where_somebody_lives_and_what_a_pack_keeps_stand_in_no_step_row_tally_or_notice(
    course: Course, world: "World"
):
    lent(course, world)
    said = in_the_open(course)
    assert "'fee': 100" in said and "'what': 'tent'" in said, "what is open is there"
    for personal in (HOME, CELL, "115.8", "115.99", "smithy", "84310277"):
        assert personal not in said


def test_whoever_holds_a_duty_reads_it_in_the_vault(course: Course, world: "World"):
    lent(course, world)
    texts = queries.texts(world.cast.receiver, course.id, now=course.now)
    found = {name: text for one in texts.values() for name, text in one.items()}
    assert (found["home"], found["trade"], found["years"]) == (HOME, "smithy", "84310277")
    assert CELL in found["spots"]


def test_the_ledger_gives_the_rows_again_and_a_lost_answer_is_found(course: Course, world: "World"):
    from gantang.vault.models import Entry

    lent(course, world)
    assert service.rebuild(now=course.now).sound
    with reading(SYSTEM, ids=[course.id]):
        kept = Entry.objects.filter(matter_id=course.id, kind="note")
        assert kept.count() == 4
        kept.delete()
    assert len(service.rebuild(now=course.now).found.differences) == 4


def test_a_pack_cannot_take_a_place_out_of_the_vault(tmp_path: Path):
    folder = Path(shutil.copytree(PACK, tmp_path / "lending"))
    file = folder / "procedure.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "\nfields:\n", "\nfields:\n  home: {kind: place, vault: false, title: {zh-Hans: 住处, en: Home}}\n", 1
    )
    file.write_text(text, encoding="utf-8")
    pack = engine.read_pack(folder)
    assert ["vault" in one.sentence.en for one in pack.findings] == [True]
    assert pack.procedures["lending"].fields["home"].vault
