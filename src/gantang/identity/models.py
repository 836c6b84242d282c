"""Accounts of people and clients of programs. Unsharded; shards keep the bare number of an account."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts; making them is ``identity.service``'s."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of a name, whatever the case of its letters."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A person who signs in. It holds no name, phone or post: rights follow from appointments."""

    username = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="", blank=True)
    theme = models.CharField(max_length=8, default="", blank=True)
    density = models.CharField(max_length=8, default="", db_default="", blank=True)
    views = models.JSONField(default=list, db_default=[])  # addresses of lists: codes, no words
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)
    #: When it put the first steps at the desk aside; None: they are still shown.
    welcomed_at = models.DateTimeField(null=True)
    #: Until when the password that an administrator gave may be changed for one's own; None: it is one's own.
    first_until = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="identity_one_username")]

    def get_full_name(self) -> str:
        """What libraries show for a person: the sign-in name."""
        return self.username

    def get_short_name(self) -> str:
        """What libraries show for a person: the sign-in name."""
        return self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Never: nothing here is granted by Django's permissions."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Never: nothing here is granted by Django's permissions."""
        return False


class ApiClient(models.Model):
    """A program that acts for one post. Its token was shown once; only a keyed hash is kept.

    ``waiting``: an administrator ordered it, and nobody has taken a token yet. ``old_hash`` is the token
    before, which works until ``old_until``.
    """

    name = models.CharField(max_length=100)
    post = models.BigIntegerField()
    token_hash = models.BinaryField(unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)
    waiting = models.BooleanField(default=False, db_default=False)
    expires_at = models.DateTimeField(null=True)
    old_hash = models.BinaryField(null=True, unique=True)
    old_until = models.DateTimeField(null=True)


class Device(models.Model):
    """A browser that an account signed in from, and the session it has now; only a hash of its secret
    is kept."""

    account = models.BigIntegerField()
    hash = models.BinaryField()
    session = models.CharField(max_length=40, default="", blank=True, db_index=True)
    agent = models.CharField(max_length=200, default="", blank=True)
    place = models.CharField(max_length=64, default="", blank=True)
    since = models.DateTimeField()
    seen = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "hash"], name="identity_one_device")]


class Try(models.Model):
    """Wrong passwords for one account from one place; the place is a keyed hash of both."""

    place = models.BinaryField(primary_key=True)
    count = models.SmallIntegerField(default=0)
    since = models.DateTimeField()
    barred_until = models.DateTimeField(null=True)
