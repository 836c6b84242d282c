"""The documents of a matter as its page shows them, and the form that corrects one."""

import secrets
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gantang.engine import Field, Procedure
from gantang.faces.forms import Questions, questions
from gantang.faces.rows import RowsField, wants_more
from gantang.kit.actor import Actor
from gantang.matters import queries
from gantang.matters.types import DocumentView, MatterView
from gantang.posts import queries as posts
from gantang.procedures import queries as procedures

#: Answers that a form of this page can ask for again.
ASKABLE = frozenset(
    {
        "text",
        "choice",
        "choices",
        "yes_no",
        "number",
        "amount",
        "rating",
        "date",
        "moment",
        "name",
        "case_number",
    }
)
AUDIENCES = {
    "reporter": gettext_lazy("给反映人"),
    "party": gettext_lazy("给当事人"),
    "staff": gettext_lazy("内部"),
    "public": gettext_lazy("公开"),
}


class Correction(forms.Form):
    """Why a document is corrected; the pack's own fields stand before it."""

    reason = forms.CharField(
        label=gettext_lazy("为什么更正"),
        max_length=500,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )


def shown(actor: Actor, matter: MatterView) -> list[dict[str, Any]]:
    """The documents, those that stand before those that were superseded."""
    found = queries.documents(actor, matter.id)
    units = posts.unit_names({one.unit for one in found if one.unit})
    standing = sorted(found, key=lambda one: one.superseded_at is not None)
    procedure = procedures.by_hash(matter.procedure_hash)
    return [_line(matter, one, units.get(one.unit or 0, ""), procedure) for one in standing]


def _line(matter: MatterView, one: DocumentView, unit: str, procedure: Procedure) -> dict[str, Any]:
    stands = one.superseded_at is None
    return {
        "url": reverse("desk:document", args=[matter.number, one.id]),
        "correct": reverse("desk:correct", args=[matter.number, one.kind])
        if stands and matter.duties and one.kind in procedure.documents
        else "",
        "title": one.title,
        "number": one.number,
        "version": _("第%(n)d版") % {"n": one.version},
        "audience": AUDIENCES.get(one.audience, one.audience),
        "unit": unit,
        "at": one.made_at,
        "stands": stands,
    }


def correcting(
    matter: MatterView, kind: str, given: QueryDict | None = None, *, key: str = ""
) -> dict[str, Any] | None:
    """The form of a correction, empty: what is left empty stays as it was, lines are given as a whole. What
    was sent only to have one more line is shown again unchecked. None for a kind not there."""
    procedure = procedures.by_hash(matter.procedure_hash)
    if kind not in procedure.documents:
        return None
    made = _form(procedure, kind)
    form = made.as_typed(given) if given is not None and wants_more(given) else made(given)
    return {
        "kind": kind,
        "has_lines": any(isinstance(one, RowsField) for one in form.fields.values()),
        "title": procedure.documents[kind].title.of(get_language() or "zh-hans"),
        "key": key or secrets.token_urlsafe(16),
        "form": form,
    }


def _form(procedure: Procedure, kind: str) -> type[Questions]:
    uses = procedure.documents[kind].uses
    askable = [name for name in uses if _is_askable(procedure.fields[name])]
    base = questions(procedure.fields, [], askable)
    return type("Correcting", (base, Correction), {})


def _is_askable(field: Field) -> bool:
    """Lines are, where each of their columns is."""
    return field.kind in ASKABLE or (field.kind == "rows" and all(map(_is_askable, field.columns)))
