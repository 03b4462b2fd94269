"""Looks for a case that a mistake would not survive: it holds of the rule as written, and not of the mutant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from checker.bench import Bench, Courts, Judged, gravest, on_bench
from checker.model.days import read_day
from checker.model.words import Verdict
from checker.mutation.attempt import Variety, as_stated
from checker.mutation.candidates import Change, Deriving, clues
from checker.rules.cases import Expected, RuleCase, read_cases
from checker.words.message import Words
from checker.yaml_tree import parse

if TYPE_CHECKING:
    from checker.mutation.variants import Variant
    from checker.mutation.workshop import Workshop

MOST_TRIED = 400
"""How many submissions are tried for the mistakes in one rule before those that are left are given up."""

_PLAIN = re.compile(r"[^\W_][\w./%-]*( [\w./%-]+)*")
_NULLS = {"null", "~"}
_UNDECIDED = {Verdict.UNDETERMINED, Verdict.PENDING}


def propose(shop: Workshop, rule: str, variants: Mapping[int, Variant], words: Words) -> dict[int, str]:
    """By the number of the mistake, the YAML of a case that notices it, tried; none for those that no case was found for."""
    variety = Variety(shop, rule, variants)
    written, courts = variety.known(None), Courts()
    narrow = on_bench([written, *map(variety.known, variants)])
    found: dict[int, str] = {}
    spare: dict[int, str] = {}
    deriving = Deriving(shop.book.records, clues(shop.texts(rule)))
    cases = [case for case in shop.cases_of(rule) if set(case.tables) & shop.book.records.keys()]

    def tried() -> Iterator[Change]:
        yield from islice(deriving.derived(cases, len(cases)), MOST_TRIED)
        turning = {day for number, each in variants.items() if number not in found and (day := _turning(each)) is not None}
        yield from islice(deriving.on_days(cases, sorted(turning)), MOST_TRIED)

    for what, case in tried():
        waiting = [number for number in variants if number not in found]
        if not waiting:
            break
        bench = Bench(*narrow, case, courts)
        right = bench.judge(variety.known(None, case.overrides), [rule])
        for number in waiting:
            expected = _difference(right, bench.judge(variety.known(number, case.overrides), [rule]))
            if expected is None:
                continue
            text = _yaml(replace(case, name=words("mutant-but", name=case.name, what=what), expect=(expected,)))
            if not _notices(shop, variety, number, text, rule):
                continue
            # Better a case that decides than one of which nobody can tell, or not yet.
            (spare if expected.stated in _UNDECIDED else found).setdefault(number, text)
    return spare | found


def _turning(variant: Variant) -> date | None:
    """The first day on which a limit is another with the mistake, which was made in the day from which it holds."""
    if variant.part[:1] != ("parameters",) or variant.at[-1:] != ("from",):
        return None
    days = [read_day(text.rpartition(": ")[2]) for text in (variant.before, variant.after)]
    return min((day for day in days if day is not None), default=None)


def _notices(shop: Workshop, variety: Variety, number: int, text: str, rule: str) -> bool:
    """Whether the case, read again from its text, holds of the rule as written and not of the mutant."""
    (case,) = read_cases(parse(text, f"{rule}.yaml"), rule, shop.book)
    written, mutant = variety.known(None, case.overrides), variety.known(number, case.overrides)
    bench = Bench(*on_bench([written, mutant]), case, Courts())
    return as_stated(bench, written, case) and not as_stated(bench, mutant, case)


def _difference(right: Sequence[Judged], wrong: Sequence[Judged]) -> Expected | None:
    """What to expect so that the right verdicts hold and the wrong ones do not: as little as tells them apart."""
    all_ = (*right, *wrong)
    about: dict[tuple[str | None, str | None], None] = {(None, None): None}
    about |= dict.fromkeys((each.subject, None) for each in all_)
    about |= dict.fromkeys((each.subject, each.window) for each in all_)
    for subject, window in about:
        verdicts = [gravest(judged, Expected(Verdict.SATISFIED, subject, window)) for judged in (right, wrong)]
        if verdicts[0] is not verdicts[1]:
            return Expected(verdicts[0], subject, window)
    return None


def _yaml(case: RuleCase) -> str:
    """The case as one entry of `cases/<rule>.yaml`."""
    return "\n".join(_lines(case)) + "\n"


def _lines(case: RuleCase) -> Iterator[str]:
    yield f"- name: {quoted_text(case.name)}"
    yield f"  period: {quoted_text(case.period.label)}"
    if case.as_of is not None:
        yield f"  as_of: {case.as_of}"
    if case.overrides:
        yield f"  set: {_flow(case.overrides)}"
    yield "  tables:" if case.tables else "  tables: {}"
    for name, rows in case.tables.items():
        if len(rows) < 2:  # noqa: PLR2004 -- one row fits beside its table
            yield f"    {name}: [{''.join(map(_flow, rows))}]"
        else:
            yield f"    {name}:"
            yield from (f"      - {_flow(row)}" for row in rows)
    (expected,) = case.expect
    said = str(expected.stated)
    if expected.window is not None:
        said = f"{{{quoted_text(expected.window)}: {said}}}"
    yield f"  expect: {said if expected.subject is None else f'{{{quoted_text(expected.subject)}: {said}}}'}"


def _flow(row: Mapping[str, str | None]) -> str:
    return (
        "{" + ", ".join(f"{quoted_text(key)}: {'null' if cell is None else quoted_text(cell)}" for key, cell in row.items()) + "}"
    )


def quoted_text(text: str) -> str:
    """A text as YAML reads it back: in quotes where it has signs."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NULLS:
        return text
    return json.dumps(text, ensure_ascii=False)
