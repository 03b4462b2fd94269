"""Diagnostics as SARIF 2.1.0, for code-scanning services and editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from checker.errors import Level, Place, Problem
from checker.lint import Linted
from checker.lint.catalogue import Entry, catalogue
from checker.report import Presentation
from checker.report.ci.addresses import Addresses
from checker.report.ci.sarif import Described, Json, artifact, location, region, run_of, sentence, write_log
from checker.words.message import Words

_CATEGORY = "checker-lint/"


def write(linted: Sequence[Linted], stream: TextIO, presentation: Presentation) -> None:
    """Writes one log with one run over all rulebooks."""
    # A service refuses what is nowhere: what stands at no line of a rulebook is shown at the rulebook.
    problems = [
        problem if problem.place is not None else problem._replace(place=Place(each.rulebook))
        for each in linted
        for problem in each.problems
    ]
    # What stands in the way before a rulebook is read at all has a code that the catalogue does not explain.
    codes = list(dict.fromkeys([code for code in catalogue() if any(problem.code == code for problem in problems)]))
    codes += sorted({problem.code for problem in problems} - {*codes})
    addresses, words = Addresses(presentation.root), Words(presentation.language)
    rules = [_rule(code, catalogue().get(code), words) for code in codes]
    write_log(
        run_of(rules, _CATEGORY, (), addresses, words), (_result(each, codes, addresses, words) for each in problems), stream
    )


def _rule(code: str, entry: Entry | None, words: Words) -> Described:
    if entry is None:
        title = code.replace("-", " ").capitalize()
        return Described(code, title, "", Level.ERROR, sentence(title), f"**{sentence(title)}**")
    title, why = entry.title(words), entry.why(words)
    text, markdown = [" ".join(map(sentence, (title, why)))], [f"**{sentence(title)}** {why}"]
    for key, example in (("code-wrong", entry.wrong), ("code-right", entry.right)):
        heading = words(key)
        if example is not None:
            text += [f"{heading}:", example]
            markdown += [f"{heading}:", f"```yaml\n{example}```"]
    return Described(code, title, why, entry.level, "\n\n".join(text), "\n\n".join(markdown))


def _result(problem: Problem, codes: Sequence[str], addresses: Addresses, words: Words) -> Json:
    result: Json = {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": problem.level.value,
        "message": {"text": f"{sentence(problem.message_in(words))} {sentence(problem.fix_in(words))}"},
    }
    if problem.place is not None:
        found = location(problem.place, addresses, marks=problem.length)
        if problem.excerpt is not None and problem.place.line is not None:
            found["physicalLocation"]["region"]["snippet"] = {"text": problem.excerpt}
        result["locations"] = [found]
        if problem.instead is not None and problem.marked is not None:
            result["fixes"] = [_fix(problem.place, problem, problem.instead, addresses, words)]
    return result


def _fix(place: Place, problem: Problem, instead: str, addresses: Addresses, words: Words) -> Json:
    """What was probably meant, put in the place of what is marked."""
    replacement = {"deletedRegion": region(place, problem.length), "insertedContent": {"text": instead}}
    return {
        "description": {"text": words("expr-write-value", value=instead)},
        "artifactChanges": [{"artifactLocation": artifact(place.file, addresses), "replacements": [replacement]}],
    }
