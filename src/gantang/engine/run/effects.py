"""What a move's registered effects put into its step, clocks included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gantang.engine.run import grants
from gantang.engine.vocabulary import EFFECTS, Context

if TYPE_CHECKING:
    from datetime import datetime

    from gantang.engine.time import Calendar


def effects_data(context: Context, calendar: Calendar, at: datetime) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for effect in context.move.does:
        wanted = EFFECTS[effect.name].of(context, effect.args)
        if "release" in wanted:
            found["release"] = [*found.get("release", []), *wanted["release"]]
        elif "pause" in wanted:
            found.update(grants.paused(context.procedure, context.case, wanted["pause"], calendar, at, None))
        elif "resume" in wanted:
            found.update(grants.resumed(context.procedure, context.case, calendar, at))
        else:
            found.update(wanted)
    return found
