"""The shipped facts are the published list, and nothing else."""

import csv

from gantang.territory import facts
from gantang.territory.rules import history
from gantang.territory.rules.prefix import code12
from tests.real import real


def test_shipped_divisions_are_the_published_list() -> None:
    with real("divisions/jiangxi.csv").open(encoding="utf-8") as file:
        published = {
            (row["code"], row["name"], int(row["level"]), row["parent"]) for row in csv.DictReader(file)
        }
    shipped = {
        (code12(d.prefix), d.name, d.level, code12(d.parent) if d.parent else "") for d in facts.divisions()
    }
    assert shipped == published
    assert len(shipped) == 23_959


def test_shipped_history_is_the_published_one() -> None:
    with real("divisions/code_history_1981_2024.csv").open(encoding="utf-8") as file:
        published = [(row["代码"], row["名称"], row["启用时间"]) for row in csv.DictReader(file)]
    shipped = [(each.prefix.ljust(6, "0"), each.name, str(each.since)) for each in facts.history()]
    assert shipped == published


def test_a_split_county_has_every_successor() -> None:
    line = next(each for each in facts.history() if each.prefix == "360427")
    assert set(history.changes(line)) == {
        history.Change("ceded", 2010, "360482"),
        history.Change("recoded", 2016, "360483"),
    }


def test_code_kept_under_a_new_name_is_renamed_not_ended() -> None:
    spans = history.spans(facts.history())
    assert spans["361128"][1] is None
    lines = [each for each in facts.history() if each.prefix == "361128"]
    assert any(change.kind == "renamed" for each in lines for change in history.changes(each))
