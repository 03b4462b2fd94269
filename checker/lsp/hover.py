"""What is said of a name where the pointer rests on it: its title, its clause, and what it demands in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.lsp.names import Kind, Name
from checker.plan.stating.sentences import restate

if TYPE_CHECKING:
    from checker.model.schema import Field
    from checker.model.words import Text
    from checker.rules.rulebook import Rule, Rulebook


def said_of(name: Name, book: Rulebook | None) -> str:
    """What is said of that name, as Markdown; of what could not be read, what kind of thing it is."""
    head = f"{name.kind} `{name.record}.{name.name}`" if name.record else f"{name.kind} `{name.name}`"
    return "\n\n".join([head, *(_said(name, book) if book is not None else ())])


def _said(name: Name, book: Rulebook) -> Iterator[str]:
    match name.kind:
        case Kind.RULE:
            yield from (part for rule in book.rules if rule.id == name.name for part in _of_rule(rule, book))
        case Kind.RECORD if name.name in book.records:
            record = book.records[name.name]
            yield _titles(record.title)
            yield ", ".join(f"`{each.name}`" for each in record.fields)
        case Kind.FIELD if (field := _field(name, book)) is not None:
            yield from _of_field(field, book)
        case Kind.TERM if name.name in book.terms:
            term = book.terms[name.name]
            yield _titles(term.title)
            yield f"`{term.of}`" + (f" where `{' '.join(term.where.text.split())}`" if term.where else "")
        case Kind.PARAMETER if name.name in book.parameters:
            values = book.parameters[name.name].values
            yield "\n".join(f"- {_since(each.first)}{each.text}{_cited(each.cites, book)}" for each in values)
        case Kind.SOURCE if name.name in book.sources:
            source = book.sources[name.name]
            yield _titles(source.title)
            yield from (str(each) for each in (source.issued, source.url) if each)
        case Kind.EXCEPTION:
            for exception in (each for each in book.exceptions if each.id == name.name):
                yield _titles(exception.title)
                yield _clauses(exception.cites, book)
                yield f"`{' '.join(exception.when.text.split())}`"
        case Kind.STANDING:
            yield from (_titles(each.title) for each in book.standings if each.id == name.name)


def _of_rule(rule: Rule, book: Rulebook) -> Iterator[str]:
    yield _titles(rule.title)
    yield _clauses(rule.cites, book)
    yield from (f"> {text}" for _, text in restate(book, rule).variants)
    yield f"_{rule.severity}_"


def _field(name: Name, book: Rulebook) -> Field | None:
    record = book.records.get(name.record)
    return None if record is None else record.field(name.name)


def _of_field(field: Field, book: Rulebook) -> Iterator[str]:
    yield _titles(field.title)
    yield f"_{field.type}{', required' if field.required else ''}_" + (f" → `{field.refers_to}`" if field.refers_to else "")
    words = dict(field.words)
    if field.enum:
        called = ((value, words.get(value)) for value, _ in field.enum)
        yield "\n".join(f"- `{value}`" + (f" {text.in_(book.languages[0])}" if text else "") for value, text in called)


def _titles(title: Text) -> str:
    """A title in each language in which it is said."""
    return "\n".join(f"**{text}**  " for _, text in title.variants)


def _clauses(cites: tuple[str, ...], book: Rulebook) -> str:
    return "\n".join(f"- {cite}{_cited(cite, book)}" for cite in cites)


def _cited(cite: str | None, book: Rulebook) -> str:
    """The title of the source that a citation names."""
    source = book.sources.get((cite or "").split(" ")[0])
    return f" ({source.title.in_(book.languages[0])})" if source is not None else ""


def _since(first: object) -> str:
    return f"{first}: " if first is not None else ""
