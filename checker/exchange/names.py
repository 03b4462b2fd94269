"""Names of sheets and headers of columns that people read, and by which the program finds them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.display_width import visible
from checker.errors import Problem, UsageError
from checker.model.blanks import bare, fold
from checker.model.schema import Field, Record
from checker.records.form_sheets import MOST, OWN, is_own, own_name, sheet_name
from checker.records.manifest import SHEETS
from checker.records.matching import Named, Names
from checker.report.say.wording import Wording
from checker.words.catalogue import FALLBACK
from checker.words.message import message


class SheetNames:
    """The names of the sheets of a form: of its records, and of what it says besides. No two are alike."""

    def __init__(self, records: Iterable[Record], wording: Wording) -> None:
        records = list(records)
        known = Names(records, sheet_name)
        self._of_records = {record.name: _of_record(record, known, wording.language) for record in records}
        self._own = {key: own_name(key) if known.match(wording(key)) else wording(key) for key in OWN}

    def of(self, record: Record) -> str:
        """The name of the sheet of a record."""
        return self._of_records[record.name]

    def own(self, key: str) -> str:
        """The name of a sheet of the form itself, by the key of its text."""
        return self._own[key]


def header_of(field: Field, names: Names, language: str) -> str:
    """The header of a column: its title in that language, or what else it is known by."""
    return next(each for each in _candidates(field, language) if _shown(each) and names.match(each) == field.name)


def _of_record(record: Record, known: Names, language: str) -> str:
    for each in _candidates(record, language):
        name = sheet_name(each)
        right = _shown(name) and known.match(name) == record.name
        if right and fold(name) not in SHEETS and not is_own(name):
            return name
    wrong = message("no-sheet-name", record=record.name)
    raise UsageError(Problem("no-sheet-name", wrong, message("no-sheet-name-fix", n=MOST)))


def _shown(name: str) -> bool:
    """Whether a cell, or the tab of a sheet, can show it as it is."""
    return bool(bare(name)) and visible(name) == name


def _candidates(thing: Named, language: str) -> Iterator[str]:
    """All that it is known by, the best first; neither white space nor capitals matter in it.

    Where nobody gave it a title it has its name in rules for one, which is English.
    """
    title, named = thing.title.in_(language), thing.name.replace("_", " ")
    given = fold(title) != fold(named)
    texts = (title, *thing.headers) if given or language == FALLBACK else (*thing.headers, title)
    for text in (*texts, *(text for _, text in thing.title.variants), named):
        line = " ".join(text.split())
        yield line[:1].upper() + line[1:] if line == named else line
    yield thing.name
