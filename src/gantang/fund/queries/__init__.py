"""The only way to see anything: the books of funds in sight; published years for everybody."""

from gantang.fund.queries.books import entries, entry, every
from gantang.fund.queries.publications import publications, published
from gantang.fund.queries.sight import fund, funds, made, rights
from gantang.fund.queries.verifying import verify
from gantang.fund.queries.years import years

__all__ = [
    "entries",
    "entry",
    "every",
    "fund",
    "funds",
    "made",
    "publications",
    "published",
    "rights",
    "verify",
    "years",
]
