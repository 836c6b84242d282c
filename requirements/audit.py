"""`python requirements/audit.py`: ask whether a locked package has a known weakness.

Exit code 0: asked, and there is none. 1: there is one. 3: a source did not answer, and nothing is known.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: Beside what runs, what a deployment may add; what only builds and tests is left out.
LOCKED = ("core", "ground", "telemetry")
NOTHING, FOUND, UNKNOWN = 0, 1, 3
_PATIENCE = 120


@dataclass
class Answer:
    """What one source said: weaknesses by package, packages it knew nothing of, how many were asked about."""

    asked: int = 0
    found: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def pypi() -> Answer:
    """The Python packages, asked of the index's advisories."""
    words = [word for name in LOCKED for word in ("-r", f"requirements/{name}.txt")]
    told = _run(
        [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", *words,
         "--format", "json", "--progress-spinner", "off"]
    )  # fmt: skip
    return read_pypi(told) if told is not None else Answer(unknown=["pip-audit"])


def npm() -> Answer:
    """The packages of the browser's side, asked of the registry's advisories."""
    told = _run(["npm", "audit", "--omit=dev", "--json"])
    return read_npm(told) if told is not None else Answer(unknown=["npm audit"])


def read_pypi(told: dict[str, Any]) -> Answer:
    """What `pip-audit` says."""
    each = told.get("dependencies", [])
    return Answer(
        asked=len(each),
        found=[
            f"{one['name']} {one['version']}: {', '.join(bad['id'] for bad in one['vulns'])}"
            for one in each
            if one.get("vulns")
        ],
        unknown=[one["name"] for one in each if "skip_reason" in one],
    )


def read_npm(told: dict[str, Any]) -> Answer:
    """What `npm audit` says."""
    if "vulnerabilities" not in told:
        return Answer(unknown=["npm audit"])
    bad = told["vulnerabilities"].values()
    total = told.get("metadata", {}).get("dependencies", {}).get("total", 0)
    return Answer(asked=total, found=[f"{one['name']}: {one['severity']}" for one in bad])


def verdict(answers: dict[str, Answer]) -> int:
    """The exit code for all answers together."""
    if any(one.found for one in answers.values()):
        return FOUND
    return UNKNOWN if any(one.unknown for one in answers.values()) else NOTHING


def _run(words: list[str]) -> dict[str, Any] | None:
    """What a program answered as JSON; None where it answered nothing of the kind."""
    try:
        done = subprocess.run(  # noqa: S603 (our own words only)
            words, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
        answer = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def main(sources: dict[str, Callable[[], Answer]]) -> int:
    """Ask all, say what was heard."""
    answers = {name: ask() for name, ask in sources.items()}
    for name, one in answers.items():
        for each in one.found:
            print(f"{name}: {each}")
        if one.unknown:
            print(f"{name}: 没有答复 … no answer about {len(one.unknown)}: {', '.join(one.unknown[:5])}")
        elif not one.found:
            print(f"{name}: 没有已知的弱点 … no known weakness in {one.asked}")
    return verdict(answers)


if __name__ == "__main__":
    sys.exit(main({"PyPI": pypi, "npm": npm}))
