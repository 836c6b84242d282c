"""The only way to see a matter, always in the actor's sight."""

from gantang.matters.queries.alike import alike
from gantang.matters.queries.answered import answered, counted_procedures
from gantang.matters.queries.askings import asking_term, askings
from gantang.matters.queries.balances import balance_grounds, balances
from gantang.matters.queries.board import board, has_board, missed
from gantang.matters.queries.campaign import (
    campaign,
    campaigns,
    coverage,
    coverages,
    findings,
    grounds_of,
    unreported,
)
from gantang.matters.queries.campaign import totals as campaign_totals
from gantang.matters.queries.casefile import case_file
from gantang.matters.queries.causes import causes, is_asked_with, may_tell, usual_causes
from gantang.matters.queries.decided import decided
from gantang.matters.queries.detail import get, links, possible_moves, shares, timeline
from gantang.matters.queries.documents import document, documents
from gantang.matters.queries.finding import in_sight, key_of
from gantang.matters.queries.grounds import touched_by_ground
from gantang.matters.queries.legal_hold import held_back, legal_hold
from gantang.matters.queries.listed import listed
from gantang.matters.queries.lists import export_rows, how_many, order_of, queue, sorts_of
from gantang.matters.queries.looks import WATCH, looks, looks_of_unit, watches
from gantang.matters.queries.monthly import may_count, monthly
from gantang.matters.queries.moving import moved_by
from gantang.matters.queries.near import near
from gantang.matters.queries.private import attachment, attachments, messages, people, texts, words
from gantang.matters.queries.removal import removal
from gantang.matters.queries.removed import holds, removed
from gantang.matters.queries.retention import due, retention_terms
from gantang.matters.queries.search import search, search_total
from gantang.matters.queries.sessions import (
    calendar,
    clashes,
    has_sessions,
    record_move,
    sessions_file,
    sessions_of,
)
from gantang.matters.queries.signing import signing
from gantang.matters.queries.stated import stated
from gantang.matters.queries.stored import stored_among, stored_names
from gantang.matters.queries.subject import answers_people
from gantang.matters.queries.sweeps import get_sweep, moved, sweeps
from gantang.matters.queries.touched import touched_by
from gantang.matters.queries.tracked import track
from gantang.matters.queries.verifying import verify
from gantang.matters.queries.willing import asks_parties, willing_of
from gantang.matters.queries.worklist import opened, worklist

__all__ = [
    "WATCH",
    "alike",
    "answered",
    "answers_people",
    "asking_term",
    "askings",
    "asks_parties",
    "attachment",
    "attachments",
    "balance_grounds",
    "balances",
    "board",
    "calendar",
    "campaign",
    "campaign_totals",
    "campaigns",
    "case_file",
    "causes",
    "clashes",
    "counted_procedures",
    "coverage",
    "coverages",
    "decided",
    "document",
    "documents",
    "due",
    "export_rows",
    "findings",
    "get",
    "get_sweep",
    "grounds_of",
    "has_board",
    "has_sessions",
    "held_back",
    "holds",
    "how_many",
    "in_sight",
    "is_asked_with",
    "key_of",
    "legal_hold",
    "links",
    "listed",
    "looks",
    "looks_of_unit",
    "may_count",
    "may_tell",
    "messages",
    "missed",
    "monthly",
    "moved",
    "moved_by",
    "near",
    "opened",
    "order_of",
    "people",
    "possible_moves",
    "queue",
    "record_move",
    "removal",
    "removed",
    "retention_terms",
    "search",
    "search_total",
    "sessions_file",
    "sessions_of",
    "shares",
    "signing",
    "sorts_of",
    "stated",
    "stored_among",
    "stored_names",
    "sweeps",
    "texts",
    "timeline",
    "touched_by",
    "touched_by_ground",
    "track",
    "unreported",
    "usual_causes",
    "verify",
    "watches",
    "willing_of",
    "words",
    "worklist",
]
