"""How far learning has come in the sample: households declared, lectures and visits, a training."""

from datetime import datetime, timedelta

from gantang.kit.actor import Actor
from gantang.learning import service
from gantang.learning.types import NewEvent
from gantang.posts import queries as posts
from gantang.sample.plan import MARK

#: Kind, topic, place, days ago and how many came: made up.
EVENTS = (
    ("lecture", f"婚姻家庭的几条法律{MARK}", "村讲习所", 70, 36),
    ("hall", f"怎么看懂一份借条{MARK}", "镇文化站", 40, 85),
    ("visit", f"送法进学校{MARK}", "村小学", 12, 120),
    ("lecture", f"调解三条原则{MARK}", "村讲习所", 5, 28),
)
#: Households of villages, in their order.
HOUSEHOLDS = (412, 365)
TRAINING = f"网格员集中培训{MARK}"
HOURS = 6


def make(builder: Actor, villages: list[str], *, now: datetime) -> None:
    """Enter them for these villages as whoever administers the county."""
    for village, number in zip(villages, HOUSEHOLDS, strict=False):
        service.declare(actor=builder, village=village, on=now.date(), number=number, now=now)
    for place, (kind, topic, where, ago, came) in enumerate(EVENTS):
        on = now.date() - timedelta(days=ago)
        event = NewEvent(villages[place % len(villages)], kind, topic, where, on, came)
        service.hold_event(actor=builder, event=event, key=f"sample-event-{place}", now=now)
    for post in sorted(posts.holders(builder.unit or 0, now.date()))[:3]:
        service.declare_training(
            actor=builder,
            post=post,
            on=now.date() - timedelta(days=20),
            topic=TRAINING,
            hours=HOURS,
            key=f"sample-training-{post}",
            now=now,
        )
