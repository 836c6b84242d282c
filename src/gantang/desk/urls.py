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
    procedures,
    queue,
    session,
)

app_name = "desk"
MATTER = "matters/<str:number>/"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("export.csv", queue.export, name="export"),
    path("intake/", intake.intake, name="intake"),
    path("procedures/<str:name>/", procedures.procedure, name="procedure"),
    path("procedures/<str:name>/drawing.svg", procedures.drawing, name="drawing"),
    path("me/", session.me, name="me"),
    path("me/post/", session.switch, name="switch"),
    path("me/prefer/", session.prefer, name="prefer"),
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
