"""Which rulebook a file belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.rules.home import Home, Role, home_of
from checker.rules.texts import Edited

HEAD = "rulebook: clubs\ntitle: Clubs\n"
RULES = "rules:\n  - {id: a}\n"
WAIVERS = "- {rule: a, subject: B}\n"


def made(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


FOLDER = {"b/rulebook.yaml": HEAD, "b/rules.yaml": RULES, "b/more/terms.yml": "terms: {}\n", "b/cases/a.yaml": "- {}\n"}


@pytest.mark.parametrize(
    ("files", "file", "home"),
    [
        (FOLDER, "b/rulebook.yaml", ("b", Role.RULES, False)),
        (FOLDER, "b/rules.yaml", ("b", Role.RULES, False)),
        (FOLDER, "b/more/terms.yml", ("b", Role.RULES, False)),
        (FOLDER, "b/cases/a.yaml", ("b", Role.CASES, False)),
        (FOLDER, "b/cases/new/b.yaml", ("b", Role.CASES, False)),
        (FOLDER | {"b/examples/x/rulebook.yaml": HEAD}, "b/rules.yaml", ("b", Role.RULES, False)),
        # a mistake in what is being written does not lose the rulebook
        (FOLDER | {"b/rules.yaml": "rules:\n  - {id: a\nrul\n"}, "b/rules.yaml", ("b", Role.RULES, False)),
        # several rulebooks in a folder, each a file by itself
        ({"b/one.yaml": HEAD, "b/two.yaml": HEAD}, "b/one.yaml", ("b/one.yaml", Role.RULES, False)),
        ({"b/one.yaml": HEAD, "b/two.yaml": HEAD, "b/rules.yaml": RULES}, "b/rules.yaml", None),
        # a rulebook beside files of other kinds is a file by itself
        ({"b/book.yaml": HEAD, "b/waivers.yaml": WAIVERS}, "b/book.yaml", ("b/book.yaml", Role.RULES, False)),
        ({"b/book.yaml": HEAD, "b/waivers.yaml": WAIVERS}, "b/waivers.yaml", None),
        ({"b/book.yaml": HEAD, "b/submission.yaml": "rulebook: book.yaml\n"}, "b/submission.yaml", None),
        ({"b/book.yaml": HEAD, "b/clubs.yaml": "clubs:\n- {id: A}\n"}, "b/book.yaml", ("b/book.yaml", Role.RULES, False)),
        ({"b/book.yaml": HEAD, "b/2019.yaml": HEAD + "tables: {}\n"}, "b/book.yaml", ("b/book.yaml", Role.RULES, False)),
        ({"b/book.yaml": HEAD, "b/2019.yaml": HEAD + "tables: {}\n"}, "b/2019.yaml", None),
        ({"b/lib.yaml": "library: clubs\ntitle: Clubs\n"}, "b/lib.yaml", ("b", Role.RULES, True)),
        ({"b/data.yaml": "a: 1\n"}, "b/data.yaml", None),
        ({"b/rules.yaml": RULES}, "b/missing.yaml", None),
    ],
)
def test_home(files: dict[str, str], file: str, home: tuple[str, Role, bool] | None, tmp_path: Path) -> None:
    made(tmp_path, files)
    expected = None if home is None else Home(tmp_path / home[0], home[1], home[2])
    assert home_of(tmp_path / file) == expected


def test_what_is_not_saved_counts(tmp_path: Path) -> None:
    made(tmp_path, {"b/rules.yaml": RULES})
    assert home_of(tmp_path / "b/rules.yaml") is None
    edited = Edited({(tmp_path / "b/rulebook.yaml").resolve(): HEAD})
    assert home_of(tmp_path / "b/rules.yaml", edited) == Home(tmp_path / "b", Role.RULES)
