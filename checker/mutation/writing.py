"""Puts proposed cases into the files of cases: after those that are there, of which nothing is changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.atomic_write import PUBLIC, draft_of
from checker.errors import Place, Problem, RulesError, UsageError
from checker.mutation.proposals import quoted_text
from checker.rules.cases import read_cases
from checker.rules.loading import load
from checker.rules.shelf import CASES, find, rules_folder
from checker.rules.texts import DISK
from checker.words.message import message
from checker.yaml_tree import YamlError, parse

if TYPE_CHECKING:
    from checker.mutation.survey import Survey
    from checker.rules.rulebook import Rulebook

_ENTRY = re.compile(r"^( *)- ", re.MULTILINE)
_NAME = "- name: "


class Added(NamedTuple):
    """How many cases were added to a file."""

    file: Path
    cases: int


def write_cases(rulebook: str, found: Survey) -> tuple[Added, ...]:
    """Adds the cases that are proposed for mistakes that no case notices, each once, to those of their rules.

    A file is written as a whole or not at all. Raises UsageError where a rulebook has no folder for cases, or a file of cases
    is written so that nothing can be put after its last one.
    """
    source = find(rulebook, rules_folder())
    if not source.is_dir():
        said, fix = message("mutants-no-folder", rulebook=rulebook), message("mutants-no-folder-fix")
        raise UsageError(Problem("no-cases", said, fix))
    book, proposed = load(source), defaultdict[str, dict[str, None]](dict)
    for result in found.alive:
        if result.proposal is not None:
            proposed[result.proposal.rule][result.proposal.text] = None
    files = _files(source / CASES)
    added = []
    for rule, texts in proposed.items():
        file = files.get(rule, source / CASES / f"{rule}.yaml")
        before = DISK.text(file, str(file)) if file.is_file() else ""
        after = _after(before, texts, file, rule, book)
        file.parent.mkdir(exist_ok=True)
        with draft_of(file, PUBLIC) as draft:
            draft.write_text(after, encoding="utf-8", newline="")
        added.append(Added(file, len(texts)))
    return tuple(added)


def _files(folder: Path) -> Mapping[str, Path]:
    """The first file of cases of each rule."""
    return {way.stem: folder / way for way in reversed(DISK.cases(folder))}


def _after(before: str, texts: Iterable[str], file: Path, rule: str, book: Rulebook) -> str:
    """The text of a file with further cases at its end, indented as its own are; names that are taken get a number."""
    shown = str(file)
    there = read_cases(parse(before, shown), rule, book) if before.strip() else ()
    taken, indent = {case.name for case in there}, _ENTRY.search(before)
    lines = [before if before.endswith("\n") or not before else f"{before}\n"]
    count = len(there)
    for text in texts:
        (case,) = read_cases(parse(text, shown), rule, book)
        name, number = case.name, 1
        while name in taken:
            number += 1
            name = f"{case.name} ({number})"
        taken.add(name)
        rest = text.partition("\n")[2]
        entry = f"{_NAME}{quoted_text(name)}\n{rest}"
        lines += [f"{indent[1] if indent else ''}{line}\n" for line in entry.splitlines()]
        count += 1
    after = "".join(lines)
    try:
        whole = read_cases(parse(after, shown), rule, book)
    except (RulesError, YamlError):
        whole = ()
    if len(whole) != count:
        raise UsageError(Problem("cannot-write", message("mutants-not-added"), message("mutants-not-added-fix"), Place(shown)))
    return after
