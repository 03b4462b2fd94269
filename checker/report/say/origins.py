"""Says from which rulebook a rule is, where that is not the one that was run."""

from __future__ import annotations

from checker.model.law import Origin
from checker.report.say.wording import Wording


def origin_text(origin: Origin, rulebook: str, wording: Wording) -> str:
    """`from national, tightened by province`; nothing for a rule of the rulebook itself."""
    if origin.rulebook in {"", rulebook} and not origin.changes:
        return ""
    changes = (wording(how.value, rulebook=name) for name, how in origin.changes)
    return ", ".join((wording("origin", rulebook=origin.rulebook), *changes))
