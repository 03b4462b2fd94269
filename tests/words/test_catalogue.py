"""The catalogues: complete, well-formed, read as others read them, without dead texts; a third language is one more file."""

from __future__ import annotations

import ast
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from checker.adjudicate.durable.strata import RULINGS
from checker.adjudicate.steps import POSSIBLY, SURELY, Claim
from checker.model.law import Truth
from checker.model.words import Outcome
from checker.plan.compile import compile_rulebook
from checker.plan.stating.sentences import restate
from checker.report import Presentation
from checker.report.formats import CHECK
from checker.rules.loading import load
from checker.words import catalogue
from checker.words.message import Message, Words
from tests.report.fixture import report

ROOT = Path(__file__).parents[2]
LANGUAGES = ("en", "vi")


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_read_as_babel_reads_it(language: str) -> None:
    with (catalogue.FOLDER / f"{language}.po").open("rb") as stream:
        peer = read_po(stream, abort_invalid=True)
    expected = {}
    for entry in peer:
        key = entry.id if isinstance(entry.id, str) else entry.id[0]
        if key:
            expected[key] = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
    assert catalogue.catalogue(language).texts == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_catalogue_is_given_twice(language: str) -> None:
    said = (catalogue.FOLDER / f"{language}.po").read_text(encoding="utf-8")
    keys = Counter(re.findall(r'^msgid "(.+)"$', said, re.MULTILINE))
    assert len(keys) == len(catalogue.catalogue(language).texts)
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_language_that_is_shipped_lacks_a_text() -> None:
    english, vietnamese = (catalogue.catalogue(language).texts for language in LANGUAGES)
    assert catalogue.languages() == LANGUAGES
    assert vietnamese.keys() == english.keys()
    for key, texts in english.items():
        for text in (*texts, *vietnamese[key]):
            assert holes(text) == holes(texts[-1]) or (len(texts) > 1 and text == texts[0]), key
            assert not re.search(r"\s{2}", text), key


def test_numbers_take_their_plural_form() -> None:
    english, vietnamese = map(Words, LANGUAGES)
    assert [english.several("days", n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [vietnamese.several("days", n) for n in (0, 1, 2)] == ["0 ngày", "1 ngày", "2 ngày"]


@cache
def named_in_code() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every string in the program's code and templates, and a pattern for each that is put together."""
    strings: set[str] = set()
    patterns: set[str] = set()
    for path in (ROOT / "checker").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
                if any(part for part in parts):
                    patterns.add("".join(".+" if part is None else re.escape(part) for part in parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
    for path in (ROOT / "checker").rglob("*.html"):
        strings.update(re.findall(r"""["']([a-z0-9-]+)["']""", path.read_text(encoding="utf-8")))
    return frozenset(strings), tuple(map(re.compile, sorted(patterns)))


def test_no_text_is_there_that_nothing_says() -> None:
    strings, patterns = named_in_code()
    dead = [key for key in catalogue.catalogue("en").texts if key not in strings and not any(p.fullmatch(key) for p in patterns)]
    assert dead == []


def asked_for() -> Iterator[tuple[Path, str]]:
    for path in (ROOT / "checker").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name = (
                node.func.id
                if isinstance(node.func, ast.Name)
                else node.func.attr
                if isinstance(node.func, ast.Attribute)
                else ""
            )
            of_words = name in {"wording", "words", "message"} or ast.unparse(node.func) in {"wording.several", "words.say"}
            if of_words and isinstance(node.args[0].value, str):
                yield path, node.args[0].value


def test_every_text_that_is_asked_for_is_there() -> None:
    known = catalogue.catalogue("en").texts
    asked = list(asked_for())
    assert len(asked) > 200
    assert [(path.name, key) for path, key in asked if key not in known] == []


@pytest.fixture
def with_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogues, and a French one that says a few things only."""
    for language in LANGUAGES:
        shutil.copy(catalogue.FOLDER / f"{language}.po", tmp_path)
    (tmp_path / "fr.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "report"\nmsgstr "Rapport de conformité"\n\nmsgid "violated"\nmsgstr "non conforme"\n\n'
        'msgid "days"\nmsgid_plural "days"\nmsgstr[0] "{n} jour"\nmsgstr[1] "{n} jours"\n\n'
        'msgid "restated-for-each"\nmsgstr "pour chaque {who}"\n\n'
        'msgid "said-yes"\nmsgstr "{left} : oui"\n\n'
        'msgid "checked-required"\nmsgstr "{record} : chaque ligne indique {field}"\n\n'
        'msgid "pending"\nmsgstr ""\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)


@pytest.mark.usefixtures("with_french")
def test_a_third_language_is_one_more_file() -> None:
    words = Words("fr")
    assert [words.several("days", n) for n in (0, 1, 2)] == ["0 jour", "1 jour", "2 jours"]
    assert words.say(Message("violated")) == "non conforme"
    assert words("pending") == "pending"
    stream = io.StringIO()
    CHECK["text"](report("fr"), stream, Presentation())
    said = stream.getvalue()
    assert "Rapport de conformité" in said
    assert "NON CONFORME" in said
    assert "Rulebook" in said


CLUBS = """rulebook: clubs
title: Clubs
languages: [fr]
records:
  clubs: {title: club, key: id, fields: {id: {title: Numéro, required: true}, open: {title: Ouvert, type: boolean}}}
  gifts: {title: dons, fields: {club: {ref: clubs}, on: {title: Jour, type: date}}, date: on}
sources: {law: {title: Loi}}
rules:
  - id: open
    title: Un club est ouvert.
    cites: law art. 1
    severity: major
    for: clubs
    require: {condition: {that: open}}
  - id: given
    title: Un club reçoit des dons.
    cites: law art. 2
    severity: major
    for: clubs
    require: {frequency: {of: gifts, per: quarter, at_least: 2}}
"""


@pytest.mark.usefixtures("with_french")
def test_rules_are_restated_in_a_third_language_and_what_it_lacks_in_english(tmp_path: Path) -> None:
    path = tmp_path / "clubs.yaml"
    path.write_text(CLUBS, encoding="utf-8")
    book = load(path)
    assert {rule.id: restate(book, rule).variants for rule in book.rules} == {
        "open": (("fr", "Pour chaque club, it is true that Ouvert : oui."),),
        "given": (("fr", "In every quarter of the period, pour chaque club, the number of dons is at least 2."),),
    }
    titles = [rule.title for record in compile_rulebook(book, "duckdb").records for rule in record.integrity]
    assert titles[0].in_("fr") == "club : chaque ligne indique Numéro"
    assert [text for title in titles if (text := title.in_("fr")) != title.in_("en")] == [titles[0].in_("fr")]


def test_a_language_without_a_catalogue_is_restated_in_english(tmp_path: Path) -> None:
    path = tmp_path / "clubs.yaml"
    path.write_text(CLUBS, encoding="utf-8")
    book = load(path)
    assert [language for rule in book.rules for language, _ in restate(book, rule).variants] == ["en", "en"]
    assert restate(book, book.rules[0]).in_("fr") == "For each of the club, it is true that Ouvert: yes."


def test_all_that_the_rule_engine_does_has_words() -> None:
    fixed = [inference.name for inference in RULINGS if inference.told]
    values = [*Truth, *Outcome, *(claim.word for claim in Claim), SURELY, POSSIBLY]
    kinds = {"conflict", "verdict", *(pattern.kind for inference in RULINGS for pattern in inference.when)}
    keys = [*fixed, *(f"fact-is-{value}" for value in values), *(f"fact-{kind}" for kind in sorted(kinds))]
    assert [key for key in keys if key not in catalogue.catalogue("en").texts] == []
    assert [catalogue.catalogue("en").text(name) for name in fixed] == fixed
