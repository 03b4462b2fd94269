"""Several submissions in one run of the program: whatever the number of processes, the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from checker import api
from checker.errors import UsageError
from checker.schemas import shipped

RULES = """\
rulebook: clubs
title: Clubs
version: "1"
sources: {statute: {title: Statute}}
records:
  clubs: {key: id, fields: {id: {}}}
  meetings: {key: id, date: date, fields: {id: {}, club: {ref: clubs}, date: {type: date}}}
rules:
  - {id: meets, title: It meets, cites: statute art. 1, for: clubs, require: {frequency: {of: meetings, per: year, at_least: 1}}}
"""
MANIFEST = "rulebook: ../rules.yaml\nperiod: 2019\nas_of: 2019-12-31\n"
CODES = {"in-order": 0, "violates": 1, "broken": 2, "open": 3, "nowhere": 2}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Submissions that end in each exit code."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "rules.yaml").write_text(RULES, encoding="utf-8")
    dates = {"in-order": "2019-02-01", "violates": "2018-02-01", "broken": "2019-02-01", "open": "at some time"}
    for name, day in dates.items():
        (folder / name).mkdir()
        (folder / name / "submission.yaml").write_text(MANIFEST, encoding="utf-8")
        (folder / name / "clubs.csv").write_text("id\nA\n", encoding="utf-8")
        (folder / name / "meetings.csv").write_text(f"id,club,date\n1,A,{day}\n", encoding="utf-8")
    (folder / "broken" / "meetings.csv").write_bytes(b"PK\x03\x04 no table")
    return folder


def checked(home: Path, out: Path, *arguments: str) -> tuple[int, str, str, dict[str, bytes]]:
    """The exit code, what was written to standard output and error, and what files were."""
    surroundings = {**os.environ, "CHECKER_CACHE": str(home / "cache"), "TMPDIR": str(out)}
    command = [sys.executable, "-m", "checker", "check", *arguments]
    ended = subprocess.run(command, cwd=home, env=surroundings, capture_output=True, check=False, text=True)
    written = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return ended.returncode, ended.stdout, ended.stderr, written


def test_as_many_processes_as_one_likes(home: Path, tmp_path: Path) -> None:
    found = []
    for jobs in (1, 3):
        out = tmp_path / "out"
        out.mkdir()
        formats = [f"-fjson={out}/{{name}}.json", f"-fjson={out}/all.json", f"--findings={out}/{{name}}.csv", "-ftext"]
        data_only = ["--fail-on-data", "never"]
        found.append(checked(home, out, *CODES, *formats, *data_only, "-j", str(jobs), "--lang", "en"))
        out.rename(tmp_path / f"out{jobs}")
    assert found[0] == found[1]
    code, said, _, written = found[0]
    assert code == 2
    assert all(len(line) <= 80 for line in said.splitlines())
    assert set(written) == {"all.json"} | {f"{name}.{kind}" for name in CODES if name != "nowhere" for kind in ("json", "csv")}
    overview = json.loads(written["all.json"])
    jsonschema.validate(overview, json.loads(shipped("overview")))
    assert {each["name"]: each["exit_code"] for each in overview["submissions"]} == CODES
    assert [(each["rule"], each["submissions"]) for each in overview["rules"] if each["category"] == "regulation"] == [
        ("meets", 1)
    ]
    for name in ("in-order", "violates"):
        alone = checked(home, tmp_path, name, "-f", "json", "--fail-on-data", "never", "--lang", "en")
        assert (alone[0], alone[1].encode()) == (CODES[name], written[f"{name}.json"])


def test_one_submission_is_checked_without_other_processes(home: Path) -> None:
    program = (
        "import sys; from checker.cli.main import program; "
        "program.main(['check', 'in-order', '-j', '4'], standalone_mode=False); "
        "print([name for name in ('multiprocessing', 'checker.workers', 'checker.cli.many') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=home, capture_output=True, check=True, text=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_the_library_reads_periods_and_days_as_the_command_line_does(home: Path) -> None:
    report = api.check(home / "in-order", period="2018-H2", as_of="2018-11-30")
    assert (report.run.period.label, report.run.as_of.isoformat()) == ("2018-H2", "2018-11-30")
    with pytest.raises(UsageError, match="'2018-13' is not a period"):
        api.check(home / "in-order", period="2018-13")
    with pytest.raises(UsageError, match="'yesterday' is not a day"):
        api.check(home / "in-order", as_of="yesterday")
