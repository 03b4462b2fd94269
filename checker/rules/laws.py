"""Resolves `rules:` and `exceptions:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model.integrity import is_integrity_id
from checker.model.law import Source
from checker.model.schema import Span
from checker.rules.entries import id_of, keys_of
from checker.rules.parameters import check_citation
from checker.rules.requirements import requirement
from checker.rules.rulebook import ExceptionRule, Rule, Written
from checker.rules.written import ExceptionEntry, RuleEntry
from checker.words.message import message

if TYPE_CHECKING:
    from checker.rules.reader import Reader
    from checker.rules.terms import Names
    from checker.yaml_tree import Path


def rules(reader: Reader, names: Names, sources: dict[str, Source]) -> tuple[Rule, ...]:
    """The rules, in their order."""
    found: list[Rule] = []
    taken: dict[str, Path] = {}
    for index, value in enumerate(reader.items("rules")):
        path = ("rules", index)
        entry = reader.validate(RuleEntry, path, value)
        unique(reader, path, value, taken)
        if entry is not None:
            rule = _rule(reader, path, entry, names, sources)
            if rule is not None:
                found.append(rule)
        else:
            _check_what_is_written(reader, path, names, sources)
    return tuple(found)


def unique(reader: Reader, path: Path, value: object, taken: dict[str, Path]) -> None:
    """Notes an id that is not well-formed, or that an earlier entry has; `taken` remembers where ids stand."""
    name = value.get("id") if isinstance(value, dict) else None
    if not isinstance(name, str):
        return
    reader.name((*path, "id"), name)
    first = taken.setdefault(name, path)
    if first != path:
        wrong = message("book-duplicate-id", name=name, other=reader.tree.keys[first])
        reader.report((*path, "id"), "duplicate-id", wrong, message("book-duplicate-id-fix"))


def exceptions(reader: Reader, names: Names, sources: dict[str, Source]) -> tuple[ExceptionRule, ...]:
    """The exceptions, in their order."""
    found: list[ExceptionRule] = []
    taken: dict[str, Path] = {}
    for index, value in enumerate(reader.items("exceptions")):
        path = ("exceptions", index)
        entry = reader.validate(ExceptionEntry, path, value)
        unique(reader, path, value, taken)
        if entry is None:
            continue
        cited(reader, path, entry.cites, sources)
        _check_displaced(reader, path, entry, names)
        when = Written(entry.when.subject, (*path, "when", "subject"))
        title = reader.text((*path, "title"), entry.title, entry.id)
        found.append(ExceptionRule(entry.id, title, entry.cites, when, entry.displaces, entry.by, path))
    return tuple(found)


def rule_ids(reader: Reader) -> tuple[str, ...]:
    """The ids of all rules, of those that could not be read too."""
    entries = (value for value in reader.items("rules") if isinstance(value, dict))
    return tuple(name for value in entries if isinstance(name := value.get("id"), str))


def _rule(reader: Reader, path: Path, entry: RuleEntry, names: Names, sources: dict[str, Source]) -> Rule | None:
    cited(reader, path, entry.cites, sources)
    names.check_selection(reader, (*path, "for"), entry.for_)
    first = entry.in_force.first if entry.in_force else None
    last = entry.in_force.last if entry.in_force else None
    if first is not None and last is not None and first > last:
        wrong = message("until-before-from", last=str(last), first=str(first))
        reader.report((*path, "in_force", "until"), "disorder", wrong, message("until-before-from-fix"))
    form = requirement(reader, (*path, "require"), entry.require, names, entry.for_)
    texts = {
        "title": reader.text((*path, "title"), entry.title, entry.id),
        "remedy": reader.text((*path, "remedy"), entry.remedy),
        "note": reader.text((*path, "note"), entry.note),
    }
    if form is None:
        return None
    if "parameters" in entry.model_fields_set and getattr(form[1], "per", None) is None:
        wrong = message("parameters-without-windows")
        reader.report_key((*path, "parameters"), "no-windows", wrong, message("parameters-without-windows-fix"))
    return Rule(
        id=entry.id,
        title=texts["title"],
        cites=entry.cites,
        verified=entry.verified,
        severity=entry.severity,
        subject=entry.for_,
        in_force=Span(first, last),
        form=form[0],
        require=form[1],
        remedy=texts["remedy"],
        note=texts["note"],
        path=path,
        requires=tuple(entry.requires.items()),
        parameters_at_end=entry.parameters == "end",
    )


def _check_what_is_written(reader: Reader, path: Path, names: Names, sources: dict[str, Source]) -> None:
    """Notes what else is wrong with a rule whose keys are not right."""
    written = keys_of(reader.tree.at(path))
    subject, cites, require = written.get("for"), written.get("cites"), written.get("require")
    if isinstance(subject, str):
        names.check_selection(reader, (*path, "for"), subject)
    texts = [cites] if isinstance(cites, str) else cites if isinstance(cites, list) else []
    cited(reader, path, tuple(each for each in texts if isinstance(each, str)), sources)
    if isinstance(require, dict) and require:
        requirement(reader, (*path, "require"), require, names, subject if isinstance(subject, str) else "")


def cited(reader: Reader, path: Path, cites: tuple[str, ...], sources: dict[str, Source]) -> None:
    """Notes citations of what the rulebook does not have."""
    for where, citation in reader.each((*path, "cites"), cites):
        check_citation(reader, where, citation, sources)


def _check_displaced(reader: Reader, path: Path, entry: ExceptionEntry, names: Names) -> None:
    ids = rule_ids(reader)
    places = reader.each((*path, "displaces"), entry.displaces)
    if entry.by is not None:
        places.append(((*path, "by"), entry.by))
        if entry.by in entry.displaces:
            wrong = message("exception-instead-of-itself", by=entry.by)
            reader.report((*path, "by"), "displaces-itself", wrong, message("exception-instead-of-itself-fix"))
    records: dict[str, str] = {}
    subjects = {id_of(value): keys_of(value).get("for") for value in reader.items("rules")}
    for where, name in places:
        if is_integrity_id(name):
            fix = message("exception-integrity-fix")
            reader.report(where, "integrity-rule", message("exception-integrity", name=name), fix)
        elif name not in ids:
            if not reader.unsure("rules"):
                reader.unknown(where, message("not-a-rule", name=name), name, ids, message("known-rules"))
        elif isinstance(subject := subjects[name], str) and (record := names.record_of(subject)) is not None:
            first = next(iter(records.values()), record.name)
            if record.name != first:
                wrong = message("exception-other-record", name=name, its=record.name, own=first)
                reader.report(where, "other-record", wrong, message("exception-other-record-fix"))
            records[name] = record.name
    if records:
        about = names.records[next(iter(records.values()))]
        names.check_expression(reader, (*path, "when", "subject"), entry.when.subject, about)
