"""Rows made quickly are the rows that the model's own constructor makes."""

import pytest
from django.apps import apps
from django.db.models import Model

from gantang.kit.rows import fresh
from gantang.ledger.models import StreamHead

MODELS = [one for one in apps.get_models() if one._meta.app_label not in ("auth", "contenttypes")]


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one._meta.label)
def test_a_fresh_row_has_what_the_models_own_constructor_gives_it(model: type[Model]):
    made, usual = vars(fresh(model)), vars(model())
    assert made.keys() == usual.keys()
    moving = {f.attname for f in model._meta.concrete_fields if callable(f.default)}
    same = made.keys() - moving - {"_state"}
    assert {name: made[name] for name in same} == {name: usual[name] for name in same}
    assert made["_state"].adding is usual["_state"].adding


def test_a_fresh_row_takes_values_by_their_columns_and_refuses_what_is_none():
    row = fresh(StreamHead, city=3604, kind="matter")
    assert (row.city, row.kind, row.key) == (3604, "matter", StreamHead().key)
    with pytest.raises(TypeError, match="colour"):
        fresh(StreamHead, colour="red")
