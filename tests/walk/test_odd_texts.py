"""What an author or a submitter writes is never taken for a part of a query, whatever signs are in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import api
from checker.model.report import Report
from checker.request import Tuning
from checker.trials import try_cases
from tests.ways import LARGE, SMALL

TEXTS = (
    'x"s".y',
    'x"r".y $strays "s."z',
    "$ref $as_of $rule $due :ref",
    'see "t_zzz" FROM "frame" JOIN "related" "within_orgs"',
    '"t_orgs" AS "s", "rows_meetings" AS "r", "subjects_orgs" AS "s", t_orgs',
    "o''clock -- ; ' /* {} {0} {record} %s \\ \\n",
    '$x0_n $submitted_orgs "gathered_orgs" $1 ? [a] `b`',
    "'$strays'\"'",
)
PLAIN = "plain"
SIGNS = (
    *("'", "''", '"', "$", "$x0_n", "$ref", "$whose", "$strays", '"s".', '"r".', "t_orgs", '"t_x"', 'FROM "t_x"', " JOIN "),
    *("{}", "{0}", "{record}", "%s", "--", ";", "/*", "*/", "\\", "\\0", "?", "$1", ":ref", "[a]", "`", "\t", "é", "\u200b", " "),
)
HOSTILE = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map(lambda signs: f"w{''.join(signs)}w")
"""Texts of signs that are code to somebody; with letters around, since blanks around a cell are none of it."""


def book(text: str) -> dict[str, Any]:
    """A rulebook in which that text stands wherever an author can write one."""
    said = text.replace("'", "''")
    records: dict[str, Any] = {
        "orgs": {
            "key": "id",
            "label": "name",
            "title": f"Organisation {text}",
            "fields": {
                "id": {},
                "name": {"title": f"Name {text}"},
                "kind": {"enum": {f"a {text}": [f"b {text}"], "other": []}},
                "size": {"type": "integer"},
            },
        },
        "meetings": {
            "date": "held",
            "fields": {
                "org": {"ref": "orgs"},
                "held": {"type": "date", "formats": ["%d/%m/%Y"]},
                "kind": {"default": f"a {text}", "headers": [f"Kind {text}"]},
                "note": {},
            },
        },
    }
    of = {"of": "meetings", "where": f"kind = 'a {said}'"}
    require = {
        "own": {"condition": {"that": f"kind = 'a {said}' or size > 3"}},
        "like": {"condition": {"that": f"name like '%{said}%'"}},
        "parameter": {"condition": {"that": "kind = :sort"}},
        "count": {"frequency": {**of, "per": "year", "at_least": 2}},
        "term": {"coverage": {"of": "noted", "at_least": 1}},
        "share": {"share": {"of": "meetings", "that": f"kind in ('a {said}', 'other')", "per": "half", "at_least": "50%"}},
        "spaced": {"spacing": {**of, "at_most": "90d", "ends": "open"}},
        "streak": {"streak": {"of": "meetings", "that": f"kind <> 'a {said}'", "at_most": 1}},
        "each": {"condition": {"that": f"note = 'n {said}'"}},
        "latest": {"freshness": {**of, "within": "200d"}},
    }
    rules = [
        {"id": name, "title": f"Rule {text}", "cites": "law 1", "for": "orgs", "require": each, "remedy": f"Do {text}"}
        for name, each in require.items()
    ]
    rules[0]["for"] = "named"
    rules[list(require).index("each")]["for"] = "meetings"
    return {
        "rulebook": "odd",
        "title": f"Odd {text}",
        "body": "orgs",
        "sources": {"law": {"title": f"Law {text}"}},
        "parameters": {"sort": f"a {text}"},
        "records": records,
        "terms": {
            "named": {"of": "orgs", "where": f"name <> 'nobody {said}'"},
            "noted": {"of": "meetings", "where": f"note = 'n {said}'"},
        },
        "rules": rules,
        "exceptions": [
            {
                "id": "e",
                "title": f"E {text}",
                "cites": "law 2",
                "displaces": ["like"],
                "when": {"subject": f"name = 'free {said}'"},
            }
        ],
        "standings": [
            {"id": "bad", "title": f"Bad {text}", "when": {"all": [{"violated": {}}, {"subject": f"name <> 'x {said}'"}]}},
            {"id": "good"},
        ],
    }


def submission(text: str) -> dict[str, Any]:
    """Tables with that text in every cell that can have one, in keys and in the names of columns that nobody knows."""
    orgs = [
        {"id": f"A {text}", "name": f"free {text}", "kind": f"a {text}", "size": "1"},
        {"id": f"B {text}", "name": f"B {text}", "kind": f"B {text}", "size": "1"},
        {"id": f"C {text}", "name": "C", "kind": "other", "size": "9"},
        {"id": f"D {text}", "name": f"{text}", "kind": "other", "size": "1"},
    ]
    meetings = [
        {"org": f"A {text}", "held": "01/02/2019", f"Kind {text}": f"a {text}", "note": f"n {text}", f"X {text}": "1"},
        {"org": f"A {text}", "held": "2019-03-01", f"Kind {text}": f"a {text}", "note": "", f"X {text}": "1"},
        {"org": f"B {text}", "held": "2019-08-01", f"Kind {text}": f"z {text}", "note": f"n {text}", f"X {text}": text},
        {"org": f"B {text}", "held": "2019-08-02", f"Kind {text}": f"y {text}", "note": f"{text}", f"X {text}": text},
        {"org": f"C {text}", "held": f"{text}", f"Kind {text}": "", "note": f"n {text}", f"X {text}": "1"},
        {"org": "", "held": "2019-12-01", f"Kind {text}": f"a {text}", "note": "", f"X {text}": "1"},
    ]
    return {"submission": {}, "tables": {"orgs": orgs, "meetings": meetings}}


def told(report: Report, text: str) -> Iterator[object]:
    """All that a report says, with a plain word for the text."""
    for each in report.findings:
        evidence = tuple((row.role, row.line, row.values) for row in each.evidence)
        # The digest is of the text itself.
        subject = tuple(each.subject._replace(digest=None))
        said = (each.rule, subject, each.window, each.verdict, each.measured, each.reason, evidence, each.evidence_left_out)
        yield plainly(said, text)
    for standing in report.standings:
        yield plainly((standing.subject.id, standing.standing, standing.violated), text)
    yield [(rule.id, rule.counts) for rule in report.rules]


def plainly(value: object, text: str) -> object:
    """The same with a plain word for that text."""
    if isinstance(value, tuple):
        return tuple(plainly(each, text) for each in value)
    return value.replace(text, PLAIN) if type(value) is str else value


def judged(folder: Path, text: str, tuning: Tuning) -> list[object]:
    """What is said of the submission with that text."""
    rules, records = folder / "odd.yaml", folder / "sub.json"
    rules.write_text(yaml.safe_dump(book(text), allow_unicode=True, sort_keys=False), encoding="utf-8")
    records.write_text(json.dumps(submission(text), ensure_ascii=False), encoding="utf-8")
    return list(told(api.check(records, rules, period="2019", as_of="2019-12-31", tuning=tuning), text))


@pytest.mark.parametrize("tuning", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("text", TEXTS)
def test_odd_texts_are_judged_as_plain_ones(tmp_path: Path, text: str, tuning: Tuning) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "even").mkdir()
    expected = judged(tmp_path / "even", PLAIN, tuning)
    assert judged(tmp_path / "odd", text, tuning) == expected


@pytest.mark.parametrize("tuning", [SMALL, LARGE], ids=["small", "large"])
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_any_text_is_judged_as_a_plain_one(tmp_path_factory: pytest.TempPathFactory, text: str, tuning: Tuning) -> None:
    folder = tmp_path_factory.mktemp("odd")
    assert judged(folder, text, tuning) == judged(tmp_path_factory.mktemp("even"), PLAIN, tuning)


def cases(text: str, expected: dict[str, str]) -> list[dict[str, Any]]:
    """A case with that text, and what is expected of its subjects."""
    names = {f"Kind {text}": "kind"}
    tables = {
        name: [{names.get(column, column): cell for column, cell in row.items() if column != f"X {text}"} for row in rows]
        for name, rows in submission(text)["tables"].items()
    }
    stated = {f"{key} {text}": said for key, said in expected.items()}
    return [{"name": f"all {text}", "period": 2019, "tables": tables, "expect": stated}]


def tried(folder: Path, text: str) -> list[object]:
    """What is found in cases with that text, some of which are not as stated."""
    (folder / "odd" / "cases").mkdir(parents=True)
    files = {
        "rules.yaml": book(text),
        "cases/own.yaml": cases(text, {"B": "violated", "C": "violated"}),
        "cases/count.yaml": cases(text, {"A": "undetermined", "C": "violated"}),
    }
    for name, said in files.items():
        (folder / "odd" / name).write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    found = try_cases(str(folder / "odd")).trials
    return [plainly((each.case.name, *((one.found, one.message) for one in each.failures)), text) for each in found]


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE)
def test_cases_with_any_text_are_tried_as_plain_ones(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    expected = tried(tmp_path_factory.mktemp("even"), PLAIN)
    assert [len(each) for each in expected if isinstance(each, tuple)] == [2, 3]
    assert tried(tmp_path_factory.mktemp("odd"), text) == expected
