"""What the forms of the patrol share: sent once, a pair of coordinates."""

import re
import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_PAIR = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*$")
Choices = list[tuple[str, str]]
Place = tuple[float, float]


class Keyed(forms.Form):
    """A form that is sent once."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def given(self) -> dict[str, Any]:
        """As the service takes it."""
        found = dict(self.cleaned_data)
        found["key"] = found["key"] or secrets.token_urlsafe(16)
        return found


def pair(text: str) -> Place:
    """A longitude and a latitude as written. Errors: ValidationError."""
    found = _PAIR.match(text)
    if found is None:
        raise forms.ValidationError(_("写成经度, 纬度，如116.20, 29.27。"))
    return float(found[1]), float(found[2])
