"""Attachments as pages of a case file: pictures and foreign PDFs are bound in, what cannot be says why."""

import io
import re
from functools import cache

import pytest
from PIL import Image

from gantang.files import leaves
from gantang.files.service import bind, leaf, render
from gantang.files.types import CaseFile, Filed
from tests.files.papers import TEMPLATE, paper

#: Its last object holds a name that the typesetter ends over, and with it the process that it runs in.
DEADLY = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 80]/Resources<</Font 4 0 R>>>>endobj
4 0 obj<</A /#zz>>endobj
trailer<</Root 1 0 R>>
"""


def picture(form: str = "JPEG", size: tuple[int, int] = (600, 400), mode: str = "RGB") -> bytes:
    """A picture with something on it."""
    made = Image.linear_gradient("L").resize(size).convert(mode)
    if mode == "RGBA":
        made.putalpha(0)
    target = io.BytesIO()
    made.save(target, form)
    return target.getvalue()


@cache
def foreign(*sizes: tuple[int, int]) -> bytes:
    """A PDF of another maker than ours, a page of each size."""
    pages = [Image.new("RGB", size, "white") for size in sizes]
    target = io.BytesIO()
    pages[0].save(target, "PDF", save_all=True, append_images=pages[1:])
    return target.getvalue()


def a_file(*pieces: Filed) -> bytes:
    return bind(CaseFile(paper(title="示例案卷"), (("卷名", "示例"),), pieces))


def pages(data: bytes) -> int:
    return int(re.findall(rb"NPages>(\d+)<", data)[0])


def boxes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    found = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)
    return [(float(width), float(height)) for width, height in found]


@pytest.mark.parametrize(("form", "media"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_is_a_page_with_what_it_is(form: str, media: str) -> None:
    one = leaf("附件1：图片", picture(form), f"image/{media}")
    assert (one.count, one.remark) == (1, "")
    assert pages(a_file(one)) == 1 + 1 + 1 + 1


def test_a_large_picture_is_shrunk_to_what_a_page_shows_and_a_small_one_stays() -> None:
    small = picture()
    assert leaf("甲", small, "image/jpeg").data == small
    shown = leaf("甲", picture(size=(6000, 3000)), "image/jpeg")
    with Image.open(io.BytesIO(shown.data)) as found:
        assert found.size == (1540, 770)


def test_what_shows_through_a_large_picture_is_the_white_of_the_paper() -> None:
    shown = leaf("甲", picture("PNG", size=(3000, 3000), mode="RGBA"), "image/png")
    with Image.open(io.BytesIO(shown.data)) as found:
        assert found.getpixel((10, 10)) == (255, 255, 255)


def test_every_page_of_an_attached_pdf_is_bound_and_wide_ones_lie_across() -> None:
    data = foreign((600, 800), (900, 400), (600, 800))
    one = leaf("附件1：PDF文件", data, "application/pdf")
    assert (one.count, one.remark) == (3, "")
    whole = a_file(Filed("甲", data=render(TEMPLATE, paper())), one)
    assert pages(whole) == 1 + 1 + 1 + 3 + 1
    assert [width > height for width, height in boxes(whole)].count(True) == 1


@pytest.mark.parametrize(
    ("data", "media", "said"),
    [
        (b"%PDF-1.4 nothing", "application/pdf", leaves.UNREADABLE),
        (foreign((60, 80))[:200], "application/pdf", leaves.UNREADABLE),
        (DEADLY, "application/pdf", leaves.UNREADABLE),
        (b"abc", "audio/mpeg", leaves.APART),
        (b"abc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", leaves.APART),
    ],
)
def test_what_gives_no_pages_is_named_and_spoils_nothing(data: bytes, media: str, said: str) -> None:
    one = leaf("附件1", data, media)
    assert (one.remark, one.count, one.data) == (said, 0, b"")
    assert pages(a_file(one)) == 1 + 1 + 1


def test_a_pdf_that_is_a_volume_of_its_own_stays_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaves, "MOST_PAGES", 2)
    assert leaf("附件1", foreign((60, 80), (60, 80), (60, 80)), "application/pdf").remark == leaves.LONG


def test_the_same_attachments_are_the_same_bytes() -> None:
    def made() -> bytes:
        scan = leaf("附件2", foreign((600, 800)), "application/pdf")
        return a_file(leaf("附件1", picture(size=(6000, 3000)), "image/jpeg"), scan)

    assert made() == made()
