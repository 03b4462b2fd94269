"""The oracle: everything that docs/meaning.md says of a rulebook and a submission, in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.oracle.cells import Submission
from tests.oracle.indicators import Value, values
from tests.oracle.integrity import check_integrity
from tests.oracle.judge import Concluded, Conflict, Finding, conclude, conflicts, exception_record, judge
from tests.oracle.left_open import left_open
from tests.oracle.repeated import Earlier
from tests.oracle.required import bar, in_order
from tests.oracle.standings import standings
from tests.oracle.waivers import Waiver
from tests.oracle.world import Book, Span, World, in_years


@dataclass(frozen=True)
class Judgement:
    """All findings, conflicts and standings of a run."""

    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...]
    standings: tuple[tuple[str, str], ...]
    values: tuple[Value, ...] = ()


def consult(
    book: Book,
    submission: Submission,
    period: Span,
    as_of: date,
    overrides: Mapping[str, str] | None = None,
    waivers: Sequence[Waiver] = (),
    previous: Earlier | None = None,
) -> Judgement:
    """Evaluates a rulebook, given as the dict of its YAML, over a submission."""
    world = World(book, submission, in_years(book, period), as_of, overrides or {}, waivers, previous)
    known: dict[str, list[Concluded]] = {}
    for rule in in_order(book.get("rules", [])):
        known[rule["id"]] = [
            bar(world, rule, conclude(world, judged), known) for judged in left_open(world, rule, [*judge(world, rule)])
        ]
    findings = [concluded.finding() for rule in book.get("rules", []) for concluded in known[rule["id"]]]
    findings += check_integrity(world)
    records = {exception_record(world, exception) for exception in book.get("exceptions", [])}
    disputes = [
        conflict for record in sorted(records) for row in world.subjects(record) for conflict in conflicts(world, row, record)
    ]
    return Judgement(tuple(findings), tuple(disputes), tuple(standings(world, findings)), tuple(values(world)))
