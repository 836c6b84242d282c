"""A tip from its pieces again: the same case, or a tombstone where the key is gone."""

from uuid import UUID

from gantang import engine
from gantang.engine import Step
from gantang.kit.work import reading
from gantang.matters.models import SealedTip
from gantang.matters.service.sealed import kept as keeping
from gantang.matters.service.sealed import stream
from gantang.matters.service.sealed.kept import Kept
from gantang.matters.service.sealed.receiving import REPORTER


def rebuilt(tip: UUID, private: bytes | None) -> Kept | None:
    """What the steps of a tip add up to, by its key; None, a tombstone, where there is no key any more."""
    with reading(REPORTER, ids=[tip]):
        row = SealedTip.objects.get(pk=tip)
        if row.keys is None or private is None:
            return None
        found = [one.head for one in stream.read(tip, private) if one.head["kind"] == "step"]
        kept = keeping.of(row)
    first, *others = (Step(one["name"], one["data"]) for one in found)
    again = Kept(engine.replay([keeping.bare(first)]), kept.chain, 0, kept.body)
    for step in others:
        again = again.after(step)
    return again
