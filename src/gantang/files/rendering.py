"""A document from a pack's template and typed data: the same bytes for the same input, on every machine.

The typesetter (Typst) comes as a wheel of one library of 85 MB, so it is loaded where it is used.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings

from gantang.files.errors import FontsMissingError, TemplateError
from gantang.files.types import Paper
from gantang.kit import clock

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).resolve().parent
#: What a template may import: ``/official.typ``.
LAYOUT = HERE / "layout"
FONTS = HERE / "fonts"
FACES = ("NotoSerifSC-Regular.ttf", "NotoSerifSC-Black.ttf", "NotoSansSC-Medium.ttf", "LXGWWenKai-Medium.ttf")
#: For keeping: whole, tagged, with its fonts (ISO 19005-2, level A).
STANDARD: Literal["a-2a"] = "a-2a"
#: Packages would be fetched from afar; a template is whole by itself.
_PACKAGE = re.compile(r"""["']\s*@""")
_PATH = re.compile(r"(\S*/)?(__typst_py_bytes__|[\w.-]+)\.typ(?=:\d)")
_MOST_SAID = 400


def render(template: str, paper: Paper) -> bytes:
    """The document as PDF/A-2a, dated when it was made. Errors: FontsMissingError, TemplateError."""
    (made,) = _set(template, paper, "pdf")
    return made


def pictures(template: str, paper: Paper, *, dpi: int = 96) -> list[bytes]:
    """The same, one PNG a page: to look at. Errors: as ``render``."""
    return _set(template, paper, "png", ppi=float(dpi))


def _set(template: str, paper: Paper, form: Literal["pdf", "png"], **more: Any) -> list[bytes]:
    if _PACKAGE.search(template):
        raise TemplateError(details={"what": "import @"})
    standards = [STANDARD] if form == "pdf" else []
    return typeset(template.encode(), inputs_of(paper), paper.made_at, form, pdf_standards=standards, **more)


def typeset(
    source: bytes,
    inputs: dict[str, str],
    at: datetime,
    form: Literal["pdf", "png"],
    *,
    root: Path = LAYOUT,
    **more: Any,
) -> list[bytes]:
    """What the typesetter makes of a source: one PDF, or a picture a page. ``root`` is what it may read.
    Errors: as ``render``."""
    import typst

    try:
        made = typst.compile(
            source,
            root=root,
            font_paths=fonts(),
            ignore_system_fonts=True,
            format=form,
            sys_inputs=inputs,
            timestamp=int(at.timestamp()),
            **more,
        )
    except typst.TypstError as error:
        raise TemplateError(details={"what": _said(error.diagnostic)}) from error
    return made if isinstance(made, list) else [bytes(made or b"")]


def own_template(name: str) -> str:
    """The source of a document of the house itself, which no pack brings."""
    return (LAYOUT / f"{name}.typ").read_text(encoding="utf-8")


def fonts() -> "typst.Fonts":
    """The faces in force. Errors: FontsMissingError."""
    return _fonts(str(settings.GANTANG_FONTS_DIR or ""))


def _said(diagnostic: str) -> str:
    """The typesetter's errors without its warnings and without the machine's paths."""
    errors = diagnostic[max(0, diagnostic.find("error:")) :].strip()
    return _PATH.sub(lambda found: "template" if "bytes" in found[2] else f"/{found[2]}", errors)[:_MOST_SAID]


def inputs_of(paper: Paper) -> dict[str, str]:
    """What the typesetter is handed: the paper, and the families there are, in small letters."""
    faces = json.dumps(sorted(name.lower() for name in fonts().families()))
    return {"data": data_of(paper), "faces": faces}


def data_of(paper: Paper) -> str:
    """What a template reads as ``it``: JSON of the paper, its date in words, its square code."""
    on = paper.made_at.astimezone(clock.ZONE).date()
    known = asdict(paper) | {"made_at": paper.made_at.isoformat(), "answers": _answers(paper)}
    known["made"] = f"{on.year}年{on.month}月{on.day}日"
    known["pictures"] = [list(one) for one in paper.pictures]
    known["qr"] = square(paper.link) if paper.link else ""
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def _answers(paper: Paper) -> dict[str, Any]:
    return {name: asdict(one) for name, one in paper.answers.items()}


def square(text: str) -> str:
    """A square code as SVG, without border."""
    import segno

    drawn = io.BytesIO()
    segno.make(text, micro=False, error="m").save(drawn, kind="svg", xmldecl=False, border=0)
    return drawn.getvalue().decode()


@lru_cache(maxsize=4)
def _fonts(own: str) -> "typst.Fonts":
    """The faces of the house behind those of the centre's own folder. Errors: FontsMissingError."""
    import typst

    missing = list(_missing())
    if missing:
        raise FontsMissingError(details={"what": "、".join(missing)})
    folders = [*([own] if own else []), str(FONTS)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _missing() -> Iterator[str]:
    return (name for name in FACES if not (FONTS / name).is_file())
