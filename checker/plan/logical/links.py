"""How the related rows of a rule find its subject: from `by`, `via` and the declared references (docs/meaning.md, section 5)."""

from __future__ import annotations

from checker.forms.base import Related
from checker.model.schema import Record
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.related_rows import Link


def link_of(site: RuleSite) -> Link:
    """How the related rows find the subject, from `by`, `via` and the declared references."""
    form, related, subject = site.form, site.related.record, site.subject.record
    if not isinstance(form, Related):
        raise TypeError(site.rule.id)
    near, far = subject.key, form.by if isinstance(form.by, str) else None
    if isinstance(form.by, dict):
        if len(form.by) != 1:
            raise site.wrong(
                "by",
                "one-pair",
                "'by' maps exactly one field",
                "Write by: {field of the related row: field of the subject}.",
            )
        ((far, near),) = form.by.items()
    if near is None or subject.field(near) is None:
        raise site.wrong(
            "by",
            "no-key",
            f"'{subject.name}' has no field '{near or 'key'}' to refer to",
            "Declare its key, or name a field.",
        )
    target = subject if near == subject.key else _referred(site, subject, near)
    for name in (far,) if far is not None else ():
        if related.field(name) is None:
            raise site.wrong(
                "by",
                "unknown-field",
                f"'{name}' is not a field of '{related.name}'",
                f"Name one of: {', '.join(f.name for f in related.fields)}.",
            )
    if form.via is not None:
        return _climbing(site, target, near, far)
    if far is None:
        far = _only_reference(site, related, target)
    return Link((far,), near)


def _referred(site: RuleSite, record: Record, field: str) -> Record | None:
    declared = record.field(field)
    return site.book.records[declared.ref] if declared is not None and declared.ref is not None else None


def _only_reference(site: RuleSite, related: Record, target: Record | None) -> str:
    found = [field.name for field in related.fields if target is not None and field.ref == target.name]
    if len(found) == 1:
        return found[0]
    name = target.name if target is not None else "the subject"
    if not found:
        raise site.wrong(
            "of",
            "no-reference",
            f"no field of '{related.name}' refers to '{name}'",
            f"Give one 'ref: {name}', or say 'by: {{field: field}}'.",
        )
    raise site.wrong(
        "of",
        "several-references",
        f"{len(found)} fields of '{related.name}' refer to '{name}': {', '.join(found)}",
        "Say which with 'by'.",
    )


def _climbing(site: RuleSite, target: Record | None, near: str, far: str | None) -> Link:
    """A link through the tree: to the parent of what the related row refers to, or to any ancestor of that parent."""
    form, related = site.form, site.related.record
    if target is None or target.parent is None:
        raise site.wrong("via", "no-tree", "'via' needs subjects in a tree", "Declare 'parent' in the record of the subjects.")
    if related.name == target.name and far is None:
        path: tuple[str, ...] = (target.parent,)
    else:
        reference = far or _only_reference(site, related, target)
        path = (target.parent,) if related.name == target.name and reference == target.parent else (reference, target.parent)
    tree = target.name if isinstance(form, Related) and form.via == "descendants" else None
    return Link(path, near, tree)
