"""Files that others name or leave: what is no regular file is not read, what is none of ours is not quoted, no rule is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from tests.tiny import TINY

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="devices, links and limits as Linux has them")
RULES = (
    TINY
    + """\
  - {id: peopled, title: Peopled, cites: law art. 1, for: organisations, require: {condition: {that: members > 0}}}
"""
)
PRIVATE = "root:x:0:0:secret of the machine"
Make = Callable[[Path], object]
SPECIAL: dict[str, Make] = {
    "a pipe": os.mkfifo,
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": Path.mkdir,
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a huge file": lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 50_000_000_000),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "rules.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "organisations.csv").write_text("id,members\nA,5\n", encoding="utf-8")
    (tmp_path / "sub" / "submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    (tmp_path / "secret").write_text(f"{PRIVATE}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def bounds() -> Iterator[None]:
    """What is read without end is neither to hang the tests nor to take all memory."""
    before, room = resource.getrlimit(resource.RLIMIT_AS), 4_000_000_000

    def too_long(*_: object) -> None:
        raise AssertionError("this is read without end")

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(100)
    taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + room, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)
    signal.alarm(0)


def ran(home: Path, *arguments: str) -> tuple[int, str]:
    with chdir(home):
        result = CliRunner().invoke(program, arguments, prog_name="checker")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def checked(home: Path, *arguments: str) -> tuple[int, str]:
    return ran(home, "check", *(arguments or ("sub", "-r", "book")), "-p", "2019", "--lang", "en")


NAMED = [
    ("sub/submission.yaml", "check sub -r book -p 2019"),
    ("sub/submission.json", "check sub -r book -p 2019"),
    ("book/more.yaml", "check sub -r book"),
    ("book/cases/peopled.yaml", "test book"),
    ("alone.yaml", "check sub -r alone.yaml"),
    ("alone.yaml", "lint alone.yaml"),
    ("alone.yaml", "check sub -r book --waivers alone.yaml"),
    ("alone.json", "check sub -r book --baseline alone.json"),
    ("alone.json", "check sub -r book --previous alone.json"),
    ("alone.yaml", "check alone.yaml -r book -p 2019"),
    ("alone.json", "check alone.json -r book -p 2019"),
]
"""Files that are named, or looked for, and the commands that read them."""
WRONG = [
    (kind, at, command)
    for at, command in NAMED
    for kind in SPECIAL
    # What refers to nothing is not there; a folder may be a rulebook.
    if kind != "a link to nothing" and not (kind == "a folder" and at.startswith(("book/", "alone.yaml")))
]


@pytest.mark.parametrize(("kind", "at", "command"), WRONG)
def test_what_is_no_file_of_its_kind_is_refused(home: Path, kind: str, at: str, command: str) -> None:
    (home / at).parent.mkdir(exist_ok=True)
    (home / "sub" / "submission.yaml").unlink()
    SPECIAL[kind](home / at)
    code, text = ran(home, *command.split())
    assert code == 2
    assert Path(at).name in text


@pytest.mark.parametrize("kind", ["a pipe", "a link to a device", "a folder", "a link to nothing"])
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_table_that_is_no_file_is_told(home: Path, kind: str, suffix: str) -> None:
    (home / "sub" / "organisations.csv").rename(home / "sub" / "others.csv")
    SPECIAL[kind](home / "sub" / f"organisations{suffix}")
    code, text = checked(home)
    assert code == 2, text
    said = {
        "a folder": f"this is a folder, and there is no {suffix} file in it",
        "a link to a device": "it is a link that leads out of the folder that was handed in",
    }
    told = said.get(kind, "the file cannot be read: ")
    assert f"sub/organisations{suffix}: {told}" in " ".join(text.split())


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".yaml", ".json"])
def test_a_pipe_is_no_submission(home: Path, suffix: str) -> None:
    os.mkfifo(home / f"pipe{suffix}")
    code, text = checked(home, f"pipe{suffix}", "-r", "book")
    assert code == 2, text
    assert "a device or a pipe" in text


@pytest.mark.parametrize(
    "secret", [PRIVATE, f"- {PRIVATE}", f"key: value\n{PRIVATE}: 1", f"* * * {PRIVATE}", f"a: [{PRIVATE}", f"'{PRIVATE}"]
)
def test_a_manifest_shows_nothing_of_other_files(home: Path, secret: str) -> None:
    (home / "secret").write_text(f"{secret}\n", encoding="utf-8")
    manifest = home / "sub" / "submission.yaml"
    for linked in ("waivers.yaml", "inside.yaml"):
        (home / "sub" / linked).symlink_to(home / "secret")
    (home / "own").mkdir()
    (home / "own" / "extending.yaml").write_text(f"rulebook: own\ntitle: Own\nextends: {home / 'secret'}\n", encoding="utf-8")
    (home / "own" / "folder").mkdir()
    (home / "own" / "folder" / "rules.yaml").write_text(RULES, encoding="utf-8")
    (home / "own" / "folder" / "more.yaml").symlink_to(home / "secret")
    named = [home / "secret", "inside.yaml", "../own/extending.yaml", "../own/folder"]
    commands = [(f"rulebook: {each}\n", ("sub",)) for each in named] + [("waivers: waivers.yaml\n", ("sub", "-r", "book"))]
    for said, arguments in commands:
        manifest.write_text(said, encoding="utf-8")
        code, text = checked(home, *arguments)
        assert code == 2, text
        assert "secret of" not in text
        assert "value" not in text
        if "rulebook" in said:
            explained = ran(home, "explain", "peopled", "--in", *arguments, "-p", "2019")
            assert explained[0] == 2
            assert "secret of" not in explained[1]
    manifest.unlink()
    manifest.symlink_to(home / "secret")
    code, text = checked(home)
    assert code == 2, text
    assert "secret of" not in text


def test_who_names_a_file_on_the_command_line_is_shown_what_is_wrong(home: Path) -> None:
    broken = RULES.replace("title: Tiny", "title: [Tiny")
    (home / "broken.yaml").write_text(broken, encoding="utf-8")
    assert "| title: [Tiny" in checked(home, "sub", "-r", "broken.yaml")[1]
    (home / "sub" / "submission.yaml").write_text("rulebook: ../wrong.yaml\n", encoding="utf-8")
    (home / "wrong.yaml").write_text(RULES.replace("title: Tiny", "titel: Tiny"), encoding="utf-8")
    code, text = checked(home, "sub")
    assert (code, "'titel'" in text, "did you mean 'title'" in text, "| titel" in text) == (2, True, True, False)


@pytest.mark.parametrize("where", ["rulebook", "waivers", "encoding", "period", "as_of"])
def test_a_character_that_no_name_can_have_in_the_manifest(home: Path, where: str) -> None:
    said = {"period": "2019", "as_of": "2019-12-31", "rulebook": "../book"} | {where: "a\\0b"}
    manifest = "".join(f'{key}: "{text}"\n' for key, text in said.items())
    (home / "sub" / "submission.yaml").write_text(manifest, encoding="utf-8")
    code, text = ran(home, "check", "sub")
    assert (code, "\0" in text) == (2, False), text


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize(("table", "column"), [("or\\u0000g", "members"), ("organisations", "mem\\u0000bers")])
def test_a_character_that_no_name_can_have_in_the_tables(home: Path, form: str, table: str, column: str) -> None:
    text = f'{{"tables": {{"{table}": [{{"id": "A", "{column}": "5"}}]}}}}'
    (home / f"filed.{form}").write_text(text, encoding="utf-8")
    code, text = checked(home, f"filed.{form}", "-r", "book")
    assert (code, "\0" in text) == (3, False), text


def test_a_character_that_no_name_can_have_in_waivers(home: Path) -> None:
    waiver = '- {rule: "peo\\0pled", subject: "\\0", from: 2019-01-01, until: 2019-12-31, reason: "\\0", approved_by: "\\0"}\n'
    (home / "waivers.yaml").write_text(waiver, encoding="utf-8")
    code, text = checked(home, "sub", "-r", "book", "--waivers", "waivers.yaml")
    assert (code, "\0" in text) == (2, False), text


def test_names_that_are_no_letters(home: Path) -> None:
    odd = os.fsdecode(b"s\xff")
    shutil.copytree(home / "sub", home / odd)
    shutil.copy(home / "sub" / "organisations.csv", home / odd / os.fsdecode(b"\xfe.csv"))
    (home / os.fsdecode(b"\xff.yaml")).write_text(RULES, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "checker",
        "check",
        odd,
        "-r",
        os.fsdecode(b"\xff.yaml"),
        "-f",
        os.fsdecode(b"json=\xff.json"),
    ]
    findings = [part for suffix in ("csv", "parquet", "ndjson") for part in ("--findings", f"x.{suffix}")]
    assert subprocess.run([*command, *findings], cwd=home, check=False, timeout=100).returncode == 0
    assert subprocess.run([*command, "-f", "text"], cwd=home, check=False, timeout=100, capture_output=True).returncode == 0
    explain = [*command[:3], "explain", "peopled", os.fsdecode(b"\xff"), "--in", odd, "-r", "book"]
    told = subprocess.run(explain, cwd=home, check=False, timeout=100, capture_output=True, text=True)
    assert (told.returncode, "\\udcff" in told.stderr) == (2, True)


@pytest.mark.parametrize("name", ["RULES.YAML", "Rules.Yml", "inner/deep/rules.yaml", "linked/rules.YML"])
def test_every_file_of_rules_is_read(home: Path, name: str) -> None:
    more = (
        "rules:\n  - {id: more, title: More, cites: law art. 2, for: organisations, require: {condition: {that: members > 9}}}\n"
    )
    file = home / "book" / name
    if name.startswith("linked"):
        (home / "elsewhere").mkdir()
        (home / "book" / "linked").symlink_to("../elsewhere")
        (home / "elsewhere" / "round").symlink_to("../book")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(more, encoding="utf-8")
    assert checked(home)[0] == 1
    assert ran(home, "test", "book")[0] == 3
    (home / "book" / "cases").mkdir()
    case = "- name: few\n  tables: {organisations: [{id: A, members: 5}]}\n  period: 2019\n  expect: satisfied\n"
    (home / "book" / "cases" / "more.YAML").write_text(case, encoding="utf-8")
    assert ran(home, "test", "book")[0] == 1


@pytest.mark.parametrize(
    "name", ["rules.yaml.txt", "more.yaml~", "more.YML.bak", "more.yalm", "more.yam", "inner/more.yaml.orig"]
)
def test_lint_warns_of_files_that_look_like_rules(home: Path, name: str) -> None:
    (home / "book" / name).parent.mkdir(exist_ok=True)
    (home / "book" / name).write_text("rules: []\n", encoding="utf-8")
    code, text = ran(home, "lint", "book", "--strict", "--select", "unread-file")
    assert (code, f"book/{name}: warning: this file is not read" in text) == (1, True), text


def test_lint_says_nothing_of_other_files(home: Path) -> None:
    for name in ("README.md", "data.xml", "schema.json", ".hidden.yaml.swp", "notes.txt", "law.html", "yaml.txt"):
        (home / "book" / name).write_text("text", encoding="utf-8")
    assert ran(home, "lint", "book", "--strict", "--select", "unread-file")[0] == 0
