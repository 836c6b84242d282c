"""Only the sign-in pages."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.urls"))]
