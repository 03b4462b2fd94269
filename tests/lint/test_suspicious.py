"""What is told to be suspicious, and that nothing is told without reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import api
from checker.cli.main import program
from checker.errors import Level, Problem

HEAD = """\
rulebook: clubs
title: Clubs
sources: {statute: {title: The statute}}
parameters: {fewest: [{from: 2015-01-01, value: 5}, {from: 2020-01-01, value: 8}], share: 50%}
records:
  clubs:
    key: id
    parent: parent
    fields:
      id: {}
      level: {enum: [local, national]}
      members: {type: integer, min: 0, max: 1000}
      size: {type: integer, min: 100, max: 200}
      open: {type: boolean}
      parent: {ref: clubs}
  meetings:
    key: id
    date: date
    fields:
      id: {}
      club: {ref: clubs}
      status: {enum: [held, cancelled]}
      date: {type: date}
      present: {type: integer, min: 0, max: 50}
      seats: {type: integer, min: 100}
terms:
  local: {of: clubs, where: "level = 'local'"}
  small-local: {of: local, where: "members < 10"}
  held: {of: meetings, where: "status = 'held'"}
rules:
"""

QUIET = {"missing-case", "missing-title", "missing-remedy", "unused-field", "unused-term", "unused-parameter", "unused-record"}
"""What is said of every small example."""


@pytest.mark.parametrize(
    ("bound", "never"),
    [
        ("exactly: 1", "be broken by too many"),
        ("at_most: 1", "be broken"),
        ("less_than: 2", "be broken"),
        ("at_most: members", None),
        ("at_least: 2", "be met"),
        ("more_than: 1", "be met"),
        ("exactly: 2", "be met"),
        ("at_least: 1", None),
        ("at_most: 0", None),
        ("exactly: 0", None),
    ],
)
def test_a_count_of_rows_of_one_key(bound: str, never: str | None, tmp_path: Path) -> None:
    found = told(rule("once", f"coverage: {{of: clubs, by: {{id: id}}, {bound}}}"), tmp_path)
    assert [problem.code for problem in found if problem.code == "key-counted"] == ["key-counted"] * (never is not None)
    assert never is None or f"can never {never}: of rows that share 'id', the key of clubs" in str(found[0].message)
    others = told(rule("once", f"coverage: {{of: clubs, by: {{level: level}}, {bound}}}"), tmp_path)
    assert [problem.code for problem in others] == ["counts-itself"] * (bound == "at_most: 1")


def rule(name: str, require: str, more: str = "", of: str = "clubs") -> str:
    return f"  - {{id: {name}, cites: statute art. 1, for: {of}, {more}require: {{{require}}}}}\n"


def told(rules: str, tmp_path: Path, *, head: str = HEAD, quiet: set[str] = QUIET) -> list[Problem]:
    file = tmp_path / "clubs.yaml"
    file.write_text(head + rules, encoding="utf-8")
    return [problem for problem in api.lint(file) if problem.code not in quiet]


def marked(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.marked or "") for problem in problems]


@pytest.mark.parametrize(
    ("require", "code", "mark"),
    [
        # predicates, also of rows that terms have selected
        ("condition: {that: members > 1000}", "never-true", ">"),
        ("condition: {that: open or members >= 0}", "never-false", ">="),
        ("condition: {that: \"level = 'local' and level = 'national'\"}", "never-true", "and"),
        ("coverage: {of: held, where: \"status = 'cancelled'\"}", "never-true", "="),
        ("coverage: {of: held, where: \"status = 'held' and present > 3\"}", "never-false", "="),
        ("share: {of: held, where: present > 3, that: present > 2, at_least: 10%}", "never-false", ">"),
        # bounds
        ("coverage: {of: held, less_than: 0}", "bound-never-met", "0"),
        ("coverage: {of: held, at_least: 0}", "bound-always-met", "0"),
        ("frequency: {of: held, per: year, at_least: 5, at_most: 3}", "bound-never-met", "3"),
        ("frequency: {of: held, per: year, more_than: 3, less_than: 4}", "bound-never-met", "4"),
        ("coverage: {of: held, exactly: 1.5}", "bound-never-met", "1.5"),
        ("coverage: {of: held, at_most: size - 300}", "bound-never-met", "size"),
        ("coverage: {of: held, at_least: members - 1000}", "bound-always-met", "members"),
        ("rate: {of: held, part: present, whole: seats, more_than: 100%}", "bound-never-met", "100%"),
        ("rate: {of: held, part: present, whole: seats, at_least: 60%}", "bound-never-met", "60%"),
        ("rate: {of: held, part: present, whole: seats, at_most: 50%}", "bound-always-met", "50%"),
        ("rate: {of: held, part: present, whole: present, at_least: 60%}", "bound-always-met", "60%"),
        ("streak: {of: held, that: present > 3, at_least: members - 1000}", "bound-always-met", "members"),
        ("streak: {of: held, that: present > 3, less_than: 0}", "bound-never-met", "0"),
        ("share: {of: held, that: present > 3, at_most: 100%}", "bound-always-met", "100%"),
        ("share: {of: held, that: present > 3, less_than: 0%}", "bound-never-met", "0%"),
        ("total: {declared: members - 2000, of: held, count: true}", "bound-never-met", "members"),
    ],
)
def test_a_rule_that_decides_nothing(require: str, code: str, mark: str, tmp_path: Path) -> None:
    found = [(found, text.split()[0]) for found, text in marked(told(rule("one", require), tmp_path))]
    assert found == [(code, mark)]


@pytest.mark.parametrize(
    "require",
    [
        "condition: {that: members >= 1000}",
        "condition: {that: open or members > 0}",
        "condition: {that: \"level = 'local' and parent.level = 'national'\"}",
        "condition: {that: level is not null}",
        'condition: {that: "members >= :fewest"}',
        "coverage: {of: held, where: present > 3}",
        "coverage: {of: held}",
        "coverage: {of: held, at_most: 0}",
        "coverage: {of: held, less_than: 1}",
        "coverage: {of: held, exactly: 0}",
        "coverage: {of: held, at_most: size - 150}",
        "frequency: {of: held, per: year, more_than: 3, less_than: 5}",
        "frequency: {of: held, per: year, at_least: 3, at_most: 3}",
        "frequency: {of: held, per: year, at_least: members / 3, at_most: 4}",
        "rate: {of: held, part: present, whole: seats, at_least: 50%}",
        "rate: {of: held, part: present, whole: seats, exactly: 0%}",
        "share: {of: held, that: present > 3, at_least: 100%}",
        'share: {of: held, that: present > 3, more_than: ":share"}',
        "total: {declared: members, of: held, count: true}",
        "total: {declared: members - 1000, of: held, sum: present}",
        "freshness: {of: held, within: 1 year}",
        "streak: {of: held, that: present > 3, at_most: members / 3}",
        "streak: {of: held, that: present > 3, at_most: members - 1000}",
        "target: {of: held, count: true, target: members, from: 2019-01-01, until: 2019-12-31, at_least: 120%}",
        # what is asked of a ratio that any ratio meets is that there be one
        "share: {of: held, that: present > 3, at_least: 0%, nothing: breached}",
        # of a part of the year both can be met
        "frequency: {of: held, per: year, partial: prorate, at_least: 5, at_most: 3}",
    ],
)
def test_a_rule_that_can_decide_both_ways(require: str, tmp_path: Path) -> None:
    assert marked(told(rule("one", require, "in_force: {from: 2015-01-01}, "), tmp_path)) == []


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (rule("two", "condition: {that: members > 20}"), "contradicting-rules"),
        (rule("two", "condition: {that: members > 20}", of="local"), "contradicting-rules"),
        (rule("two", "condition: {that: members < 10}"), "duplicate-rule"),
        (rule("two", "condition: {that: members < 30}"), None),
        (rule("two", "condition: {that: members > 20}", "in_force: {from: 2020-01-01}, "), None),
        (rule("two", "condition: {that: present > 20}", of="meetings"), None),
        (rule("two", "condition: {that: members > 20}", "requires: three, ") + rule("three", "condition: {that: open}"), None),
        (rule("two", "condition: {that: members < 10}", "requires: three, ") + rule("three", "condition: {that: open}"), None),
    ],
)
def test_two_conditions(second: str, code: str | None, tmp_path: Path) -> None:
    first = rule("one", "condition: {that: members < 10}", "in_force: {until: 2019-12-31}, ")
    assert marked(told(first + second, tmp_path)) == ([] if code is None else [(code, "two")])


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("at_least: 4", "at_most: 2", ["contradicting-rules"]),
        ("at_least: 4", "at_least: 4", ["duplicate-rule"]),
        ("at_least: 4", "at_most: 4", []),
        ("at_least: 0", "at_most: 4", ["bound-always-met"]),
        ("at_least: 1, where: present > 60", "at_most: 4", ["never-true"]),
    ],
)
def test_two_requirements_of_a_rule(first: str, second: str, codes: list[str], tmp_path: Path) -> None:
    parts = ", ".join(f"{{coverage: {{of: held, {bound}}}}}" for bound in (first, second))
    assert [problem.code for problem in told(rule("one", f"all: [{parts}]"), tmp_path) if problem.code not in QUIET] == codes


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("at_least: 4", "at_most: 2", "contradicting-rules"),
        ("at_least: 4", "at_least: 4", "duplicate-rule"),
        ("at_least: 4", "at_most: 4", None),
        ("at_least: 4", "at_most: 2, where: present > 3", None),
        ("at_least: 4, via: children", "at_most: 2", None),
    ],
)
def test_two_bounds(first: str, second: str, code: str | None, tmp_path: Path) -> None:
    rules = "".join(rule(name, f"coverage: {{of: held, {bound}}}") for name, bound in (("one", first), ("two", second)))
    assert marked(told(rules, tmp_path)) == ([] if code is None else [(code, "two")])


def test_the_values_of_both_ends_of_a_window_are_two_rules(tmp_path: Path) -> None:
    require = 'frequency: {of: held, per: year, at_least: ":fewest"}'
    first, second = rule("one", require, "in_force: {from: 2015-01-01}, "), rule("two", require, "parameters: end, ")
    assert "duplicate-rule" not in dict(marked(told(first + second, tmp_path)))


def test_two_replacements_may_contradict(tmp_path: Path) -> None:
    rules = rule("one", "coverage: {of: held, exactly: 1}", of="local")
    rules += rule("few", "coverage: {of: held, at_most: 2}") + rule("many", "coverage: {of: held, at_least: 4}")
    exceptions = "exceptions:\n" + "".join(
        f'  - {{id: x-{by}, cites: statute art. 2, when: {{subject: "{when}"}}, displaces: one, by: {by}}}\n'
        for by, when in (("few", "members < 5"), ("many", "members > 50"))
    )
    assert marked(told(rules + exceptions, tmp_path)) == []


def test_a_rule_and_its_replacement_may_contradict(tmp_path: Path) -> None:
    rules = rule("one", "coverage: {of: held, at_least: 4}") + rule("two", "coverage: {of: held, at_most: 2}")
    exception = "exceptions: [{id: x, cites: statute art. 2, when: {subject: open}, displaces: one, by: two}]\n"
    assert marked(told(rules + exception, tmp_path)) == []


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("level = 'national'", [("displaces-nothing", "one")]),
        ("members >= 10", []),
        ("members < 0", [("never-true", "<")]),
        # whose level is empty may be one of the rule's subjects, and then is displaced
        ("level is null", []),
    ],
)
def test_an_exception_that_displaces_nothing(when: str, found: list[tuple[str, str]], tmp_path: Path) -> None:
    rules = rule("one", "coverage: {of: held}", of="local") + rule("two", "coverage: {of: held, at_least: 2}")
    exception = f'exceptions: [{{id: x, cites: statute art. 2, when: {{subject: "{when}"}}, displaces: [one, two]}}]\n'
    assert marked(told(rules + exception, tmp_path)) == found


def test_of_a_term_on_a_term_both_count(tmp_path: Path) -> None:
    rules = rule("one", "condition: {that: members > 20}", of="small-local")
    assert marked(told(rules, tmp_path)) == [("never-true", ">")]


@pytest.mark.parametrize(
    ("force", "mark"),
    [
        ("", "one"),
        ("in_force: {from: 2014-12-31}, ", "2014-12-31"),
        ("in_force: {until: 2030-12-31}, ", "one"),
        ("in_force: {from: 2015-01-01}, ", None),
    ],
)
@pytest.mark.parametrize("of", ["clubs", "long"])
def test_a_parameter_that_begins_late(of: str, force: str, mark: str | None, tmp_path: Path) -> None:
    head = HEAD.replace("terms:\n", 'terms:\n  long: {of: clubs, where: "members > :fewest"}\n')
    that = "members >= :fewest" if of == "clubs" else "open"
    rules = rule("one", f'condition: {{that: "{that}"}}', force, of=of)
    assert marked(told(rules, tmp_path, head=head)) == ([] if mark is None else [("parameter-gap", mark)])


def test_what_is_never_used(tmp_path: Path) -> None:
    head = HEAD.replace("sources: {", "sources: {by-laws: {title: The by-laws}, ")
    head = head.replace("terms:\n", "  rooms: {fields: {name: {}}}\nterms:\n")
    found = told(rule("one", "condition: {that: members > 3}", of="local"), tmp_path, head=head, quiet=QUIET - set(HEAD_UNUSED))
    assert marked(found) == HEAD_FOUND


HEAD_UNUSED = ("unused-parameter", "unused-term", "unused-record", "unused-field")
HEAD_FOUND = [
    ("unused-source", "by-laws"),
    ("unused-parameter", "fewest"),
    ("unused-parameter", "share"),
    ("unused-field", "size"),
    ("unused-field", "open"),
    ("unused-field", "present"),
    ("unused-field", "seats"),
    ("unused-record", "rooms"),
    ("unused-term", "small-local"),
    ("unused-term", "held"),
]


def test_what_is_used(tmp_path: Path) -> None:
    rules = rule("one", 'share: {of: held, that: "present * 3 < seats", at_least: ":share"}', of="small-local")
    rules += rule("two", 'condition: {that: "members >= :fewest or open or size > 150"}', "in_force: {from: 2015-01-01}, ")
    assert marked(told(rules, tmp_path, quiet=QUIET - set(HEAD_UNUSED))) == []


def test_what_is_used_under_names_like_those_of_texts(tmp_path: Path) -> None:
    head = """\
rulebook: clubs
title: Clubs
sources: {statute: {title: The statute}}
parameters: {fewest: 2}
records:
  notes: {key: id, fields: {id: {}, title: {}}}
  clubs: {key: id, fields: {id: {}, note: {ref: notes}, size: {type: integer}}}
  chairs:
    lifespan: {from: begun, until: ended}
    fields: {club: {ref: clubs}, begun: {type: date}, ended: {type: date}, acting: {type: boolean}}
  meetings: {date: day, unique: [[club, day]], fields: {id: {}, title: {}, club: {ref: clubs}, day: {type: date}}}
terms:
  full: {of: chairs, where: not acting}
rules:
"""
    rules = rule("one", "coverage: {of: meetings, by: {title: note}}")
    rules += rule("two", 'frequency: {of: meetings, per: term of full, at_least: ":fewest"}')
    rules += rule("three", "coverage: {of: meetings, by: {id: id}, where: club.size > 3}")
    found = told(rules, tmp_path, head=head, quiet=QUIET - set(HEAD_UNUSED))
    assert marked(found) == []


FREE = """\
rulebook: clubs
title: Clubs
sources: {statute: {title: The statute}}
records:
  clubs: {key: id, fields: {id: {}, town: {}}}
  meetings: {date: day, unique: [[club, day]], fields: {club: {ref: clubs}, day: {type: date}, kind: {}}}
  talks: {date: day, fields: {club: {ref: clubs}, day: {type: date}, topic: {enum: [law, money]}}}
rules:
"""


@pytest.mark.parametrize(
    ("require", "of", "found"),
    [
        (
            "coverage: {of: meetings, where: \"kind <> 'assembly'\"}",
            "clubs",
            [("free-text-compared", "kind")],
        ),
        (
            "coverage: {of: meetings, where: \"kind in ('a', 'b')\"}",
            "clubs",
            [("free-text-compared", "kind")],
        ),
        (
            "coverage: {of: meetings, where: \"club.town = 'Rome'\"}",
            "clubs",
            [("free-text-compared", "town")],
        ),
        ("coverage: {of: meetings, where: \"lower(kind) = 'a'\"}", "clubs", []),
        ("coverage: {of: meetings, where: \"club = 'A'\"}", "clubs", []),
        ("condition: {that: \"id <> 'A'\"}", "clubs", []),
        ("frequency: {of: talks, per: year, at_least: 1}", "clubs", [("rows-without-key", "talks")]),
        ("coverage: {of: talks, where: \"topic = 'law'\"}", "clubs", [("rows-without-key", "talks")]),
        ("coverage: {of: talks}", "clubs", [("rows-without-key", "talks")]),
        ("freshness: {of: talks, within: 1 year}", "clubs", []),
        ("condition: {that: \"topic = 'law'\"}", "talks", []),
    ],
)
def test_words_and_rows_that_may_be_taken_for_others(require: str, of: str, found: list[tuple[str, str]], tmp_path: Path) -> None:
    assert marked(told(rule("one", require, of=of), tmp_path, head=FREE)) == found


def test_a_submission_that_spells_a_word_otherwise(tmp_path: Path) -> None:
    require = "frequency: {of: meetings, where: \"kind <> 'annual assembly'\", per: year, at_least: 1}"
    (tmp_path / "clubs.yaml").write_text(FREE + rule("one", require), encoding="utf-8")
    rows = ", ".join(
        f"{{club: A, day: 2019-02-0{number}, kind: {kind}}}"
        for number, kind in enumerate(("Annual  Assembly", "annual assembly", "board", "ANNUALASSEMBLY"), 1)
    )
    data = f"submission: {{period: 2019, as_of: 2019-12-31}}\ntables:\n  clubs: [{{id: A}}]\n  meetings: [{rows}]\n"
    (tmp_path / "data.yaml").write_text(data, encoding="utf-8")
    [problem] = api.lint(tmp_path / "clubs.yaml", submission=tmp_path / "data.yaml", select=["spelled-otherwise"])
    assert problem.level is Level.WARNING
    assert "'ANNUALASSEMBLY', 'Annual  Assembly'" in str(problem.message)


def test_what_readers_miss(tmp_path: Path) -> None:
    head = HEAD.replace("title: Clubs\n", "title: {en: Clubs, vi: Câu lạc bộ}\nlanguages: [en, vi]\n")
    head = head.replace("{title: The statute}", "{title: {en: The statute, vi: Điều lệ}}")
    rules = """\
  - id: one
    title: Every club meets.
    cites: statute art. 1
    for: clubs
    require: {coverage: {of: held}}
    remedy: {vi: Họp.}
  - {id: two, cites: statute art. 1, for: clubs, require: {coverage: {of: held, at_least: 2}}}
"""
    found = told(rules, tmp_path, head=head, quiet=set(HEAD_UNUSED))
    assert marked(found) == [
        ("missing-case", "one"),
        ("missing-translation", "title"),
        ("missing-translation", "remedy"),
        ("missing-case", "two"),
        ("missing-remedy", "two"),
        ("missing-title", "two"),
    ]
    assert [str(problem.message) for problem in found[1:3]] == ["'title' is missing in vi", "'remedy' is missing in en"]


def test_a_fault_in_a_case_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "clubs").mkdir()
    (tmp_path / "clubs" / "cases").mkdir()
    (tmp_path / "clubs" / "clubs.yaml").write_text(HEAD + rule("one", "coverage: {of: held}"), encoding="utf-8")
    case = tmp_path / "clubs" / "cases" / "one.yaml"
    case.write_text("- {name: x, period: 2019, tables: {clubs: []}, expect: violatet}\n", encoding="utf-8")
    [problem] = [problem for problem in api.lint(tmp_path / "clubs") if problem.level is Level.ERROR]
    assert (problem.code, problem.marked, problem.instead) == ("unknown-value", "violatet", "violated")
    case.write_text("- {name: x, period: 2019, tables: {clubs: []}, expect: violated}\n", encoding="utf-8")
    assert "missing-case" not in {problem.code for problem in api.lint(tmp_path / "clubs")}


def test_the_shipped_rulebook_is_clean() -> None:
    assert [str(problem) for problem in api.lint("vn-party-grassroots") if problem.level is not Level.NOTE] == []


SUBMISSION = """\
submission: {period: 2019, as_of: 2019-12-31}
tables:
  clubs:
    - {id: A, level: local, members: 3}
    - {id: B, level: local, members: 4}
    - {id: C, level: local, members: 5}
"""


def test_rules_that_decide_nothing_of_a_submission(tmp_path: Path) -> None:
    rules = (
        rule("small", "condition: {that: members < 100}")
        + rule("large", "condition: {that: members > 100}")
        + rule("national", "condition: {that: members > 3}", of="national")
        + rule("meets", "coverage: {of: held}")
        + rule("some", "condition: {that: members > 3}")
    )
    (tmp_path / "clubs.yaml").write_text(
        HEAD.replace("terms:\n", "terms:\n  national: {of: clubs, where: \"level = 'national'\"}\n") + rules, encoding="utf-8"
    )
    (tmp_path / "data.yaml").write_text(SUBMISSION, encoding="utf-8")
    codes = ("applies-to-nobody", "undetermined-for-all", "violated-by-all")
    problems = api.lint(tmp_path / "clubs.yaml", submission=tmp_path / "data.yaml", select=codes)
    assert [(problem.code, problem.marked) for problem in problems] == [
        ("violated-by-all", "large"),
        ("applies-to-nobody", "national"),
        ("undetermined-for-all", "meets"),
    ]
    assert "the rule does not concern it: 3" in str(problems[1].message)
    assert "a table was not submitted" in str(problems[2].message)


def test_warnings_fail_only_where_asked(tmp_path: Path) -> None:
    file = tmp_path / "clubs.yaml"
    file.write_text(HEAD + rule("one", "coverage: {of: held}"), encoding="utf-8")

    def exit_code(*options: str) -> int:
        return CliRunner().invoke(program, ["lint", str(file), *options], prog_name="checker").exit_code

    assert exit_code() == 0
    assert exit_code("--strict") == 1
    assert exit_code("--strict", "--select", "never-true") == 0
    assert exit_code("--strict", "--select", "missing-case") == 1
    warnings = {problem.code for problem in api.lint(file) if problem.level is Level.WARNING}
    assert exit_code("--strict", *(option for code in sorted(warnings) for option in ("--ignore", code))) == 0
