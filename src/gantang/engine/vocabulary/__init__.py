"""The registered words of the language: guards, effects, measures. Nothing else may be said."""

from gantang.engine.vocabulary.effects import EFFECTS
from gantang.engine.vocabulary.guards import GUARDS
from gantang.engine.vocabulary.measures import MEASURES
from gantang.engine.vocabulary.registry import Context, EffectWord, GuardWord

__all__ = ["EFFECTS", "GUARDS", "MEASURES", "Context", "EffectWord", "GuardWord"]
