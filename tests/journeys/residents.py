"""Every page that a resident may see, by its route; so that no page is left out of what is asked of all."""

from gantang.portal import urls

#: What answers no page of its own: it redirects, sends a file or a region, or only takes what is sent.
NO_PAGE = {
    "larger": "takes the switch", "language": "takes the switch", "places": "a region of the report",
    "kind": "a region of the report", "near": "a region of the report", "follow": "shows the receipt",
    "scan": "leads to the story", "booking_scan": "leads to the booking", "verify": "takes the verdict",
    "say": "takes a sentence", "willing": "takes the answer", "file": "an attachment", "document": "a paper",
    "forget": "takes the wish", "booking_cancel": "takes the wish", "booking_forget": "takes the wish",
    "booking_file": "a calendar file", "figures_edition": "the page of figures", "figures_sheet": "a sheet",
    "figures_data": "open data", "fund_sheet": "a sheet", "verify_document": "the page of verifying",
}  # fmt: skip
#: The addresses of pages; in braces what is planted. The story, the move and the booking are opened by their codes.
PAGES = {
    "home": "/",
    "report": "/report/",
    "tip": "/tip/",
    "tip_talk": "/tip/receipt/",
    "track": "/t/{code}",
    "move": "/track/do/ask_reopen/",
    "verify_find": "/verify/",
    "services": "/services/",
    "centre": "/services/{centre}/",
    "book": "/services/{centre}/book/advice/",
    "booking": "/booking/",
    "figures": "/figures/",
    "funds": "/fund/",
    "fund_year": "/fund/{fund}/{year}/",
    "notices": "/notices/",
    "notice": "/notices/{notice}/",
    "learn_verify": "/learn/verify/",
}


def all_routes() -> set[str]:
    """The names of the portal's routes."""
    return {str(one.name) for one in urls.urlpatterns}
