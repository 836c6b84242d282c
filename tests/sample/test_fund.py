"""The sample's fund has a published year that tells no single payment, and books that agree."""

from typing import TYPE_CHECKING

import pytest

from gantang.fund import queries
from gantang.fund.types import Which
from gantang.kit import clock
from gantang.sample import fund, services

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_published_year_and_one_that_runs_with_the_award_of_the_samples_good_deed(world: "World"):
    now = clock.now()
    services.make(now=now)
    assert fund.make(now=now)
    assert not fund.make(now=now)
    (one,) = queries.funds(world.cast.county_leader)
    (told,) = queries.publications()
    assert {line.kind for line in told.use if line.fen is None} == {"use.award", "use.aid"}
    income = {line.kind: line.fen for line in told.income}
    assert income["income.donation"] == (80_000 + 2 * 1_500) * 100, "what individuals gave is in the sum"
    assert "示例" in one.title.zh and told.year == now.year - 1
    newest = queries.entries(world.cast.county_leader, one.id, Which(year=now.year)).items[0]
    assert newest.matter_number and newest.kind == "use.award"
    assert [each.findings for each in queries.verify()] == [()]
