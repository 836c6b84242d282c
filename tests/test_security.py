"""What the code itself must never do, read from its source."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "gantang"
SCRIPTS = [path for path in SOURCE.rglob("*.js") if "vendor" not in path.parts]
#: Compiled from our own lists of words, never from what somebody gave.
OWN_WORDS = {"engine/case_number.py", "vault/rules/names.py", "vault/rules/shapes.py"}
#: A mark by which a changed map is noticed; nobody gains by making two alike.
MARKS = {"territory/service/layers.py"}


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """(file, name of what is called, the call), for every call in the source, which is read once."""
    return tuple(
        (str(path.relative_to(SOURCE)), ast.unparse(node.func), node)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    )


@pytest.mark.slow
def test_the_source_is_read():
    assert len(calls()) > 5_000
    assert len(SCRIPTS) > 5


def test_no_program_is_started_through_a_shell():
    found = [
        (file, name)
        for file, name, call in calls()
        if name in ("os.system", "os.popen", "subprocess.getoutput")
        or any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in call.keywords)
    ]
    assert found == []


def test_nothing_is_evaluated_or_unpickled():
    banned = {"eval", "exec", "pickle.loads", "pickle.load", "marshal.loads", "shelve.open", "yaml.load"}
    assert [(file, name) for file, name, _call in calls() if name in banned] == []


def test_yaml_is_read_as_plain_data():
    """Nodes are composed, and nothing is made of them but plain values, whatever tag they bear."""
    from gantang.engine.language.composing import composed

    named = {name for _file, name, _call in calls() if name.startswith("yaml.")}
    assert named == {"yaml.YAMLError", "yaml.MarkedYAMLError"}
    told = composed("a: !!python/object/apply:os.getcwd []\nb: !!python/name:os.system x")
    assert told == {"a": [], "b": "x"}


def test_no_pattern_is_made_from_what_somebody_gave():
    functions = {"re.compile", "re.search", "re.match", "re.fullmatch", "re.sub", "re.split", "re.findall"}
    made = {
        file
        for file, name, call in calls()
        if name in functions and call.args and isinstance(call.args[0], ast.JoinedStr)
    }
    assert made <= OWN_WORDS | {
        file for file in made if "re.escape" in (SOURCE / file).read_text(encoding="utf-8")
    }


def test_chance_comes_from_the_system():
    text = {path: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    assert [
        str(path) for path, one in text.items() if re.search(r"^\s*(import|from) random\b", one, re.M)
    ] == []


def test_no_weak_cipher_or_hash_is_named():
    weak = re.compile(r"\b(md5|sha1|MD5|SHA1|ECB|RC4|ARC4|TripleDES|Blowfish|PKCS1v15)\b")
    found = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if weak.search(path.read_text(encoding="utf-8"))
    ]
    assert set(found) == MARKS


#: The grid workers' app lives on the phone: its store is sealed and wiped (`field/README.md`); besides, the classes used
#: last and how often it was opened are kept. Its tabs and its service worker tell each other single words.
FIELD = "field/static/field/"
KEEPS = {f"{FIELD}{name}.js" for name in ("app", "box", "edition", "me", "report")}
TELLS = {f"{FIELD}edition.js", f"{FIELD}queue.js", "field/templates/field/sw.js"}


def within(path: Path) -> str:
    """Where a script stands in the source."""
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", SCRIPTS, ids=within)
def test_no_script_writes_markup_from_text(path: Path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
    )
    if within(path) not in TELLS:
        assert not re.search(r"postMessage|addEventListener\(\"(paste|message)\"", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=within)
def test_what_a_page_keeps_in_the_browser_ends_with_its_tab(path: Path):
    if within(path) not in KEEPS:
        assert not re.search(r"localStorage|indexedDB|document\.cookie", path.read_text(encoding="utf-8"))
