"""Brakes that cannot be turned against a village behind one address.

Only guesses count: a code with a slip in it is found by its check characters and costs nothing. A browser
that is known has a count of its own; strangers share their address's. Where that is used up, a stranger's
code still opens with the number that stands beside it on the receipt: two things are not guessed together.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gantang.kit import clock
from gantang.kit.errors import GantangError
from gantang.kit.limits import Limit, is_spent, source, take
from gantang.portal import visitor

MINUTES = 10
#: Well-formed codes that lead nowhere: of an address whoever is behind it, of a browser that is known.
GUESSES = Limit("portal.guess", 30, MINUTES * 60)
OWN_GUESSES = Limit("portal.guess.known", 10, MINUTES * 60)
#: The same for codes of papers and appointments, so that guesses at the one shut nobody out of the other.
CODES = Limit("portal.code", 30, MINUTES * 60)
OWN_CODES = Limit("portal.code.known", 10, MINUTES * 60)
#: Reports, and files that are checked.
REPORTS = Limit("portal.report", 300, MINUTES * 60)
OWN_REPORTS = Limit("portal.report.known", 20, MINUTES * 60)
#: Looks for what is alike nearby: one or two a report.
LOOKS = Limit("portal.near", 600, MINUTES * 60)
OWN_LOOKS = Limit("portal.near.known", 40, MINUTES * 60)
FILES = Limit("portal.file", 100, MINUTES * 60)
OWN_FILES = Limit("portal.file.known", 30, MINUTES * 60)


class TooManyTriesError(GantangError):
    """Too many guesses from one address or one browser."""

    status = 429
    code = "portal.too_many_tries"
    sentence = _("这里试错的查询码太多了。")
    remedy = _("请把回执上的事项编号也填上，就能打开；或者10分钟后再试。")


class TooManyCodesError(GantangError):
    """Too many guesses at papers or appointments from one address or one browser."""

    status = 429
    code = "portal.too_many_codes"
    sentence = _("这里试错的编码太多了。")
    remedy = _("请10分钟后再试；急用的，请打电话或到窗口问。")


class TooManyReportsError(GantangError):
    """Too many reports from one address or one browser."""

    status = 429
    code = "portal.too_many_reports"
    sentence = _("这个网络地址报来的事情太多了，这一件还没有收下。")
    remedy = _("填的都还在，请10分钟后再提交；事情紧急的，请打电话或到窗口。")


class TooManyFilesError(GantangError):
    """Too many files to check from one address or one browser."""

    status = 429
    code = "portal.too_many_files"
    sentence = _("这个网络地址送来核对的文件太多了。")
    remedy = _("请10分钟后再试。")


def check(request: HttpRequest) -> None:
    """Raises TooManyTriesError while whoever asks is paused."""
    if is_spent(*_who(request, GUESSES, OWN_GUESSES), now=clock.now()):
        raise TooManyTriesError


def wrong(request: HttpRequest) -> None:
    """One more well-formed code that leads nowhere."""
    take(*_who(request, GUESSES, OWN_GUESSES), now=clock.now())


def check_code(request: HttpRequest) -> None:
    """Raises TooManyCodesError while whoever asks for a paper or an appointment is paused."""
    if is_spent(*_who(request, CODES, OWN_CODES), now=clock.now()):
        raise TooManyCodesError


def wrong_code(request: HttpRequest) -> None:
    """One more well-formed code of a paper or an appointment that leads nowhere."""
    take(*_who(request, CODES, OWN_CODES), now=clock.now())


def report(request: HttpRequest) -> None:
    """One more report is about to be taken in. Errors: TooManyReportsError."""
    if not take(*_who(request, REPORTS, OWN_REPORTS), now=clock.now()):
        raise TooManyReportsError


def may_look(request: HttpRequest) -> bool:
    """Whether there is one more look at what is alike nearby; a report needs none."""
    return take(*_who(request, LOOKS, OWN_LOOKS), now=clock.now())


def file(request: HttpRequest) -> None:
    """One more file is about to be read. Errors: TooManyFilesError."""
    if not take(*_who(request, FILES, OWN_FILES), now=clock.now()):
        raise TooManyFilesError


def _who(request: HttpRequest, strangers: Limit, own: Limit) -> tuple[Limit, str]:
    number = visitor.known(request, now=clock.now())
    return (own, number) if number else (strangers, source(request.META.get("REMOTE_ADDR", "")))
