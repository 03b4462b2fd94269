"""Who the subjects of findings are: their ids, names, and the bodies that answer for them, fetched only where needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from checker.model.report import Subject
from checker.model.schema import SUBMISSION
from checker.provenance.lookup import Lookup

MOST_SHOWN = 20
"""So many bodies are shown of a chain, the nearest: all of them would be most of the report on a tree that is very deep."""


class Subjects:
    """The subjects asked for with `want`, by record and row."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._found: dict[tuple[str, int], Subject] = {}
        self._bodies: dict[str, tuple[str, str | None]] = {}
        self._paths: dict[str | None, tuple[tuple[tuple[str, str], ...], bool]] = {}

    def want(self, subjects: Iterable[tuple[str, int]], amiss: AbstractSet[tuple[str, int]] = frozenset()) -> None:
        """Fetches those subjects that are not there yet; of those `amiss` that have no key the digest too."""
        missing: dict[str, set[int]] = defaultdict(set)
        for record, row in subjects:
            if row and (record, row) not in self._found:
                missing[record].add(row)
        for record, rows in missing.items():
            named = self._lookup.names(record, rows)
            self._climb({body for _, _, _, body in named if body is not None})
            keyless = [row for row, identity, *_ in named if identity is None and (record, row) in amiss]
            digests = self._lookup.digests(record, keyless) if keyless else {}
            for row, identity, name, body in named:
                shown = identity if identity is not None else f"row {row}"
                if body not in self._paths:
                    self._paths[body] = self._path(body)
                self._found[record, row] = Subject(record, shown, name or shown, row, *self._paths[body], digests.get(row))

    def subject(self, record: str, row: int) -> Subject:
        """The subject at that row of the record; row 0 is the submission itself."""
        return self._found[record, row] if row else Subject(SUBMISSION, SUBMISSION, SUBMISSION)

    def _climb(self, bodies: set[str]) -> None:
        """Fetches those bodies and the nearest above them, those that are shown and one more."""
        level = bodies
        for _ in range(MOST_SHOWN + 1):
            wanted = level - self._bodies.keys()
            for identity, name, parent in self._lookup.bodies(wanted) if wanted else ():
                self._bodies[identity] = (name or identity, parent)
            for unknown in wanted - self._bodies.keys():
                self._bodies[unknown] = (unknown, None)
            level = {parent for body in level if (parent := self._bodies[body][1]) is not None}

    def _path(self, body: str | None) -> tuple[tuple[tuple[str, str], ...], bool]:
        """The chain of bodies, and whether there are more above them."""
        path: list[tuple[str, str]] = []
        seen: set[str] = set()
        while body is not None and body not in seen and len(path) < MOST_SHOWN:
            seen.add(body)
            name, parent = self._bodies[body]
            path.append((body, name))
            body = parent
        return tuple(reversed(path)), body is not None and body not in seen


def place(subject: Subject) -> tuple[object, ...]:
    """Where a subject stands in a report: along the tree of bodies, then by record, id and row."""
    return (subject.cut, subject.path, subject.record, subject.id, subject.row or 0)
