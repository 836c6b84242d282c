"""A case file: every piece as it was issued, found by its page."""

import re

import pytest

from gantang.files.binding import pages_of
from gantang.files.errors import BrokenFileError
from gantang.files.service import bind, render
from gantang.files.types import CaseFile, Filed
from tests.files.papers import TEMPLATE, paper

LONG = TEMPLATE + "#pagebreak()\n第二页\n"


def a_file(*pieces: Filed) -> CaseFile:
    return CaseFile(paper(title="示例案卷"), (("卷名", "示例"),), pieces)


def test_all_pages_of_all_pieces_are_between_index_and_back_cover() -> None:
    one, two = render(TEMPLATE, paper()), render(LONG, paper())
    assert (pages_of(one), pages_of(two)) == (1, 2)
    made = bind(a_file(Filed("甲", data=one), Filed("乙", remark="缺"), Filed("丙", data=two)))
    assert int(re.findall(rb"NPages>(\d+)<", made)[0]) == 1 + 1 + 3 + 1


def test_the_same_case_file_is_the_same_bytes() -> None:
    whole = a_file(Filed("甲", data=render(TEMPLATE, paper())))
    assert bind(whole) == bind(whole)


def test_what_is_none_of_our_documents_is_not_bound() -> None:
    with pytest.raises(BrokenFileError):
        bind(a_file(Filed("甲", data=b"%PDF-1.4 nothing")))
