"""Reads a YAML file, all of whose scalars stay the text that is written."""

from __future__ import annotations

from pathlib import Path

from checker.errors import RecordsError
from checker.files import regular_bytes
from checker.records.limits import require_text_size
from checker.records.readers.protocol import Contents, Document, Means
from checker.records.readers.tree import Marks, Tree, contents
from checker.yaml_tree import Document as YamlDocument
from checker.yaml_tree import YamlError, load


def read(document: Document, means: Means) -> Contents:
    """The manifest and the tables of a YAML file."""
    require_text_size(document.path, means.limits, document.shown)
    return contents(tree(document.path, document.shown, means.limits.text), document)


def tree(file: Path, shown: str, most: int) -> Tree:
    """Reads a YAML file of at most so many bytes. Raises RecordsError."""
    try:
        document = load(file, shown, most)
    except YamlError as error:
        if error.problems[0].code != "not-utf-8":
            raise RecordsError(*error.problems) from error
        from checker.records.readers.legacy import with_advice  # noqa: PLC0415 -- few files need it

        raise RecordsError(with_advice(error.problems[0], regular_bytes(file, most))) from error
    return Tree(document.value, lambda path: document.places[path], lambda name: _marks(document, name))


def _marks(document: YamlDocument, name: str) -> Marks:
    way = ("tables", name) if name else ()
    rows: object = document.value
    for step in way:
        rows = rows.get(step) if isinstance(rows, dict) else None
    if not isinstance(rows, list):
        return Marks()

    def cell(row: int, key: str | None) -> tuple[int, int] | None:
        try:
            place = document.value_places[(*way, row) if key is None else (*way, row, key)]
        except KeyError:
            return None
        return place.line or 1, place.column or 1

    return Marks([document.places[*way, index].line or 1 for index in range(len(rows))], cell)
