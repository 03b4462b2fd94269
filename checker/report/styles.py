"""The colours of verdicts, the same on every page."""

from __future__ import annotations

from collections.abc import Mapping

from checker.model.words import Verdict

STYLES: Mapping[Verdict, str] = {
    Verdict.VIOLATED: "red",
    Verdict.UNDETERMINED: "yellow",
    Verdict.PENDING: "cyan",
    Verdict.WAIVED: "yellow",
    Verdict.SATISFIED: "green",
    Verdict.NOT_APPLICABLE: "dim",
}
"""In the order in which verdicts are listed: the gravest first."""
