"""What a report may be about, by its words: with its reason, and silent where two are alike."""

import pytest

from gantang.faces import names
from gantang.portal import suggesting
from gantang.portal.suggesting import suggest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "code", "because"),
    [
        ("村口路灯不亮有一个星期了", "facility.lighting", "路灯"),
        ("老板拖欠工资三个月", "labour.wage", "拖欠工资"),
        ("楼上漏水，邻居不管", "dispute.neighbour", "楼上漏水"),
        ("昨天晚上起停水了", "water.supply", "停水"),
    ],
)
def test_plain_words_find_their_class_and_are_named(world: object, words: str, code: str, because: str):
    found = suggest(words)
    assert found and found.code == code and because in found.because


@pytest.mark.parametrize("words", ["", "有件事想说", "路灯 停水"])
def test_nothing_is_said_where_nothing_or_two_alike_speak(world: object, words: str):
    assert suggest(words) is None


def test_every_class_of_the_list_is_there_and_reported_by_people(world: object):
    codes = set(names.classes())
    assert {code for code, _word in suggesting._everyday()} <= codes
