"""Typed readers of environment variables. A wrong value stops the start with one clear sentence."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def env_str(name: str, default: str = "") -> str:
    """Return the variable, or `default` where it is unset or empty."""
    return os.environ.get(name) or default


def env_bool(name: str, default: bool = False) -> bool:
    """Return a yes/no variable. Raises ImproperlyConfigured for anything that is neither."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}.")


def env_int(name: str, default: int) -> int:
    """Return a whole-number variable. Raises ImproperlyConfigured for anything else."""
    raw = env_str(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from None


def env_list(name: str, default: list[str] | None = None) -> list[str]:
    """Return a comma-separated variable as a list without empty parts."""
    raw = env_str(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default or []


def env_secret(name: str, default: str = "") -> str:
    """Return NAME, or the contents of the file that NAME_FILE points at (Docker secrets).

    Raises ImproperlyConfigured where that file cannot be read.
    """
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return env_str(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from None
