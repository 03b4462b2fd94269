"""What whoever handed in a table is told of cells at fault, walked from files to the sentence of a finding."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from checker import api
from checker.explanations import explain_rule
from checker.model.period import Period
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.for_people import write_findings
from checker.report.formats import CHECK, EXPLAIN, UNMET
from checker.report.say.message import describe
from checker.report.say.wording import Wording

RULES = """\
rulebook: gardens
title: Gardens
languages: [en, vi]
sources: {law: {title: {en: Law, vi: Luật}}}
records:
  plots:
    key: id
    fields:
      id: {}
      tenant: {}
      area: {type: integer, min: 1, max: 400}
      soil: {}
rules:
  - {id: small, title: {en: Small, vi: Nhỏ}, cites: law 1, for: plots, require: {condition: {that: area <= 300}}}
  - {id: clean, title: {en: Clean, vi: Sạch}, cites: law 2, for: plots, require: {condition: {that: not soil = 'tar'}}}
"""

Check = Callable[..., Report]


def content_of(report: Report, name: str) -> str:
    """All that a report says in a format; of a workbook the texts in it; `csv` is the list of findings."""
    if name == "csv":
        stream = io.BytesIO()
        write_findings(".csv", stream, report.findings, report.rules, report.run, report.names)
        return stream.getvalue().decode("utf-8-sig")
    if not CHECK[name].binary:
        return written(report, name)
    stream = io.BytesIO()
    CHECK[name](report, stream, Presentation())
    with zipfile.ZipFile(stream) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if "/sheet" in name)


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Checks a file of that name, with that text, by those rules."""
    monkeypatch.chdir(tmp_path)

    def check(text: str, name: str = "plots.csv", rules: str = RULES) -> Report:
        Path("rules.yaml").write_text(rules, encoding="utf-8")
        Path(name).write_text(text, encoding="utf-8")
        return api.check(name, "rules.yaml", period=Period.parse("2019"), as_of=date(2019, 12, 31))

    return check


def said(report: Report, rule: str, language: str = "en") -> list[str]:
    """The messages of what a rule violates or leaves undetermined, in the order of rows."""
    (summary,) = (each for each in report.rules if each.id == rule)
    findings = [each for each in report.findings if each.rule == rule and each.verdict is not Verdict.SATISFIED]
    findings.sort(key=lambda each: each.evidence[0].line or 0)
    return [describe(each, summary, Wording(language, report.names)) for each in findings]


def written(report: Report, form: str = "text") -> str:
    stream = io.StringIO()
    CHECK[form](report, stream, Presentation(width=200))
    return stream.getvalue()


def test_a_column_that_was_not_submitted(check: Check) -> None:
    report = check("id,tenant,area\nP1,Ann,200\n")

    assert said(report, "clean") == ["Cannot be decided: the column soil was not submitted (required: soil is not 'tar')"]
    assert said(report, "clean", "vi") == ["Chưa thể kết luận: chưa nộp cột soil (yêu cầu: soil khác 'tar')"]
    stream = io.StringIO()
    UNMET["text"](report, stream, Presentation(width=200))
    assert "Hand in     plots.csv:2: the column soil was not submitted\n" in stream.getvalue()


def test_a_column_that_references_need_was_not_submitted(check: Check) -> None:
    rules = RULES.replace("      soil: {}\n", "      soil: {}\n      next: {ref: plots}\n").replace(
        "not soil", "not next.next.soil"
    )
    told = "soil (next › next) is not known: a column that it needs was not submitted"

    for table in ("id,tenant\nP1,Ann\n", "id,next\nP1,P1\n"):
        assert said(check(table, rules=rules), "clean") == [
            f"Cannot be decided: {told} (required: soil (next › next) is not 'tar')"
        ]
    report = check("id,next,soil\nP1,P2,clay\nP2,,clay\n", rules=rules)
    assert (
        said(report, "clean")[0] == "Cannot be decided: soil (next › next) is empty (required: soil (next › next) is not 'tar')"
    )


@pytest.mark.parametrize("blank", ['""', '" "', "\u00a0"])
def test_a_blank_cell_is_an_empty_one(check: Check, blank: str) -> None:
    report = check(f"id,area,soil\nP1,200,{blank}\n")

    assert said(report, "clean") == ["Cannot be decided: soil is empty (required: soil is not 'tar')"]


class TestRowsThatCouldNotBeSplit:
    """Nothing is wrong with their cells by themselves."""

    @pytest.mark.parametrize("row", ['P1,"Ann "the" gardener",200,clay', "P1,Ann,200,clay,,x", 'P1,"Ann,200,clay'])
    def test_the_row_is_named_and_not_the_cell(self, check: Check, row: str) -> None:
        report = check(f"id,tenant,area,soil\n{row}\nP2,Bob,50,clay\n")

        told, why = "area is not known: ", "the row could not be split into cells"
        assert said(report, "records/plots/area/allowed")[0] == f"{told}{why}; see 'To correct in the file'"
        assert said(report, "records/plots/area/allowed", "vi")[0].startswith(
            "Không rõ area: không tách được dòng này thành các ô"
        )
        assert said(report, "small")[0].startswith("Cannot be decided: ")
        assert said(report, "small")[0].endswith(f"; {why} (required: area is at most 300)")
        assert "To correct in the file" in written(report)
        findings = json.loads(written(report, "json"))["findings"]
        open_ones = [each["evidence"][0] for each in findings if each["rule"] == "small" and each["verdict"] == "undetermined"]
        assert open_ones
        assert all(row["unsplit"] for row in open_ones)

    def test_so_of_a_row_that_is_no_mapping(self, check: Check) -> None:
        report = check("tables: {plots: [{id: P1, tenant: Ann, area: 2, soil: clay}, nothing]}", "sub.yaml")

        assert said(report, "records/plots/soil/allowed") == [
            "soil is not known: the row could not be split into cells; see 'To correct in the file'"
        ]

    def test_cells_of_other_rows_are_told_as_they_are(self, check: Check) -> None:
        report = check('id,tenant,area,soil\nP1,"Ann" the gardener,200,clay\nP2,Bob,500,clay\n')

        assert len(said(report, "records/plots/area/allowed")) == 2
        assert said(report, "records/plots/area/allowed")[1].startswith("area: '500' cannot be read, or is not allowed")


class TestWhatCanStandInACell:
    """It is said of a cell at fault in what people read, in the JSON report, and of the rule."""

    RULES = """\
rulebook: gardens
title: Gardens
languages: [en, vi]
sources: {law: {title: Law}}
records:
  plots:
    key: id
    fields:
      id: {}
      beds: {type: integer, min: 1}
      area: {type: number, min: 0.5, max: 400}
      let: {type: date, formats: ["%d/%m/%Y", "%d %b %y"]}
      fenced: {type: boolean}
      soil: {enum: {"Đất sét": [clay], sand: [], rất tốt: []}}
      crop: {enum: [oats, rye, wheat, barley, peas, beans, flax, hops, hemp, maize]}
rules:
  - {id: small, title: Small, cites: law 1, for: plots, require: {condition: {that: area <= 300}}}
"""

    @pytest.mark.parametrize(
        ("field", "cell", "english", "vietnamese"),
        [
            ("beds", "0", "a whole number in figures, at least 1", "số nguyên viết bằng chữ số, ít nhất 1"),
            (
                "area",
                "1e3",
                "a number in figures, with a point before decimals, between 0.5 and 400",
                "số viết bằng chữ số, dấu chấm trước phần thập phân, từ 0.5 đến 400",
            ),
            (
                "let",
                "1.4.2019",
                "a day, written as 2019-12-31 or 31/12/2019 or 31 Dec 19",
                "ngày, ghi như 2019-12-31 hoặc 31/12/2019 hoặc 31 Dec 19",
            ),
            (
                "fenced",
                "perhaps",
                "yes or no",
                "có hoặc không",
            ),
            (
                "crop",
                "?!",
                "one of 'oats', 'rye', 'wheat', 'barley', 'peas', 'beans', 'flax', 'hops' and 2 more",
                "một trong các giá trị 'oats', 'rye', 'wheat', 'barley', 'peas', 'beans', 'flax', 'hops' và 2 giá trị nữa",
            ),
        ],
    )
    def test_in_words(self, check: Check, field: str, cell: str, english: str, vietnamese: str) -> None:
        report = check(f"id,{field}\nP1,{cell}\n", rules=self.RULES)

        rule = f"records/plots/{field}/allowed"
        assert said(report, rule) == [f"{field}: '{cell}' cannot be read, or is not allowed (required: {english})"]
        assert said(report, rule, "vi") == [f"{field}: '{cell}' không đọc được hoặc không hợp lệ (yêu cầu: {vietnamese})"]

    @pytest.mark.parametrize(
        ("cell", "meant"),
        [
            ("\u00d0ất sét", "'Đất sét'? It contains U+00D0."),
            ("s\u0430nd", "'sand'? It contains U+0430."),
            ("SAND.", "'sand'?"),
            ("caly", "'clay'?"),
            ("rất tôt", "'rất tốt'?"),
        ],
    )
    def test_the_value_that_may_be_meant(self, check: Check, cell: str, meant: str) -> None:
        report = check(f"id,soil\nP1,{cell}\nP2,sand\n", rules=self.RULES)

        (message,) = said(report, "records/plots/soil/allowed")
        assert message.startswith(f"soil: '{cell}' cannot be read")
        assert message.endswith(f" (required: one of 'Đất sét', 'sand', 'rất tốt'); did you mean {meant}")

    def test_in_json(self, check: Check) -> None:
        report = check("id,area,let,soil\nP1,0,x,s\u0430nd\n", rules=self.RULES)

        found = {each["rule"]: each for each in json.loads(written(report, "json"))["findings"]}
        bounds = {
            rule: [(bound["operator"], bound["value"], bound["text"]) for bound in each["required"]]
            for rule, each in found.items()
        }
        assert bounds["records/plots/area/allowed"] == [("type", None, "number"), (">=", "0.5", "0.5"), ("<=", 400, "400")]
        assert bounds["records/plots/let/allowed"] == [
            ("type", None, "date"),
            ("as", None, "%Y-%m-%d"),
            ("as", None, "%d/%m/%Y"),
            ("as", None, "%d %b %y"),
        ]
        assert bounds["records/plots/soil/allowed"] == [
            ("type", None, "text"),
            *(("one of", None, value) for value in ("Đất sét", "sand", "rất tốt")),
        ]
        assert found["records/plots/soil/allowed"]["near"] == ["sand"]

    def test_of_the_rule(self, check: Check) -> None:
        check("id,beds\nP1,1\n", rules=self.RULES)

        rule, required = "records/plots/beds/allowed", "a whole number in figures, at least 1"
        explanation = explain_rule(rule, "rules.yaml", language="en")
        text, data = io.StringIO(), io.StringIO()
        EXPLAIN["text"](explanation, text, Presentation())
        EXPLAIN["json"](explanation, data, Presentation())
        assert f"Required  {required}\n" in text.getvalue()
        assert [bound["text"] for bound in json.loads(data.getvalue())["rule"]["accepted"]] == ["integer", "1"]


class TestRowsThatShareALine:
    """Programs write JSON on one line, and people write rows of YAML beside each other: the line does not tell the row."""

    ROWS = '{"tables": {"plots": [{"id": "P1", "area": 500, "soil": "clay"}, {"area": 600}, "x", {"id": "P4", "area": 2}]}}'

    def test_the_row_is_named_in_the_report(self, check: Check) -> None:
        text = written(check(self.ROWS, "sub.json"))

        rows = {line.strip() for line in text.splitlines() if "Row: " in line}
        begins = [self.ROWS.index(row) + 1 for row in ('{"id": "P1",', '{"area": 600', '"x"', '{"id": "P4"')]
        assert rows == {
            f"Row: sub.json:1:{self.ROWS.index('500') + 1}, row 1",
            f"Row: sub.json:1:{self.ROWS.index('600') + 1}, row 2",
            *(f"Row: sub.json:1:{begins[number - 1]}, row {number}" for number in (2, 3, 4)),
        }
        assert f"sub.json:1:{begins[2]}, row 3: this row of 'plots' is not a mapping" in text

    def test_and_in_json(self, check: Check) -> None:
        findings = json.loads(written(check(self.ROWS, "sub.json"), "json"))["findings"]

        faulty = [each["evidence"][0] for each in findings if each["rule"] == "records/plots/area/allowed"]
        assert sorted((row["line"], row["row"]) for row in faulty) == [(1, 1), (1, 2), (1, 3)]

    @pytest.mark.parametrize("name", ["text", "html", "xlsx", "json", "sarif", "markdown", "junit", "github", "oscal", "csv"])
    def test_line_column_and_row_stand_in_every_format(self, check: Check, name: str) -> None:
        """A cell is at its line and column; the number of its row is named too where others stand on its line."""
        column = self.ROWS.index("600") + 1
        beside = content_of(check(self.ROWS, "sub.json"), name)
        alone = content_of(check("tables:\n  plots:\n    - {id: P1, area: 600}\n    - {id: P2, area: 1}\n", "sub.yaml"), name)

        match name:
            case "json":
                assert re.search(rf'"line": 1, "row": 2, "column": {column}\b', beside)
                assert re.search(r'"line": 3, "row": null, "column": 22\b', alone)
            case "sarif":
                assert f'"region": {{"startLine": 1, "startColumn": {column}, ' in beside
                assert '"region": {"startLine": 3, "startColumn": 22, "endColumn": 23}' in alone
            case "github":
                assert f"file=sub.json,line=1,endLine=1,col={column},endColumn={column + 1}" in beside
                assert "file=sub.yaml,line=3,endLine=3,col=22,endColumn=23" in alone
            case _:
                assert f"sub.json:1:{column}, row 2" in beside
                assert re.search(r"sub\.yaml:3:22(?!, row)", alone)

    def test_only_where_the_line_does_not_tell_it(self, check: Check) -> None:
        report = check("tables:\n  plots:\n    - {id: P1, area: 0}\n    - {id: P2, area: 0}\n", "sub.yaml")
        assert "Row: sub.yaml:3:22\n" in written(report)

        report = check("tables: {plots: [{id: P1, area: 0},\n  {id: P2, area: 0}, {id: P3, area: 0}]}\n", "sub.yaml")
        places = {line.strip() for line in written(report).splitlines() if "Row:" in line}
        cells = {"Row: sub.yaml:1:33", "Row: sub.yaml:2:18, row 2", "Row: sub.yaml:2:37, row 3"}
        assert places == {*cells, "Row: sub.yaml:1", "Row: sub.yaml:2:3, row 2", "Row: sub.yaml:2:22, row 3"}

    def test_in_what_is_noticed_of_rows(self, check: Check) -> None:
        rules = RULES.replace("    key: id\n", "")
        report = check('{"tables": {"plots": [{"id": "P"}, {"id": "Q"}, {"id": "P"}]}}', "sub.json", rules)

        assert [str(each.place) + ": " + str(each.message) for each in report.notices if each.code == "rows-twice"] == [
            "sub.json:1:23, row 1: 2 rows of 'plots' occur more than once: rows 1 and 3"
        ]

    def test_in_vietnamese(self, check: Check) -> None:
        report = check(self.ROWS, "sub.json")

        assert "Dòng: sub.json:1:75, dòng 2\n" in written(report._replace(run=report.run._replace(language="vi")))
