"""The only way to put procedures in force, and to hold campaigns of them."""

from gantang.procedures.service.campaigns import (
    begin_opening,
    close_campaign,
    create_campaign,
    end_opening,
    renew_campaigns,
)
from gantang.procedures.service.entry import end, put_in_force
from gantang.procedures.service.inheriting import check_ground_change, take_ground_changes
from gantang.procedures.service.leftover import end_left_behind, left_behind
from gantang.procedures.service.ordering import ORDERING
from gantang.procedures.service.proofs import order_proof, prove_due
from gantang.procedures.service.proving import keep_proofs
from gantang.procedures.service.seeding import SHIPPED, installed, seed
from gantang.procedures.service.upgrades import pass_ended, went_on

__all__ = [
    "ORDERING",
    "SHIPPED",
    "begin_opening",
    "check_ground_change",
    "close_campaign",
    "create_campaign",
    "end",
    "end_left_behind",
    "end_opening",
    "installed",
    "keep_proofs",
    "left_behind",
    "order_proof",
    "pass_ended",
    "prove_due",
    "put_in_force",
    "renew_campaigns",
    "seed",
    "take_ground_changes",
    "went_on",
]
