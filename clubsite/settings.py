"""The only settings file. What a club must decide comes from the environment (.env.example)."""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from clubsite.env import env_bool, env_int, env_list, env_secret, env_str
from clubsite.service_urls import database_from_url, mail_from_url

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env_bool("DEBUG")
# Demo mode shows sent mail in the browser and skips the second login step; never for real people.
DEMO = env_bool("DEMO")


def _secret_key() -> str:
    """Return SECRET_KEY, or one made once and kept in VAR_DIR so that a small club need not."""
    given = env_secret("SECRET_KEY")
    if given:
        return given
    path = VAR_DIR / "secret_key"
    if not path.exists():
        from django.core.management.utils import get_random_secret_key  # noqa: PLC0415 (only once)

        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = _secret_key()

# SITE_URL alone sets hosts, CSRF origins, secure cookies and the links in mail.
SITE_URL = env_str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    raise ImproperlyConfigured("SITE_URL must look like https://club.example.org.")
HTTPS = _site.scheme == "https"
ALLOWED_HOSTS = [_site.hostname, *env_list("EXTRA_HOSTS")]
if not HTTPS:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "dashboards",
    "injuries",
    "members",
    "clubsite",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's list of passkeys says how long ago
    "django.contrib.staticfiles",
    "django.forms",  # its widget templates, for FORM_RENDERER
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "clubsite.urls"
WSGI_APPLICATION = "clubsite.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "clubsite" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["clubsite.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clubsite.context.site",
            ],
        },
    },
]

DATABASES = {"default": database_from_url(env_secret("DATABASE_URL"), var_dir=VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env_secret("REDIS_URL"),
        }
        if env_secret("REDIS_URL")
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env_str("TIME_ZONE", "Europe/London")
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env_str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "clubsite.finders.PackageScriptsFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # years of runs, picked at once

# --- Who may come in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "members.accounts.InvitationOnlyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ACCOUNT_USER_DISPLAY = "members.accounts.display_name"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
# Login attempts are limited by address. Behind a proxy everybody has the proxy's own, so with https
# the last address that one proxy wrote into X-Forwarded-For counts.
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXIES", 1 if HTTPS else 0)

# --- Content-Security-Policy: nothing inline, nothing from elsewhere ----------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "members.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["members.api.parsers.BoundedJSONParser"],
    "EXCEPTION_HANDLER": "members.api.errors.answer_error",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "members.api.pagination.Pages",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Surefoot",
    "DESCRIPTION": "A running club's training log and check-in.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",  # 3.0 cannot say that an object may be null
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ActivityKindEnum": "members.models.training.Activity.Kind",
        "SurfaceEnum": "members.models.training.Surface.choices",
    },
}

# --- Mail ---------------------------------------------------------------------------------------
globals().update(mail_from_url(env_secret("EMAIL_URL"), var_dir=VAR_DIR))
EMAIL_TIMEOUT = env_int("MAIL_TIMEOUT_SECONDS", 20)  # for each answer of the mail server
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("MAIL_FROM", f"Surefoot <surefoot@{_site.hostname}>")

# A claim older than any sending was its sender's last; a refused mail is tried again after this;
# a mail that waits for its week to be judged is looked at again after that.
MAIL_STUCK_SECONDS = env_int("MAIL_STUCK_SECONDS", 600)
MAIL_RETRY_SECONDS = env_int("MAIL_RETRY_SECONDS", 300)
MAIL_LOOK_AGAIN_SECONDS = env_int("MAIL_LOOK_AGAIN_SECONDS", 900)

# --- Imports ------------------------------------------------------------------------------------
# How much may be uploaded at once; a claim that was not renewed for so long was its worker's last.
IMPORT_MAX_MB = env_int("IMPORT_MAX_MB", 500)
IMPORT_STUCK_SECONDS = env_int("IMPORT_STUCK_SECONDS", 180)
# Large uploads arrive here, beside the place they are kept in, not in a /tmp that may be memory.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)

# --- Jobs ---------------------------------------------------------------------------------------
# Without REDIS_URL worker and schedule run as threads of the one web process
# (clubsite/embedded.py); the truth about what is due is in the database either way.
CELERY_BROKER_URL = env_secret("REDIS_URL") or "memory://localhost//"
EMBEDDED = CELERY_BROKER_URL.startswith("memory:")
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = [CELERY_TASK_SERIALIZER := "json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_DEFAULT_QUEUE = env_str("CELERY_QUEUE", "surefoot")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {}
    if EMBEDDED
    # A killed worker's task comes back after the first, which is above the longest task; the two
    # others look for such tasks every 5 s, not every 100 s.
    else {
        "visibility_timeout": 600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # A page that puts a job on the queue does not wait for a dead broker; the sweep finds it.
        "socket_connect_timeout": 2,
    }
)
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if not EMBEDDED:
    CELERY_BEAT_SCHEDULER = "redbeat.RedBeatScheduler"
    CELERY_REDBEAT_REDIS_URL = CELERY_BROKER_URL
    CELERY_REDBEAT_KEY_PREFIX = f"{CELERY_TASK_DEFAULT_QUEUE}:beat:"
    # Two plain beats send everything twice; a short lock lets exactly one of them work.
    CELERY_REDBEAT_LOCK_TIMEOUT = 15
    CELERY_BEAT_MAX_LOOP_INTERVAL = 5
# How often the sweeps look for what is due; set in tests, which cannot wait for the hour.
_sweep = env_int("SWEEP_SECONDS", 0)
CELERY_BEAT_SCHEDULE = {
    "weeks due": {"task": "injuries.assess_due_weeks", "schedule": _sweep or crontab(minute="0")},
    "changed histories": {"task": "injuries.assess_changed_runners", "schedule": _sweep or 300},
    "old undos": {
        "task": "injuries.forget_old_undos",
        "schedule": _sweep or crontab(minute="40", hour="3"),
    },
    "planned days": {
        "task": "members.fill_planned_days",
        "schedule": _sweep or crontab(minute="50"),  # before the weeks of :00
    },
    "old club runs": {
        "task": "members.forget_old_runs",
        "schedule": _sweep or crontab(minute="45", hour="3"),
    },
    "old mail": {
        "task": "dashboards.forget_old_notices",
        "schedule": _sweep or crontab(minute="35", hour="3"),
    },
    "imports unread": {"task": "members.continue_imports", "schedule": _sweep or 60},
    "flag reports due": {
        "task": "injuries.make_flag_reports",
        "schedule": _sweep or crontab(minute="20"),
    },
    "downloads waiting or expired": {
        "task": "dashboards.sweep_exports",
        "schedule": _sweep or crontab(minute="5-59/15"),
    },
    "other mail due": {"task": "dashboards.send_due_notices", "schedule": _sweep or 60},
    "digests due": {
        "task": "dashboards.send_due_digests",
        "schedule": _sweep or crontab(minute="*/15"),
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "clubsite.log_lines.Formatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_str("LOG_LEVEL", "INFO")},
    # Their lines hold what a task was given and what an error said; clubsite/job_log.py says which
    # job began, ended or failed, and where, without anybody's data.
    "loggers": {
        "celery.app.trace": {"level": "CRITICAL"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
