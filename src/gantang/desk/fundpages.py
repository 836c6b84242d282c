"""What the pages of a fund's books share: its name and balance, and how a page answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from gantang.desk.guard import frame
from gantang.faces.errors import problem
from gantang.fund.types import write_yuan
from gantang.kit.errors import GantangError


def head(one: Any, rights: Any) -> dict[str, Any]:
    """The fund, what it is called, its balance, and what the actor may do."""
    name = one.name(get_language() or "")
    return {"fund": one, "name": name, "balance": write_yuan(one.balance), "rights": rights}


def page(request: HttpRequest, template: str, error: GantangError | None, **more: Any) -> HttpResponse:
    """A page; with what is wrong with what was sent, if anything."""
    context = {**frame(request, "fund"), "problem": problem(error) if error else None, **more}
    status = error.status if error else 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
