"""Words that were looked for are marked in what was found, and nothing of either becomes markup."""

import pytest

from gantang.faces.marking import marked


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("村口路灯不亮", "路灯", "村口<mark>路灯</mark>不亮"),
        ("村口路 灯不亮", "路灯", "村口<mark>路 灯</mark>不亮"),
        ("LED灯坏", "led 坏", "<mark>LED</mark>灯<mark>坏</mark>"),
        ("路灯路灯杆", "路灯 路灯杆", "<mark>路灯</mark><mark>路灯杆</mark>"),
        ("<b>灯</b>&", "灯", "&lt;b&gt;<mark>灯</mark>&lt;/b&gt;&amp;"),
        ("a.b axb", "a.b", "<mark>a.b</mark> axb"),
        ("x<mark>", "<mark>", "x<mark>&lt;mark&gt;</mark>"),
        ("路灯", "", "路灯"),
        ("路灯", "  ", "路灯"),
        ("路灯", "水渠", "路灯"),
    ],
)
def test_each_word_is_marked_as_the_search_finds_it(text: str, words: str, shown: str) -> None:
    assert marked(text, words) == shown
