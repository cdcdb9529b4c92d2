"""How often somebody may try something that could be guessed."""

from django.core.cache import cache


def too_many(what: str, who: str, *, most: int, within_s: int) -> bool:
    """Count one more try; tell whether it is more than `most` within that many seconds."""
    key = f"tries:{what}:{who}"
    cache.add(key, 0, timeout=within_s)
    try:
        return cache.incr(key) > most
    except ValueError:  # it expired between the two
        return False
