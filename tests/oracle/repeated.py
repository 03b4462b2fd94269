"""Section 15 of docs/meaning.md: which violations are repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.oracle.judge import Finding
from tests.oracle.world import World

Earlier = Mapping[str, Any]
"""The earlier report, as far as it matters: its `period`, and its `violations`, each a `rule`, a `subject`, if any a `window`."""


def is_repeated(world: World, finding: Finding) -> bool:
    """Whether the earlier report tells of a violation of the same rule by the same subject, in the same window if need be."""
    earlier = world.previous
    if earlier is None or finding.row is None or finding.row.key is None:
        return False
    another = earlier["period"] != world.period.label
    return any(
        (each["rule"], each["subject"]) == (finding.rule, finding.row.key) and (another or each.get("window") == finding.window)
        for each in earlier["violations"]
    )
