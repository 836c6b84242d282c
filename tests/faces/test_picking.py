"""A list to pick one from is drawn as Django's own templates draw it."""

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.translation import gettext_lazy as _

from gantang.faces.picking import Picker

CHOICES = [
    ("", _("请选择")),
    ("a", "甲 <b>&</b>"),
    ("城区", [("b", "乙"), ('"c"', "丙")]),
    (7, "七"),
]


@pytest.mark.parametrize("value", ["", None, "a", "b", '"c"', 7, "7", "nowhere"])
@pytest.mark.parametrize("attrs", [{}, {"id": "id_x", "required": True, "disabled": False, "data-a": '"'}])
def test_a_list_is_drawn_as_django_draws_it(value: object, attrs: dict[str, object]):
    plain = forms.Select({"class": "form-select"}, CHOICES)
    ours = Picker(choices=CHOICES).render("x", value, attrs)
    assert parse_html(ours) == parse_html(plain.render("x", value, attrs))
