"""`python requirements/sbom.py [FILE]`: what the product is made of, from the lock files, as CycloneDX 1.6.

The same lock files give the same bytes. Only the standard library is used.
"""

import base64
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
#: What each lock file is for: what always runs, what is added by choice, what builds and tests.
SCOPES = {"core": "required"} | dict.fromkeys(("advice", "ground", "rosters", "telemetry"), "optional")
SCOPES |= dict.fromkeys(("assets", "build", "dev"), "excluded")
_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(\S+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_RANK = ("required", "optional", "excluded")
_NAME = re.compile(r"^name = \"(.+)\"$", re.M)
_VERSION = re.compile(r"^__version__ = \"(.+)\"$", re.M)


def bill() -> dict[str, Any]:
    """The whole document."""
    found: dict[str, dict[str, Any]] = {}
    for component in (*from_pypi(), *from_npm()):
        kept = found.setdefault(component["bom-ref"], component)
        kept["scope"] = min(kept["scope"], component["scope"], key=_RANK.index)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _ourselves()},
        "components": [found[ref] for ref in sorted(found)],
    }


def from_pypi() -> Iterator[dict[str, Any]]:
    """Every pinned package of the requirements files, with the hashes that are allowed."""
    for name, scope in SCOPES.items():
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        for entry in text.replace("\\\n", " ").splitlines():
            if pinned := _PINNED.match(entry):
                package, version = pinned[1].lower().replace("_", "-"), pinned[2]
                hashes = [{"alg": "SHA-256", "content": one} for one in _HASH.findall(entry)]
                yield _component("pypi", package, version, scope, _unpacked(hashes))


def from_npm() -> Iterator[dict[str, Any]]:
    """Every package of package-lock.json; what the browser gets is required, the rest builds and tests."""
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, entry in locked.items():
        if path:
            scope = "excluded" if entry.get("dev") or entry.get("devOptional") else "required"
            algorithm, _, digest = entry["integrity"].partition("-")
            content = base64.b64decode(digest).hex()
            hashes = [{"alg": f"SHA-{algorithm[3:]}", "content": content}]
            yield _component("npm", path.rpartition("node_modules/")[2], entry["version"], scope, hashes)


def _unpacked(hashes: list[dict[str, str]]) -> list[dict[str, str]]:
    """A hash names the bytes of a component; several files of one version have none in common."""
    return hashes if len(hashes) == 1 else []


def _component(
    kind: str, name: str, version: str, scope: str, hashes: list[dict[str, str]]
) -> dict[str, Any]:
    purl = f"pkg:{kind}/{quote(name, safe='/')}@{quote(version, safe='')}"
    made = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "scope": scope,
        "purl": purl,
    }
    return {**made, **({"hashes": hashes} if hashes else {})}


def _ourselves() -> dict[str, Any]:
    name = _NAME.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = _VERSION.search((ROOT / "src" / "gantang" / "__init__.py").read_text(encoding="utf-8"))
    assert name and version  # noqa: S101  both stand in the repository
    return {"type": "application", "bom-ref": name[1], "name": name[1], "version": version[1]}


def main(*files: str) -> int:
    """Print the document, or write it to the file named."""
    text = json.dumps(bill(), ensure_ascii=False, indent=1) + "\n"
    if files:
        Path(files[0]).parent.mkdir(parents=True, exist_ok=True)
        Path(files[0]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
