"""A protected row × everybody × every address: two holders find it, to all others there is no sign of it anywhere."""

from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from django.core.cache import cache

from tests.doors.cube import rights
from tests.doors.cube.people import Asker
from tests.doors.cube.rights import HOLD
from tests.doors.cube.sight import LEFT, NOBODY, PERSONAS
from tests.doors.cube.walk import ROWS, Cube
from tests.doors.table import SEALED, TIP, Row
from tests.doors.test_permissions import Place, content, told_alike
from tests.journeys import plant
from tests.matters.sealing import WORDS, holders, tell

pytestmark = pytest.mark.slow
TOLD = [row for row in SEALED if row.route.startswith("desk/")]
SIDES = {"county_receiver": "first", "verifier": "second"}


@dataclass(frozen=True)
class Kept:
    """A tip that was handed over, open in its two holders' browsers, and everybody who asks."""

    tip: str
    seq: int
    version: int
    passing: dict[str, str]
    askers: tuple[Asker, ...]


@pytest.fixture(scope="module")
def kept(cube: Cube) -> Kept:
    """A tip that came in with a picture, was opened and handed over."""
    county = holders(cube.world, cube.world.county)
    told = tell(cube.world, pictures=(plant.photo(),))
    county.open(told.id, told.now)
    letter = {"authority": "discipline", "way": "in_person", "letter": "示例函"}
    county.act("first", told.id, "hand_over", told.now, **letter)
    page = county.page("first", told.id, told.now)
    assert page.read
    return Kept(str(told.id), page.read.pictures[0], page.version, dict(county.passing), cube.askers)


def opened(asker: Asker, kept: Kept) -> Asker:
    """A holder's browser has the passing key of the opening, also when an answer before took it away."""
    if asker.name in HOLD:
        asker.browser.cookies["gantang_seal"] = kept.passing[SIDES[asker.name]]
    return asker


def fitted(row: Row, kept: Kept) -> Row:
    """The request about the tip that is there."""
    path = row.path.replace(TIP, kept.tip).replace("pictures/3", f"pictures/{kept.seq}")
    if "/do/" not in path:
        return replace(row, path=path)
    answer = {"version": kept.version, "answer": "示例：答复。"}
    return replace(row, path=path.replace("hand_over", "return_answer"), body=answer)


@pytest.mark.parametrize("row", TOLD, ids=str)
def test_a_tips_own_address_is_there_for_its_holders_and_for_nobody_else(row: Row, kept: Kept):
    wrong = []
    for asker in kept.askers:
        answer = opened(asker, kept).ask(fitted(row, kept), Place("", "", "", ""), "")
        if answer.status_code not in rights.sealed(row, asker.name):
            wrong.append(f"{asker.name or 'nobody'}: {answer.status_code}")
        if asker.name not in HOLD:
            told = content(answer)
            assert kept.tip not in told and WORDS not in told, asker.name
    assert wrong == []


def test_each_address_of_a_tip_is_on_the_page_by_hand():
    assert {str(row) for row in TOLD} == set(rights.SEALED)
    for row in TOLD:
        assert {(404,)} < {rights.sealed(row, who) for who in PERSONAS}


def test_at_every_address_of_a_matter_a_tip_is_as_what_never_was(kept: Kept):
    """By its id in a number's place, and in every list: also to the two who hold it."""
    wrong = []
    for asker in kept.askers:
        cache.clear()
        for number, row in enumerate(ROWS):
            answer = asker.ask(row, named(kept.tip), f"{asker.name}-{number}")
            told = content(answer)
            if WORDS in told or answer.status_code not in _refused(row, asker.name):
                wrong.append(f"{asker.name or 'nobody'}: {row}: {answer.status_code}")
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("row", ROWS, ids=[f"{row} {number}" for number, row in enumerate(ROWS)])
def test_to_its_holders_too_it_is_told_alike_of_a_tip_and_of_nothing(row: Row, kept: Kept):
    never = str(uuid4())
    for asker in [one for one in kept.askers if one.name in HOLD]:
        cache.clear()
        known, unknown = (asker.ask(row, named(one), f"{one}-{row}") for one in (kept.tip, never))
        assert told_alike(known, named(kept.tip)) == told_alike(unknown, named(never))


def named(tip: str) -> Place:
    """A tip's id wherever an address takes something of a matter."""
    return Place(tip, tip, tip, "", tip)


def _refused(row: Row, name: str) -> tuple[int, ...]:
    """Not found, or no number at all; a list shows what it shows; those outside come no further than ever."""
    if name in (LEFT, NOBODY):
        return (403 if name == LEFT else 401,) if row.tells else (302,)
    return (200,) if rights.is_list(row) else (422,) if row.is_api else (404,)
