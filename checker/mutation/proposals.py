"""Looks for a case that a mistake would not survive: it holds of the rule as written, and not of the mutant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from checker.bench import Bench, Courts, Judged, Valued, gravest, is_as_stated, is_meant, on_bench
from checker.model.days import read_day
from checker.model.words import Verdict
from checker.mutation.attempt import Variety, as_stated
from checker.mutation.candidates import Change, Deriving, clues
from checker.provenance.named_values import NOT_SELECTED
from checker.rules.cases import Expected, RuleCase, read_cases
from checker.rules.stated_values import StatedValue, read_value, value_written
from checker.words.amounts import as_fraction
from checker.words.message import Words
from checker.yaml_tree import parse

if TYPE_CHECKING:
    from checker.model.measures import MeasureKind
    from checker.mutation.variants import Variant
    from checker.mutation.workshop import Workshop

MOST_TRIED = 400
"""How many submissions are tried for the mistakes in one rule before those that are left are given up."""

_PLAIN = re.compile(r"[^\W_][\w./%-]*( [\w./%-]+)*")
_NULLS = {"null", "~"}
Found = Judged | Valued

_UNDECIDED = {Verdict.UNDETERMINED, Verdict.PENDING}


def propose(shop: Workshop, rule: str, variants: Mapping[int, Variant], words: Words) -> dict[int, str]:
    """By the number of the mistake, the YAML of a case that notices it, tried; none for those that no case was found for."""
    variety = Variety(shop, rule, variants)
    written, courts = variety.known(None), Courts()
    kind = next((each.kind for each in written.indicators if each.id == rule), None)
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
        right = bench.found(variety.known(None, case.overrides), rule)
        for number in waiting:
            expected = _difference(right, bench.found(variety.known(number, case.overrides), rule), kind)
            if expected is None:
                continue
            text = _yaml(replace(case, name=words("mutant-but", name=case.name, what=what), expect=(expected,)))
            if not _notices(shop, variety, number, text, rule):
                continue
            # Better a case that decides than one of which nobody can tell, or not yet.
            (found if _decides(expected) else spare).setdefault(number, text)
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


def _decides(expected: Expected) -> bool:
    stated = expected.stated
    return stated.decided if isinstance(stated, StatedValue) else stated not in _UNDECIDED


def _difference(right: Sequence[Found], wrong: Sequence[Found], kind: MeasureKind | None) -> Expected | None:
    """What to expect so that what is right holds and what is wrong does not: as little as tells them apart.

    Of an indicator `kind` is what it measures.
    """
    all_ = (*right, *wrong)
    about: dict[tuple[str | None, str | None], None] = {(None, None): None}
    about |= dict.fromkeys((each.subject, None) for each in all_)
    about |= dict.fromkeys((each.subject, each.window) for each in all_)
    for subject, window in about:
        any_ = Expected(Verdict.SATISFIED, subject, window)
        stated = gravest(_judged(right), any_) if kind is None else _first_value(right, wrong, any_, kind)
        expected = Expected(stated, subject, window)
        if is_as_stated(right, expected) and not is_as_stated(wrong, expected):
            return expected
    return None


def _judged(found: Iterable[Found]) -> list[Judged]:
    return [each for each in found if isinstance(each, Judged)]


def _first_value(right: Iterable[Found], wrong: Iterable[Found], about: Expected, kind: MeasureKind) -> Verdict | StatedValue:
    """The first of the right values there, as a case states it, in as many places as tell it from the wrong ones."""
    values = [each.value for each in right if isinstance(each, Valued) and is_meant(each, about)]
    ends = [end for each in wrong if isinstance(each, Valued) for end in (each.value.low, each.value.high)]
    others = sorted({exact for end in ends if (exact := as_fraction(end)) is not None})
    return read_value(value_written(values[0] if values else NOT_SELECTED, others, ratio=kind.ratio)) or about.stated


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
    said = expected.stated.text if isinstance(expected.stated, StatedValue) else str(expected.stated)
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
