"""The site for those who send wrong credentials by the hundred: the brake on guessing stays off. It has tests of its own."""

from gantang.site.wsgi import application  # first: it sets Django up

from gantang.exchange.api.v1 import throttle  # isort: skip
from gantang.kit.limits import Limit  # isort: skip

throttle.MOST = 10**9
throttle.REPORTS = Limit("exchange.report", 10**9, 600)

__all__ = ["application"]
