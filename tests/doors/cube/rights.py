"""What an operation needs beside sight, written by hand, and what each cell of the cube must answer.

Nothing of the rooms that decide is imported here. An operation of a matter that is not on this page turns the cube red.
"""

from typing import NamedTuple

from tests.doors.cube.sight import COUNTY, LEFT, MOVED, NOBODY, SEES
from tests.doors.table import LIST, Row

#: To look is all one needs sight for; so is whatever any holder of a duty does: to write to the people, to add a file,
#: to tie two matters, to open a field with a reason, to correct a paper.
LOOK = "look"
#: It shows what one sees: open to every post.
SHOWS = "shows"
#: What kind of matter it is, where it lies, how it is listed: whoever receives, dispatches, rules or supervises.
SORT = "sort"
#: Entering people and what they say: whoever receives, dispatches or works on the matter.
ENTER = "enter"
#: The move that waits: the one post whose turn it is.
ACCEPT = "accept"
#: Putting a person right at its own request: the duty of privacy, which the supervising post bears.
MEND = "mend"
#: Keeping a matter from being erased: whoever leads or supervises.
KEEP = "keep"

_API = {
    LOOK: """GET | GET timeline | GET words | GET texts | GET shares | GET moves | GET links | GET messages | GET people
        | GET attachments | GET attachments/<attachment> | GET case-file | GET documents | GET documents/<document>
        | PUT cause | POST links | DELETE links/<kind>/<other> | POST messages | POST attachments | POST people/<no>/openings
        | POST people/<no>/code | POST documents/<document_kind>/corrections""",
    SORT: "PUT class | PUT ground | PUT gist",
    ENTER: "POST people | POST people/<no>/willing",
    MEND: "POST people/<no>/corrections",
    ACCEPT: "POST moves",
}
_DESK = {
    LOOK: """GET | GET fresh/ | GET ledger/ | GET board/ | GET board.xlsx | GET looks/ | GET panel/ | GET remit/ | GET moves/<str:move>/ | GET people/<int:person>/<str:field>/
        | POST people/<int:person>/<str:field>/ | POST messages/ | POST cause/ | POST links/ | POST removal/ | POST files/ | GET files/<uuid:attachment>
        | GET case-file/ | GET documents/<uuid:document> | GET documents/<str:kind>/correct/
        | POST documents/<str:kind>/correct/ | GET room/ | GET room/sessions/ | POST room/sessions/
        | GET room/sessions/<int:session>/ | POST room/sessions/<int:session>/ | GET room/sessions/<int:session>/cancel/
        | POST room/sessions/<int:session>/cancel/ | GET room/sign/<uuid:document>/<str:signer>/
        | POST room/sign/<uuid:document>/<str:signer>/ | POST room/witness/<uuid:document>/ | POST room/signatures/""",
    ENTER: "POST people/ | POST people/<int:person>/willing/",
    KEEP: "POST legal-hold/",
    ACCEPT: "POST moves/<str:move>/",
}
_LISTS = (
    "GET api/v1/matters",
    "GET api/v1/matters.csv",
    "GET api/v1/matters/search",
    "GET desk/",
    "GET desk/export.csv",
    "GET desk/print/",
)


def _spelt(page: dict[str, str], before: str, slash: str) -> dict[str, str]:
    """The operations of a page, spelt as the table spells them."""
    found = {}
    for right, names in page.items():
        for name in names.split("|"):
            method, _, rest = name.strip().partition(" ")
            found[f"{method} {before}{slash if rest else ''}{rest}"] = right
    return found


#: By operation, what it needs.
NEEDS = {
    **_spelt(_API, "api/v1/matters/<number>", "/"),
    **_spelt(_DESK, "desk/matters/<str:number>/", ""),
    **dict.fromkeys(_LISTS, SHOWS),
    "GET field/matters/<str:number>": LOOK,
}

RECEIVES = {"receiver", "county_receiver", "neighbour", MOVED, "foreigner", "foreign_receiver"}
DISPATCHES = {"dispatcher", "county_dispatcher", "foreign_dispatcher"}
HANDLES = {
    "handler",
    "mediator",
    "neighbour_handler",
    "department_handler",
    "county_handler",
    "foreign_handler",
}
HOLDERS = {
    SORT: RECEIVES | DISPATCHES | {"arbiter", "supervisor"},
    ENTER: RECEIVES | DISPATCHES | HANDLES,
    MEND: {"supervisor"},
    KEEP: {
        "supervisor",
        "leader",
        "village_head",
        "housing_head",
        "county_leader",
        "city_leader",
        "province_leader",
    },
}
#: Whose turn it is to accept: the receiving unit's receivers, of a matter that was not accepted yet.
ACCEPTS = {
    "own grid": {"receiver"},
    "same village": {"receiver"},
    "other village": {"receiver"},
    "other township": {"neighbour", MOVED},
    "other city": {"foreign_receiver"},
    "came from here": {"foreign_receiver"},
}
#: A refusal tells why to whoever sees the matter.
REFUSED = {SORT: 403, ENTER: 403, MEND: 403, KEEP: 403, ACCEPT: 422}
SIGN_IN, NO_POST, OWN = "/accounts/login/", "/desk/me/", "/desk/matters/"


class Cell(NamedTuple):
    """What must come: the statuses, where a redirection leads, whether that is leave to do it."""

    statuses: tuple[int, ...]
    leads: str
    allowed: bool


def expected(row: Row, persona: str, place: str) -> Cell:
    """The cell of an operation, somebody and a kind of row."""
    if persona in (LEFT, NOBODY):
        return _outside(row, persona)
    need = NEEDS[str(row)]
    if need == SHOWS:
        return Cell((200,), "", persona in SEES[place])
    if persona not in SEES[place]:
        return Cell((404,), "", False)
    if need != LOOK and persona not in (ACCEPTS.get(place, set()) if need == ACCEPT else HOLDERS[need]):
        return Cell((REFUSED[need],), "", False)
    return Cell(row.ok, OWN if 302 in row.ok else "", True)


def _outside(row: Row, persona: str) -> Cell:
    """Nobody is asked to sign in; whoever left the last post is told that there is none."""
    if row.tells:
        return Cell((403 if persona == LEFT else 401,), "", False)
    return Cell((302,), NO_POST if persona == LEFT else SIGN_IN, False)


def is_list(row: Row) -> bool:
    """Whether the operation shows many rows."""
    return row.need == LIST


# --- protected tips -----------------------------------------------------------------------------------

#: The two posts that hold the county's box; every post of its unit may be given a half from paper, and finds no tip.
HOLD = {"county_receiver", "verifier"}
OF_THE_UNIT = COUNTY | {"county_handler", "admin"}
#: What a holder is answered whose browser has the tip open; to everybody else the address does not exist.
SEALED: dict[str, dict[str, tuple[int, ...]]] = {
    "GET desk/sealed/": {**dict.fromkeys(OF_THE_UNIT, (200,))},
    "GET desk/sealed/<uuid:tip>/": dict.fromkeys(HOLD, (200,)),
    "POST desk/sealed/<uuid:tip>/open/": dict.fromkeys(HOLD, (422,)),  # a wrong passphrase, told
    "POST desk/sealed/<uuid:tip>/close/": dict.fromkeys(HOLD, (302,)),
    "POST desk/sealed/<uuid:tip>/do/<str:act>/": {
        "county_receiver": (302,)
    },  # the first holder enters the answer
    "POST desk/sealed/<uuid:tip>/letter/": dict.fromkeys(HOLD, (200,)),
    "GET desk/sealed/<uuid:tip>/pictures/<int:seq>": dict.fromkeys(HOLD, (200,)),
}


def sealed(row: Row, persona: str) -> tuple[int, ...]:
    """What a tip's own address must answer."""
    return SEALED[str(row)].get(persona, (404,))
