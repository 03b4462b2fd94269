"""Compiled rulebooks that are kept: nothing that was judged before has any influence, and what is damaged is not believed."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import api, plan_cache
from checker.model.plan import Plan

BASE = """\
rulebook: base
title: Base
sources: {{law: {{title: Law}}}}
records:
  organisations: {{key: id, fields: {{id: {{}}, members: {{type: integer}}}}}}
rules:
  - {{id: peopled, title: Peopled, cites: law art. 1, for: organisations, require: {{condition: {{that: members >= {least}}}}}}}
"""
EXTENDING = "rulebook: own\ntitle: Own\nextends: ./base.yaml\n"
LIBRARY = (
    "library: shared\ntitle: Shared\nrecords: {{organisations: {{key: id, fields: {{id: {{}}, members: {{type: {type}}}}}}}}}\n"
)
USING = """\
rulebook: own
title: Own
uses: ./shared.yaml
sources: {law: {title: Law}}
rules:
  - {id: peopled, title: Peopled, cites: law art. 1, for: organisations, require: {condition: {that: members is not null}}}
"""


@pytest.fixture
def home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHECKER_CACHE", str(home / "cache"))
    # Files that were written a moment ago are not trusted; here all are.
    monkeypatch.setattr(plan_cache, "_CLOCK", -(10**12))
    return home


def filed(folder: Path, least: int, members: str = "5") -> Path:
    """A folder with a rulebook that extends another, and a submission."""
    (folder / "sub").mkdir(parents=True)
    (folder / "base.yaml").write_text(BASE.format(least=least), encoding="utf-8")
    (folder / "ext.yaml").write_text(EXTENDING, encoding="utf-8")
    (folder / "sub" / "organisations.csv").write_text(f"id,members\nA,{members}\n", encoding="utf-8")
    (folder / "sub" / "submission.yaml").write_text("period: 2019\nas_of: 2019-12-31\n", encoding="utf-8")
    return folder


def violated(rulebook: str) -> bool:
    report = api.check("sub", rulebook)
    assert not report.problems
    return any(finding.rule == "peopled" and finding.verdict == "violated" for finding in report.findings)


def kept(home: Path) -> list[Path]:
    return sorted((home / "cache" / "checker").glob("*.plan"))


@pytest.mark.parametrize("rulebook", ["ext.yaml", "./ext.yaml", "base.yaml"])
def test_folders_with_the_same_names_inside_are_told_apart(home: Path, monkeypatch: pytest.MonkeyPatch, rulebook: str) -> None:
    filed(home / "one", 0)
    filed(home / "two", 100)
    for name, wrong in (("one", False), ("two", True), ("one", False), ("two", True)):
        monkeypatch.chdir(home / name)
        assert violated(rulebook) is wrong
    assert len(kept(home)) == 2


def test_libraries_of_folders_are_told_apart(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, type_ in (("one", "integer"), ("two", "text")):
        filed(home / name, 0, members="many")
        (home / name / "shared.yaml").write_text(LIBRARY.format(type=type_), encoding="utf-8")
        (home / name / "own.yaml").write_text(USING, encoding="utf-8")
    for name, unreadable in (("one", 1), ("two", 0), ("one", 1)):
        monkeypatch.chdir(home / name)
        found = [each for each in api.check("sub", "own.yaml").findings if each.rule.startswith("records/")]
        assert sum(each.verdict == "violated" for each in found) == unreadable


def test_a_link_that_is_turned_leads_to_the_other_rules(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(home / "one", 0)
    filed(home / "two", 100)
    monkeypatch.chdir(home / "one")
    for link, inside in (("book", "book/ext.yaml"), ("direct.yaml", "direct.yaml")):
        for name in ("one", "two", "one"):
            Path(link).unlink(missing_ok=True)
            Path(link).symlink_to(home / name if link == "book" else home / name / "base.yaml")
            assert violated(inside) is (name == "two")


def test_a_linked_file_stands_where_its_link_does(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(home / "one", 0)
    filed(home / "two", 100)
    for name in ("one", "two"):
        (home / name / "ext.yaml").unlink()
        (home / name / "ext.yaml").symlink_to(home / "ext.yaml")
    (home / "ext.yaml").write_text(EXTENDING, encoding="utf-8")
    for name in ("one", "two", "one"):
        monkeypatch.chdir(home / name)
        assert violated("ext.yaml") is (name == "two")


def test_folders_that_change_places(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(home / "one", 0)
    filed(home / "two", 100)
    monkeypatch.chdir(home / "one")
    assert not violated("ext.yaml")
    monkeypatch.chdir(home)
    (home / "one").rename(home / "three")
    (home / "two").rename(home / "one")
    monkeypatch.chdir(home / "one")
    assert violated("ext.yaml")


def test_a_rulebook_by_its_whole_path_is_the_same_from_everywhere(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = filed(home / "one", 100) / "ext.yaml"
    for name in ("one", "two"):
        (home / name).mkdir(exist_ok=True)
        monkeypatch.chdir(home / name)
        api.compile_rules(book)
    assert len(kept(home)) == 1


@pytest.mark.parametrize("changed", ["ext.yaml", "base.yaml"])
def test_a_change_that_leaves_time_and_size_alone(home: Path, monkeypatch: pytest.MonkeyPatch, changed: str) -> None:
    folder = filed(home / "one", 0)
    monkeypatch.chdir(folder)
    if changed == "ext.yaml":
        (folder / "ext.yaml").write_text(BASE.format(least=0), encoding="utf-8")
    file = folder / changed
    before = file.stat()
    assert not violated("ext.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace(">= 0", ">= 9"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert violated("ext.yaml")


def test_a_file_that_is_added_to_a_folder_of_rules(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filed(home / "one", 0)
    monkeypatch.chdir(folder)
    (folder / "rules").mkdir()
    (folder / "base.yaml").rename(folder / "rules" / "book.yaml")
    assert not violated("rules")
    more = "{id: more, title: More, cites: law art. 2, for: organisations, require: {condition: {that: members > 9}}}"
    (folder / "rules" / "MORE.YAML").write_text(f"rules:\n  - {more}\n", encoding="utf-8")
    report = api.check("sub", "rules")
    assert [each.rule for each in report.findings if each.verdict == "violated"] == ["more"]


def test_a_rulebook_that_changes_while_it_is_compiled_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = filed(home / "one", 0)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(plan_cache, "_CLOCK", 0)
    monkeypatch.setattr(time, "time_ns", lambda: (folder / "base.yaml").stat().st_mtime_ns - 1)
    assert not violated("ext.yaml")
    assert kept(home) == []


def test_versions_of_the_program_are_told_apart(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(filed(home / "one", 0))
    assert not violated("ext.yaml")
    monkeypatch.setattr(plan_cache, "__version__", "0.0.0")
    assert not violated("ext.yaml")
    assert len(kept(home)) == 2


def _flipped(plan: bytes) -> bytes:
    at = plan.index(b"100")
    return plan[:at] + b"000" + plan[at + 3 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit is flipped": _flipped,
    "the first byte": lambda plan: bytes([plan[0] ^ 1]) + plan[1:],
    "the last byte": lambda plan: plan[:-1] + bytes([plan[-1] ^ 128]),
    "cut off": lambda plan: plan[: len(plan) // 2],
    "longer": lambda plan: plan + b"\0",
    "empty": lambda _: b"",
    "a checksum alone": lambda plan: plan[:32],
    "foreign": lambda _: b"#!/bin/sh\n",
    "a pickle of something else": lambda _: pickle.dumps({"plan": 1}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew(home: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.chdir(filed(home / "one", 100))
    assert violated("ext.yaml")
    (plan,) = kept(home)
    whole = plan.read_bytes()
    plan.write_bytes(DAMAGES[damage](whole))
    read: list[bytes] = []
    monkeypatch.setattr(pickle, "loads", read.append)
    assert violated("ext.yaml")
    assert read == []
    monkeypatch.undo()
    assert plan.read_bytes() == whole


def test_a_plan_under_the_name_of_another_is_not_taken(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(filed(home / "one", 100))
    assert violated("base.yaml")
    (strict,) = kept(home)
    Path("base.yaml").write_text(BASE.format(least=0), encoding="utf-8")
    assert not violated("base.yaml")
    (lax,) = {*kept(home)} - {strict}
    shutil.copy(lax, strict)
    Path("base.yaml").write_text(BASE.format(least=100), encoding="utf-8")
    assert violated("base.yaml")


@pytest.mark.skipif(os.name == "nt", reason="modes as POSIX has them")
def test_the_cache_is_private_and_what_others_may_write_is_not_believed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(filed(home / "one", 100))
    (home / "cache" / "checker").mkdir(mode=0o755, parents=True)
    assert violated("ext.yaml")
    folder, (plan,) = home / "cache" / "checker", kept(home)
    assert (folder.stat().st_mode & 0o777, plan.stat().st_mode & 0o777) == (0o700, 0o600)

    def not_read(_: bytes) -> Plan:
        raise AssertionError

    monkeypatch.setattr(pickle, "loads", not_read)
    for path, mode in ((folder, 0o777), (plan, 0o666)):
        private = path.stat().st_mode & 0o777
        path.chmod(mode)
        assert violated("ext.yaml")
        path.chmod(private)


def test_where_there_is_no_home_nothing_is_kept(tmp_path: Path) -> None:
    filed(tmp_path, 0)
    code = (
        "import os, pwd; pwd.getpwuid = lambda _: (_ for _ in ()).throw(KeyError())\n"
        "from checker.cli.main import main; import sys; sys.argv = ['checker', 'check', 'sub', '-r', 'ext.yaml', '-q']; main()"
    )
    alone = {name: value for name, value in os.environ.items() if name not in {"HOME", "CHECKER_CACHE", "XDG_CACHE_HOME"}}
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=alone, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
