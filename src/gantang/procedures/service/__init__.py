"""The only way to put procedures in force: checked first, refused with every finding."""

from gantang.procedures.service.entry import end, put_in_force
from gantang.procedures.service.seeding import installed, seed
from gantang.procedures.service.upgrades import pass_ended, went_on

__all__ = ["end", "installed", "pass_ended", "put_in_force", "seed", "went_on"]
