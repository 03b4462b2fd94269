"""Whole reports, compared with stored ones (`pytest --snapshot-update` renews them)."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module

import pytest
from syrupy.assertion import SnapshotAssertion

from checker.display_width import text_width
from checker.errors import Problem
from checker.model.report import Report
from checker.model.words import Severity, Verdict
from checker.report import Presentation
from checker.report.formats import CHECK, FORMATS, UNMET, Writer
from tests.report.fixture import report
from tests.said import just

LAYOUT = Presentation()


def written(formats: Mapping[str, Writer[Report]], name: str, what: Report, presentation: Presentation = LAYOUT) -> str:
    stream = io.StringIO()
    formats[name](what, stream, presentation)
    return stream.getvalue()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", [name for name, writer in CHECK.items() if not writer.binary])
def test_whole_report(name: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert written(CHECK, name, report(language)) == snapshot


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", [name for name, writer in UNMET.items() if not writer.binary])
def test_what_is_unmet(name: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert written(UNMET, name, report(language)) == snapshot


def test_summary_alone(snapshot: SnapshotAssertion) -> None:
    assert written(CHECK, "text", report(), Presentation(brief=True)) == snapshot


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Counted but not listed: violated 20; --max-findings all lists them."),
        ("vi", "Được đếm nhưng không liệt kê: vi phạm 20; --max-findings all liệt kê hết."),
    ],
)
def test_what_of_the_listed_verdicts_is_left_out_is_told(language: str, says: str) -> None:
    cut = report(language)._replace(left_out=((Verdict.SATISFIED, 489), (Verdict.VIOLATED, 20)))
    for formats in (CHECK, UNMET):
        text = written(formats, "text", cut)
        assert says in text.splitlines()
        assert "489" not in text


@pytest.mark.parametrize("formats", [CHECK, UNMET], ids=["check", "unmet"])
@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_text_fits_its_width(formats: Mapping[str, Writer[Report]], width: int, language: str) -> None:
    lines = written(formats, "text", report(language), Presentation(width=width)).splitlines()
    assert max(map(text_width, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_colour_changes_nothing_but_colour() -> None:
    plain = written(CHECK, "text", report())
    coloured = written(CHECK, "text", report(), Presentation(colour=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert coloured != plain


@pytest.mark.parametrize("formats", [CHECK, UNMET], ids=["check", "unmet"])
def test_the_order_of_findings_does_not_matter_to_text(formats: Mapping[str, Writer[Report]]) -> None:
    shuffled = report()._replace(findings=tuple(reversed(report().findings)))
    assert written(formats, "text", shuffled) == written(formats, "text", report())


def test_json_is_one_exact_object() -> None:
    text = written(CHECK, "json", report())
    found = json.loads(text, parse_float=pytest.fail)
    assert list(found) == [
        "format",
        "version",
        "run",
        "exit_code",
        "narrowed",
        "counts",
        "causes",
        "findings",
        "missing",
        "corrections",
        "settling",
        "settling_of",
        "rules",
        "indicators",
        "standings",
        "accounts",
        "conflicts",
        "problems",
        "notices",
        "sources",
        "left_out",
        "standings_left_out",
        "waivers",
        "previous",
        "baseline",
    ]
    assert len(found["findings"]) == len(report().findings)
    assert text.endswith("}\n")
    assert "Đảng bộ" in text
    attendance = next(item for item in found["findings"] if item["rule"] == "attendance")
    assert (attendance["measured"]["low"], attendance["measured"]["ratio"]) == (849999, "0.849999")
    assert attendance["required"][0] == {
        "operator": ">",
        "value": "0.85",
        "text": ":cell_attendance",
        "approximate": None,
        "rounded": None,
    }


def test_data_cannot_steer_the_terminal() -> None:
    first, *others = report().findings
    name = "\x1b[2Jgone\nVIOLATED\u202e"
    evil = first._replace(subject=first.subject._replace(name=name, path=(("W01", name),)))
    text = written(CHECK, "text", report()._replace(findings=(evil, *others)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[2Jgone VIOLATED\\u202e (W01)" in text


def test_unknown_language_is_english() -> None:
    assert "Compliance report" in written(CHECK, "text", report("fr"))


def test_nothing_judged_says_so() -> None:
    run = report().run
    empty = Report(run=run, findings=(), rules=())
    assert written(CHECK, "text", empty).endswith("nothing was checked.\n")
    assert "Nothing was judged" in written(UNMET, "text", empty)
    assert json.loads(written(CHECK, "json", empty))["findings"] == []


def test_nothing_unmet_says_so() -> None:
    rules = tuple(rule._replace(counts=((Verdict.SATISFIED, 1),)) for rule in report().rules)
    clean = report()._replace(findings=(), rules=rules)
    assert "Nothing is unmet" in written(UNMET, "text", clean)
    assert "Nothing is violated, and nothing is undetermined." in written(CHECK, "text", clean)
    assert written(CHECK, "text", clean).endswith("Exit code 0: all that was due is decided, and nothing is violated.\n")


@pytest.mark.parametrize(
    ("presentation", "last"),
    [
        (Presentation(), "Exit code 1: something is violated."),
        (Presentation(fail_on=Severity.MAJOR), "Exit code 1: something major or more serious is violated."),
    ],
)
def test_last_line_is_the_exit_code(presentation: Presentation, last: str) -> None:
    assert written(CHECK, "text", report(), presentation).splitlines()[-1] == last


def test_problems_are_shown_even_in_short() -> None:
    broken = report()._replace(problems=(Problem("unreadable", just("the sheet is damaged"), just("Save it again.")),))
    for presentation in (Presentation(), Presentation(brief=True)):
        text = written(CHECK, "text", broken, presentation)
        assert "the sheet is damaged [unreadable]\n  Save it again." in text
        assert "Exit code 2" in text.splitlines()[-1]


@pytest.mark.parametrize("result", ["check", "unmet", "explain", "lint", "mutants"])
def test_every_line_of_the_registry_leads_to_a_writer(result: str) -> None:
    for name, format_ in FORMATS.items():
        module = getattr(format_, result)
        if module is not None:
            assert callable(import_module(f"checker.{module}").write), name


def test_no_two_formats_have_files_that_end_alike() -> None:
    suffixes = [suffix for format_ in FORMATS.values() for suffix in format_.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    # Annotations are no file: they are commands to whatever runs the program.
    assert [name for name, format_ in FORMATS.items() if not format_.suffixes] == ["github"]


EVERY = """
import hashlib, io
from checker.report import Presentation
from checker.report.formats import CHECK, UNMET
from tests.report.fixture import report
from tests.said import just

for result, writers in (("check", CHECK), ("unmet", UNMET)):
    for name, writer in writers.items():
        stream = io.BytesIO() if writer.binary else io.StringIO()
        writer(report("vi"), stream, Presentation())
        content = stream.getvalue()
        digest = hashlib.sha256(content if writer.binary else content.encode()).hexdigest()
        print(result, name, digest)
"""


def test_the_same_report_gives_the_same_bytes_anywhere() -> None:
    found = set()
    places = (
        ("UTC", "1", "C"),
        ("Asia/Ho_Chi_Minh", "2", "vi_VN.UTF-8"),
        ("America/New_York", "3", "C.UTF-8"),
    )
    for zone, seed, language in places:
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language}
        done = subprocess.run([sys.executable, "-c", EVERY], env=environment, capture_output=True, check=True, text=True)
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().splitlines()) == len(CHECK) + len(UNMET)
