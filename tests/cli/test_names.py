"""What submissions are called where several are checked in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli.names import distinct, names_of, of_one
from checker.cli.parameters import Target
from checker.cli.wrong import WrongCallError


@pytest.mark.parametrize(
    ("submissions", "names"),
    [
        (["data/2019"], ["2019"]),
        (["a/one.csv", "two.tar.gz", "./three/"], ["one", "two.tar", "three"]),
        (["a/2019", "b/2019", "c/2018"], ["a-2019", "b-2019", "2018"]),
        (["x/one.csv", "x/one.xlsx"], ["one.csv", "one.xlsx"]),
        (["x/One.csv", "y/one.csv"], ["x-One.csv", "y-one.csv"]),
        (["p/a/s", "q/a/s"], ["p-a-s", "q-a-s"]),
        (["postgresql://me:secret@host/records?x=1", "sub"], ["records", "sub"]),
        (["postgresql://host"], ["database"]),
    ],
)
def test_names_tell_submissions_apart(
    submissions: list[str], names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert names_of(submissions) == tuple(names)


def test_the_name_of_a_folder_is_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "2019.1").mkdir()
    assert names_of([str(tmp_path / "2019.1")]) == ("2019.1",)


def test_names_that_nothing_tells_apart_are_refused() -> None:
    with pytest.raises(WrongCallError):
        names_of(["postgresql://one/records", "postgresql://other/records"])


def test_what_is_named_twice_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to("a")
    assert distinct(["b", "a", "./a/", str(tmp_path / "a"), "link", "b"]) == ("b", "a")


def test_standard_input_is_checked_alone() -> None:
    assert distinct(["-"]) == ("-",)
    with pytest.raises(WrongCallError):
        distinct(["-", "a"])


def test_files_get_the_name_where_they_leave_room_for_it() -> None:
    given = {"findings": ("{name}.csv", "all.csv"), "baseline": "old/{name}.json", "waivers": (), "previous": None}
    found, targets = of_one(given, [Target("json", "r/{name}/{name}.json"), Target("text")], "in/a", "a")
    assert found == {**given, "findings": ("a.csv", "all.csv"), "baseline": "old/a.json", "submission": "in/a"}
    assert targets == [Target("json", "r/a/a.json"), Target("text")]
