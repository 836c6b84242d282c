"""The only way to change a fund's books: lines entered, decided on, reversed; years closed, published."""

from gantang.fund.service.approving import decide
from gantang.fund.service.closing import ask_close, decide_close, publish
from gantang.fund.service.entries import enter, reverse
from gantang.fund.service.funds import make_fund

__all__ = ["ask_close", "decide", "decide_close", "enter", "make_fund", "publish", "reverse"]
