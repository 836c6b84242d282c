"""The sample's box for protected tips: its passphrases stand beside the sign-ins, open the tip, and are made once."""

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gantang.cli.up import sign_in_lines
from gantang.kit.clock import now
from gantang.matters.service import sealed
from gantang.sample import people, service, tips

if TYPE_CHECKING:
    from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def folder(world: "World", tmp_path: Path) -> Path:
    people.write_sign_ins(tmp_path, actor=service.BUILDER, now=now())
    return tmp_path


def written(folder: Path) -> dict[str, str]:
    rows = json.loads((folder / people.FILE).read_text(encoding="utf-8"))["accounts"]
    return {row["username"]: row["passphrase"] for row in rows if "passphrase" in row}


def opened(world: "World", words: dict[str, str]) -> str:
    """What the newest tip says, opened by both holders with what the file says."""
    first, second = (world.actor(world.county, title) for title in tips.HOLDERS.values())
    mine, other = words.values()
    tip = sealed.listed(actor=first, now=now())[-1].tip
    passing = sealed.ask(actor=first, tip=tip, passphrase=mine, reason="first_reading", now=now())
    sealed.join(actor=second, tip=tip, passphrase=other, reason="first_reading", now=now())
    page = sealed.page(actor=first, tip=tip, passing=passing, now=now())
    assert page.read is not None
    return page.read.words


def test_the_two_holders_open_the_sample_tip_with_the_passphrases_of_the_file(world: "World", folder: Path):
    assert service.make_tip(folder, now=now()) is True
    assert stat.S_IMODE((folder / people.FILE).stat().st_mode) == 0o600
    words = written(folder)
    assert words.keys() == tips.HOLDERS.keys()
    assert opened(world, words) == tips.WORDS
    assert "示例" in tips.WORDS


def test_a_second_make_adds_nothing_and_changes_no_passphrase(world: "World", folder: Path):
    service.make_tip(folder, now=now())
    before = (folder / people.FILE).read_bytes()
    assert service.make_tip(folder, now=now()) is False
    assert (folder / people.FILE).read_bytes() == before
    assert len(sealed.listed(actor=world.actor(world.county, tips.FIRST), now=now())) == 1


def test_a_lost_file_gives_another_box_whose_tip_opens(world: "World", folder: Path):
    service.make_tip(folder, now=now())
    (folder / people.FILE).unlink()
    people.write_sign_ins(folder, actor=service.BUILDER, now=now())
    assert service.make_tip(folder, now=now()) is True
    first = world.actor(world.county, tips.FIRST)
    assert len(sealed.boxes_of(first)) == 2
    newest = max(sealed.boxes_of(first), key=lambda box: box.pk)
    assert not newest.ended


def test_what_is_printed_says_which_is_the_passphrase_and_the_receipt_reads_the_tip(
    world: "World", folder: Path
):
    service.make_tip(folder, now=now())
    lines = sign_in_lines(folder / people.FILE)
    for name, word in written(folder).items():
        (line,) = [one for one in lines if one.startswith(f"{name}  ")]
        assert f"启封口令 passphrase {word}" in line
    receipt = lines[-1].split()[-1]
    assert sealed.told(receipt=receipt, now=now()).said[0].words == tips.WORDS
