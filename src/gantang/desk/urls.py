"""The desk's addresses. A matter is named by its number, which is no secret."""

from django.urls import path

from gantang.desk.views import (
    admin,
    calendars,
    intake,
    matter,
    moves,
    parties,
    parts,
    queue,
    sealed,
    session,
)

app_name = "desk"
MATTER = "matters/<str:number>/"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("export.csv", queue.export, name="export"),
    path("intake/", intake.intake, name="intake"),
    path("me/", session.me, name="me"),
    path("me/post/", session.switch, name="switch"),
    path("me/prefer/", session.prefer, name="prefer"),
    path("sealed/", sealed.tips, name="sealed"),
    path("sealed/<uuid:tip>/", sealed.tip, name="sealed_tip"),
    path("sealed/<uuid:tip>/open/", sealed.opening, name="sealed_open"),
    path("sealed/<uuid:tip>/close/", sealed.closing, name="sealed_close"),
    path("sealed/<uuid:tip>/do/<str:act>/", sealed.move, name="sealed_move"),
    path("sealed/<uuid:tip>/pictures/<int:seq>", sealed.picture, name="sealed_picture"),
    path("admin/calendar/", calendars.calendar, name="calendar"),
    path("admin/calendar/day/", calendars.day, name="calendar-day"),
    path("admin/calendar/table/", calendars.table, name="calendar-table"),
    path("admin/calendar/take/", calendars.take, name="calendar-take"),
    path("admin/outages/", admin.outages, name="outages"),
    path("admin/slots/", admin.slots, name="slots"),
    path("sweeps/<uuid:sweep>.csv", calendars.moved, name="moved"),
    path(MATTER, matter.matter, name="matter"),
    path(MATTER + "panel/", queue.panel, name="panel"),
    path(MATTER + "remit/", queue.remit, name="remit"),
    path(MATTER + "moves/<str:move>/", moves.move, name="move"),
    path(MATTER + "people/", parties.add, name="party"),
    path(MATTER + "people/<int:person>/willing/", parties.willing, name="willing"),
    path(MATTER + "people/<int:person>/<str:field>/", parts.person, name="person"),
    path(MATTER + "messages/", parts.say, name="say"),
    path(MATTER + "links/", parts.link, name="link"),
    path(MATTER + "files/", parts.attach, name="attach"),
    path(MATTER + "files/<uuid:attachment>", parts.attachment, name="file"),
]
