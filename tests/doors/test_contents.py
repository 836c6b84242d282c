"""The editor of an agreement: what it must contain stands beside the form, and nothing is found out for anybody."""

import re
from typing import TYPE_CHECKING

import pytest

from gantang.matters import queries
from tests.doors.test_desk import desk_of, told
from tests.matters.ways.disputes import mediated

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(world: "World") -> str:
    """A dispute in mediation, by its number."""
    return mediated(world, "dispute.neighbour").row.number


def test_what_an_agreement_must_contain_stands_beside_its_form_with_the_law(world: "World", matter: str):
    page = desk_of(world, "mediator").get(f"/desk/matters/{matter}/moves/agree_instalments/").content.decode()
    listed = page[page.index('id="contents"') : page.index("</section>", page.index('id="contents"'))]
    named = re.findall(r'data-name="(\w+)"', listed)
    assert {"main_facts", "disputed_points", "liability", "terms", "performance", "amount"} <= set(named)
    assert 'data-lines="instalments" data-cell="sum" data-whole="amount"' in listed
    assert "人民调解法第二十八条、第二十九条" in listed
    assert all(f'id="{at}"' in page for at in re.findall(r'href="#(\w+)"', listed) if "instal" not in at)


def test_a_move_that_writes_no_document_has_no_list_of_contents(world: "World", matter: str):
    page = desk_of(world, "mediator").get(f"/desk/matters/{matter}/moves/progress/").content.decode()
    assert 'id="contents"' not in page and "contents.js" not in page


def test_what_a_move_needs_chosen_is_filled_in_but_no_finding_that_ends_a_matter(world: "World", matter: str):
    mediator = desk_of(world, "mediator")
    page = mediator.get(f"/desk/matters/{matter}/moves/agree/").content.decode()
    assert re.search(r'name="form" value="written"[^>]*checked', page)
    from gantang.desk.panel import _implied
    from gantang.kit import clock
    from gantang.procedures import queries as procedures

    found = queries.get(world.cast.mediator, matter, now=clock.now())
    procedure = procedures.by_hash(found.procedure_hash)
    possible = queries.possible_moves(world.cast.mediator, found.id, now=clock.now()).possible
    assert {one.move: _implied(one, procedure) for one in possible if one.move in ("agree", "visit")} == {
        "agree": {"form": "written"},
        "visit": {},
    }


def test_the_first_button_leads_on_and_not_back_nor_out(world: "World", matter: str):
    page = desk_of(world, "mediator").get(f"/desk/matters/{matter}/").content.decode()
    (main,) = re.findall(r'class="btn btn-primary" href="/desk/matters/\w+/moves/(\w+)/"', page)
    assert main == "agree"
    fresh = told(world)
    page = desk_of(world, "receiver").get(f"/desk/matters/{fresh.number}/").content.decode()
    assert re.findall(r'class="btn btn-primary" href="/desk/matters/\w+/moves/(\w+)/"', page) == ["accept"]
