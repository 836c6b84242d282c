"""Folding never changes what a reader sees, whenever and however often it happens."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction

from gantang.kit import clock
from gantang.tallies import margins, models, queries, rules, service, statements
from gantang.tallies.errors import UnknownDimensionError, UnknownMeasureError
from gantang.tallies.rebuilding import Rebuilding
from gantang.tallies.types import Delta, Difference, MarginKey
from tests.tallies.deltas import random_delta

Add = Callable[[int, list[Delta]], None]


def _seen() -> list[Any]:
    """Many totals, splits and series over several grounds."""
    found: list[Any] = []
    for ground in ("36", "3604", "360428", "360428101", "360428101200001", "~12"):
        for basis in ("now", "then"):
            found.append(queries.totals(["in", "closed", "end.resolved", "days"], ground=ground, basis=basis))
            found.append(queries.by("klass", "in", ground=ground, basis=basis, filters={"unit": [0, 17]}))
            found.append(queries.series("in", ground=ground, basis=basis, step="week"))
    for since, until in (
        (date(2026, 10, 30), None),
        (None, date(2026, 11, 2)),
        (date(2026, 1, 3), date(2027, 2, 1)),
    ):
        for ground in ("36", "360428", "360428101200"):
            span: dict[str, Any] = {"ground": ground, "since": since, "until": until}
            found.append(
                [queries.table(one, ["in", "days"], **span) for one in ("unit", "cause", "ground", "day")]
            )
            found.append(queries.cross("ground", "cause", "closed", basis="then", **span))
            found.append(queries.totals(["in"], filters={"urban": "rural", "klass": "facility"}, **span))
            found.append(
                queries.table("ground", ["in", "fen"], filters={"klass": ["facility", "dispute"]}, **span)
            )
    found.append(queries.by("ground", "in", ground="36", level=15))
    found.append(queries.table("procedure", ["in", "closed"], ground="3604", since=date(2026, 10, 30)))
    return found


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_folding_at_any_moment_and_any_split_changes_no_figure(add: Add, seed: int) -> None:
    random = Random(seed)
    deltas = [random_delta(random) for _ in range(120)]
    expected: list[Any] | None = None
    for folds in (set(), {119}, set(random.sample(range(120), 7)), set(range(0, 120, 3))):
        models.Delta.objects.all().delete()
        models.Tally.objects.all().delete()
        models.Margin.objects.all().delete()
        for place, delta in enumerate(deltas):
            add(3604, [delta])
            if place in folds:
                service.fold(3604)
        expected = expected or _seen()
        assert _seen() == expected
        assert queries.all_rows(3604) == rules.fold(deltas)
        assert _unlike(3604) == ()
    assert any(expected or [])


def _unlike(city: int) -> tuple[Difference, ...]:
    """The margins that are not what the folded counts add up to."""
    with connection.cursor() as cursor:
        cursor.execute(statements.UNLIKE, {"city": city, "most": 50})
        return tuple(Difference(MarginKey(*row[:-3]), row[-3], row[-2]) for row in cursor.fetchall())


@pytest.mark.django_db
def test_a_total_is_the_sum_of_its_deltas(add: Add) -> None:
    random = Random(11)
    deltas = [random_delta(random) for _ in range(200)]
    add(3604, deltas[:100])
    service.fold(3604)
    add(3604, deltas[100:])

    def by_hand(ground: str, field: str) -> int:
        mine = (d for d in deltas if not d.scope.startswith("~") and getattr(d, field).startswith(ground))
        return sum(d.n for d in mine if d.measure == "in" and d.klass.split(".")[0] == "facility")

    for ground in ("36", "360428", "360428101", "360428101200001"):
        for basis in ("now", "then"):
            kept = queries.total("in", ground=ground, filters={"klass": "facility"}, basis=basis)
            assert kept == by_hand(ground, f"grid_{basis}")


@pytest.mark.django_db
def test_counts_split_by_two_dimensions_add_up_to_those_split_by_one(add: Add) -> None:
    random = Random(5)
    add(3604, [random_delta(random) for _ in range(60)])
    service.fold(3604)
    add(3604, [random_delta(random) for _ in range(60)])
    crossed = queries.cross("ground", "cause", "closed", ground="3604", level=6)
    for cause, n in queries.by("cause", "closed", ground="360428").items():
        assert crossed["360428", cause] == n
    assert sum(n for (ground, _cause), n in crossed.items() if ground == "360428") == queries.total(
        "closed", ground="360428"
    )
    with pytest.raises(UnknownDimensionError):
        queries.cross("ground", "person", "closed", ground="3604")


@pytest.mark.django_db
def test_a_class_stands_for_all_below_it_and_for_no_namesake(add: Add) -> None:
    lamp = replace(random_delta(Random(1)), measure="in", n=1, scope="36", grid_now="36", grid_then="36")
    add(3600, [replace(lamp, klass=k) for k in ("facility", "facility.lighting", "facilities")])
    assert queries.total("in", ground="36", filters={"klass": "facility"}) == 2


@pytest.mark.django_db
def test_the_days_asked_for_are_both_included(add: Add) -> None:
    base = replace(random_delta(Random(1)), measure="in", n=1, scope="36", grid_now="36", grid_then="36")
    add(3600, [replace(base, day=date(2026, 11, day)) for day in (1, 2, 3, 4)])
    assert queries.total("in", ground="36", since=date(2026, 11, 2), until=date(2026, 11, 3)) == 2
    assert queries.series("in", ground="36", step="month") == [(date(2026, 11, 1), 4)]


@pytest.mark.django_db
def test_an_unknown_measure_is_refused_in_writing_and_in_reading(add: Add) -> None:
    with pytest.raises(UnknownMeasureError):
        add(3604, [replace(random_delta(Random(2)), measure="inn", n=1)])
    with pytest.raises(UnknownMeasureError):
        queries.total("inn", ground="36")


@pytest.mark.django_db
def test_a_planted_difference_is_found_and_repaired(add: Add) -> None:
    random = Random(5)
    deltas = [random_delta(random) for _ in range(60)]
    add(3604, deltas)
    service.fold(3604)
    rebuilt = service.normal_form(deltas)
    assert service.compare(queries.all_rows(3604), rebuilt) == []
    planted = models.Tally.objects.filter(city=3604, ground="360428", basis="b").first()
    assert planted is not None
    models.Tally.objects.filter(pk=planted.pk).update(n=planted.n + 1)
    (difference,) = service.compare(queries.all_rows(3604), rebuilt)
    assert (difference.key.ground, difference.kept - difference.rebuilt) == ("360428", 1)
    service.replace(3604, rebuilt)
    assert service.compare(queries.all_rows(3604), rebuilt) == [] and _unlike(3604) == ()


@pytest.mark.django_db
def test_a_margin_that_is_not_the_sum_of_its_counts_is_found_and_repaired(add: Add) -> None:
    random = Random(5)
    deltas = [random_delta(random) for _ in range(60)]
    add(3604, deltas)
    service.fold(3604)
    assert _unlike(3604) == ()
    planted = models.Margin.objects.filter(city=3604, dimension="klass", span=8).exclude(n=0).first()
    assert planted is not None
    models.Margin.objects.filter(pk=planted.pk).update(n=planted.n + 1)
    (difference,) = _unlike(3604)
    assert (difference.kept, difference.rebuilt) == (planted.n + 1, planted.n)
    with transaction.atomic():
        rebuilding = Rebuilding(3604)
        rebuilding.add(deltas)
        assert rebuilding.compare(most=50).differences == (difference,)
        rebuilding.replace(now=clock.now())
    assert _unlike(3604) == () and queries.all_rows(3604) == rules.fold(deltas)


def test_spans_cover_each_day_of_a_time_once() -> None:
    random = Random(2)
    for _ in range(500):
        since = date(2026, 1, 1) + timedelta(days=random.randrange(400))
        until = since + timedelta(days=random.choice([0, 6, 29, random.randrange(900)]))
        stretches = margins.cover(since, until)
        assert sorted(day for one in stretches for day in _days(one)) == [
            since + timedelta(days=on) for on in range((until - since).days + 1)
        ]
        assert sum(len(_days(one)) // one.span for one in stretches) <= 14 + 14 + 15


def _days(one: margins.Stretch) -> list[date]:
    assert one.since and one.before and margins.start(one.since, one.span) == one.since
    return [one.since + timedelta(days=on) for on in range((one.before - one.since).days)]


@pytest.mark.django_db
def test_bulk_deltas_count_like_single_ones(add: Add) -> None:
    random = Random(8)
    deltas = [random_delta(random) for _ in range(50)]
    service.add_many(city=3604, deltas=deltas, now=clock.now())
    assert queries.all_rows(3604) == rules.fold(deltas)


@pytest.mark.django_db(transaction=True)
def test_folding_twice_at_once_while_acts_go_on_loses_and_doubles_nothing(add: Add) -> None:
    random = Random(3)
    deltas = [random_delta(random) for _ in range(240)]

    def write(part: list[Delta]) -> None:
        for place in range(0, len(part), 4):
            add(3604, part[place : place + 4])
        connection.close()

    def fold() -> None:
        for _ in range(30):
            service.fold(3604)
        connection.close()

    jobs = [threading.Thread(target=write, args=[deltas[n::2]]) for n in range(2)]
    jobs += [threading.Thread(target=fold) for _ in range(2)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert queries.all_rows(3604) == rules.fold(deltas)
    service.fold(3604)
    assert queries.all_rows(3604) == rules.fold(deltas) and queries.cities_to_fold() == []
    assert _unlike(3604) == ()
    for model in (models.Delta, models.Tally, models.Margin, models.Fold):
        model.objects.all().delete()


@pytest.mark.django_db
def test_what_was_folded_before_there_were_margins_is_added_up_by_the_migration(add: Add) -> None:
    random = Random(6)
    add(3604, [random_delta(random) for _ in range(80)])
    service.fold(3604)
    kept = set(models.Margin.objects.exclude(n=0).values_list())
    models.Margin.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("gantang.tallies.migrations.0003_margins").FILL)
    assert set(models.Margin.objects.values_list()) == kept and kept
