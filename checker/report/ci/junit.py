"""JUnit's XML, as services read it: suites of cases, each passed, skipped, failed or in error. No two cases have one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, Literal, NamedTuple, TextIO

from checker.display_width import visible

Outcome = Literal["passed", "skipped", "failure", "error"]


class Case(NamedTuple):
    """One case: what came of it, in one line and in full; `kind` says what sort of failure or error it is."""

    name: str
    outcome: Outcome = "passed"
    said: str = ""
    text: str = ""
    kind: str = ""
    file: str | None = None
    line: int | None = None


class Suite(NamedTuple):
    """Cases that belong together; `facts` are what else is told of them."""

    name: str
    cases: Sequence[Case]
    facts: Sequence[tuple[str, str]] = ()


_ATTRIBUTES: Final[Sequence[tuple[str, Outcome]]] = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))


def write_suites(name: str, suites: Iterable[Suite], stream: TextIO) -> None:
    """Writes the suites that have a case, and how many cases there are of each outcome."""
    shown = [suite for suite in suites if suite.cases]
    stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
    stream.write(f"<testsuites name={_quoted(name)}{_counts([case for suite in shown for case in suite.cases])}>\n")
    for suite in shown:
        stream.write(f"  <testsuite name={_quoted(suite.name)}{_counts(suite.cases)}>\n")
        if suite.facts:
            told = "".join(f"      <property name={_quoted(key)} value={_quoted(value)}/>\n" for key, value in suite.facts)
            stream.write(f"    <properties>\n{told}    </properties>\n")
        _write_cases(suite, stream)
        stream.write("  </testsuite>\n")
    stream.write("</testsuites>\n")


def _counts(cases: Sequence[Case]) -> str:
    counts = Counter(case.outcome for case in cases)
    return f' tests="{len(cases)}"' + "".join(f' {attribute}="{counts[outcome]}"' for attribute, outcome in _ATTRIBUTES)


def _write_cases(suite: Suite, stream: TextIO) -> None:
    named: Counter[str] = Counter()
    for case in suite.cases:
        # Of cases with one name a service reads only the first.
        named[case.name] += 1
        name = case.name if named[case.name] == 1 else f"{case.name} ({named[case.name]})"
        start = f"    <testcase classname={_quoted(suite.name)} name={_quoted(name)}"
        start += "" if case.file is None else f" file={_quoted(case.file)}"
        start += "" if case.line is None else f' line="{case.line}"'
        if case.outcome == "passed":
            stream.write(f"{start}/>\n")
            continue
        kind = f" type={_quoted(case.kind)}" if case.kind and case.outcome != "skipped" else ""
        said = f"<{case.outcome} message={_quoted(case.said)}{kind}"
        said += f">{_shown(case.text)}</{case.outcome}>" if case.text else "/>"
        stream.write(f"{start}>\n      {said}\n    </testcase>\n")


def _shown(text: str) -> str:
    return escape(visible(text), quote=False)


def _quoted(text: str) -> str:
    """The text as the value of an attribute, on one line."""
    return f'"{escape(" ".join(visible(text).split()), quote=True)}"'
