"""What schemathesis needs to know of a served world: where a request fits the document, part of what was made up is
replaced by what is there, so that operations succeed as well as fail.

`EXCHANGE_SEED` names the file that `served` wrote, `EXCHANGE_HEARD` the one that takes what was answered to each
operation; of the moves one of `EXCHANGE_EACH` is made up.
"""

import atexit
import json
import os
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis.generation.modes import GenerationMode

SEED: dict[str, Any] = json.loads(Path(os.environ["EXCHANGE_SEED"]).read_text(encoding="utf-8"))
HEARD: defaultdict[str, Counter[int]] = defaultdict(Counter)
_turns: defaultdict[str, Iterator[int]] = defaultdict(count)
_keys = count()
_matters, _campaigns = cycle(SEED["matters"]), cycle(SEED["campaigns"])
_facilities = cycle(SEED["facilities"])
#: A paper that was corrected is no longer what the reporter reads: papers are corrected on one half, read on the other.
_answered, _to_correct = cycle(SEED["answered"][::2]), cycle(SEED["answered"][1::2])
_lock = threading.Lock()
MOVES = "/api/v1/matters/{number}/moves"
EACH = int(os.environ["EXCHANGE_EACH"])
#: What is due, and the matters on which it is: what is made up by chance is hardly ever due.
DUE: dict[str, tuple[Iterator[dict[str, Any]], dict[str, Any]]] = {
    MOVES: (_matters, {"move": "pass_on"}),
    "/api/v1/track/moves": (_answered, {"move": "confirm"}),
    "/api/v1/matters/{number}/people": (_matters, {"contact": {"name": "示例"}}),
    "/api/v1/facilities/{facility}/inspections": (_matters, {"on": SEED["today"], "condition": "working"}),
    "/api/v1/campaigns": (_matters, {"title": {"zh": "示例", "en": "Sample"}, **SEED["order"]}),
}
#: Paths about what only an answered matter has.
PAPERS = re.compile(r"/\{(document|document_kind|proof)\}")

schemathesis.openapi.format("binary", st.just(bytes.fromhex(SEED["picture"])) | st.binary())


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """The short form makes up one of EACH moves: their edges are more than those of all other operations."""
    union = raw_schema["components"]["schemas"]["StaffMove"]
    named = union["discriminator"]["mapping"]
    kept = {*sorted(named)[::EACH], DUE[MOVES][1]["move"]}
    union["discriminator"]["mapping"] = {name: where for name, where in named.items() if name in kept}
    union["oneOf"] = [{"$ref": named[name]} for name in sorted(kept)]


@schemathesis.hook
def filter_case(context: Any, case: Any) -> bool:
    """An empty list in a form of several parts is sent as nothing: the field is left out, and that may well fit."""
    is_form = case.media_type == "multipart/form-data" and isinstance(case.body, dict)
    return not (is_form and [] in case.body.values())


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Fitting requests are about something that is there, with a key of their own; every third move is due."""
    if not _fits(case):
        return
    with _lock:
        is_third = next(_turns[case.path]) % 3 == 0
        is_papers = PAPERS.search(case.path)
        matter = next(_answered if is_papers or (is_third and case.path not in DUE) else _matters)
        if case.path.endswith("{document_kind}/corrections"):
            matter = next(_to_correct)
        if is_third and case.path in DUE and case.method.upper() == "POST":
            source, case.body = DUE[case.path]
            matter = next(source)
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"made-{next(_keys)}"
    _point(case, matter)


def _point(case: Any, matter: dict[str, Any]) -> None:
    known = {
        "number": matter["number"],
        "other": matter.get("other"),
        "attachment": matter.get("file"),
        "no": 0,
        "campaign": next(_campaigns),
        "facility": next(_facilities),
        **{name: matter.get(name) for name in ("document", "document_kind", "proof")},
    }
    known |= {"kind": "related", "ground": SEED["grid"][:12]}
    if case.path.endswith("/code"):  # a new code would close the one that the residents' requests need
        known["number"] = matter.get("other")
    for name in case.path_parameters or {}:
        if known.get(name) is not None:
            case.path_parameters[name] = known[name]
    if case.path.startswith("/api/v1/campaigns"):
        case.headers["Authorization"] = f"Bearer {SEED['tokens']['dispatcher']}"
    if "/people/" in case.path and case.path.endswith(("/held", "/corrections")):
        case.headers["Authorization"] = f"Bearer {SEED['tokens']['supervisor']}"
    if case.path.startswith("/api/v1/track"):
        case.headers["X-Access-Code"] = matter["code"]
    if "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    _tell(case)


def _tell(case: Any) -> None:
    """Codes in the body that name something name what is there."""
    if case.media_type == "application/json" and case.path != "/api/v1/campaigns":
        case.body = _known(case.body)
    if case.path.endswith("{document_kind}/corrections"):  # no form is known to chance
        case.body["answers"] = []


def _known(value: Any) -> Any:
    """The same body with classes, grounds, channels, units and matters that exist, and no point or form answers."""
    if isinstance(value, list):
        return [_known(one) for one in value]
    if not isinstance(value, dict):
        return value
    there = {
        "class": SEED["class"],
        "ground": SEED["grid"],
        "channel": "phone",
        "unit": SEED["unit"],
        "units": [SEED["unit"]],
        "number": SEED["matters"][-1]["other"],
        "cause": "asset.wear",
        "point": None,
        "happened_at": None,
        "key": f"made-{next(_keys)}",
    }
    if "words" in value and "reporter" in value:
        value = {**value, "anonymous": not value["reporter"], "answers": {}}
    return {name: there[name] if name in there else _known(one) for name, one in value.items()}


@schemathesis.check
def what_fits_is_never_called_unfit(ctx: Any, response: Any, case: Any) -> None:
    """A request that fits the document may be refused for what it says, never for its form."""
    if _fits(case) and response.status_code == 422:
        said = response.json()
        # JSON Schema has no word for "between 1900 and 2200": the document says it in its description.
        faults = [one for one in said["details"]["fields"] if one["code"] != "moment"]
        assert said["code"] != "exchange.invalid" or not faults, said


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Keep what was answered."""
    HEARD[f"{case.operation.method.upper()} {case.operation.path}"][response.status_code] += 1


def _fits(case: Any) -> bool:
    return case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE


@atexit.register
def _leave() -> None:
    if "EXCHANGE_HEARD" in os.environ:
        Path(os.environ["EXCHANGE_HEARD"]).write_text(json.dumps(HEARD), encoding="utf-8")
