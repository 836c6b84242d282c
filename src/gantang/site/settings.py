"""Django's settings, made from the options in force (``gantang.host.options``); none is declared here."""

from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from gantang.host.options import options
from gantang.host.secrets import kept_secret
from gantang.kit import live
from gantang.site.database import FIELD, app_password, connections

OPTIONS = options()
HERE = Path(__file__).resolve().parent.parent

# --- secrets and data ---------------------------------------------------------------------------------
GANTANG_KEYS_DIR = OPTIONS.keys
GANTANG_WORK_DIR = OPTIONS.data_dir / "work"
GANTANG_FILES_DIR = OPTIONS.files
GANTANG_RESTORED_MARK = OPTIONS.restored_mark
GANTANG_CRYPTO_SUITE = OPTIONS.crypto_suite
GANTANG_KMS = OPTIONS.kms
GANTANG_APP_ROLE = OPTIONS.app_role
GANTANG_PROVINCE = OPTIONS.province
GANTANG_GRID_SCHEME = OPTIONS.grid_scheme
GANTANG_CODE_SCHEMES = OPTIONS.code_schemes
GANTANG_PACKS_DIR = OPTIONS.packs_dir
GANTANG_FONTS_DIR = OPTIONS.fonts_dir
GANTANG_MAX_ATTACHMENT_BYTES = OPTIONS.max_attachment_mb * 1_000_000
GANTANG_API_PER_MINUTE = OPTIONS.api_per_minute
GANTANG_FIELD_KEPT_HOURS = OPTIONS.field_kept_hours
GANTANG_S3_URL = OPTIONS.s3_url
GANTANG_S3_REGION = OPTIONS.s3_region
GANTANG_S3_ACCESS_KEY = OPTIONS.s3_access_key
GANTANG_S3_SECRET_KEY = OPTIONS.s3_secret_key.get_secret_value() if OPTIONS.s3_secret_key else ""
FILE_UPLOAD_HANDLERS = ["gantang.files.uploading.Spooling"]
GANTANG_SCANNER, GANTANG_SCANNER_NEEDED = OPTIONS.scanner, OPTIONS.scanner_away == "refuse"
GANTANG_SESSION_IDLE_SECONDS = OPTIONS.session_idle_minutes * 60
GANTANG_PASSWORD_WORDS, GANTANG_PASSWORD_LIST = OPTIONS.password_words, OPTIONS.password_list
GANTANG_MAX_ATTACHMENTS = OPTIONS.max_attachments
GANTANG_MAX_IMAGE_PIXELS = OPTIONS.max_image_megapixels * 1_000_000
GANTANG_MAX_PDF_PAGES = OPTIONS.max_pdf_pages
GANTANG_MAX_UNPACKED_BYTES = OPTIONS.max_unpacked_mb * 1_000_000
GANTANG_URL, GANTANG_PORT = OPTIONS.url, OPTIONS.port
GANTANG_LIVE_URL, GANTANG_LIVE_PORT = OPTIONS.live_url or "", OPTIONS.live_port or 0
GANTANG_WEBHOOK_HOSTS = OPTIONS.webhook_hosts
GANTANG_SMS_SECRET = OPTIONS.sms_secret.get_secret_value() if OPTIONS.sms_secret else ""
GANTANG_SMS_URL = (OPTIONS.sms_url or "") if GANTANG_SMS_SECRET else ""
SECRET_KEY = (
    OPTIONS.secret_key.get_secret_value() if OPTIONS.secret_key else kept_secret(OPTIONS.keys, "secret_key")
)
GANTANG_APP_PASSWORD = app_password(SECRET_KEY, GANTANG_APP_ROLE)

_WORKER_THREADS = 16  # the worker has some 14; connections are opened as they are asked for
DATABASES = connections(
    OPTIONS.database_url.get_secret_value() if OPTIONS.database_url else "postgresql:///gantang",
    app_role=GANTANG_APP_ROLE,
    app_password=GANTANG_APP_PASSWORD,
    pool=max(_WORKER_THREADS, OPTIONS.web_threads + 2),
    replica=OPTIONS.replica_url.get_secret_value() if OPTIONS.replica_url else "",
)
DATABASE_ROUTERS = ["gantang.site.routing.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- rooms --------------------------------------------------------------------------------------------
ROOMS = (
    "kit",
    "ledger",
    "outbox",
    "identity",
    "tallies",
    "files",
    "sheets",
    "territory",
    "catalogue",
    "posts",
    "fund",
    "procedures",
    "patrol",
    "vault",
    "matters",
    "advice",
    "reception",
    "learning",
    "faces",
    "portal",
    "desk",
    "screen",
    "field",
    "exchange",
    "sample",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # before allauth, whose pages the desk replaces
    *[f"gantang.{room}" for room in ROOMS if (HERE / room / "apps.py").exists()],
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
]
AUTH_USER_MODEL = "identity.Account"

# --- doors --------------------------------------------------------------------------------------------
DEBUG = False
ROOT_URLCONF = "gantang.site.urls"
WSGI_APPLICATION = "gantang.site.wsgi.application"
OWN_HOST = urlsplit(OPTIONS.url).hostname or ""
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", OWN_HOST, *OPTIONS.allowed_hosts]
CSRF_TRUSTED_ORIGINS = [OPTIONS.site_url] if OPTIONS.site_url else []
GANTANG_METRICS_TOKEN = OPTIONS.metrics_token.get_secret_value() if OPTIONS.metrics_token else ""
GANTANG_METRICS_DIR = OPTIONS.data_dir / "work" / "metrics"
GANTANG_OTLP_ENDPOINT = OPTIONS.otlp_endpoint
GANTANG_TRUSTED_PROXIES = tuple(ip_network(one) for one in OPTIONS.trusted_proxies)
GANTANG_PROXY_HEADER = OPTIONS.proxy_header
MIDDLEWARE = [
    # outermost, so that files, faults and pauses carry them too
    "csp.middleware.CSPMiddleware",
    "gantang.site.guarding.guarding",
    "gantang.site.proxies.behind",
    "gantang.site.requests.known",
    "gantang.site.middleware.recovering",
    "gantang.site.packing.packing",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gantang.identity.middleware.knowing_devices",
    "gantang.site.idle.ending",
    "gantang.site.middleware.acting",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gantang.portal.elder.shown",
            ],
        },
    }
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "connect-src": ["'self'", *live.origins(GANTANG_LIVE_URL, GANTANG_LIVE_PORT)],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = OPTIONS.url.startswith("https://")
LANGUAGE_COOKIE_HTTPONLY = True
# No other host of the same name's family, and no page without TLS, can plant a cookie of such a name.
COOKIES = "__Host-" if SESSION_COOKIE_SECURE else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIES}sessionid", f"{COOKIES}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIES}language"
GANTANG_COOKIE_PREFIX = COOKIES
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# --- sign-in ------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator")
] + [
    {"NAME": "gantang.identity.passwords.PlaceWordsValidator"},
    {"NAME": "gantang.identity.passwords.KnownValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # an account holds a name to sign in with and nothing of the person
# Its own count goes by address: it only keeps one address from wearing the processor out with passwords.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": None}
ACCOUNT_ADAPTER = "gantang.identity.adapter.StaffAccounts"
MFA_ADAPTER = "gantang.identity.second.StaffFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

# --- language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = OPTIONS.language
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [HERE / "site" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = FIELD

# --- static files, mail, cache ------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = None  # served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
EMAIL_BACKEND = "gantang.outbox.mail.Backend"
EMAIL_HOST = OPTIONS.smtp_host or ""
EMAIL_PORT = OPTIONS.smtp_port
EMAIL_HOST_USER = OPTIONS.smtp_user or ""
EMAIL_HOST_PASSWORD = OPTIONS.smtp_password.get_secret_value() if OPTIONS.smtp_password else ""
EMAIL_USE_TLS = OPTIONS.smtp_security == "starttls"
EMAIL_USE_SSL = OPTIONS.smtp_security == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = OPTIONS.mail_from
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING_CONFIG = "gantang.site.logs.configure"
LOGGING = {"level": OPTIONS.log_level}
SILENCED_SYSTEM_CHECKS: list[str] = []
