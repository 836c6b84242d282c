"""What merely follows from a part that could not be read is not told: that part has its own finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gantang.engine.model import Finding, Procedure

#: Parts by which the states hang together: while one of them is unread no path can be judged.
EDGES = ("from", "to", "needs", "does", "outcome", "end", "within", "may")
ON_PATHS = ("gap", "blind spot", "idling", "squeeze", "self-check", "bypass")
LAPSES = ("idling", "blind spot")
TEXTS = ("texts/zh-Hans.yaml", "texts/en.yaml")
Unread = frozenset[tuple[str, str]]


def of_their_own(findings: Iterable[Finding], procedure: Procedure, unread: Unread) -> Iterator[Finding]:
    """The checker's findings less those that rest on unread parts of the procedure's file or of texts."""
    files = {procedure.place.file, *(layer.place.file for layer in procedure.layers)}
    parts = [path.split("/") for file, path in unread if file in files]
    spoiled = {"/".join(steps[:2]) for steps in parts}
    torn, lateless = any(map(_tears, parts)), any(steps[0] == "late" for steps in parts)
    wordless = any(file.endswith(TEXTS) for file, _ in unread)
    for one in findings:
        part = "/".join(one.place.split("/")[1:3])
        follows = (
            (one.kind in ON_PATHS and (torn or part in spoiled))
            or (one.kind in LAPSES and lateless)
            or (one.kind == "words" and (wordless or part in spoiled))
        )
        if not follows:
            yield one


def _tears(steps: list[str]) -> bool:
    """Whether an unread part leaves the paths in doubt."""
    return steps[0] == "clock" or (steps[0] in ("states", "moves") and (len(steps) < 3 or steps[2] in EDGES))
