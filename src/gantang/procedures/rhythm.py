"""Periods of a repeated campaign, by the calendar: pure."""

from datetime import date, timedelta

#: How often a campaign may repeat. How often one screens is custom, not law, so each campaign says it itself.
REPEATS = ("daily", "weekly", "half_monthly", "monthly", "quarterly")
Period = tuple[date, date]


def period_of(repeat: str, day: date) -> Period:
    """First and last day of the period of a day: weeks begin on Monday, half months on the 1st and 16th."""
    if repeat == "daily":
        return day, day
    if repeat == "weekly":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if repeat == "half_monthly":
        return (
            (day.replace(day=1), day.replace(day=15)) if day.day <= 15 else (day.replace(day=16), _last(day))
        )
    if repeat == "monthly":
        return day.replace(day=1), _last(day)
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return first, _last(first.replace(month=first.month + 2))


def next_period(repeat: str, until: date, today: date) -> Period:
    """The period that follows ``until``; after an outage that of today: past ones are not made up for."""
    return period_of(repeat, max(until + timedelta(days=1), today))


def _last(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
