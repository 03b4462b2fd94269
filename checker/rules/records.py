"""Resolves `records:`: the fields that keys name, references between records, and which body a record belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from checker.model.schema import SUBMISSION, Field, FieldType, Record
from checker.rules.columns import fields, no_common_headers
from checker.rules.derivations import derivation, the_submission
from checker.rules.roll_calls import roll_call
from checker.rules.writing import check_formats
from checker.rules.written import RecordEntry
from checker.words.message import message

if TYPE_CHECKING:
    from checker.rules.reader import Reader
    from checker.rules.written import WritingEntry
    from checker.yaml_tree import Path, Value


def records(reader: Reader, header: WritingEntry) -> dict[str, Record]:
    """The declared records by name; of a record that is wrong, see `partly_read`. `header` says how values are written in all.

    What `belongs_to` is left out leads to is inferred by `belonging`.
    """
    entries: dict[str, RecordEntry] = {}
    for name, value in reader.entries("records").items():
        path = ("records", name)
        reader.name(path, name, of_field=True)
        if name == SUBMISSION:
            reader.report(path, "bad-name", message("book-submission-name", name=name), message("book-manifest-name-fix"))
        entry = reader.validate(RecordEntry, path, value)
        if entry is not None:
            entries[name] = entry
    no_common_headers(reader, ("records",), {name: entry.headers for name, entry in entries.items()}, "book-common-table")
    found = {name: _record(reader, name, entry, header) for name, entry in entries.items() if not entry.made}
    made = {name: roll_call(name, entry, reader, found) for name, entry in entries.items() if entry.roll_call is not None}
    made |= {name: derivation(name, entry, reader, found) for name, entry in entries.items() if entry.derive is not None}
    found = {name: made[name] if name in made else found[name] for name in entries} | the_submission(reader)
    for record in found.values():
        _check_references(reader, record, found)
    return found


def partly_read(reader: Reader, header: WritingEntry) -> dict[str, Record]:
    """The records that could not be read, without what is wrong in them: what names the rest of them can still be checked."""
    found = {}
    for name, value in reader.entries("records").items():
        path = ("records", name)
        fields = value.get("fields") if isinstance(value, dict) else None
        if path not in reader.broken or not isinstance(value, dict) or not isinstance(fields, dict):
            continue
        wrong = {each[2] for each in reader.faulty if each[:2] == path and len(each) > len(path)}
        unread = frozenset(str(each[3]) for each in reader.faulty if each[:3] == (*path, "fields") and len(each) > len(path) + 1)
        left: dict[str, Value] = {key: each for key, each in value.items() if key == "fields" or key not in wrong}
        left["fields"] = {key: each for key, each in fields.items() if key not in unread}
        try:
            entry = RecordEntry.model_validate(left)
        except ValidationError:
            continue
        if not entry.made:
            reader.unread[name] = unread
            problems, faulty = list(reader.problems), set(reader.faulty)
            found[name] = _record(reader, name, entry, header)
            # What its fields say is told when all of them can be read.
            reader.problems, reader.faulty = problems, faulty
    return found


def body(reader: Reader, named: str | None, found: dict[str, Record]) -> str | None:
    """The record whose rows are the bodies: the one named, else the only one that is a tree."""
    if named is None:
        trees = [record.name for record in found.values() if record.parent is not None]
        return trees[0] if len(trees) == 1 else None
    record = found.get(named)
    if record is None:
        if not reader.unsure("records", named):
            reader.unknown(("body",), message("not-a-record", name=named), named, found, message("known-records"))
        return None
    if record.key is None:
        wrong = message("book-body-no-key", name=named)
        reader.report(("body",), "no-key", wrong, message("book-give-key", name=named))
    return named


def belonging(reader: Reader, found: dict[str, Record], body_name: str | None) -> dict[str, Record]:
    """The records with `belongs_to` resolved: as written, else the single reference that leads to the body."""
    leading = _leading(found, body_name)
    resolved = {}
    for record in found.values():
        inferred = record.belongs_to or (None if record.name == body_name else _inferred(record, leading, body_name))
        resolved[record.name] = record._replace(belongs_to=inferred)
    for record in found.values():
        if _reaches(record.name, resolved, body_name):
            continue
        path = ("records", record.name, "belongs_to")
        # Of a path that cannot be followed it is told which step is wrong.
        if record.belongs_to is not None and body_name is not None and not reader.broken and path not in reader.faulty:
            wrong = message("book-not-to-body", belongs_to=record.belongs_to, body=body_name)
            reader.report(
                path,
                "belongs-to-no-body",
                wrong,
                message("book-not-to-body-fix", body=body_name),
            )
    return {
        name: record if _reaches(name, resolved, body_name) else record._replace(belongs_to=None)
        for name, record in resolved.items()
    }


def _record(reader: Reader, name: str, entry: RecordEntry, header: WritingEntry) -> Record:
    path: Path = ("records", name)
    check_formats(reader, path, entry)
    declared = fields(reader, path, entry, header)
    by_name = {each.name: each for each in declared}
    for key in ("key", "label", "parent", "date"):
        _named(reader, (*path, key), getattr(entry, key), by_name, wants_date=key == "date")
    if entry.key in by_name and by_name[entry.key].type is not FieldType.TEXT:
        wrong, fix = message("book-key-no-text", key=entry.key), message("book-key-no-text-fix")
        reader.report((*path, "key"), "key-not-text", wrong, fix)
    _no_lists(reader, path, entry, by_name)
    for number, combination in enumerate(entry.unique):
        for place, each in enumerate(combination):
            _named(reader, (*path, "unique", number, place), each, by_name, wants_date=False)
    for number, each in enumerate(entry.fill_down):
        _named(reader, (*path, "fill_down", number), each, by_name, wants_date=False)
    ends = entry.lifespan
    if ends is not None:
        for key, named in (("from", ends.first), ("until", ends.last)):
            _named(reader, (*path, "lifespan", key), named, by_name, wants_date=True)
        if ends.first is None and ends.last is None:
            fix = message("book-lifespan-empty-fix")
            reader.report((*path, "lifespan"), "missing-key", message("book-lifespan-empty"), fix)
    return Record(
        name=name,
        fields=declared,
        title=reader.text((*path, "title"), entry.title, name.replace("_", " ")),
        headers=entry.headers,
        key=entry.key,
        label=entry.label,
        parent=entry.parent,
        date=entry.date,
        begins=ends.first if ends else None,
        ends=ends.last if ends else None,
        belongs_to=entry.belongs_to,
        unique=entry.unique,
        fill_down=tuple(entry.fill_down),
    )


def _no_lists(reader: Reader, path: Path, entry: RecordEntry, fields: dict[str, Field]) -> None:
    """Notes lists where one value is meant."""
    named: list[tuple[Path, str | None]] = [((key,), getattr(entry, key)) for key in ("key", "label", "parent")]
    named += [(("unique", number, place), each) for number, some in enumerate(entry.unique) for place, each in enumerate(some)]
    for at, name in named:
        if name in fields and fields[name].separators:
            wrong = message("book-list-one-value", name=name)
            reader.report((*path, *at), "a-list", wrong, message("book-list-one-value-fix"))


def _named(reader: Reader, path: Path, name: str | None, known: dict[str, Field], *, wants_date: bool) -> None:
    if name is None:
        return
    found = known.get(name)
    if found is None:
        reader.unknown(path, message("book-not-its-field", name=name), name, known, message("known-fields"))
    elif wants_date and found.type is not FieldType.DATE:
        fix = message("book-not-a-date-fix", name=name)
        reader.report(path, "wrong-type", message("book-not-a-date", name=name, type=found.type), fix)


def _check_references(reader: Reader, record: Record, found: dict[str, Record]) -> None:
    path: Path = ("records", record.name)
    for each in record.fields:
        if each.refers_to is None:
            continue
        target = found.get(each.refers_to)
        where = (*path, "fields", each.name, "ref")
        if target is None:
            if not reader.unsure("records", each.refers_to):
                wrong = message("not-a-record", name=each.refers_to)
                reader.unknown(where, wrong, each.refers_to, found, message("known-records"))
        elif target.made and not record.made:
            wrong = message("book-ref-made", name=target.name)
            reader.report(where, "no-key", wrong, message("book-ref-made-fix"))
        elif target.key is None:
            fix = message("book-give-key", name=target.name)
            reader.report(where, "no-key", message("book-ref-no-key", name=target.name), fix)
    parent = record.field(record.parent) if record.parent else None
    if parent is not None and parent.ref != record.name:
        wrong = message("book-parent-no-tree", name=parent.name, record=record.name)
        reader.report((*path, "parent"), "not-a-reference", wrong, message("book-parent-no-tree-fix", name=record.name))
    _check_way_to_body(reader, (*path, "belongs_to"), record, found)


def _check_way_to_body(reader: Reader, path: Path, record: Record, found: dict[str, Record]) -> None:
    at: Record | None = record
    for name in record.to_body:
        if at is None:
            return
        _named(reader, path, name, {each.name: each for each in at.fields}, wants_date=False)
        to = at.field(name)
        if to is not None and to.ref is None:
            wrong = message("book-no-reference", name=to.name)
            reader.report(path, "not-a-reference", wrong, message("book-no-reference-fix"))
        at = found.get(to.ref) if to is not None and to.ref is not None else None


def _references(record: Record) -> dict[str, str]:
    return {each.name: each.ref for each in record.fields if each.ref is not None and each.ref != record.name}


def _leading(found: dict[str, Record], body_name: str | None) -> set[str]:
    """The records from which references lead to the body, itself included."""
    leading = {body_name} if body_name else set()
    before = -1
    while len(leading) != before:
        before = len(leading)
        leading |= {name for name, record in found.items() if leading & set(_references(record).values())}
    return leading


def _inferred(record: Record, leading: set[str], body_name: str | None) -> str | None:
    references = _references(record)
    direct = [name for name, target in references.items() if target == body_name]
    candidates = direct or [name for name, target in references.items() if target in leading]
    # A roll call belongs to whom it calls, where both that and the occasion lead to a body.
    return candidates[0] if len(candidates) == 1 or (candidates and record.roll_call) else None


def _reaches(name: str, found: dict[str, Record], body_name: str | None) -> bool:
    seen = set[str]()
    while name != body_name:
        record = found.get(name)
        if record is None or not record.to_body or name in seen:
            return False
        seen.add(name)
        for step in record.to_body:
            to = record.field(step) if record else None
            if to is None or to.ref is None:
                return False
            name, record = to.ref, found.get(to.ref)
    return True
