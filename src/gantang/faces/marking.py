"""The words that were looked for, marked in a text."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def marked(text: str, words: str) -> SafeString:
    """The text, escaped, each of the words in it between ``<mark>``: as the search finds them, whatever their
    case and whatever blanks stand between their characters."""
    forms = sorted({_form(word) for word in words.lower().split()}, key=len, reverse=True)
    if not forms:
        return format_html("{}", text)
    parts = re.split(f"({'|'.join(forms)})", text, flags=re.IGNORECASE)
    shown = [format_html("<mark>{}</mark>" if place % 2 else "{}", part) for place, part in enumerate(parts)]
    return format_html_join("", "{}", ((one,) for one in shown))


def _form(word: str) -> str:
    return r"\s*".join(re.escape(one) for one in word)
