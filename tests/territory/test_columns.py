"""Headers of tables of grids, in Chinese and English, as files name them."""

import pytest

from gantang.territory.rules import columns


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("网格编码", "code"),
        ("Grid_Code", "code"),
        ("GRIDCODE", "code"),
        ("村（社区）代码", "village"),
        ("所属村社区", "village"),
        ("ZLDWDM", "village"),
        ("网格名称", "name"),
        ("网格类型", "kind"),
        ("WKT", "shape"),
        ("启用日期", "valid_from"),
        ("网格编", "code"),  # cut off after ten bytes, as a Shapefile does
    ],
)
def test_header_is_known_however_it_is_written(header: str, field: str) -> None:
    assert columns.matched([header, "备注"]).fields == {field: header}


def test_full_name_goes_before_a_shorter_one() -> None:
    found = columns.matched(["代码", "网格代码", "名称"])
    assert found.fields == {"code": "网格代码", "name": "名称"}
    assert not found.doubtful


def test_two_columns_that_claim_the_same_are_doubtful() -> None:
    found = columns.matched(["编码", "编号", "名称"])
    assert found.doubtful == {"code": ("编码", "编号")}


def test_what_was_told_goes_first() -> None:
    found = columns.matched(["编码", "编号", "标题"], {"code": "编号", "name": "标题"})
    assert found.fields == {"code": "编号", "name": "标题"}
    assert found.unused == ("编码",)


def test_unknown_columns_are_left_and_told() -> None:
    assert columns.matched(["网格代码", "备注", "照片"]).unused == ("备注", "照片")
