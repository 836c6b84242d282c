"""What a search finds, how it counts, and what it can never find."""

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from gantang.kit import clock
from gantang.matters import queries, service
from gantang.matters.types import Contact, Counted, Filters
from tests.matters.acting import fresh, told

if TYPE_CHECKING:
    from uuid import UUID

    from tests.world import World

pytestmark = pytest.mark.django_db
searching = import_module("gantang.matters.queries.search")
TEXT = "水库边 LED护栏断了两根坏"


def found(world: "World", words: str) -> "set[UUID]":
    page = queries.search(world.cast.receiver, words=words, filters=Filters(), now=clock.now())
    return {one.id for one in page.items}


#: By the index, among the newest after a sample, in the sample, and on narrow ground.
WAYS = [(0, 0, 99), (1, 3_000, 99), (6_000, 42_000, 99), (0, 0, 9)]


def take(monkeypatch: pytest.MonkeyPatch, way: tuple[int, int, int]) -> None:
    for name, value in zip(("SAMPLE", "NEWEST", "NARROW"), way, strict=True):
        monkeypatch.setattr(searching, name, value)


@pytest.mark.parametrize("way", WAYS)
def test_every_piece_of_a_text_is_found_with_the_index_and_without(
    world: "World", monkeypatch: pytest.MonkeyPatch, way: tuple[int, int, int]
) -> None:
    take(monkeypatch, way)
    matter = told(world.grid, TEXT).matter
    tight = TEXT.replace(" ", "")
    pieces = {tight[start : start + size] for size in (1, 2, 3, 5) for start in range(len(tight) - size + 1)}
    assert all(matter in found(world, piece) for piece in pieces)
    assert not [words for words in ("护断", "根水", "led栏", "坏坏") if matter in found(world, words)]


@pytest.mark.parametrize("way", WAYS)
def test_a_total_is_exact_up_to_its_bound_and_ends_with_a_plus_beyond(
    world: "World", monkeypatch: pytest.MonkeyPatch, way: tuple[int, int, int]
) -> None:
    take(monkeypatch, way)
    for _ in range(3):
        told(world.grid, "甲乙丙丁戊己")
    count = lambda actor: queries.search_total(actor, words="乙丙丁", filters=Filters(), now=clock.now())  # noqa: E731
    assert count(world.cast.receiver) == Counted(3, more=False)
    assert count(world.cast.neighbour) == Counted(0, more=False)
    monkeypatch.setattr(searching, "MOST_COUNTED", 2)
    assert count(world.cast.receiver) == Counted(2, more=True)


@pytest.mark.parametrize("some", [True, False])
def test_however_a_word_is_looked_for_the_page_holds_the_newest_in_order(
    world: "World", monkeypatch: pytest.MonkeyPatch, some: bool
) -> None:
    made = [told(world.grid, f"井盖缺了第{place}次").matter for place in range(7)]
    look = lambda: queries.search(  # noqa: E731
        world.cast.receiver,
        words="井盖缺",
        filters=Filters(open_only=True) if some else Filters(),
        now=clock.now(),
        size=3,
    )
    seen = []
    for way in WAYS:
        take(monkeypatch, way)
        seen.append([row.id for row in look().items])
    assert seen == [made[:3:-1]] * len(WAYS)


def test_words_that_were_taken_out_of_a_gist_are_found_no_more(world: "World") -> None:
    matter = told(world.grid, "水库边的护栏断了").matter
    assert matter in found(world, "护栏")
    service.mend_gist(
        actor=world.cast.receiver, matter=matter, gist="有一处断了", key=fresh(), now=clock.now()
    )
    assert matter not in found(world, "护栏") and matter in found(world, "一处断")


def test_words_of_people_are_in_no_index_and_names_and_numbers_are_not_found(world: "World") -> None:
    reporter = Contact(name="示例欧阳", phone="13900007715")
    matter = told(world.grid, "水库边断了，电话13900007715", reporter=reporter, anonymous=False).matter
    assert matter in found(world, "水库边断了")
    assert not found(world, "13900007715") and not found(world, "示例欧阳")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
            " AND indexdef ~* 'using gin|bigram|tsvector|trgm'"
        )
        assert [row[0] for row in cursor.fetchall()] == ["matter_gist"]
