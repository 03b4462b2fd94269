"""Three-valued logic: true, false, and None for what cannot be told."""

from collections.abc import Iterable

Truth = bool | None


def both(*parts: Truth) -> Truth:
    """Whether all of them hold."""
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def either(parts: Iterable[Truth]) -> Truth:
    """Whether one of them holds."""
    found = list(parts)
    if any(part is True for part in found):
        return True
    return None if any(part is None for part in found) else False


def opposite(part: Truth) -> Truth:
    """Whether it does not hold."""
    return None if part is None else not part
