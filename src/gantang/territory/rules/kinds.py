"""Kinds of grid: what each is for, and the block of numbers that it is numbered in."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of grid: its words, and its block (``basic`` 基础网格, ``dedicated`` 专属网格)."""

    code: str
    zh: str
    en: str
    block: str


KINDS = {
    one.code: one
    for one in (
        Kind("basic", "基础网格", "Basic grid", "basic"),
        Kind("dedicated", "专属网格", "Dedicated grid", "dedicated"),
        Kind("park", "园区网格", "Industrial park", "dedicated"),
        Kind("mall", "商圈楼宇网格", "Mall or office block", "dedicated"),
        Kind("school", "学校网格", "School", "dedicated"),
        Kind("hospital", "医院网格", "Hospital", "dedicated"),
        Kind("station", "车站网格", "Station", "dedicated"),
        Kind("farm", "农林场网格", "Farm", "dedicated"),
        Kind("water", "水域网格", "Water", "dedicated"),
    )
}


def block_of(kind: str) -> str | None:
    """The block of a kind; None for what is no kind."""
    found = KINDS.get(kind)
    return found.block if found else None
