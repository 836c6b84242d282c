"""What can be wrong with ground, in one sentence each and with a remedy."""

from django.utils.translation import gettext_lazy as _

