"""Documents: the official layout, whole files fit to be kept, the same bytes for the same input."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from gantang.files import rendering
from gantang.files.errors import FontsMissingError, TemplateError
from gantang.files.service import pictures, render
from tests.files.papers import MADE, TEMPLATE, paper

_ELSEWHERE = """
import hashlib, django
django.setup()
from gantang.files.service import render
from tests.files.papers import TEMPLATE, paper
print(hashlib.sha256(render(TEMPLATE, paper())).hexdigest())
"""
_GRID = """#import "/official.typ": *
#show: official
#layout(size => [#metadata((size.width.mm(), size.height.mm(),
  measure(block(width: size.width, "字" * 28)).height.pt(),
  measure(block(width: size.width, "字" * 29)).height.pt(),
  measure(block(width: size.width, "字" * 28 * 22)).height.mm(),
  measure(block(width: size.width, "字" * 28 * 23)).height.mm())) <room>])
"""


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_here_and_in_another_process() -> None:
    import hashlib

    first = render(TEMPLATE, paper())
    assert render(TEMPLATE, paper()) == first
    done = subprocess.run([sys.executable, "-c", _ELSEWHERE], capture_output=True, text=True)
    assert done.stdout.strip() == hashlib.sha256(first).hexdigest(), done.stderr


def test_another_moment_or_another_answer_gives_other_bytes() -> None:
    first = render(TEMPLATE, paper())
    assert render(TEMPLATE, paper(made_at=MADE + timedelta(seconds=1))) != first
    assert render(TEMPLATE, paper(number="〔2026〕13号")) != first


def test_the_type_area_holds_22_lines_of_28_characters() -> None:
    import typst

    found = typst.query(
        _GRID.encode(),
        "<room>",
        field="value",
        one=True,
        root=rendering.LAYOUT,
        font_paths=rendering.fonts(),
        ignore_system_fonts=True,
        sys_inputs=rendering.inputs_of(paper()),
    )
    width, height, full, over, most, too_many = json.loads(found)
    assert (round(width), round(height)) == (156, 225)
    assert over > full * 2, "28 characters fill a line, the 29th begins another"
    assert most <= height < too_many, "22 lines fill a page, a 23rd does not fit"


def test_a_document_is_pdf_a_with_its_own_fonts_inside() -> None:
    made = render(TEMPLATE, paper())
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in made and b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    faces = {name.decode().partition("+")[2] for name in re.findall(rb"/FontName\s*/([^/\s]+)", made)}
    assert faces <= {
        "NotoSerifSC-Regular",
        "NotoSerifSC-Black",
        "NotoSansSC-Medium",
        "LXGWWenKai-Regular",
    }
    assert len(re.findall(rb"/FontFile\d?", made)) >= len(faces) >= 3


def test_pictures_show_a_page_each_on_a4() -> None:
    from io import BytesIO

    from PIL import Image

    pages = pictures(TEMPLATE + "#pagebreak()\n另一页", paper(), dpi=72)
    assert len(pages) == 2
    with Image.open(BytesIO(pages[0])) as page:
        assert page.size == (595, 842)


def test_a_faulty_template_is_told_with_its_line() -> None:
    with pytest.raises(TemplateError) as told:
        render(TEMPLATE + "\n#nothing-of-that-name()\n", paper())
    said = told.value.details["what"]
    assert "nothing-of-that-name" in said and "template:13:" in said


@pytest.mark.parametrize("line", ['#import "@preview/example:0.1.0": *', '#read("/../types.py")'])
def test_a_template_reads_nothing_but_the_layout(line: str) -> None:
    with pytest.raises(TemplateError):
        render(f'#import "/official.typ": *\n{line}\n', paper())


def test_missing_faces_are_told_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    monkeypatch.setattr(rendering, "FONTS", tmp_path)
    settings.GANTANG_FONTS_DIR = tmp_path
    with pytest.raises(FontsMissingError) as told:
        render(TEMPLATE, paper())
    assert "NotoSerifSC-Regular.ttf" in str(told.value.details["what"])
    assert "gantang assets" in str(told.value.remedy)


def test_a_paper_about_no_matter_is_set_all_the_same() -> None:
    about = replace(paper().matter, number="", gist="", place="", opened="")
    assert render('#import "/official.typ": *\n#show: official\n示例\n', paper(matter=about)).startswith(
        b"%PDF"
    )
