"""YAML as text with places, and its errors in words that a lawyer understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from checker import yaml_tree
from checker.errors import Place
from checker.yaml_tree import YamlError, load, parse

if TYPE_CHECKING:
    from pathlib import Path


def test_scalars_stay_as_written() -> None:
    text = "a: [no, 012, 1:30, 2019-01-01, 1_000, .5, 0x1F, TRUE]\n2019: [~, null, '', 'null', \"~\", ]\nb:\nyes: |\n  x\n"
    assert parse(text, "x").value == {
        "a": ["no", "012", "1:30", "2019-01-01", "1_000", ".5", "0x1F", "TRUE"],
        "2019": [None, None, "", "null", "~"],
        "b": None,
        "yes": "x\n",
    }


def test_places_are_of_keys_and_value_places_of_values() -> None:
    document = parse("a:\n  - b: c\n    d: 'e'\n  - f\n", "x")
    assert {path: str(place) for path, place in document.places.items()} == {
        (): "x:1:1",
        ("a",): "x:1:1",
        ("a", 0): "x:2:5",
        ("a", 0, "b"): "x:2:5",
        ("a", 0, "d"): "x:3:5",
        ("a", 1): "x:4:5",
    }
    assert str(document.value_places["a", 0, "d"]) == "x:3:8"
    assert len(document.places) == 6
    assert document.line(3) == "    d: 'e'"
    assert document.line(9) == ""
    assert document.excerpt(Place("x", 2, 5)) == "  - b: c"


@pytest.mark.parametrize("path", [("b",), ("a", 5), ("a", "b"), ("a", -1), (0,), ("a", 0, "x"), ("a", 0, 0)])
def test_a_path_that_is_not_there(path: tuple[str | int, ...]) -> None:
    document = parse("a: [b]", "x")
    assert path not in document.places
    assert document.value_places.get(path) is None


def test_an_alias_stands_for_its_value() -> None:
    assert parse("a: &x {b: c}\nd: *x\ne: [*x, *x]", "x").value == {
        "a": {"b": "c"}, "d": {"b": "c"}, "e": [{"b": "c"}, {"b": "c"}],
    }  # fmt: skip


def test_json_is_read_too() -> None:
    assert parse('{"a": [1, "b", null, {}]}', "x").value == {"a": ["1", "b", None, {}]}


WRONG = [
    ("a:\n\t- b", "2:1", "tab"),
    ("a: |\n x\n\ty", "3:1", "tab"),
    ("a: 'x\nb: 2", "1:4", "unclosed-quote"),
    ("a: 'x", "1:4", "unclosed-quote"),
    ('a: "x\nb: "y"', "1:4", "unclosed-quote"),
    ("a: b: c", "1:5", "stray-colon"),
    ("a: 1\n  b: 2", "2:3", "bad-indent"),
    ("a:\n  - b\n c: d", "3:2", "bad-indent"),
    ("a:\n  b: 1\n c: 2", "3:2", "bad-indent"),
    ("- a\nb: 1", "2:1", "bad-indent"),
    ("a: [1, 2", "1:4", "unclosed-bracket"),
    ("a: {x: 1", "1:4", "unclosed-bracket"),
    ("a: @x", "1:4", "stray-sign"),
    ("a: `x`", "1:4", "stray-sign"),
    ("a: 85%\nb: %x", "2:4", "stray-sign"),
    ("a: ]", "1:4", "stray-sign"),
    ("a: *x", "1:4", "unknown-alias"),
    ("a: *", "1:5", "bad-alias"),
    ('a: "\\q"', None, "bad-escape"),
    ("a: 1\nb 2\nc: 3", "2:1", "missing-colon"),
    ("a: - b", "1:4", "stray-dash"),
    ("a: 'it's'", "1:8", "text-after-quote"),
    ("a: >x\n t", "1:5", "bad-block"),
    (": x", "1:1", "bad-key"),
    ("? [a]\n: b", "1:3", "bad-key"),
    ("? {a: b}\n: c", "1:3", "bad-key"),
    ("a: &x b\n*x : c", "2:1", "bad-key"),
    ("a: &a {}\nb:\n  <<: *a", "3:3", "bad-key"),
    ("a: &x [*x]", "1:8", "alias-cycle"),
    ("a: !x b", "1:4", "tag"),
    ("a: !!python/object:os.system {}", "1:4", "tag"),
    ("a: 1\n---\nb: 2", "2:1", "several-documents"),
    ("a: 1\nb: 2\na: 3", "3:1", "duplicate-key"),
    ("a: \x01", "1:4", "bad-character"),
    ("%YAML 3.0\n---\na: 1", "1:1", "syntax"),
    ("", None, "empty-file"),
    ("# only a comment\n", None, "empty-file"),
]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize(("text", "where", "code"), WRONG)
def test_an_error_is_said_plainly(
    text: str, where: str | None, code: str, loader: type[yaml.SafeLoader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_tree, "_Loader", loader)
    with pytest.raises(YamlError) as raised:
        parse(text, "x")
    (problem,) = raised.value.problems
    assert problem.code == code
    assert str(problem.fix).endswith((".", "''."))
    assert where is None or str(problem.place) == f"x:{where}"
    assert "scalar" not in str(problem.message)
    assert "token" not in str(problem.message)


def test_both_lines_of_a_duplicate_key_are_named_and_all_of_them() -> None:
    with pytest.raises(YamlError) as raised:
        parse("a: 1\nb: !x 2\na: 3\na: 4", "x")
    assert [str(problem.message) for problem in raised.value.problems] == [
        "the tag '!x' is not used here",
        "'a' is given twice: in line 1 and again in line 3",
        "'a' is given twice: in line 1 and again in line 4",
    ]


def test_billion_laughs() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    with pytest.raises(YamlError, match="too-many-aliases"):
        parse(text, "x")


@pytest.mark.parametrize("text", ["[" * 100_000 + "]" * 100_000, "- " * 100_000 + "a", "{a: " * 50_000 + "}" * 50_000])
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(YamlError, match="nested-too-deep") as raised:
        parse(text, "x")
    assert len(str(raised.value)) < 1000


def test_a_huge_scalar_is_read_and_not_shown() -> None:
    text = "a: " + "x" * 1_000_000 + " @"
    assert isinstance(parse(text, "x").value, dict)
    with pytest.raises(YamlError) as raised:
        parse(text + ": b: c", "x")
    assert len(str(raised.value)) < 1000


def test_files(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes("\ufeffa: ộ".encode())
    assert load(file, "x").value == {"a": "ộ"}
    file.write_bytes("a: ộ\nb: ".encode() + b"\xff")
    with pytest.raises(YamlError, match=r"x:2:4: error: the file is not in UTF-8"):
        load(file, "x")
    file.write_bytes("a: b".encode("utf-16"))
    with pytest.raises(YamlError, match="not-utf-8"):
        load(file, "x")
    with pytest.raises(YamlError, match="there is no such file"):
        load(tmp_path / "y.yaml", "y")
    with pytest.raises(YamlError, match="cannot be opened"):
        load(tmp_path, "folder")
