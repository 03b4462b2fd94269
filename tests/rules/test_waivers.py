"""Files of waivers: what is read, and what is said of those that are wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.errors import WaiversError
from checker.rules.waivers import read_waivers

RULES = ["meets-monthly", "meets-yearly", "records/clubs/id/unique"]
RIGHT = """\
waivers:
  - rule: meets-monthly
    subject: 007
    from: 2019-01-01
    until: 2019-12-31
    reason: The hall burnt down.
    approved_by: The board, 12 March
  - {rule: meets-yearly, subject: B, window: 2019-H1, from: 2019-02-01, until: 2019-03-01, reason: flood, approved_by: the board}
"""


def read(folder: Path, text: str) -> tuple[object, ...]:
    file = folder / "waivers.yaml"
    file.write_text(text, encoding="utf-8")
    return read_waivers([file], RULES)


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(WaiversError) as caught:
        read(folder, text)
    return [str(problem).replace(str(folder), "") for problem in caught.value.problems]


def test_waivers_are_read_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text(RIGHT, encoding="utf-8")
    first, second = read_waivers([tmp_path / "waivers.yaml"] * 2, RULES)
    assert (first.rule, first.subject, first.first, first.last) == ("meets-monthly", "007", date(2019, 1, 1), date(2019, 12, 31))
    assert (first.reason, first.approved_by, first.place.line) == ("The hall burnt down.", "The board, 12 March", 2)
    assert first.window is None
    assert second.window is not None
    assert (second.window.label, second.place.line) == ("2019-H1", 8)


def test_a_plain_list_is_a_file_of_waivers(tmp_path: Path) -> None:
    as_list = "\n".join(line[2:] for line in RIGHT.splitlines()[1:])
    assert len(read(tmp_path, as_list)) == 2
    assert read(tmp_path, "waivers: []") == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "rule: meets-monthly",
            "rule: meets-montly",
            ["/waivers.yaml:2:11: error: 'meets-montly' is not a rule", "meets-monthly"],
        ),
        ("    approved_by: The board, 12 March\n", "", ["/waivers.yaml:2:5: error: 'approved_by' is missing [missing-key]"]),
        ("reason:", "reasons:", ["/waivers.yaml:6:5: error: 'reasons' is not a key here", "reason"]),
        ("reason: The hall burnt down.", "reason:", ["/waivers.yaml:6:5: error: 'reason' has no value [empty-value]"]),
        ("until: 2019-12-31", "until: 31.12.2019", ["/waivers.yaml:5:12: error: '31.12.2019' is not a day [bad-date]"]),
        ("until: 2019-12-31", "until: 2018-12-31", ["/waivers.yaml:5:12: error: 'until' 2018-12-31 is before 'from' 2019-01-01"]),
        ("window: 2019-H1", "window: 2019-H3", ["/waivers.yaml:8:46: error: '2019-H3' is not a period"]),
        ("waivers:", "waiver:", ["/waivers.yaml:1:1: error: a file of waivers is a list of waivers", "- rule:"]),
        ("waivers:", "title: x\nwaivers:", ["and nothing else [not-waivers]"]),
        ("waivers:", "waivers: all\nx:", ["/waivers.yaml:1:1: error: a file of waivers"]),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, right: str, wrong: str, said: list[str]) -> None:
    assert right in RIGHT
    told = "\n".join(problems(tmp_path, RIGHT.replace(right, wrong)))
    for part in said:
        assert part in told


def test_all_problems_of_all_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(RIGHT.replace("meets-yearly", "never"), encoding="utf-8")
    with pytest.raises(WaiversError) as caught:
        read_waivers([tmp_path / "one.yaml", tmp_path / "none.yaml"], RULES)
    assert [problem.code for problem in caught.value.problems] == ["unknown-name", "missing-file"]
