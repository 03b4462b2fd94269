"""Which rules a run is narrowed to: `--select` and `--ignore`."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from checker.errors import Problem, UsageError
from checker.words.message import message


def selected(ids: Sequence[str], select: Sequence[str], ignore: Sequence[str] = ()) -> frozenset[str]:
    """The ids that are selected, by default all, and not ignored. Raises UsageError for a pattern that names none."""
    for option, patterns in (("--select", select), ("--ignore", ignore)):
        for pattern in patterns:
            if not any(_named(pattern, identity, ids) for identity in ids):
                near = difflib.get_close_matches(pattern, ids, n=1)
                fix = message("suggestion", near=near[0]) if near else message("unknown-rule-pattern-fix")
                wrong = message("unknown-rule-pattern", option=option, pattern=pattern)
                raise UsageError(Problem("unknown-rule", wrong, fix))
    return frozenset(
        identity
        for identity in ids
        if (not select or any(_named(pattern, identity, ids) for pattern in select))
        and not any(_named(pattern, identity, ids) for pattern in ignore)
    )


def _named(pattern: str, identity: str, ids: Sequence[str]) -> bool:
    """Whether a pattern names that rule: by its id, or, where no rule has that id, by how it begins."""
    return identity == pattern if pattern in ids else bool(pattern) and identity.startswith(pattern)
