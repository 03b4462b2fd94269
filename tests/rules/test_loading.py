"""What a right rulebook becomes, in one file and in several; where rulebooks and their cases are found."""

from __future__ import annotations

import unicodedata
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from checker.errors import Problem, RulesError, UsageError
from checker.model.law import All, Any, Attribute, Not, Tally
from checker.model.schema import Span
from checker.model.words import Severity, Text, Verdict
from checker.rules.cases import Expected, load_cases
from checker.rules.loading import load
from checker.rules.rulebook import DatedValue, Rulebook, Written
from checker.rules.shelf import find, rules_folder, shipped_names
from tests.said import just

from .book import BOOK

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    file = tmp_path / "clubs.yaml"
    file.write_text(BOOK, encoding="utf-8")
    return load(file, shown="clubs.yaml")


def test_header(book: Rulebook) -> None:
    assert (book.name, book.version, book.languages, book.body) == ("clubs", "0", ("en", "vi"), "clubs")
    assert book.title == Text((("en", "Clubs"), ("vi", "Câu lạc bộ")))
    assert book.sources["statute"].issued == date(2010, 5, 1)


def test_parameters_are_exact(book: Rulebook) -> None:
    assert book.parameters["attendance"].values == (
        DatedValue(date(2015, 1, 1), Fraction(4, 5), "80%", "statute s. 4"),
        DatedValue(date(2020, 1, 1), Fraction(2, 3), "2/3"),
    )
    assert book.parameters["fewest"].values == (DatedValue(None, Fraction(3), "3"),)


def test_records(book: Rulebook) -> None:
    clubs = book.records["clubs"]
    assert (clubs.key, clubs.label, clubs.parent, clubs.begins, clubs.ends) == (
        "id",
        "name",
        "parent",
        "founded",
        "dissolved",
    )
    assert [field.name for field in clubs.fields if field.required] == ["id"]
    level = clubs.field("level")
    assert level is not None
    assert (level.enum, level.default) == ((("national", ("top",)), ("local", ())), "local")
    opened = clubs.field("open")
    assert opened is not None
    assert opened.default == "true"


def test_the_body_and_what_leads_to_it_are_inferred(book: Rulebook) -> None:
    belongs = {record.name: record.belongs_to for record in book.records.values()}
    assert belongs == {"clubs": None, "meetings": "club", "minutes": "meeting"}


def test_rules(book: Rulebook) -> None:
    meets, often, *_ = book.rules
    assert meets.in_force == Span(date(2010, 5, 1), date(2030, 12, 31))
    assert (meets.severity, meets.verified, meets.form) == (Severity.MAJOR, True, "frequency")
    assert often.cites == ("statute s. 2", "statute s. 3")
    assert often.title == Text.of("meets-often", "en")
    assert book.exceptions[0].when == Written("open", ("exceptions", 0, "when", "subject"))


def test_standings(book: Rulebook) -> None:
    bad, small, good = book.standings
    assert bad.when == Any(
        (
            Tally(Verdict.VIOLATED, severities=(Severity.CRITICAL,)),
            Tally(Verdict.VIOLATED, rules=("meets", "records/clubs/name/allowed"), at_least=3),
        )
    )
    assert small.when == All((Attribute("small.1"), Not(Tally(Verdict.UNDETERMINED))))
    assert small.attributes == (("small.1", Written("members < 10", ("standings", 1, "when", "all", 0, "subject"))),)
    assert good.when == All(())


def test_text_is_compared_in_one_form_of_unicode(tmp_path: Path) -> None:
    decomposed = BOOK.replace("[top]", "[cấp]").replace("'held'", "'họp'").replace("[held, c", "[họp, c")
    file = tmp_path / "clubs.yaml"
    file.write_text(unicodedata.normalize("NFD", decomposed), encoding="utf-8")
    level = load(file).records["clubs"].field("level")
    assert level is not None
    assert level.enum[0] == ("national", ("cấp",))


@pytest.mark.parametrize("enum", ["[{0}, {1}]", "{{{0}: [top], {1}: []}}", "[{0}, other, {0}]"])
def test_a_value_is_named_once_in_all_forms_of_unicode(tmp_path: Path, enum: str) -> None:
    file, composed = tmp_path / "clubs.yaml", "cấp"
    written = enum.format(composed, unicodedata.normalize("NFD", composed))
    file.write_text(BOOK.replace("{national: [top], local: []}, default: local", written), encoding="utf-8")
    with pytest.raises(RulesError, match="'enum' names a value twice"):
        load(file)


def test_every_part_knows_its_place(book: Rulebook) -> None:
    problem = book.problem(("rules", 1, "require", "frequency", "no", "such"), "x", just("y"), just("z"))
    assert str(problem.place) == "clubs.yaml:62:7"
    assert problem.excerpt == "      frequency: {of: held, per: year, at_least: members / 3}"


def in_files(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / f"{name.replace('_', '/')}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_merged(tmp_path: Path, book: Rulebook) -> None:
    head, rest = BOOK.split("rules:\n")
    first, second = rest.split("  - id: attended", 1)
    folder = in_files(tmp_path / "b", a=head, b="rules:\n" + first, c="rules:\n  - id: attended" + second, cases_x="[]")
    merged = load(folder, shown="b")
    assert merged.rules == book.rules
    assert merged.records == book.records
    assert str(merged.problem(("rules", 2, "id"), "x", just("y"), just("z")).place) == "b/c.yaml:2:5"


def test_nothing_is_defined_twice_in_a_folder(tmp_path: Path) -> None:
    folder = in_files(tmp_path / "b", a=BOOK, b="title: Other\nterms: {held: {of: meetings}}\nrules: {}\n")
    with pytest.raises(RulesError) as raised:
        load(folder, shown="b")
    assert [str(problem).splitlines()[0] for problem in raised.value.problems] == [
        "b/b.yaml:1:1: error: 'title' is given twice: here and in b/a.yaml:2:1 [duplicate-key]",
        "b/b.yaml:2:9: error: 'held' is given twice: here and in b/a.yaml:47:3 [duplicate-key]",
        "b/b.yaml:3:1: error: 'rules' is given twice: here and in b/a.yaml:49:1 [duplicate-key]",
    ]


@pytest.mark.parametrize("text", ["", "- a", "a", "rulebook: [", "rulebook: x\ntitle: y\nrecords: []\nrules: {}\nterms: x"])
def test_what_is_no_rulebook(text: str, tmp_path: Path) -> None:
    with pytest.raises(RulesError):
        load(in_files(tmp_path / "b", a=text))
    with pytest.raises(RulesError):
        load(tmp_path / "none.yaml")


def test_a_folder_without_yaml(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="there is no rulebook in this folder"):
        load(tmp_path)


def loaded_or_told(file: Path) -> Rulebook | tuple[Problem, ...]:
    try:
        return load(file)
    except RulesError as error:
        return error.problems


@pytest.mark.parametrize("junk", ["~", "x", "[]", "{}", "[[a]]", "{a: {b: c}}", "[{id: x}]", "-1"])
@pytest.mark.parametrize("section", ["sources", "parameters", "records", "terms", "rules", "exceptions", "standings"])
def test_junk_is_no_traceback(section: str, junk: str, tmp_path: Path) -> None:
    lines = BOOK.split("\n\n")
    kept = [part for part in lines if not part.startswith(section)]
    for text in (f"{section}: {junk}", f"{section}:\n  a: {junk}", f"{section}:\n  - {junk}"):
        file = tmp_path / "x.yaml"
        file.write_text("\n".join([*kept, text]), encoding="utf-8")
        read = loaded_or_told(file)
        assert isinstance(read, Rulebook) or (read and all(problem.message and problem.fix and problem.place for problem in read))


CASES = """\
- name: none in the first quarter
  period: 2019
  as_of: 2019-12-31
  set: {fewest: 4}
  tables:
    clubs: [{id: A, level: local, founded: ~}, {id: B}]
    meetings: []
  expect: {A: {2019-Q1: violated, 2019-Q2: satisfied}, B: not-applicable}
- name: whole
  period: 2019
  tables: {}
  expect: undetermined
"""


def test_cases(tmp_path: Path, book: Rulebook) -> None:
    folder = in_files(tmp_path / "b", a=BOOK, cases_meets=CASES)
    first, second = load_cases(folder, book, shown="b")
    assert (first.rule, first.name, first.period.label, first.as_of) == (
        "meets",
        "none in the first quarter",
        "2019",
        date(2019, 12, 31),
    )
    assert first.overrides == {"fewest": "4"}
    assert first.tables == {"clubs": ({"id": "A", "level": "local", "founded": None}, {"id": "B"}), "meetings": ()}
    assert first.expect == (
        Expected(Verdict.VIOLATED, "A", "2019-Q1"),
        Expected(Verdict.SATISFIED, "A", "2019-Q2"),
        Expected(Verdict.NOT_APPLICABLE, "B"),
    )
    assert (second.expect, second.as_of, str(second.place)) == (
        (Expected(Verdict.UNDETERMINED),),
        None,
        "b/cases/meets.yaml:9:3",
    )
    assert load_cases(tmp_path / "b" / "a.yaml", book) == ()


def test_wrong_cases(tmp_path: Path, book: Rulebook) -> None:
    wrong = CASES.replace("level:", "levle:").replace("2019-Q1: violated", "2019-Q1: violatet").replace("fewest", "fewst")
    wrong = wrong.replace("name: whole\n  period: 2019", "name: whole\n  period: 2019-13").replace("tables: {}", "tabels: {}")
    folder = in_files(tmp_path / "b", a=BOOK, cases_meets=wrong, cases_meet=CASES.replace("meetings: []", "meeting: [x]"))
    with pytest.raises(RulesError) as raised:
        load_cases(folder, book, shown="b")
    assert [str(problem).splitlines()[0] for problem in raised.value.problems] == [
        (
            "b/cases/meet.yaml: error: 'meet' is neither a rule nor an indicator of this rulebook; "
            "did you mean 'meets'? [unknown-name]"
        ),
        "b/cases/meet.yaml:7:15: error: 'meeting' should be a row: columns and their cells [wrong-type]",
        "b/cases/meets.yaml:8:3: error: 'violatet' is not a verdict; did you mean 'violated'? [unknown-value]",
        (
            "b/cases/meets.yaml:10:11: error: '2019-13' is not a period: "
            "write 2019, 2019/20, 2019-H1, 2019-Q2, 2019-03, 2019-W05 or 2019-03-01..2019-08-31 [bad-period]"
        ),
        "b/cases/meets.yaml:11:3: error: 'tabels' is not a key here; did you mean 'tables'? [unknown-key]",
    ]


def test_a_rulebook_is_found_by_path_or_name(tmp_path: Path) -> None:
    shipped = in_files(tmp_path, clubs_a=BOOK, single=BOOK)
    assert shipped_names(shipped) == ("clubs", "single")
    assert find("clubs", shipped) == shipped / "clubs"
    assert find("single", shipped) == shipped / "single.yaml"
    assert find(str(tmp_path / "clubs"), shipped) == tmp_path / "clubs"
    with pytest.raises(UsageError, match="there is no rulebook 'club'; did you mean 'clubs'") as raised:
        find("club", shipped)
    assert str(raised.value.problems[0].fix) == "Shipped rulebooks are: clubs, single. Any other is given by its path."
    for path in ("no/such", "none.yaml", ""):
        with pytest.raises(UsageError):
            find(path, shipped)


@pytest.mark.parametrize("name", shipped_names(rules_folder()))
def test_shipped_rulebooks_and_their_cases_load(name: str) -> None:
    folder = find(name, rules_folder())
    assert load_cases(folder, load(folder))
