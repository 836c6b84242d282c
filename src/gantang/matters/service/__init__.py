"""The only way to change a matter. Every move of every pack goes through ``act``."""

from gantang.matters.service.act import act
from gantang.matters.service.again import forget_again
from gantang.matters.service.askings import answer_asking, receive_asking, take_asking
from gantang.matters.service.attachments import attach
from gantang.matters.service.campaign import open_campaign, open_due
from gantang.matters.service.cause import give_cause
from gantang.matters.service.codes import open_by_code, reissue_code
from gantang.matters.service.correcting import correct
from gantang.matters.service.following import follow
from gantang.matters.service.forgetting import forget_due
from gantang.matters.service.importing import import_many
from gantang.matters.service.intake import intake, intake_many
from gantang.matters.service.legal_hold import lift_legal_hold, place_legal_hold
from gantang.matters.service.links import link, unlink
from gantang.matters.service.messages import send
from gantang.matters.service.outage import enter_outage
from gantang.matters.service.parties import add_party, say_willing
from gantang.matters.service.persons import open_person
from gantang.matters.service.rebuild import rebuild
from gantang.matters.service.removing import ask_removal, confirm_removal
from gantang.matters.service.sessions import cancel_session, move_session, plan_session
from gantang.matters.service.sheet import count_rows, import_sheet, read_mapping
from gantang.matters.service.signing import issue_signatures, sign, witness
from gantang.matters.service.subject import correct_person, held_about
from gantang.matters.service.sweeping import sweep
from gantang.matters.service.triage import classify, mend_gist, place
from gantang.matters.service.upgrade import upgrade
from gantang.matters.service.wake import wake

__all__ = [
    "act",
    "add_party",
    "answer_asking",
    "ask_removal",
    "attach",
    "cancel_session",
    "classify",
    "confirm_removal",
    "correct",
    "correct_person",
    "count_rows",
    "enter_outage",
    "follow",
    "forget_again",
    "forget_due",
    "give_cause",
    "held_about",
    "import_many",
    "import_sheet",
    "intake",
    "intake_many",
    "issue_signatures",
    "lift_legal_hold",
    "link",
    "mend_gist",
    "move_session",
    "open_by_code",
    "open_campaign",
    "open_due",
    "open_person",
    "place",
    "place_legal_hold",
    "plan_session",
    "read_mapping",
    "rebuild",
    "receive_asking",
    "reissue_code",
    "say_willing",
    "send",
    "sign",
    "sweep",
    "take_asking",
    "unlink",
    "upgrade",
    "wake",
    "witness",
]
