"""One settings file. What differs between installations comes from the environment; see README, "Settings".

Without DATABASE_URL and SECRET_KEY nothing starts: `python -m advocacy.up` sets both for an embedded run.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from advocacy.environment import env, flag, listed
from advocacy.production import refuse_unsafe_production

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str) -> str:
    value = env(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. `make run` sets it for an embedded run; see README, Settings.")
    return value


DEMO = flag("DEMO")
SANDBOX = flag("SANDBOX")
DEBUG = flag("DEBUG")
LOCAL = flag("LOCAL")  # set by `make run`: this machine only, plain http is fine
PRODUCTION = not (DEBUG or DEMO or SANDBOX or LOCAL)

SECRET_KEY = required("SECRET_KEY")
TOKEN_KEYS = listed("TOKEN_KEYS")
VAPID_KEY = env("VAPID_KEY")
BASE_URL = env("BASE_URL").rstrip("/")
DATA_DIR = Path(env("DATA_DIR") or BASE_DIR / ".data")
# A domain of its own for short links; that name serves nothing else.
LINK_URL = env("LINK_URL").rstrip("/") or BASE_URL
ALLOWED_HOSTS = listed("ALLOWED_HOSTS") or [urlsplit(BASE_URL).hostname, "localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [*ALLOWED_HOSTS, urlsplit(LINK_URL).hostname]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "core.shell.views.refused_form"
HTTPS = BASE_URL.startswith("https://")
TRUSTED_PROXIES = listed("TRUSTED_PROXIES")
# Private addresses feeds and pictures may come from all the same, such as "http://intranet.example:8080".
ALLOWED_ORIGINS = listed("ALLOWED_ORIGINS")

# Stand-in platforms: addresses only, so that connectors cannot tell.
SANDBOX_URL = env("SANDBOX_URL").rstrip("/")
SANDBOX_INSTANCE = "town.example"
# Other addresses of single platforms. Tests in front of a real server on this machine put them here.
PLACES: dict[str, dict[str, str]] = {}

# What an operator chooses about a platform's interface; each connector knows its own words for it.
PLATFORM_OPTIONS = {
    "linkedin": {"version": env("LINKEDIN_VERSION"), "product": env("LINKEDIN_PRODUCT")},
}
# Single readings of posts go after so many days; what each day ended with stays.
READINGS_KEPT_DAYS = int(env("READINGS_KEPT_DAYS"))
# Where a platform does not let its figures be kept, what each day ended with goes too.
FIGURES_KEPT_DAYS = {"linkedin": int(days)} if (days := env("LINKEDIN_FIGURES_DAYS")) else {}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "advocacy.staticfiles.CollectedFiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "core",
    "notifications",
    "links",
    "accounts",
    "audiences",
    "content",
    "guidelines",
    "learning",
    "shares",
    "reach",
    "recognition",
    "analytics",
    "advocacy",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "accounts.admin_config.SettingsAdminConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "advocacy.middleware.name_requests",
    "advocacy.middleware.forbid_foreign_content",
    "links.middleware.only_links_on_their_domain",
    "advocacy.health.answer_machines",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "advocacy.middleware.RefuseUnkeepable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "advocacy.middleware.know_new_languages",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.keep_session",
    "accounts.middleware.say_whose_page",
    "accounts.middleware.speak_their_language",
    "notifications.middleware.read_what_is_looked_at",
    "advocacy.middleware.explain_wrong_method",
]

ROOT_URLCONF = "advocacy.urls"
WSGI_APPLICATION = "advocacy.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.shell.context.shell",
                "accounts.context.firm_and_member",
                "notifications.context.unread_notices",
            ],
        },
    }
]


# A database that is cut off sends no farewell: without these a statement would wait a quarter of an hour for it.
UNHEARD = {
    "tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3,
}  # fmt: skip


def database(url: str) -> dict:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        # The one place that names a driver.
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {"application_name": "advocacy", "connect_timeout": 5, **UNHEARD, **query},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Behind a pooler in transaction mode a cursor of the server would be somebody else's by the next statement.
        "DISABLE_SERVER_SIDE_CURSORS": flag("DATABASE_POOLED"),
    }


# Two roles: the owner migrates, the runner may not change append-only rows.
DATABASE_OWNER = env("DATABASE_ROLE") == "owner"
DATABASES = {"default": database(env("DATABASE_OWNER_URL") if DATABASE_OWNER else required("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
}

# The database is the queue; Celery is the bell and the hands.
BROKER_URL = env("BROKER_URL") or REDIS_URL  # Redis, or RabbitMQ: amqp://user:password@host:5672/
CELERY_BROKER_URL = BROKER_URL.replace("unix://", "redis+socket://", 1)  # each library has its own word for a socket
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = int(env("WORKER_THREADS"))
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 1}
if BROKER_URL.startswith("amqp"):
    CELERY_BROKER_CONNECTION_TIMEOUT, CELERY_BROKER_HEARTBEAT = 1, 10
else:
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"socket_timeout": 5, "socket_connect_timeout": 1}
CALLS_AT_ONCE = int(env("CALLS_AT_ONCE"))  # posts on their way to platforms, of one worker
LIMITS = env("LIMITS") != "off"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "shares": {"task": "shares.tasks.send", "schedule": 1.0},
    "uncertain": {"task": "shares.tasks.settle", "schedule": 5.0},
    "up": {"task": "shares.tasks.tell_what_is_up", "schedule": 30.0},
    "words": {"task": "shares.tasks.forget_words", "schedule": 3600.0},
    "tallies": {"task": "shares.tasks.tally", "schedule": 60.0},
    "readings": {"task": "reach.tasks.ring", "schedule": 5.0},
    "readings_by_day": {"task": "reach.tasks.roll_up", "schedule": 900.0},
    "feeds": {"task": "content.tasks.ring_feeds", "schedule": 15.0},
    "jobs": {"task": "content.tasks.ring_jobs", "schedule": 10.0},
    "stories": {"task": "content.tasks.turn_stories", "schedule": 15.0},
    "guidelines": {"task": "guidelines.tasks.settle", "schedule": 60.0},
    # Each by itself, so that trouble with one leaves the others alone.
    "guidelines_told": {"task": "guidelines.tasks.tell", "schedule": 60.0},
    "guidelines_reminded": {"task": "guidelines.tasks.remind", "schedule": 60.0},
    "guidelines_counted": {"task": "guidelines.tasks.count", "schedule": 300.0},
    "packs": {"task": "guidelines.tasks.make_packs", "schedule": 5.0},
    "old_packs": {"task": "guidelines.tasks.tidy_packs", "schedule": 3600.0},
    "launches": {"task": "content.tasks.tell_launches", "schedule": 5.0},
    "channels": {"task": "content.tasks.tell_channels", "schedule": 10.0},
    "mails": {"task": "notifications.tasks.send_mails", "schedule": 2.0},
    "digests": {"task": "shares.tasks.send_digests", "schedule": 30.0},
    "deliveries": {"task": "notifications.tasks.deliver", "schedule": 5.0},
    "points": {"task": "recognition.tasks.derive_points", "schedule": 10.0},
    "tokens": {"task": "accounts.tasks.refresh_tokens", "schedule": 60.0},
    "quiet": {"task": "accounts.tasks.end_quiet", "schedule": 5.0},
    "tokens_early": {"task": "accounts.tasks.renew_tokens_early", "schedule": 3600.0},
    "server_limits": {"task": "accounts.tasks.read_server_limits", "schedule": 900.0},
    "checks": {"task": "accounts.tasks.check_accounts", "schedule": 60.0},
    "ends": {"task": "accounts.tasks.warn_of_ends", "schedule": 600.0},
    "revocations": {"task": "accounts.tasks.revoke_tokens", "schedule": 30.0},
    "leftovers": {"task": "accounts.tasks.tidy_sign_in", "schedule": 3600.0},
    "audit": {"task": "core.tasks.seal_audit", "schedule": 1.0},
    "watch": {"task": "advocacy.tasks.watch", "schedule": 60.0},
    "pulse": {"task": "core.tasks.beat_pulse", "schedule": 5.0},
    "months": {"task": "core.tasks.make_months", "schedule": 3600.0},
}
# After a day without workers the rings of that day are worth nothing. Half a minute for clocks that differ.
for _entry in CELERY_BEAT_SCHEDULE.values():
    _entry["options"] = {"expires": _entry["schedule"] + 30}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"

# allauth answers "who are you". Nobody signs up: members come by invitation. Addresses are confirmed by our own mails.
ACCOUNT_ADAPTER = "accounts.adapter.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "accounts.forms.passkeys.AddPasskeyForm",
    "login_webauthn": "accounts.forms.passkeys.SignInPasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.passkeys.AgainPasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# Every mail is a row first; notifications/tasks.py hands it over. Without EMAIL_HOST the demo only shows it.
EMAIL_BACKEND = "notifications.backend.RowBackend"
EMAIL_HOST = env("EMAIL_HOST")
EMAIL_PORT = int(env("EMAIL_PORT"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_USE_TLS = not EMAIL_USE_SSL and flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("EMAIL_FROM") or f"advocacy@{urlsplit(BASE_URL).hostname}"

# A session lasts ninety days, renewed by use; it lives in the database.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 90 * 24 * 3600

LANGUAGE_CODE = "en"
# Those that come with it. core/languages.py adds what a firm has uploaded, while the product runs.
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [BASE_DIR / "locale", DATA_DIR / "languages"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Cookies ignore ports: without a key of its own, one checkout would sign people out of another.
COOKIE_KEY = hashlib.sha256(os.fsencode(DATA_DIR)).hexdigest()[:8] if not PRODUCTION else ""
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else f"session-{COOKIE_KEY}"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else f"csrf-{COOKIE_KEY}"
LANGUAGE_COOKIE_NAME = f"language-{COOKIE_KEY}" if COOKIE_KEY else "language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# The proxy in front ends https, says so in this header, and must strip it from what it is sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS and not flag("NO_HTTPS_REDIRECT")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    # Pictures of stories come from the firm's own site and are kept here; previews of a file are blob: or data:.
    "img-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "core.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

# Collected files are small and go under names that carry their content; elsewhere they are found where they lie.
COLLECTED = PRODUCTION or flag("COLLECTED")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "core.stylesheet.HashedStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if not PRODUCTION else 300

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "advocacy.middleware.WithRequestId"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Two lines a task would be most of the log, and some of the time.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.worker.request": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
    },
}

# Tests let no bell ring; they call the work themselves.
WAKE_SILENT = flag("WAKE_SILENT")

if PRODUCTION:
    refuse_unsafe_production(BASE_URL, SANDBOX_URL, SECRET_KEY, TOKEN_KEYS, LINK_URL)
