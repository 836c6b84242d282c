"""What the shipped packs need and no public source gives: an empty or editable slot, told to whoever administers."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from gantang.catalogue import queries
from gantang.catalogue.types import Slot
from tests.doors.test_desk import desk_of

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db

#: Left empty: nothing stands there until somebody names the paper it follows.
EMPTY = {
    "tip": ("seven_x.members",),
    "listed": tuple(
        f"standards.{kind}"
        for kind in (
            "police_station",
            "justice_office",
            "court",
            "village_police",
            "political_legal",
            "party_organisation",
        )
    ),
    "dispute": ("mediation.people", "school.mediation", "land.accept"),
    "accountability": ("accountability.circular", "accountability.interview", "accountability.listing"),
    "screening": tuple(f"stability.class_{number:02}" for number in range(1, 14)),
}
#: A default of ours, marked as nobody's rule.
OURS = {
    "dispute": ("event_scale.general_from", "event_scale.major_from"),
    "screening": ("screening.village", "screening.township", "screening.county", "screening.city"),
    "decision": ("agenda.city", "agenda.county"),
}


@pytest.mark.parametrize("pack", EMPTY)
def test_what_a_pack_lacks_waits_for_an_administrator_and_says_why(world: "World", pack: str):
    waiting = {one.code: one for one in queries.unfilled()}
    for code in EMPTY[pack]:
        one = waiting[code]
        assert one.title.zh and one.title.en
        assert one.basis if isinstance(one, Slot) else "待填" in one.source


@pytest.mark.parametrize("pack", OURS)
def test_a_default_of_ours_can_be_changed_and_says_that_it_is_no_rule(world: "World", pack: str):
    for code in OURS[pack]:
        slot = queries.slot(code)
        assert slot is not None
        assert slot.ours and not slot.empty and "未查得" in slot.basis


def test_every_page_of_an_administrator_s_desk_says_how_much_waits_and_nobody_else_s(world: "World"):
    waiting = len(queries.unfilled())
    admin, other = desk_of(world, "admin"), desk_of(world, "receiver")
    said = f'<span class="vh">待填 </span>{waiting}</span>'
    assert waiting >= sum(map(len, EMPTY.values()))
    assert all(said in _page(admin, path) for path in ("/desk/", "/desk/me/", "/desk/admin/slots/"))
    assert "待填" not in _page(other, "/desk/")


def test_the_page_of_slots_lists_each_of_them(world: "World"):
    page = _page(desk_of(world, "admin"), "/desk/admin/slots/")
    titles = {one.code: one.title.zh for one in [*queries.slots(), *queries.legal_periods()]}
    for code in [one for codes in (*EMPTY.values(), *OURS.values()) for one in codes]:
        assert titles[code] in page


def _page(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()
