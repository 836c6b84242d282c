"""Units, posts and remits, read. Public inside the house: they tell who answers, never about matters."""

from gantang.posts.queries.checking import check, needs, unhandled, without_worker
from gantang.posts.queries.grounds import touched_by
from gantang.posts.queries.groups import group, groups, members
from gantang.posts.queries.holding import actor_of, grounds_of, posts_of
from gantang.posts.queries.listing import (
    asset_words,
    functions,
    holders,
    post,
    post_titles,
    post_words,
    posts,
    posts_between,
    stationed,
    unit,
    unit_names,
    units,
)
from gantang.posts.queries.resolving import (
    Resolver,
    answering,
    proposed,
    remit,
    remit_changes,
    remits,
    resolver,
    why,
)
from gantang.posts.queries.vacancies import vacancies
from gantang.posts.queries.words import (
    DUTY_WORDS,
    FINDING_WORDS,
    FUNCTION_WORDS,
    class_words,
    finding_words,
    ground_words,
    reason_words,
)

__all__ = [
    "DUTY_WORDS",
    "FINDING_WORDS",
    "FUNCTION_WORDS",
    "Resolver",
    "actor_of",
    "answering",
    "asset_words",
    "check",
    "class_words",
    "finding_words",
    "functions",
    "ground_words",
    "grounds_of",
    "group",
    "groups",
    "holders",
    "members",
    "needs",
    "post",
    "post_titles",
    "post_words",
    "posts",
    "posts_between",
    "posts_of",
    "proposed",
    "reason_words",
    "remit",
    "remit_changes",
    "remits",
    "resolver",
    "stationed",
    "touched_by",
    "unhandled",
    "unit",
    "unit_names",
    "units",
    "vacancies",
    "why",
    "without_worker",
]
