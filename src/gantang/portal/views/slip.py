"""What a receipt shows besides its words: the square code that leads to the matter's track."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gantang.kit import keys


def square(code: str) -> SafeString:
    """A square code, drawn as SVG with attributes only."""
    address = settings.GANTANG_URL + reverse("portal:scan", args=[keys.normal_code(code)])
    drawn = segno.make(address, micro=False, error="m")
    return mark_safe(drawn.svg_inline(border=2, omitsize=True, dark="#1e2721", light="#fff"))  # noqa: S308 (our own drawing)
