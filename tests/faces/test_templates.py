"""Templates and static files keep the rules that a page alone cannot hold."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "gantang"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
#: Our own; what comes from npm lies in a folder of its own.
SHEETS = sorted(one for one in PACKAGE.glob("*/static/*/*.css") if one.parent.name != "vendor")
SCRIPTS = [file for file in sorted(PACKAGE.glob("*/static/*/*.js")) if "vendor" not in file.parts]
#: What residents and grid workers hold in their hands.
IN_THE_HAND = [one for one in TEMPLATES if one.relative_to(PACKAGE).parts[0] in ("portal", "field")]
HAN = r"[\u4e00-\u9fff]"


def named(files: list[Path]) -> list[object]:
    return [pytest.param(file, id=str(file.relative_to(PACKAGE))) for file in files]


@pytest.mark.parametrize("file", named(TEMPLATES))
def test_no_inline_style_or_script(file: Path):
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)|hx-on|hx-vals='js", text)


@pytest.mark.parametrize("file", named(TEMPLATES))
def test_chinese_words_can_be_translated(file: Path):
    """Han characters stand inside translate tags only; the seal and the names of languages are drawings."""
    text = re.sub(
        r"{% (blocktranslate).*?{% endblocktranslate %}", "", file.read_text(encoding="utf-8"), flags=re.S
    )
    text = re.sub(r"{%.*?%}|{#.*?#}", "", text, flags=re.S)
    left = set(re.findall(HAN + "+", text)) - {"中文"}
    assert not left or file.name == "seal.html"


@pytest.mark.parametrize("file", named([*TEMPLATES, *SCRIPTS]))
def test_punctuation_beside_han_is_full_width(file: Path):
    text = file.read_text(encoding="utf-8")
    assert not re.findall(HAN + r"[,;:?!]|[,;:?!]" + HAN, text)


@pytest.mark.parametrize("file", named(IN_THE_HAND))
def test_a_question_is_read_out_once(file: Path):
    """A heading names its group (``aria-labelledby``); the same words hidden beside it would be heard twice."""
    text = file.read_text(encoding="utf-8")
    titles = {one.strip() for one in re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", text)}
    hidden = re.findall(r'<(?:legend|caption|span|label)[^>]*class="vh"[^>]*>(.*?)</', text)
    assert not titles & {one.strip() for one in hidden}


@pytest.mark.parametrize("file", named(TEMPLATES))
def test_templates_stay_small(file: Path):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 150


@pytest.mark.parametrize("file", named(SHEETS))
def test_sheets_hold_one_declaration_a_line(file: Path):
    lines = file.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.count(";") > 1 and "url(" not in line]
    assert len(lines) <= 600


@pytest.mark.parametrize("file", named(SHEETS))
def test_colours_are_named_in_the_tokens_only(file: Path):
    if file.name not in ("tokens.css", "print.css"):
        found = re.findall(r"#[0-9a-f]{3,8}\b", file.read_text(encoding="utf-8"))
        assert set(found) <= {"#000", "#dce8d3"}
