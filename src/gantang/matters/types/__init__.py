"""What the room hands to its doors, by topic: frozen values, never rows."""

from gantang.matters.types.boards import Board, BoardItem, Reporting
from gantang.matters.types.campaigns import CampaignProgress, Covered
from gantang.matters.types.causes import CauseCount, Causes
from gantang.matters.types.figures import Answered, Balance, Balances, Figures, Monthly, MonthlyLine
from gantang.matters.types.importing import Imported, Incoming, Line
from gantang.matters.types.keeping import (
    LEGAL_HOLD_REASONS,
    Held,
    HeldBack,
    HoldView,
    LegalHold,
    LooksPage,
    LookView,
    RemovalView,
    RemovedView,
    Term,
)
from gantang.matters.types.papers import AttachmentData, AttachmentView, DocumentData, DocumentView, Verified
from gantang.matters.types.rebuilding import CountDifference, Difference, Listed, Rebuilt
from gantang.matters.types.reporting import Acted, Contact, Made, Receipt, Report, Suggested
from gantang.matters.types.rows import Alike, Behind, Decided, Filters, MatterRow
from gantang.matters.types.stating import Stated, StatedItem
from gantang.matters.types.sweeping import GroundTouched, Handed, MovedRow, Rerouted, SweepView, Touched
from gantang.matters.types.tips import Said, Tip, TipLine, TipPage, TipRead, TipTold
from gantang.matters.types.tracking import Near, Tracked
from gantang.matters.types.view import (
    EVIDENCE,
    SIDES,
    Clock,
    Counted,
    Event,
    Holding,
    LinkView,
    MatterView,
    MessageView,
    Moves,
    PersonView,
    ShareView,
    Words,
)

#: The channel on which an act of a matter is told once it is committed: its id, and nothing else.
CHANGED = "gantang_matter"

__all__ = [
    "EVIDENCE",
    "LEGAL_HOLD_REASONS",
    "SIDES",
    "Acted",
    "Alike",
    "Answered",
    "AttachmentData",
    "AttachmentView",
    "Balance",
    "Balances",
    "Behind",
    "Board",
    "BoardItem",
    "CampaignProgress",
    "CauseCount",
    "Causes",
    "Clock",
    "Contact",
    "CountDifference",
    "Counted",
    "Covered",
    "Decided",
    "Difference",
    "DocumentData",
    "DocumentView",
    "Event",
    "Figures",
    "Filters",
    "GroundTouched",
    "Handed",
    "Held",
    "HeldBack",
    "HoldView",
    "Holding",
    "Imported",
    "Incoming",
    "LegalHold",
    "Line",
    "LinkView",
    "Listed",
    "LookView",
    "LooksPage",
    "Made",
    "MatterRow",
    "MatterView",
    "MessageView",
    "Monthly",
    "MonthlyLine",
    "MovedRow",
    "Moves",
    "Near",
    "PersonView",
    "Rebuilt",
    "Receipt",
    "RemovalView",
    "RemovedView",
    "Report",
    "Reporting",
    "Rerouted",
    "Said",
    "ShareView",
    "Stated",
    "StatedItem",
    "Suggested",
    "SweepView",
    "Term",
    "Tip",
    "TipLine",
    "TipPage",
    "TipRead",
    "TipTold",
    "Touched",
    "Tracked",
    "Verified",
    "Words",
]
