"""A pack's procedures, layer by layer: each stage is read whole, and tells only what is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gantang.engine.language.layers import Raw, laid, read_variant, twice, unknown_base
from gantang.engine.language.reading import Reading

if TYPE_CHECKING:
    from gantang.engine.language.nodes import Node
    from gantang.engine.model import Finding, Overlay, Pack, Procedure


class Stages:
    """By key: the stages read so far, the last one before reading, and what was told of it."""

    def __init__(self, reading: Reading, pack: Pack | None = None) -> None:
        self.reading = reading
        self.read: dict[str, tuple[Procedure, ...]] = dict(pack.stages) if pack is not None else {}
        self.raw: dict[str, Raw] = dict(pack.raw) if pack is not None else {}
        self.told: dict[str, list[Finding]] = (
            {key: list(pack.findings) for key in pack.stages} if pack is not None else {}
        )
        self.touched: set[str] = set()

    def procedures(self) -> dict[str, Procedure]:
        """The last stage of each."""
        return {key: stages[-1] for key, stages in self.read.items()}

    def base(self, raw: Raw) -> None:
        before = len(self.reading.findings)
        procedure = raw.read(self.reading)
        if procedure is not None:
            self.read[procedure.key], self.raw[procedure.key] = (procedure,), raw
            self.told[procedure.key] = self.reading.findings[before:]

    def variant(self, node: Node) -> None:
        """A file of `variants/`, laid over the procedure it names."""
        one = read_variant(self.reading, node)
        if one is None:
            return
        if one.of not in self.read:
            self._no_base(one)
        elif f"{one.of}+{one.variant}" in self.read:
            twice(self.reading, one)
        else:
            self._lay(one, one.of)

    def overlay(self, one: Overlay) -> None:
        """Laid over the procedure it names, one of its variants or all of them."""
        of = [key for key, stages in self.read.items() if stages[-1].name == one.of]
        wanted = [key for key in of if one.variant in ("*", self.read[key][-1].variant)]
        for key in wanted:
            self._lay(one, key)

    def _lay(self, one: Overlay, key: str) -> None:
        reading = Reading(self.reading.owner)
        raw = laid(reading, self.raw[key], one)
        procedure = raw.read(reading)
        before = {_said(finding) for finding in self.told.get(key, [])}
        own = [finding for finding in reading.findings if _said(finding) not in before]
        self.reading.findings.extend(own)
        self.reading.unread.update(reading.unread)
        if procedure is None:
            return
        new = procedure.key
        self.read[new], self.raw[new] = (*self.read[key], procedure), raw
        self.told[new] = [*self.told.get(key, []), *own]
        self.touched.add(new)

    def _no_base(self, one: Overlay) -> None:
        unknown_base(self.reading, one.of, one.place, tuple(self.read))


def _said(finding: Finding) -> tuple[str, str, str]:
    return finding.kind, finding.place, finding.sentence.en
