"""What the product is made of: every locked package is in the bill of materials, and the audit says what it knows."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT


def tool(name: str) -> ModuleType:
    """A script of the requirements folder."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "requirements" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where its dataclasses look for themselves
    spec.loader.exec_module(module)
    return module


sbom, audit = tool("sbom"), tool("audit")


def locked() -> set[str]:
    """name==version of every line of every requirements file, and of every npm package."""
    found = {
        f"pypi/{match[1].lower().replace('_', '-')}@{match[2]}"
        for path in (ROOT / "requirements").glob("*.txt")
        for match in re.finditer(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.M)
    }
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return found | {
        f"npm/{path.rpartition('node_modules/')[2]}@{one['version']}"
        for path, one in packages.items()
        if path
    }


def test_every_locked_package_is_a_component_once():
    refs = [
        one["purl"].removeprefix("pkg:").replace("%40", "@").replace("%2B", "+")
        for one in sbom.bill()["components"]
    ]
    assert len(refs) == len(set(refs)) > 100
    assert set(refs) == locked()


def test_what_runs_is_told_apart_from_what_builds_and_tests():
    scope = {one["name"]: one["scope"] for one in sbom.bill()["components"]}
    assert (scope["django"], scope["opentelemetry-sdk"], scope["pytest"]) == (
        "required",
        "optional",
        "excluded",
    )
    assert (scope["htmx.org"], scope["@sparticuz/chromium"]) == ("required", "excluded")
    assert scope["certifi"] == "optional" or scope["certifi"] == "required"


def test_every_requirements_file_has_its_scope():
    assert {path.stem for path in (ROOT / "requirements").glob("*.txt")} == set(sbom.SCOPES)


@pytest.mark.slow
def test_the_bill_fits_the_standards_own_schema(tmp_path: Path):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    file = tmp_path / "below" / "sbom.json"
    subprocess.run([sys.executable, ROOT / "requirements" / "sbom.py", str(file)], check=True)
    text = file.read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    broken = text.replace('"scope": "required"', '"scope": "sometimes"', 1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


def test_the_same_locks_give_the_same_bytes():
    assert json.dumps(sbom.bill()) == json.dumps(sbom.bill())


KNOWN = {"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}
CLEAN = {"name": "b", "version": "1", "vulns": []}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("python", "browser", "code"),
    [
        ([CLEAN], {"vulnerabilities": {}}, 0),
        ([CLEAN, KNOWN], {"vulnerabilities": {}}, 1),
        ([CLEAN], {"vulnerabilities": {"x": {"name": "x", "severity": "high"}}}, 1),
        ([SKIPPED], {"vulnerabilities": {}}, 3),
        ([CLEAN], {"error": "405"}, 3),
        ([KNOWN, SKIPPED], {"error": "405"}, 1),
    ],
)
def test_the_audit_never_calls_clean_what_nobody_answered_for(
    python: list[Any], browser: dict[str, Any], code: int, capsys: pytest.CaptureFixture[str]
):
    sources = {
        "PyPI": lambda: audit.read_pypi({"dependencies": python}),
        "npm": lambda: audit.read_npm(browser),
    }
    assert audit.main(sources) == code
    said = capsys.readouterr().out
    assert ("no answer" in said) is (SKIPPED in python or "error" in browser)


def test_a_program_that_is_not_there_or_says_nothing_is_no_answer():
    assert audit._run(["/no/such/program"]) is None
    assert audit._run([sys.executable, "-c", "print('no json')"]) is None
