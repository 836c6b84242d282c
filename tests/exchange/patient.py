"""The site for those who send wrong credentials by the hundred: the brakes stay off. They have tests of their own."""

from gantang.site.wsgi import application  # first: it sets Django up

from gantang.exchange.api.v1 import throttle  # isort: skip
from gantang.faces import brakes  # isort: skip
from gantang.kit.limits import Limit  # isort: skip

throttle.MOST = 10**9
throttle.REPORTS = Limit("exchange.report", 10**9, 600)
brakes.SEARCHES = Limit("search", 10**9, 60, block=8)
brakes.FILES = Limit("file", 10**9, 600)

__all__ = ["application"]
