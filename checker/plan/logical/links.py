"""How the related rows of a rule find its subject: from `by`, `via` and the declared references (docs/meaning.md, section 5)."""

from __future__ import annotations

from checker.forms.base import Related
from checker.model.schema import SUBMISSION, Field, FieldType, Record
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.related_rows import Link, Pair
from checker.plan.logical.rows import Path
from checker.rules.derivations import PARTS, parted
from checker.words.message import message

_NUMERIC = frozenset({FieldType.INTEGER, FieldType.NUMBER})


def link_of(site: RuleSite) -> Link:
    """How the related rows find the subject, from `by`, `via` and the declared references."""
    form, related, subject = site.form, site.related.record, site.subject.record
    if not isinstance(form, Related):
        raise TypeError(site.rule.id)
    pairs = _pairs(site) or _made_of(site)
    if pairs and (form.via is None or len(pairs) > 1 or any(len(path) > 1 for pair in pairs for path in (pair.theirs, pair.its))):
        if form.via is not None:
            raise site.wrong("via", "several-pairs", message("plan-via-pairs"), message("plan-via-pairs-fix"))
        return Link(pairs[0], pairs[1:])
    near, far = (pairs[0].its[0], pairs[0].theirs[0]) if pairs else (subject.key, None)
    if near is None:
        raise site.wrong("by", "no-key", message("plan-no-key", name=subject.name), message("plan-no-key-fix"))
    target = subject if near == subject.key else _referred(site, subject, near)
    if form.via is not None:
        return _climbing(site, target, near, far)
    return Link(Pair((_only_reference(site, related, target),), (near,)))


def _pairs(site: RuleSite) -> tuple[Pair, ...]:
    """The pairs that `by` names; of a text alone, that of the path and the subject's key. Raises RulesError."""
    by, subject = site.form.by if isinstance(site.form, Related) else None, site.subject.record
    if by is not None and subject.name == SUBMISSION:
        raise site.wrong("by", "no-key", message("plan-whole-submission"), message("plan-whole-submission-fix"))
    if isinstance(by, str):
        if subject.key is None:
            fix = message("plan-no-key-pair-fix")
            raise site.wrong("by", "no-key", message("plan-no-key", name=subject.name), fix)
        by = {by: subject.key}
    return tuple(_pair(site, theirs, its) for theirs, its in (by or {}).items())


def _made_of(site: RuleSite) -> tuple[Pair, ...]:
    """The pairs by which the rows of which a subject was made are its own; all are the whole submission's."""
    made, form = site.subject.record.derivation, site.form
    if made is None or not isinstance(form, Related) or form.via is not None:
        return ()
    if not made.record:
        return (Pair((), ()),)
    if made.record != site.related.record.name:
        return ()
    if listed := [each.name for each in made.columns if site.related.field(each.path).separators]:
        wrong = message("plan-by-a-list", name=listed[0])
        raise site.wrong("of", "a-list", wrong, message("plan-by-a-list-fix", name=listed[0], record=made.record))
    return tuple(Pair(each.path, (each.name,), each.part) for each in made.columns)


def _pair(site: RuleSite, theirs: str, its: str) -> Pair:
    written, part = parted(theirs)
    one, other = _end(site, site.related.record, written), _end(site, site.subject.record, tuple(its.split(".")))
    if part and one[1] is FieldType.DATE:
        one = (one[0], PARTS[part])
    elif part:
        wrong = message("derive-no-part", name=".".join(written), type=one[1], part=part)
        raise site.wrong("by", "wrong-type", wrong, message("book-name-a-date-field"))
    if one[1] is not other[1] and not {one[1], other[1]} <= _NUMERIC:
        wrong = message("plan-never-equal", theirs=theirs, kind=one[1], its=its, other=other[1])
        raise site.wrong("by", "wrong-type", wrong, message("plan-never-equal-fix"))
    return Pair(one[0], other[0], part)


def _end(site: RuleSite, record: Record, path: Path) -> tuple[Path, FieldType]:
    """The path that is written, and the type of what stands at its end. Raises RulesError."""
    for name in path[:-1]:
        declared = _declared(site, record, name)
        if declared.ref is None:
            fix = message("expr-not-a-reference-fix", name=name)
            raise site.wrong("by", "not-a-reference", message("plan-not-a-reference", name=name, record=record.name), fix)
        record = site.book.records[declared.ref]
    end = _declared(site, record, path[-1])
    if end.separators:
        wrong = message("plan-by-a-list", name=end.name)
        raise site.wrong("by", "a-list", wrong, message("plan-by-a-list-fix", name=end.name, record=record.name))
    return path, end.type


def _declared(site: RuleSite, record: Record, name: str) -> Field:
    declared = record.field(name)
    if declared is None:
        fix = message("name-one-of", known=", ".join(each.name for each in record.fields))
        raise site.wrong("by", "unknown-field", message("not-a-field-of", field=name, record=record.name), fix)
    return declared


def _referred(site: RuleSite, record: Record, field: str) -> Record | None:
    declared = record.field(field)
    return site.book.records[declared.ref] if declared is not None and declared.ref is not None else None


def _only_reference(site: RuleSite, related: Record, target: Record | None) -> str:
    found = [field.name for field in related.fields if target is not None and field.ref == target.name]
    if len(found) == 1:
        return found[0]
    name = target.name if target is not None else site.subject.record.name
    listed = [field.name for field in related.fields if target is not None and field.elements_of == target.name]
    if not found and listed:
        wrong = message("plan-by-a-list", name=listed[0])
        raise site.wrong("of", "a-list", wrong, message("plan-by-a-list-fix", name=listed[0], record=related.name))
    if not found:
        raise site.wrong(
            "of",
            "no-reference",
            message("plan-no-reference", name=related.name, target=name),
            message("plan-no-reference-fix", name=name),
        )
    raise site.wrong(
        "of",
        "several-references",
        message("plan-several-references", n=len(found), name=related.name, target=name, fields=", ".join(found)),
        message("plan-several-references-fix"),
    )


def _climbing(site: RuleSite, target: Record | None, near: str, far: str | None) -> Link:
    """A link through the tree: to the parent of what the related row refers to, or to any ancestor of that parent."""
    form, related = site.form, site.related.record
    if target is None or target.parent is None:
        raise site.wrong("via", "no-tree", message("plan-no-tree"), message("plan-no-tree-fix"))
    if related.name == target.name and far is None:
        path: tuple[str, ...] = (target.parent,)
    else:
        reference = far or _only_reference(site, related, target)
        path = (target.parent,) if related.name == target.name and reference == target.parent else (reference, target.parent)
    tree = target.name if isinstance(form, Related) and form.via == "descendants" else None
    return Link(Pair(path, (near,)), tree=tree)
