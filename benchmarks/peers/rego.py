"""What the peers that evaluate Rego share: the policy, its data, and what it says of a document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.peers.bodies import FIRST, LAST, MONTHS, OLDEST_REVIEW, Body, Violation

POLICY = (Path(__file__).resolve().parent / "regorus" / "policy.rego").read_text(encoding="utf-8")
DATA = json.dumps({"first": FIRST, "last": LAST, "oldest_review": OLDEST_REVIEW, "months": list(MONTHS)})
RULE = "data.benchmark.violations"


def violations(documents: Sequence[Body], evaluated: Callable[[Body], str]) -> Iterator[Violation]:
    """The violations of every organisation, each document given to the policy by itself, which answers in JSON."""
    for body in documents:
        yield from (tuple(violation) for violation in json.loads(evaluated(body)))
