"""What stands around names: words before them, words behind them, titles, and endings of places and
bodies."""

from gantang.vault.rules.lists import read

_CUES = {kind: tuple(words.split()) for kind, words in read("cues").items()}

NAMING = _CUES["naming"]
ROLES = _CUES["roles"]
LINKS = _CUES["links"]
TITLES = _CUES["titles"]
KIN = frozenset(_CUES["kin"])
AFTER = _CUES["after"]
DOING = _CUES["doing"]
PLACES = _CUES["places"]
PLACE_ENDS = frozenset(_CUES["ends"])
STOPS = "，。；：！？!?,;:、 \n\t（）()“”\"'《》…—-~/|"
