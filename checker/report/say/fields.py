"""Says fields and records: by their titles, and where a file calls a column otherwise, by its header as well."""

from __future__ import annotations

from checker.model.report import Conflict
from checker.model.schema import Field
from checker.model.words import Text
from checker.report.grouping import subject_text
from checker.report.say.wording import Wording


def field_text(record: str, path: str, wording: Wording, *, to_find: bool = False) -> str:
    """The title of a field; of one that references lead to, with the titles of these: `Level (Organisation)`.

    The header of its column is named where it is neither the name nor a title of the field, and, of a column that somebody
    has to find in the file, where it is not the title that is shown.
    """
    along = wording.names.along(record, path)
    if not along:
        return path
    *references, (of, last) = along
    title = _title(last, wording)
    said = f"{title} ({' › '.join(_title(each, wording) for _, each in references)})" if references else title
    header = wording.names.headers.get((of.name, last.name))
    known = (title,) if to_find else (last.name, *(text for _, text in last.title.variants))
    if header is None or _folded(header) in map(_folded, known):
        return said
    return wording("field-in-file", field=said, header=header)


def record_text(record: str, wording: Wording) -> str:
    """The title of a record."""
    found = wording.names.records.get(record)
    return record if found is None else found.title.in_(wording.language) or record


def titled(name: str, wording: Wording) -> str:
    """The title of a rule or an exception, with its id, by which it is found."""
    title = wording.names.titles.get(name, Text()).in_(wording.language)
    return f"{title} ({name})" if title and title != name else name


def title_of(name: str, wording: Wording) -> str:
    """The title of a rule or an exception alone; its id, if it has none."""
    return wording.names.titles.get(name, Text()).in_(wording.language) or name


def conflict_text(conflict: Conflict, wording: Wording) -> str:
    """Which exceptions displace a rule differently, and for whom."""
    exceptions = ", ".join(titled(each, wording) for each in conflict.exceptions)
    return wording(
        "conflict-of", rule=titled(conflict.rule, wording), subject=subject_text(conflict.subject), exceptions=exceptions
    )


def _title(field: Field, wording: Wording) -> str:
    return field.title.in_(wording.language) or field.name


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())
