"""What of a pack is a procedure's own: others of the pack may change without it.

A source keeps the whole pack's texts and templates, and its hash is taken of them all. Two sources of one
version that differ only in what belongs to others are the same procedure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gantang.engine.language.source import unordered


def is_same(source: str, other: str, name: str) -> bool:
    """Whether two sources say the same of the procedure of that name."""
    return source == other or _own(json.loads(source), name) == _own(json.loads(other), name)


def _own(parts: Mapping[str, Any], name: str) -> dict[str, Any]:
    texts = {lang: _texts(tree, name) for lang, tree in unordered(parts["texts"]).items()}
    documents = dict(parts["documents"]) if isinstance(parts["documents"], dict) else {}
    kept = _templates(documents, unordered(parts["procedure"]).get("documents") or {})
    return {**parts, "texts": texts, "documents": kept}


def _texts(tree: Mapping[str, Any], name: str) -> dict[str, Any]:
    each = tree.get("procedures")
    if not isinstance(each, dict):
        return dict(tree)
    return {**tree, "procedures": {key: one for key, one in each.items() if key == name}}


def _templates(documents: Mapping[str, str], declared: Mapping[str, Any]) -> dict[str, str]:
    """Those it declares, and those that they are made with."""
    kept = {key: text for key, text in documents.items() if key in declared}
    while more := {key for key in documents if key not in kept and _is_named(key, kept)}:
        kept |= {key: documents[key] for key in more}
    return kept


def _is_named(key: str, kept: Mapping[str, str]) -> bool:
    return any(f"{key}.typ" in text for text in kept.values())
