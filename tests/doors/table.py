"""The permission table: every address of the site, what it needs, and a request that succeeds for whoever may.

A row without a place in it is the same for all; `{number}`, `{other}`, `{file}`, `{code}`, `{document}`, `{proof}` (the code on a document) are filled with what is there or
with what is not.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

#: What an address needs: nothing; a sign-in; an administering post; sight of the matter in it; an access code; or it
#: shows what one sees.
PUBLIC, STAFF, ADMIN, MATTER, CODE, LIST = "public", "staff", "admin", "matter", "code", "list"
#: … or a post that answers people about what is held on them.
PRIVACY = "privacy"
#: … or one that administers a unit's ground or watches over it.
WATCH = "watch"
CLASS = "facility.lighting"


@dataclass(frozen=True)
class Row:
    """One request at a route. ``body`` is JSON for the API, a form for the pages; ``upload`` adds a picture to it."""

    need: str
    method: str
    route: str
    path: str
    body: dict[str, Any] | None = None
    upload: bool = False
    ok: tuple[int, ...] = (200,)
    headers: dict[str, str] = field(default_factory=dict)
    holder: str = "receiver"  # who of the cast may, of those that see the matter

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def tells(self) -> bool:
        """Whether a script asks, so that whoever is not signed in is told so (401) and not sent to a page."""
        return self.is_api or (self.route.startswith("field/") and self.route != "field/")

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def _api(need: str, method: str, path: str, body: dict[str, Any] | None = None, **given: Any) -> Row:
    """The path as the document writes it, below ``api/v1/``."""
    route = "api/v1/" + path.partition("?")[0].replace("{", "<").replace("}", ">")
    names = {
        "{attachment}": "{file}",
        "{kind}": "related",
        "{no}": "0",
        "{ground}": "3604",
        "{campaign}": "999999",
        "{document_kind}": "receipt",
        "{facility}": str(UUID(int=1)),
    }
    for name, there in names.items():
        path = path.replace(name, there)
    return Row(need, method, route, "/api/v1/" + path, body, **given)


def _desk(method: str, route: str, path: str, body: dict[str, Any] | None = None, **given: Any) -> Row:
    prefix = "desk/matters/<str:number>/"
    return Row(MATTER, method, prefix + route, "/desk/matters/{number}/" + path, body, **given)


PAPER, NO_COURSE = "certificates/<uuid:certificate>/", "/desk/learning/courses/999999"
FUND_ENTRY = "desk/fund/<int:fund>/entries/<uuid:entry>/"
VISIT = "desk/reception/<uuid:booking>/"
HOLD = {"reason": "proceedings", "review_on": "2099-01-05"}
MEND = {"field": "address", "value": "示例", "because": "incomplete"}
HELD = {"field": "phone", "value": "13900007715", "copy": True}
ANY = {"If-Match": "*"}
REPORT = {"words": "示例：路灯不亮。", "class": CLASS, "anonymous": True}
SAID = {"willing": True, "evidence": "in_person"}
CAMPAIGN = {
    "title": {"zh": "示例", "en": "Sample"},
    "procedure": "screening",
    "class": "screening",
    "grounds": ["36"],
    "since": "2099-01-05",
    "until": "2099-01-11",
    "answers": [{"field": "rhythm", "answer": "weekly"}],
}
LOOK = {"on": "2026-01-01", "condition": "working"}
CAUSE = {"cause": "asset.wear"}
ACCEPT = {"class": CLASS, "track": "ordinary"}
DAY = {"ground": "360428", "on": "2026-12-08", "kind": "rest", "zh": "县庆", "source": "示例文件"}
NO_GROUP = "/desk/admin/posts/groups/999999/"
NO_CHANGE = f"/desk/admin/ground/{UUID(int=1)}"
NO_FACILITY = f"/desk/facilities/{UUID(int=1)}"
TERM = {
    "code": "asset.sample",
    "zh": "示例",
    "en": "Sample",
    "source": "示例文件",
    "valid_from": "2026-11-01",
}
KIND = {**TERM, "code": "facility.sample"}
SLOT = {"code": "agenda.city", "value": "2个月", "source": "示例文件", "valid_from": "2026-11-01"}
API = (
    *(
        _api(MATTER, "GET", f"matters/{{number}}{part}")
        for part in (
            "",
            "/timeline",
            "/words",
            "/texts",
            "/shares",
            "/moves",
            "/links",
            "/messages",
            "/people",
            "/attachments",
            "/attachments/{attachment}",
        )
    ),
    _api(MATTER, "POST", "matters/{number}/moves", {"move": "accept", "answers": ACCEPT}, headers=ANY),
    _api(MATTER, "PUT", "matters/{number}/class", {"class": CLASS}, headers=ANY),
    _api(MATTER, "PUT", "matters/{number}/cause", CAUSE, headers=ANY),
    _api(MATTER, "PUT", "matters/{number}/ground", {"ground": "360428101001"}, headers=ANY),
    _api(MATTER, "PUT", "matters/{number}/gist", {"gist": "示例"}, headers=ANY),
    _api(MATTER, "POST", "matters/{number}/links", {"number": "{other}"}, ok=(201,)),
    _api(MATTER, "DELETE", "matters/{number}/links/{kind}/{other}"),
    _api(MATTER, "POST", "matters/{number}/messages", {"words": "示例"}, ok=(201,)),
    _api(MATTER, "POST", "matters/{number}/people/{no}/openings", {"field": "phone", "reason": "emergency"}),
    _api(MATTER, "POST", "matters/{number}/people/{no}/code", ok=(204,)),
    _api(MATTER, "POST", "matters/{number}/people", {"contact": {"name": "示例"}}, ok=(201,)),
    _api(MATTER, "POST", "matters/{number}/people/{no}/willing", SAID, ok=(204,)),
    _api(MATTER, "POST", "matters/{number}/people/{no}/corrections", MEND, ok=(204,), holder="supervisor"),
    _api(PRIVACY, "POST", "people/held", HELD),
    _api(MATTER, "POST", "matters/{number}/attachments", upload=True, ok=(201,)),
    _api(MATTER, "GET", "matters/{number}/case-file"),
    _api(MATTER, "GET", "matters/{number}/documents"),
    _api(MATTER, "GET", "matters/{number}/documents/{document}"),
    _api(
        MATTER,
        "POST",
        "matters/{number}/documents/{document_kind}/corrections",
        {"reason": "示例"},
        ok=(201,),
    ),
    _api(LIST, "GET", "matters?view=all"),
    _api(LIST, "GET", "matters.csv?view=all"),
    _api(LIST, "GET", "matters/search?q={number}"),
    _api(LIST, "GET", "matters/search?q=路灯"),
    _api(STAFF, "POST", "matters", REPORT, ok=(201,)),
    _api(STAFF, "POST", "matters/bulk", {"items": [{"key": "k", "report": REPORT}]}),
    _api(STAFF, "GET", "units?ground=360428"),
    _api(STAFF, "GET", "remits/answer?class=facility&ground=360428101"),
    _api(STAFF, "GET", "remits/changes?before=2026-01-01&after=2026-12-31&ground=360428"),
    _api(STAFF, "GET", "facilities"),
    *(_api(STAFF, "GET", f"facilities/{{facility}}{part}", ok=(404,)) for part in ("", "/inspections")),
    _api(STAFF, "POST", "facilities/{facility}/inspections", LOOK, ok=(404,)),
    _api(STAFF, "POST", "facilities/{facility}/faults", {"words": "示例：不亮"}, ok=(404,)),
    _api(PUBLIC, "GET", "facility-kinds"),
    _api(PUBLIC, "GET", "places?ground=360428"),
    _api(PUBLIC, "GET", "place-services"),
    _api(STAFF, "GET", "campaigns"),
    _api(STAFF, "POST", "campaigns", CAMPAIGN, ok=(403,)),
    *(
        _api(STAFF, "GET", f"campaigns/{{campaign}}{part}", ok=(404,))
        for part in ("", "/coverage", "/unreported", "/findings")
    ),
    _api(STAFF, "POST", "campaigns/{campaign}/close", ok=(404,)),
    _api(CODE, "GET", "track"),
    _api(CODE, "POST", "track/moves", {"move": "withdraw"}),
    _api(CODE, "POST", "track/willing", {"willing": True}, ok=(204,)),
    _api(CODE, "POST", "track/messages", {"words": "示例"}, ok=(201,)),
    _api(CODE, "POST", "track/attachments", upload=True, ok=(201,)),
    _api(CODE, "GET", "track/attachments/{attachment}"),
    _api(CODE, "GET", "track/documents/{document}"),
    _api(PUBLIC, "GET", "verify/{proof}"),
    _api(PUBLIC, "POST", "reports", REPORT, ok=(201,), headers={"X-Client-Token": "a" * 22}),
    _api(PUBLIC, "GET", "openapi.json"),
    _api(PUBLIC, "GET", "classes"),
    _api(PUBLIC, "GET", "causes"),
    _api(PUBLIC, "GET", "channels"),
    _api(PUBLIC, "GET", "slots"),
    _api(PUBLIC, "GET", "divisions/{ground}/children"),
    _api(PUBLIC, "GET", "procedures"),
    Row(PUBLIC, "GET", "api/v1/", "/api/v1/nothing", ok=(404,)),
    Row(PUBLIC, "GET", "api/", "/api/nothing", ok=(404,)),
)
DESK = (
    _desk("GET", "", ""),
    _desk("GET", "fresh/", "fresh/"),
    _desk("GET", "board/", "board/", ok=(404,)),  # a request is no list
    _desk("GET", "board.xlsx", "board.xlsx", ok=(404,)),
    _desk("GET", "ledger/", "ledger/"),
    _desk("GET", "looks/", "looks/"),
    _desk("GET", "panel/", "panel/"),
    _desk("GET", "remit/", "remit/?class=" + CLASS),
    _desk("GET", "moves/<str:move>/", "moves/accept/"),
    _desk("POST", "moves/<str:move>/", "moves/accept/", {"key": "k", **ACCEPT}, ok=(302,)),
    _desk("GET", "people/<int:person>/<str:field>/", "people/0/phone/"),
    _desk("POST", "people/<int:person>/<str:field>/", "people/0/phone/", {"reason": "emergency"}),
    _desk("POST", "people/", "people/", {"name": "示例", "side": "2"}, ok=(302,)),
    _desk("POST", "people/<int:person>/willing/", "people/0/willing/", {"said": "yes", **SAID}, ok=(302,)),
    _desk("POST", "messages/", "messages/", {"words": "示例"}, ok=(302,)),
    _desk("POST", "removal/", "removal/", {"file": ""}, ok=(302,)),
    _desk("POST", "legal-hold/", "legal-hold/", HOLD, ok=(302,), holder="supervisor"),
    _desk("POST", "cause/", "cause/", {"matter-cause": "asset.wear"}, ok=(302,)),
    _desk("POST", "links/", "links/", {"other": "{other}"}, ok=(302,)),
    _desk("POST", "files/", "files/", {"public": ""}, upload=True, ok=(302,)),
    _desk("GET", "files/<uuid:attachment>", "files/{file}"),
    _desk("GET", "case-file/", "case-file/"),
    # a matter that is not talked over has no room; who may into one is tried in test_room
    *(
        _desk(method, f"room/{route}", f"room/{path}", ok=(404,))
        for method, route, path in (
            ("GET", "", ""),
            ("GET", "sessions/", "sessions/"),
            ("POST", "sessions/", "sessions/"),
            ("GET", "sessions/<int:session>/", "sessions/1/"),
            ("POST", "sessions/<int:session>/", "sessions/1/"),
            ("GET", "sessions/<int:session>/cancel/", "sessions/1/cancel/"),
            ("POST", "sessions/<int:session>/cancel/", "sessions/1/cancel/"),
            ("GET", "sign/<uuid:document>/<str:signer>/", "sign/{document}/mediator/"),
            ("POST", "sign/<uuid:document>/<str:signer>/", "sign/{document}/mediator/"),
            ("POST", "witness/<uuid:document>/", "witness/{document}/"),
            ("POST", "signatures/", "signatures/"),
        )
    ),
    _desk("GET", "documents/<uuid:document>", "documents/{document}"),
    _desk("GET", "documents/<str:kind>/correct/", "documents/receipt/correct/"),
    _desk(
        "POST", "documents/<str:kind>/correct/", "documents/receipt/correct/", {"reason": "示例"}, ok=(302,)
    ),
    Row(LIST, "GET", "desk/", "/desk/?view=all"),
    Row(LIST, "GET", "desk/", "/desk/?view=all&at={number}"),
    Row(LIST, "GET", "desk/", "/desk/?view=all&q={number}"),
    Row(LIST, "GET", "desk/export.csv", "/desk/export.csv?view=all"),
    Row(STAFF, "GET", "desk/export.xlsx", "/desk/export.xlsx?view=all"),
    Row(LIST, "GET", "desk/print/", "/desk/print/?view=all"),
    Row(STAFF, "POST", "desk/views/", "/desk/views/", {"address": "view=all&sort=old"}, ok=(302,)),
    Row(STAFF, "GET", "desk/together/", "/desk/together/"),
    Row(STAFF, "POST", "desk/together/", "/desk/together/", {"move": "accept"}),
    Row(STAFF, "GET", "desk/counts.json", "/desk/counts.json"),
    Row(STAFF, "GET", "desk/first/", "/desk/first/"),
    Row(STAFF, "POST", "desk/first/", "/desk/first/", {}, ok=(302,)),
    Row(STAFF, "GET", "desk/procedures/", "/desk/procedures/"),
    Row(
        ADMIN,
        "POST",
        "desk/procedures/<str:name>/",
        "/desk/procedures/assist/",
        {},
        ok=(302,),
    ),
    Row(ADMIN, "GET", "desk/admin/connections/", "/desk/admin/connections/"),
    Row(ADMIN, "POST", "desk/admin/connections/", "/desk/admin/connections/", {"act": "resend"}, ok=(302,)),
    Row(ADMIN, "GET", "desk/admin/accounts/", "/desk/admin/accounts/"),
    Row(ADMIN, "POST", "desk/admin/accounts/", "/desk/admin/accounts/", {"account": "999999"}, ok=(404,)),
    Row(ADMIN, "POST", "desk/admin/accounts/", "/desk/admin/accounts/", {"act": "order"}, ok=(422,)),
    Row(ADMIN, "GET", "desk/admin/receivers/", "/desk/admin/receivers/"),
    Row(ADMIN, "POST", "desk/admin/receivers/", "/desk/admin/receivers/", {"receiver": "9"}, ok=(404,)),
    Row(STAFF, "GET", "desk/lists/", "/desk/lists/"),
    Row(STAFF, "GET", "desk/me/programs/", "/desk/me/programs/"),
    Row(STAFF, "POST", "desk/me/programs/", "/desk/me/programs/", {"client": "999999"}, ok=(404,)),
    Row(ADMIN, "GET", "desk/admin/remits/blind/", "/desk/admin/remits/blind/?ground=360428101"),
    Row(ADMIN, "GET", "desk/admin/calendar/", "/desk/admin/calendar/"),
    Row(ADMIN, "POST", "desk/admin/calendar/day/", "/desk/admin/calendar/day/", DAY),
    Row(ADMIN, "POST", "desk/admin/calendar/table/", "/desk/admin/calendar/table/", {}, ok=(422,)),
    Row(ADMIN, "POST", "desk/admin/calendar/take/", "/desk/admin/calendar/take/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/admin/outages/", "/desk/admin/outages/"),
    Row(ADMIN, "POST", "desk/admin/outages/", "/desk/admin/outages/", {}, ok=(422,)),
    Row(PRIVACY, "GET", "desk/admin/people/", "/desk/admin/people/"),
    Row(PRIVACY, "GET", "desk/admin/people/register/", "/desk/admin/people/register/"),
    Row(PRIVACY, "POST", "desk/admin/people/register/", "/desk/admin/people/register/", {}, ok=(404,)),
    Row(PRIVACY, "POST", "desk/admin/people/", "/desk/admin/people/", HELD),
    Row(
        PRIVACY,
        "POST",
        "desk/admin/people/correct/",
        "/desk/admin/people/correct/",
        {"number": "{number}", "person": "0", **MEND},
        ok=(302,),
    ),
    Row(WATCH, "GET", "desk/admin/looks/", "/desk/admin/looks/"),
    Row(WATCH, "GET", "desk/admin/keeping/", "/desk/admin/keeping/"),
    Row(ADMIN, "GET", "desk/admin/ledger/", "/desk/admin/ledger/"),
    Row(ADMIN, "POST", "desk/admin/ledger/", "/desk/admin/ledger/", {"key": "x"}, ok=(302,)),
    Row(ADMIN, "GET", "desk/admin/slots/", "/desk/admin/slots/"),
    Row(ADMIN, "POST", "desk/admin/slots/", "/desk/admin/slots/", SLOT, ok=(302,)),
    Row(ADMIN, "GET", "desk/admin/causes/", "/desk/admin/causes/"),
    Row(ADMIN, "POST", "desk/admin/causes/", "/desk/admin/causes/", TERM, ok=(302,)),
    Row(ADMIN, "GET", "desk/admin/classes/", "/desk/admin/classes/"),
    Row(ADMIN, "POST", "desk/admin/classes/", "/desk/admin/classes/", KIND, ok=(302,)),
    Row(ADMIN, "GET", "desk/admin/ground/", "/desk/admin/ground/"),
    Row(ADMIN, "GET", "desk/admin/ground/new/", "/desk/admin/ground/new/"),
    Row(ADMIN, "GET", "desk/admin/ground/map/", "/desk/admin/ground/map/?ground=360428101"),
    Row(ADMIN, "POST", "desk/admin/ground/new/", "/desk/admin/ground/new/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/admin/ground/sheet/", "/desk/admin/ground/sheet/"),
    Row(ADMIN, "POST", "desk/admin/ground/sheet/", "/desk/admin/ground/sheet/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/admin/ground/history/", "/desk/admin/ground/history/?code=360428"),
    Row(ADMIN, "GET", "desk/admin/ground/<uuid:change>/", f"{NO_CHANGE}/", ok=(404,)),
    Row(ADMIN, "POST", "desk/admin/ground/<uuid:change>/review/", f"{NO_CHANGE}/review/", {}, ok=(404,)),
    Row(ADMIN, "POST", "desk/admin/ground/<uuid:change>/withdraw/", f"{NO_CHANGE}/withdraw/", {}, ok=(404,)),
    *(
        Row(ADMIN, "GET", f"desk/admin/reception/{part}", f"/desk/admin/reception/{part}")
        for part in ("", "services/", "figures/")
    ),
    *(
        Row(ADMIN, "POST", f"desk/admin/reception/{part}", f"/desk/admin/reception/{part}", {}, ok=(422,))
        for part in ("services/", "figures/")
    ),
    Row(ADMIN, "GET", "desk/admin/reception/<int:centre>/", "/desk/admin/reception/999999/", ok=(403,)),
    Row(STAFF, "GET", "desk/reception/", "/desk/reception/"),
    Row(STAFF, "GET", f"{VISIT}<str:field>/", f"/desk/reception/{UUID(int=1)}/name/", ok=(404,)),
    *(
        Row(STAFF, "GET", f"desk/patrol/{part}", f"/desk/patrol/{part}")
        for part in ("", "map.json", "mine.ics", "mine/", "history/", "fleet/", "roster/")
    ),
    *(
        Row(STAFF, "POST", f"desk/patrol/{part}", f"/desk/patrol/{part}", {}, ok=(422,))
        for part in ("", "mine/", "fleet/", "roster/")
    ),
    *(
        Row(STAFF, method, f"desk/patrol/{part}", f"/desk/patrol/{path}/{UUID(int=1)}/", body, ok=(404,))
        for part, path in (("roster/<uuid:roster>/", "roster"), ("shifts/<uuid:shift>/", "shifts"))
        for method, body in (("GET", None), ("POST", {}))
    ),
    Row(STAFF, "GET", "desk/fund/", "/desk/fund/"),
    Row(STAFF, "POST", "desk/fund/", "/desk/fund/", {}, ok=(422,)),
    *(
        Row(STAFF, method, f"desk/fund/<int:fund>/{part}", f"/desk/fund/999999/{part}", body, ok=(404,))
        for part in ("", "years/")
        for method, body in (("GET", None), ("POST", {"act": "ask", "year": "2025"}))
    ),
    *(
        Row(STAFF, method, FUND_ENTRY, f"/desk/fund/999999/entries/{UUID(int=1)}/", body, ok=(404,))
        for method, body in (("GET", None), ("POST", {"act": "approve"}))
    ),
    *(
        Row(STAFF, "GET", f"desk/fund/<int:fund>/book.{form}", f"/desk/fund/999999/book.{form}", ok=(404,))
        for form in ("csv", "xlsx")
    ),
    Row(STAFF, "GET", "desk/learning/", "/desk/learning/"),
    Row(STAFF, "GET", "desk/learning/coverage/", "/desk/learning/coverage/"),
    Row(STAFF, "POST", "desk/learning/coverage/", "/desk/learning/coverage/", {}, ok=(422,)),
    Row(STAFF, "GET", "desk/learning/events/", "/desk/learning/events/"),
    Row(STAFF, "POST", "desk/learning/events/", "/desk/learning/events/", {}, ok=(422,)),
    Row(STAFF, "GET", "desk/learning/training/", "/desk/learning/training/"),
    Row(STAFF, "POST", "desk/learning/training/", "/desk/learning/training/", {}, ok=(422,)),
    Row(STAFF, "GET", "desk/learning/courses/<int:course>/", f"{NO_COURSE}/", ok=(404,)),
    Row(STAFF, "POST", "desk/learning/courses/<int:course>/", f"{NO_COURSE}/", {}, ok=(404,)),
    Row(STAFF, "GET", "desk/learning/exams/<uuid:exam>/", f"/desk/learning/exams/{UUID(int=1)}/", ok=(404,)),
    Row(
        STAFF,
        "POST",
        "desk/learning/exams/<uuid:exam>/",
        f"/desk/learning/exams/{UUID(int=1)}/",
        {},
        ok=(404,),
    ),
    Row(
        STAFF,
        "GET",
        f"desk/learning/{PAPER}",
        f"/desk/learning/certificates/{UUID(int=1)}/",
        ok=(404,),
    ),
    *(
        Row(ADMIN, "GET", f"desk/admin/learning/{part}", f"/desk/admin/learning/{part}")
        for part in ("", "certificates/")
    ),
    *(
        Row(ADMIN, "POST", f"desk/admin/learning/{part}", f"/desk/admin/learning/{part}", {}, ok=(422,))
        for part in ("", "certificates/")
    ),
    *(
        Row(
            ADMIN,
            method,
            "desk/admin/learning/courses/<int:course>/",
            "/desk/admin/learning/courses/999999/",
            body,
            ok=(404,),
        )
        for method, body in (("GET", None), ("POST", {}))
    ),
    *(
        Row(
            ADMIN,
            "POST",
            f"desk/admin/learning/{PAPER}{act}/",
            f"/desk/admin/learning/certificates/{UUID(int=1)}/{act}/",
            {},
            ok=(404,),
        )
        for act in ("removal", "name")
    ),
    Row(STAFF, "GET", "desk/notices/", "/desk/notices/"),
    Row(STAFF, "POST", "desk/notices/", "/desk/notices/", {}, ok=(422,)),
    Row(STAFF, "GET", "desk/notices/<uuid:notice>/", f"/desk/notices/{UUID(int=1)}/", ok=(404,)),
    Row(STAFF, "POST", "desk/notices/<uuid:notice>/", f"/desk/notices/{UUID(int=1)}/", {}, ok=(404,)),
    Row(ADMIN, "GET", "desk/admin/remits/", "/desk/admin/remits/"),
    Row(ADMIN, "POST", "desk/admin/remits/one/", "/desk/admin/remits/one/", {}, ok=(422,)),
    Row(ADMIN, "POST", "desk/admin/remits/sheet/", "/desk/admin/remits/sheet/", {}, ok=(422,)),
    Row(ADMIN, "POST", "desk/admin/remits/take/", "/desk/admin/remits/take/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/admin/posts/", "/desk/admin/posts/"),
    Row(ADMIN, "GET", "desk/admin/posts/leaving/", "/desk/admin/posts/leaving/", ok=(422,)),
    Row(ADMIN, "POST", "desk/admin/posts/leaving/", "/desk/admin/posts/leaving/", {}, ok=(422,)),
    Row(ADMIN, "POST", "desk/admin/posts/function/", "/desk/admin/posts/function/", {}, ok=(422,)),
    Row(ADMIN, "POST", "desk/admin/posts/groups/", "/desk/admin/posts/groups/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/admin/posts/groups/<int:group>/", NO_GROUP, ok=(404,)),
    Row(ADMIN, "POST", "desk/admin/posts/groups/<int:group>/change/", NO_GROUP + "change/", {}, ok=(404,)),
    Row(STAFF, "GET", "desk/facilities/", "/desk/facilities/"),
    Row(STAFF, "GET", "desk/facilities/coverage/", "/desk/facilities/coverage/"),
    Row(STAFF, "GET", "desk/facilities/<uuid:facility>/", f"{NO_FACILITY}/", ok=(404,)),
    Row(STAFF, "POST", "desk/facilities/<uuid:facility>/inspect/", f"{NO_FACILITY}/inspect/", {}, ok=(404,)),
    Row(STAFF, "POST", "desk/facilities/<uuid:facility>/report/", f"{NO_FACILITY}/report/", {}, ok=(404,)),
    Row(ADMIN, "GET", "desk/facilities/new/", "/desk/facilities/new/"),
    Row(ADMIN, "POST", "desk/facilities/new/", "/desk/facilities/new/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/facilities/sheet/", "/desk/facilities/sheet/"),
    Row(ADMIN, "POST", "desk/facilities/sheet/", "/desk/facilities/sheet/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/facilities/kinds/", "/desk/facilities/kinds/"),
    Row(ADMIN, "POST", "desk/facilities/kinds/", "/desk/facilities/kinds/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/facilities/<uuid:facility>/amend/", f"{NO_FACILITY}/amend/", ok=(404,)),
    Row(ADMIN, "POST", "desk/facilities/<uuid:facility>/gone/", f"{NO_FACILITY}/gone/", {}, ok=(404,)),
    Row(STAFF, "GET", "desk/places/", "/desk/places/"),
    Row(ADMIN, "GET", "desk/places/new/", "/desk/places/new/"),
    Row(ADMIN, "POST", "desk/places/new/", "/desk/places/new/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/places/sheet/", "/desk/places/sheet/"),
    Row(ADMIN, "POST", "desk/places/sheet/", "/desk/places/sheet/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/places/services/", "/desk/places/services/"),
    Row(ADMIN, "POST", "desk/places/services/", "/desk/places/services/", {}, ok=(422,)),
    Row(ADMIN, "GET", "desk/places/<uuid:place>/", f"/desk/places/{UUID(int=1)}/", ok=(404,)),
    Row(STAFF, "GET", "desk/sweeps/<uuid:sweep>.csv", f"/desk/sweeps/{UUID(int=1)}.csv", ok=(404,)),
    Row(STAFF, "GET", "desk/intake/", "/desk/intake/"),
    Row(STAFF, "POST", "desk/intake/beside/", "/desk/intake/beside/", {"words": "示例"}),
    Row(STAFF, "GET", "desk/campaigns/", "/desk/campaigns/"),
    *(
        Row(
            STAFF, "GET", f"desk/campaigns/<int:campaign>/{part}", f"/desk/campaigns/999999/{part}", ok=(404,)
        )
        for part in ("", "missing/", "findings/")
    ),
    Row(
        STAFF,
        "POST",
        "desk/campaigns/<int:campaign>/close/",
        "/desk/campaigns/999999/close/",
        {},
        ok=(404,),
    ),
    Row(STAFF, "GET", "desk/sessions/", "/desk/sessions/"),
    Row(STAFF, "GET", "desk/sessions/mine.ics", "/desk/sessions/mine.ics"),
    Row(STAFF, "GET", "desk/disputes/", "/desk/disputes/"),
    Row(STAFF, "GET", "desk/balances/", "/desk/balances/"),
    Row(STAFF, "GET", "desk/answers/", "/desk/answers/"),
    Row(STAFF, "GET", "desk/balances.xlsx", "/desk/balances.xlsx", ok=(200, 403)),
    Row(STAFF, "GET", "desk/causes/", "/desk/causes/"),
    Row(STAFF, "POST", "desk/causes/", "/desk/causes/", {"line": "none"}, ok=(403,)),
    Row(STAFF, "GET", "desk/causes.xlsx", "/desk/causes.xlsx", ok=(200, 403)),
    # to a post that sees no whole ground it says so
    Row(STAFF, "GET", "screen/", "/screen/", ok=(200, 403)),
    Row(STAFF, "GET", "screen/fresh/", "/screen/fresh/?look=table", ok=(200, 403)),
    Row(STAFF, "GET", "screen/leader/", "/screen/leader/", ok=(200, 403)),
    Row(STAFF, "GET", "screen/weekly.pdf", "/screen/weekly.pdf", ok=(200, 403)),
    Row(STAFF, "GET", "desk/disputes.xlsx", "/desk/disputes.xlsx", ok=(200, 403)),
    Row(STAFF, "GET", "desk/procedures/<str:name>/", "/desk/procedures/request/"),
    Row(STAFF, "GET", "desk/procedures/<str:name>/drawing.svg", "/desk/procedures/request/drawing.svg"),
    Row(STAFF, "GET", "desk/me/", "/desk/me/"),
    Row(STAFF, "POST", "desk/me/post/", "/desk/me/post/", {}, ok=(302,)),
    Row(STAFF, "POST", "desk/me/devices/<int:device>/", "/desk/me/devices/999999/", {}, ok=(404,)),
    Row(STAFF, "POST", "desk/me/prefer/", "/desk/me/prefer/", {"language": "zh-hans"}, ok=(302,)),
)
BOOK = "services/<int:centre>/book/"
PORTAL = (
    Row(PUBLIC, "GET", "map/<str:ground>.json", "/map/999999.json", ok=(404,)),
    Row(PUBLIC, "GET", "feeds/<str:name>.json", "/feeds/court_notice.json"),
    Row(PUBLIC, "GET", "", "/"),
    Row(PUBLIC, "POST", "larger/", "/larger/", {"on": "yes"}, ok=(302,)),
    Row(PUBLIC, "POST", "language/", "/language/", {"language": "en"}, ok=(302,)),
    Row(PUBLIC, "GET", "report/", "/report/"),
    Row(PUBLIC, "GET", "report/places/", "/report/places/"),
    Row(PUBLIC, "POST", "report/kind/", "/report/kind/", {"words": "示例"}),
    Row(PUBLIC, "POST", "report/near/", "/report/near/", {"words": "示例"}),
    Row(PUBLIC, "POST", "report/follow/", "/report/follow/", {"follow": ""}, ok=(422,)),
    Row(PUBLIC, "GET", "track/", "/track/"),
    Row(PUBLIC, "POST", "track/forget/", "/track/forget/", {}, ok=(302,)),
    Row(CODE, "GET", "t/<str:code>", "/t/{code}", ok=(302,)),
    Row(CODE, "POST", "track/verify/", "/track/verify/", {"solved": ""}, ok=(422,)),
    Row(CODE, "POST", "track/say/", "/track/say/", {"words": "示例", "kind": "say"}, ok=(302,)),
    Row(CODE, "POST", "track/willing/", "/track/willing/", {"said": "yes"}, ok=(302,)),
    Row(CODE, "GET", "track/do/<str:move>/", "/track/do/withdraw/"),
    Row(CODE, "GET", "track/files/<uuid:attachment>", "/track/files/{file}"),
    Row(CODE, "GET", "track/documents/<uuid:document>", "/track/documents/{document}"),
    Row(PUBLIC, "GET", "services/", "/services/"),
    Row(PUBLIC, "GET", "services/<int:centre>/", "/services/999999/", ok=(404,)),
    Row(PUBLIC, "GET", f"{BOOK}<slug:offered>/", "/services/999999/book/advice/", ok=(404,)),
    Row(PUBLIC, "POST", f"{BOOK}<slug:offered>/", "/services/999999/book/advice/", {}, ok=(404,)),
    Row(PUBLIC, "GET", "booking/", "/booking/"),
    Row(PUBLIC, "POST", "booking/", "/booking/", {"code": ""}, ok=(422,)),
    Row(PUBLIC, "POST", "booking/cancel/", "/booking/cancel/", {}, ok=(404,)),
    Row(PUBLIC, "POST", "booking/forget/", "/booking/forget/", {}, ok=(302,)),
    Row(PUBLIC, "GET", "booking/appointment.ics", "/booking/appointment.ics", ok=(404,)),
    Row(PUBLIC, "GET", "notices/", "/notices/"),
    Row(PUBLIC, "GET", "notices/<uuid:notice>/", f"/notices/{UUID(int=1)}/", ok=(404,)),
    Row(PUBLIC, "POST", "notices/<uuid:notice>/", f"/notices/{UUID(int=1)}/", {}, ok=(404,)),
    Row(PUBLIC, "GET", "fund/", "/fund/"),
    *(
        Row(PUBLIC, "GET", f"fund/<int:fund>/<int:year>{end}", f"/fund/999999/2025{end}", ok=(404,))
        for end in ("/", ".csv")
    ),
    Row(PUBLIC, "GET", "figures/", "/figures/"),
    *(
        Row(PUBLIC, "GET", f"figures/<int:edition>{end}", f"/figures/999999{end}", ok=(404,))
        for end in ("/", ".csv", ".json")
    ),
    Row(PUBLIC, "GET", "b/<str:reference>", "/b/" + "0" * 28, ok=(404,)),
    Row(PUBLIC, "GET", "learn/verify/", "/learn/verify/"),
    Row(PUBLIC, "POST", "learn/verify/", "/learn/verify/", {"code": ""}, ok=(422,)),
    Row(PUBLIC, "GET", "verify/", "/verify/"),
    Row(PUBLIC, "POST", "verify/", "/verify/", {"code": ""}, ok=(422,)),
    Row(PUBLIC, "GET", "verify/<str:proof>", "/verify/{proof}"),
    Row(PUBLIC, "POST", "verify/<str:proof>", "/verify/{proof}", upload=True),
)
FIELD = (
    *(
        Row(PUBLIC, "GET", f"field/{one}", f"/field/{one}")
        for one in ("shell", "sw.js", "manifest.webmanifest")
    ),
    Row(STAFF, "GET", "field/", "/field/"),
    Row(STAFF, "GET", "field/today.json", "/field/today.json"),
    Row(STAFF, "GET", "field/school.json", "/field/school.json"),
    Row(STAFF, "GET", "field/patrol.json", "/field/patrol.json"),
    Row(STAFF, "POST", "field/exams/<int:course>", "/field/exams/999999", ok=(404,)),
    Row(STAFF, "POST", "field/items", "/field/items", {}, ok=(422,)),
    Row(STAFF, "PUT", "field/pieces/<str:upload>/<int:n>", f"/field/pieces/{'0' * 32}/0", ok=(413,)),
    Row(MATTER, "GET", "field/matters/<str:number>", "/field/matters/{number}"),
    Row(PUBLIC, "POST", "field/leave", "/field/leave", {}, ok=(204,)),
)
#: To whoever holds no box these addresses are not there, and so to nobody; a tip's own pages need no more.
TIP = "00000000-0000-4000-8000-000000000000"
SEALED = (
    Row(PUBLIC, "GET", "tip/", "/tip/"),
    Row(PUBLIC, "GET", "tip/receipt/", "/tip/receipt/"),
    Row(PUBLIC, "GET", "desk/sealed/", "/desk/sealed/", ok=(404,)),
    *(
        Row(PUBLIC, method, f"desk/sealed/<uuid:tip>/{route}", f"/desk/sealed/{TIP}/{path}", body, ok=(404,))
        for method, route, path, body in (
            ("GET", "", "", None),
            ("POST", "open/", "open/", {"passphrase": "x", "reason": "first_reading"}),
            ("POST", "close/", "close/", {}),
            ("POST", "do/<str:act>/", "do/hand_over/", {}),
            ("POST", "letter/", "letter/", {}),
            ("GET", "pictures/<int:seq>", "pictures/3", None),
        )
    ),
)
SITE = (
    Row(PUBLIC, "GET", "health", "/health"),
    *(
        Row(PUBLIC, "GET", f"accounts/{part}", f"/accounts/{part}", ok=(200, 302))
        for part in (
            "login/",
            "logout/",
            "inactive/",
            "reauthenticate/",
            "password/change/",
            "2fa/",
            "2fa/authenticate/",
            "2fa/reauthenticate/",
            "2fa/totp/activate/",
            "2fa/totp/deactivate/",
            "2fa/recovery-codes/",
            "2fa/recovery-codes/generate/",
            "2fa/recovery-codes/download/",
        )
    ),
    *(
        Row(PUBLIC, method, f"accounts/{route}", f"/accounts/{path or route}", ok=(404,))
        for method in ("GET", "POST")
        for route, path in (
            ("signup/", ""),
            ("email/", ""),
            ("confirm-email/", ""),
            (r"^confirm-email/(?P<key>[-:\w]+)/$", "confirm-email/k/"),
            ("password/set/", ""),
            ("password/reset/", ""),
            (r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", "password/reset/key/1-k/"),
            ("password/reset/done/", ""),
            ("password/reset/key/done/", ""),
            ("login/code/confirm/", ""),
        )
    ),
)
TABLE = (  # without its token the figures are not there
    Row(PUBLIC, "GET", "metrics", "/metrics", ok=(404,)),
    *API,
    *DESK,
    *PORTAL,
    *FIELD,
    *SEALED,
    *SITE,
)
