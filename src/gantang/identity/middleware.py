"""Around every request: a device that has just signed in is given its secret."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gantang.identity.adapter import keep_device

Handler = Callable[[HttpRequest], HttpResponse]


def knowing_devices(get_response: Handler) -> Handler:
    """Set the device's cookie on the answer to a sign-in."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        keep_device(request, response)
        return response

    return answer
