"""The same submission is found the same in every format, as people's programs write it, with all its rows accounted for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report.say.message import describe
from checker.report.say.wording import Wording
from tests.formats.peculiarities import PECULIARITIES
from tests.formats.written import BY_PYTHON, MANIFEST, OFFICE, convert, json_file, openpyxl_book, psql_script

RULEBOOK = Path(__file__).parent / "office"
NO_OFFICE = shutil.which("soffice") is None and "CHECKER_TEST_LIBREOFFICE" not in os.environ
UNMET = {Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING}
ORDINARY = {"errors-read-as-empty"}
"""What is said of every workbook of an old or binary kind."""

Written = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """What LibreOffice makes of the workbooks of all peculiarities, all at once for each of its formats."""
    home, books = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("books")
    made = [openpyxl_book(each.sheets, books, f"{name.replace(' ', '_')}.xlsx") for name, each in PECULIARITIES.items()]
    done: dict[str, Path] = {}

    def converted(name: str, peculiarity: str) -> Path:
        if name not in done:
            done[name] = tmp_path_factory.mktemp(name.partition(" ")[0])
            convert(made, OFFICE[name], done[name], home)
        stem = peculiarity.replace(" ", "_")
        if not name.startswith("csv"):
            return next(done[name].glob(f"{stem}.*"))
        folder = done[name] / f"{stem}.folder"
        if not folder.exists():
            folder.mkdir()
            for table in PECULIARITIES[peculiarity].sheets:
                (done[name] / f"{stem}-{table}.csv").rename(folder / f"{table}.csv")
            (folder / "submission.yaml").write_text("".join(f"{key}: {said}\n" for key, said in MANIFEST.items()))
        return folder

    return converted


def as_expected(report: Report, peculiarity: str, *, numbered: bool = False) -> None:
    """Demands what is to be found; in a database rows are `numbered` by a column of their own, so that they keep their order."""
    expected = PECULIARITIES[peculiarity]
    assert not report.problems
    rows = tuple((each.table, each.rows, each.judged) for each in report.accounts)
    assert rows == expected.rows
    for account in report.accounts:
        assert account.rows == account.judged + account.rejected + account.refused + account.apart
    unmet = sorted({(each.rule, each.subject.id, each.verdict.value) for each in report.findings if each.verdict in UNMET})
    assert unmet == sorted(expected.unmet)
    if expected.hint:
        wording = Wording("en")
        rules = {rule.id: rule for rule in report.rules}
        told = [describe(each, rules[each.rule], wording) for each in report.findings if each.rule.endswith("/allowed")]
        assert [text for text in told if expected.hint in text] == told
    own = {"unknown-column"} if numbered else set()
    assert {each.code for each in report.notices} - ORDINARY == expected.notices | own


@pytest.mark.parametrize("peculiarity", PECULIARITIES)
@pytest.mark.parametrize("name", BY_PYTHON)
def test_it_is_found_the_same(name: str, peculiarity: str, tmp_path: Path) -> None:
    path = BY_PYTHON[name](PECULIARITIES[peculiarity].sheets, tmp_path)
    as_expected(api.check(path, RULEBOOK), peculiarity, numbered=name == "sqlite")


@pytest.mark.skipif(NO_OFFICE, reason="LibreOffice is not installed (apt-get install libreoffice-calc)")
@pytest.mark.parametrize("peculiarity", PECULIARITIES)
@pytest.mark.parametrize("name", OFFICE)
def test_it_is_found_the_same_in_what_libreoffice_writes(name: str, peculiarity: str, converted: Written) -> None:
    as_expected(api.check(converted(name, peculiarity), RULEBOOK), peculiarity)


@pytest.mark.parametrize("peculiarity", PECULIARITIES)
def test_it_is_found_the_same_in_a_database_that_psql_filled(peculiarity: str, server: str) -> None:
    script = psql_script(PECULIARITIES[peculiarity].sheets)
    command = ["psql", "-q", "-v", "ON_ERROR_STOP=1", server]  # the client comes with the server
    subprocess.run(command, input=script, text=True, encoding="utf-8", check=True, capture_output=True)
    as_expected(api.check(server, RULEBOOK), peculiarity, numbered=True)


def test_it_is_found_the_same_from_standard_input(tmp_path: Path) -> None:
    path = json_file(PECULIARITIES["non-ASCII"].sheets, tmp_path)
    command = [sys.executable, "-m", "checker", "check", "-", "--rules", str(RULEBOOK), "--stdin-filename", "sub.json"]
    with path.open("rb") as stream:
        done = subprocess.run(command, stdin=stream, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    assert "Nguyễn Thị Ánh, Ủy viên (Đ1)" in done.stdout
    assert "1 judged" in done.stdout
