"""Slots: values that no public source gives, filled in here, from a day on, with their source."""

from datetime import date, datetime

from gantang.catalogue import errors, rules
from gantang.catalogue.models import Slot
from gantang.catalogue.service.common import change, ended, record
from gantang.catalogue.types import Value
from gantang.kit.actor import Actor


def set_slot(*, actor: Actor, code: str, value: Value, source: str, valid_from: date, now: datetime) -> None:
    """Fill a slot, change or empty it (None) from a day on; what held before stays on record.

    Errors: NotAdminError, UnknownTermError, SlotError for a value of the wrong form or without a source.
    """
    with change(actor) as w:
        old = ended(Slot.objects.filter(code=code), valid_from)
        if old is None:
            raise errors.UnknownTermError(details={"code": code})
        if value is not None and not rules.value_fits(old.form, value):
            raise errors.wrong_value(code, old.form)
        if not source.strip():
            raise errors.no_source(code)
        Slot.objects.create(
            code=code,
            position=old.position,
            zh=old.zh,
            en=old.en,
            form=old.form,
            value=value,
            ours=False,
            source=source.strip()[:200],
            basis=old.basis,
            valid_from=valid_from,
        )
        record(w, "slot", code, "filled", {"from": valid_from.isoformat(), "empty": value is None}, now)
