"""YAML and JSON files: every scalar stays the text that is written, every row knows its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from checker.records.opening import open_submission
from tests.records.conftest import RECORDS

Write = Callable[[Mapping[str, str | bytes]], Path]
Told = Callable[[Path], list[str]]

YAML = """\
submission: {period: 2019, as_of: 2019-06-30}
tables:
  meetings:
    - {id: 007, held_on: 2019-01-02, present: 1.50}
    - id: no
      extra: {a: [1, true]}
    - {id: "", held_on: ~, present: null}
    - just text
  Members: []
"""
JSON = """\
{"submission": {"period": 2019, "as_of": "2019-06-30"},
 "tables": {
  "meetings": [
   {"id": "007", "held_on": "2019-01-02", "present": 1.50}, {"id": "no",
    "extra": {"a": [1, true]}},
   {"id": "", "held_on": null, "present": null},

   "just text"],
  "Members": []}}
"""


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [("in.yaml", YAML, ("4", "5", "7", "8", "3:3")), ("in.json", JSON, ("4", "4", "6", "8", "3"))],
)
def test_what_is_read(write: Write, told: Told, name: str, content: str, lines: tuple[str, ...]) -> None:
    path = write({name: content}) / name

    assert told(path) == [
        f"meetings in/{name}: 1:id=id 2:held_on=held_on 3:present=present 4:extra=-",
        f"{lines[0]}: 007 | 2019-01-02 | 1.50 | -",
        f'{lines[1]}: no | - | - | ?{{"a": ["1", "true"]}}',
        f"{lines[3]}: ?just text | ?just text | ?just text | ?just text",
        f"members in/{name}: 1:id=id",
        f"problem in/{name}:{lines[3]} not-a-mapping",
        f"notice in/{name}:{lines[4]} unknown-column",
    ]
    manifest = open_submission(path).manifest
    assert manifest.period is not None
    assert (manifest.period.label, str(manifest.as_of)) == ("2019", "2019-06-30")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '{"tables": {"members": [{"id": true}, {"id": -1e3}]}}',
            ["members in/in.json: 1:id=id", "1: true", "1: -1e3"],
        ),
        (
            '{"tables": {"members": [{"name": "x"}]}}',
            [
                "problem in/in.json:1 no-known-column",
                "notice in/in.json:1 unknown-column",
                "unreadable members in/in.json:1",
            ],
        ),
        ('{"tables": {"members": {"id": 1}}}', ["problem in/in.json:1 not-a-list", "unreadable members in/in.json:1"]),
        (
            '{"tables": {"members": [], "meeting": [{"id": 1}], "MEMBERS": []}}',
            [
                "problem in/in.json:1 duplicate-table",
                "notice in/in.json:1 unknown-table",
                "unreadable members in/in.json:1",
            ],
        ),
    ],
)
def test_odd_tables(write: Write, told: Told, content: str, expected: list[str]) -> None:
    assert told(write({"in.json": content}) / "in.json") == expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", "{", "a.json:1:2: this is not JSON: a key in double quotes was expected [broken-json]"),
        ("a.json", '{"tables": [}', "a.json:1:13: this is not JSON: a value was expected [broken-json]"),
        ("a.json", '{"tables": {"t": [1,\n 2', "a.json:2:3: this is not JSON: ']' was expected [broken-json]"),
        (
            "a.json",
            '{"tables": {}} x',
            "a.json:1:16: this is not JSON: there is something after the end of the value [broken-json]",
        ),
        (
            "a.json",
            '{"tables": {"t": [{"a": 1, "a": 2}]}}',
            "a.json:1:19: this is not JSON: 'a' is given twice in one object [broken-json]",
        ),
        (
            "a.json",
            '{"tables": {"t": [], "t": []}}',
            "a.json:1:25: this is not JSON: 't' is given twice in one object [broken-json]",
        ),
        (
            "a.json",
            '{"tables": {"t": ' + "[" * 100_000,
            "a.json:1:19: this is not JSON: values are nested too deep [broken-json]",
        ),
        (
            "a.json",
            '{"tables": {"t": [{"a": "\\ud800"}]}}',
            "a.json:1:19: this is not JSON: a text holds half a character, such as \\ud800 [broken-json]",
        ),
        ("a.json", b'{"\xff": 1}', "a.json: the file is not UTF-8"),
        ("a.json", "7", "a.json:1: the file is not a mapping [not-a-mapping]"),
        ("a.json", '{"submission": {}}', "a.json:1: there are no tables in the file [no-table]"),
        ("a.json", '{"tabels": {"t": []}}', "a.json:1: 'tabels' is no part of a submission [unknown-key]"),
        ("a.yaml", "tables: 'x", "a.yaml:1:9: the quotation mark that opens here is never closed [unclosed-quote]"),
        ("a.yaml", "submission: [x]\ntables: {t: []}", "a.yaml:1:1: 'submission' is not a mapping [not-a-mapping]"),
        (
            "a.yaml",
            "submission: {title: [x]}\ntables: {t: []}",
            "a.yaml:1:14: 'title' is not a plain value [not-a-value]",
        ),
        ("a.yaml", "submission: {}\ntables:\n  - t", "a.yaml:2:1: 'tables' is not a mapping [not-a-mapping]"),
    ],
)
def test_files_that_are_refused(write: Write, refused: Told, name: str, content: str | bytes, expected: str) -> None:
    (line,) = refused(write({name: content}) / name)

    assert line.removeprefix("in/").startswith(expected)


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        (
            "in.yaml",
            "tables:\n  meetings:\n  - id: 7\n    present: 3\n  - {}\n  - {present: 4, id: 8}\n",
            ["3:9", "4:14", "6:22", "6:15"],
        ),
        (
            "in.json",
            '{"tables": {"meetings": [\n {"id": "7",\n  "present": 3}, {},\n {"present": {"id": 0}, "id": "8"}]}}',
            ["2:9", "3:14", "4:31", "4:14"],
        ),
        ("in.json", '{"tables":{"meetings":[{"id":7,"present":3},{"present":4,"id":8}]}}', ["1:30", "1:42", "1:63", "1:56"]),
    ],
)
def test_a_cell_has_a_line_and_a_column(write: Write, name: str, content: str, places: list[str]) -> None:
    (table,) = open_submission(write({name: content}) / name).tables(RECORDS).tables
    cells = [(1, "id"), (1, "present"), (2, "id"), (2, "present")]
    found = [table.place(row, field) for row, field in cells]
    assert [f"{place.line}:{place.column}" for place in found] == places


def test_rows_on_one_line_have_a_number_too(write: Write) -> None:
    content = '{"tables":{"meetings":[{"id":7},{"id":8}]}}'
    (table,) = open_submission(write({"in.json": content}) / "in.json").tables(RECORDS).tables
    assert str(table.place(2, "id")) == "in/in.json:1:39, row 2"


def test_one_row_a_line(write: Write, told: Told) -> None:
    path = write({"members.ndjson": '{"id": "a"}\n\n{"id": 7.0, "more": null}\n{"id": ""}\n{"id": {"b": 1}}\n'})
    assert told(path) == [
        "members in/members.ndjson: 1:id=id 2:more=-",
        "1: a | -",
        "3: 7.0 | -",
        '5: ?{"b": "1"} | -',
        "notice in/members.ndjson unknown-column",
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [("", "the file is empty"), ('{"id": 1} {"id": 2}', "after the value on its line"), ('{"id": 1}\n{"id": ', "in.ndjson:2:8")],
)
def test_rows_that_are_not_one_a_line(write: Write, refused: Told, content: str, what: str) -> None:
    (problem,) = refused(write({"in.ndjson": content}) / "in.ndjson")
    assert what in problem
