"""By what a finding is recognised from one run to the next: rule, subject and window, and never lines, messages or counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from checker.model.report import Finding, Subject

_LENGTH = 32


def identity(subject: Subject) -> str | None:
    """By what a subject is recognised: its key, or what is in its cells; None where a report says only where it stands."""
    if subject.digest is not None:
        return f"#{subject.digest}"
    return None if subject.row is not None and subject.id == f"row {subject.row}" else f"={subject.id}"


def with_fingerprints(rulebook: str, findings: Iterable[Finding]) -> Iterator[tuple[Finding, str | None]]:
    """Each finding and its fingerprint, None where its subject cannot be recognised.

    Findings that are alike in rule, subject and window are numbered; which of them is the first makes no difference to the
    whole. The verdict is not in it: what was violated and cannot be told any more is still the same.
    """
    alike: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        known = identity(finding.subject)
        if known is None:
            yield finding, None
            continue
        window = "" if finding.window is None else finding.window.label
        key = (finding.rule, known, window)
        alike[key] += 1
        yield finding, fingerprint(rulebook, *key, alike[key])


def fingerprint(*parts: str | int) -> str:
    """One fingerprint of several parts, none of which runs into the next."""
    return sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "backslashreplace")).hexdigest()[:_LENGTH]
