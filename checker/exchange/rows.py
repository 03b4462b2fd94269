"""Rows that stand in a form already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Value = tuple[str | None, object]
"""The text of a cell as it was submitted (None: empty), and the value that it has as one of its field (None: none)."""

FilledRow = tuple[bool, Sequence[Value]]
"""Whether a row is the submitter's own, or only named by such; and its cells, one for each field of its record."""

FilledRows = Sequence[FilledRow]
Filled = Mapping[str, FilledRows]
"""The rows of each record."""
