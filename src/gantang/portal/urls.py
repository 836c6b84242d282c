"""The portal's addresses. An access code stands in an address only on the way in from a square code."""

from django.urls import path
from django.views.i18n import set_language

from gantang.portal.views import (
    booking,
    figures,
    following,
    home,
    learn,
    notices,
    report,
    services,
    tip,
    track,
    verifying,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("larger/", home.larger, name="larger"),
    path("language/", set_language, name="language"),
    path("report/", report.report, name="report"),
    path("report/places/", report.places, name="places"),
    path("report/kind/", report.kind, name="kind"),
    path("report/near/", following.near, name="near"),
    path("report/follow/", following.follow, name="follow"),
    path("tip/", tip.tip, name="tip"),
    path("tip/receipt/", tip.talk, name="tip_talk"),
    path("track/", track.track, name="track"),
    path("t/<str:code>", track.scan, name="scan"),
    path("track/verify/", track.verify, name="verify"),
    path("track/say/", track.say, name="say"),
    path("track/willing/", track.willing, name="willing"),
    path("track/do/<str:move>/", track.move, name="move"),
    path("track/files/<uuid:attachment>", track.attachment, name="file"),
    path("track/documents/<uuid:document>", track.document, name="document"),
    path("verify/", verifying.find, name="verify_find"),
    path("verify/<str:proof>", verifying.verify, name="verify_document"),
    path("track/forget/", track.forget, name="forget"),
    path("services/", services.services, name="services"),
    path("services/<int:centre>/", services.centre, name="centre"),
    path("services/<int:centre>/book/<slug:offered>/", booking.book, name="book"),
    path("booking/", booking.booking, name="booking"),
    path("booking/cancel/", booking.cancel, name="booking_cancel"),
    path("booking/forget/", booking.leave, name="booking_forget"),
    path("booking/appointment.ics", booking.file, name="booking_file"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<int:edition>/", figures.figures, name="figures_edition"),
    path("figures/<int:edition>.csv", figures.sheet, name="figures_sheet"),
    path("figures/<int:edition>.json", figures.data, name="figures_data"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<uuid:notice>/", notices.notice, name="notice"),
    path("learn/verify/", learn.verify, name="learn_verify"),
    path("b/<str:reference>", booking.scan, name="booking_scan"),
]
