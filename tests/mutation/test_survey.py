"""A small rulebook with weak cases: what they do not notice, and the cases proposed, which are tried here once more."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from checker.cli.main import program
from checker.mutation import proposals
from checker.mutation.survey import Survey, survey
from checker.mutation.workshop import Workshop
from checker.words.message import Words

RULES = """\
rulebook: weak
title: Weak
sources: {law: {title: Law}}
records:
  clubs:
    key: id
    fields: {id: {}, kind: {enum: [sport, music]}, members: {type: integer, min: 0}}
rules:
  - id: enough-members
    title: A club has ten members, or is for music.
    cites: law art. 2
    for: clubs
    require:
      condition: {that: "members >= 10 or kind = 'music'"}
"""
CASES = {
    "enough-members": """\
- name: many
  period: 2019
  tables: {clubs: [{id: A, kind: sport, members: 50}]}
  expect: satisfied
- name: few
  period: 2019
  tables: {clubs: [{id: A, kind: sport, members: 2}]}
  expect: violated
""",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("weak")
    write(home, RULES, CASES)
    return home


@pytest.fixture(scope="module")
def found(home: Path) -> Survey:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        return survey("weak", jobs=1)


def write(home: Path, rules: str, cases: dict[str, str]) -> None:
    (home / "weak" / "cases").mkdir(parents=True, exist_ok=True)
    (home / "weak" / "rules.yaml").write_text(rules, encoding="utf-8")
    for rule, text in cases.items():
        (home / "weak" / "cases" / f"{rule}.yaml").write_text(text, encoding="utf-8")


def run(*options: str) -> Result:
    return CliRunner().invoke(program, ["test", "weak", *options], prog_name="checker")


def test_what_no_case_notices_is_listed_with_a_case_that_would(
    found: Survey, home: Path, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    monkeypatch.chdir(home)
    result = run("--mutate", "--jobs", "1", "-f", "text", "-f", "json=mutants.json")
    assert result.exit_code == 1
    assert result.output == snapshot
    written = json.loads((home / "mutants.json").read_text(encoding="utf-8"))
    assert [each["state"] for each in written["mutants"]].count("alive") == len(found.alive) > 0
    assert written["mutants"] == snapshot(name="json")


def test_every_mistake_that_is_alive_has_a_proposal(found: Survey) -> None:
    assert [each.variant.before for each in found.alive if each.proposal is None] == []


def test_a_proposed_case_holds_of_the_rule_and_not_of_the_mutant(
    found: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tried = 0
    for each in found.alive:
        before, after = (text.partition(": ")[2] for text in (each.variant.before, each.variant.after))
        if each.proposal is None or RULES.count(before) != 1:
            continue
        tried += 1
        write(tmp_path, RULES, {each.proposal.rule: each.proposal.text})
        assert run().exit_code == 0, each.proposal.text
        write(tmp_path, RULES.replace(before, after), {})
        assert run().exit_code == 1, each.proposal.text
    assert tried > 1


def test_a_case_that_does_not_hold_is_told_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, RULES, {"enough-members": CASES["enough-members"].replace("expect: violated", "expect: satisfied")})
    result = run("--mutate", "--jobs", "1", "--select", "enough-members", "-q")
    assert result.exit_code == 1
    assert "few: does not come out as stated; see 'checker test weak'" in " ".join(result.output.split())


def test_mutate_and_coverage_are_two_questions(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    assert run("--mutate", "--coverage").exit_code == 2


SHARED = """\
rulebook: weak
title: Weak
body: clubs
sources: {law: {title: Law}}
records:
  clubs: {key: id, fields: {id: {}, kind: {enum: [sport, music]}}}
  chairs: {key: id, lifespan: {from: begun, until: ended},
    fields: {id: {}, club: {ref: clubs}, role: {enum: [chair, deputy]}, begun: {type: date}, ended: {type: date}}}
  meetings: {key: id, date: day, fields: {id: {}, club: {ref: clubs}, day: {type: date}}}
  marks: {fields: {chair: {ref: chairs}, meeting: {ref: meetings}, there: {type: boolean}}}
  calls: {belongs_to: who, roll_call: {who: chairs, occasion: meetings, present: there}}
terms:
  sporting: {of: clubs, where: "kind = 'sport'"}
  real: {of: chairs, where: "role = 'chair'"}
  there: {of: marks, where: there}
rules:
  - {id: two, cites: law art. 1, for: sporting, require: {coverage: {of: real, at_least: 2}}}
  - {id: three, cites: law art. 2, for: sporting, require: {coverage: {of: real, at_most: 3}}}
  - {id: meets, cites: law art. 3, for: clubs, require: {frequency: {of: meetings, per: term of real, at_least: 1}}}
  - {id: attends, cites: law art. 4, for: chairs, require: {share: {of: calls, that: present, at_least: 50%}}}
"""
OF_SHARED = {
    "two": """\
- name: some
  period: 2019
  tables:
    clubs: [{id: A, kind: sport}, {id: B, kind: sport}, {id: C, kind: music}]
    chairs: [{club: A, role: chair}, {club: A, role: chair}, {club: B, role: chair}, {club: B, role: deputy}]
  expect: {A: satisfied, B: violated, C: not-applicable}
""",
}


def test_a_mistake_that_rules_share_is_noticed_where_one_has_a_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where another mistake, in that rule alone, asks the same."""
    write(tmp_path, SHARED, OF_SHARED)
    monkeypatch.chdir(tmp_path)
    found = survey("weak", ["two"], jobs=1)
    dropped = {result.variant.before: result for result in found.results if result.variant.what == "dropped"}
    for where in ("where: kind = 'sport'", "where: role = 'chair'"):
        assert dropped[where].noticed_by == ("two", "some")
        assert dropped[where].equivalent is None
    assert not found.alive
    assert not found.failing


def test_terms_of_office_and_roll_calls_bear_on_a_rule(tmp_path: Path) -> None:
    write(tmp_path, SHARED, OF_SHARED)
    shop = Workshop(tmp_path / "weak")
    assert all(shop.compiled(rule, {}) is not None for rule in ("meets", "attends"))
    of = {variant.before: shop.concerned(variant) for variant in shop.variants if variant.what == "dropped"}
    assert "meets" in of["where: role = 'chair'"]
    assert "attends" in of["where: there"]


INDICATORS = """\
indicators:
  - {id: chairs-now, for: clubs, measure: {count: {of: real}}}
  - {id: chairs-wanted, for: clubs, measure: {value: "chairs_now + 1"}}
rules:
  - {id: led, cites: law art. 5, for: clubs, require: {condition: {that: "chairs_wanted >= 2"}}}
  - {id: known, cites: law art. 6, for: clubs, require: {condition: {that: "kind = 'sport'"}}}
"""


def test_an_indicator_bears_on_the_rules_that_name_it(tmp_path: Path) -> None:
    """Also by another one; a rule that names none is not compiled with its terms."""
    write(tmp_path, SHARED.replace("rules:\n", INDICATORS), OF_SHARED)
    shop = Workshop(tmp_path / "weak")
    of = {variant.before: shop.concerned(variant) for variant in shop.variants if variant.what == "dropped"}
    assert of["where: role = 'chair'"] == ("two", "three", "meets", "chairs-now", "led", "chairs-wanted")
    assert all(shop.compiled(rule, {}) is not None for rule in ("led", "known", "chairs-wanted"))


NEARLY = """\
rulebook: weak
title: Weak
sources: {law: {title: Law}}
records:
  clubs: {key: id, fields: {id: {}}}
  chairs: {key: id, fields: {id: {}, club: {ref: clubs}}}
  gifts: {fields: {club: {ref: clubs}}}
rules:
  - id: thanked
    title: A chair's club has a gift.
    cites: law art. 1
    for: chairs
    require: {coverage: {of: gifts, by: {club: club}}}
"""
OF_NEARLY = {
    "thanked": """\
- name: nearly
  period: 2019
  tables: {clubs: [{id: A}], chairs: [{id: X, club: A}], gifts: [{club: a}]}
  expect: undetermined
""",
}


def test_a_reference_almost_matches_a_key_of_what_no_rule_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, NEARLY, OF_NEARLY)
    monkeypatch.chdir(tmp_path)
    assert not survey("weak", jobs=1).failing


def test_proposed_cases_are_added_after_those_that_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = "# Of clubs.\n\n" + "".join(f"  {line}\n" for line in CASES["enough-members"].splitlines()) + "  # The last."
    write(tmp_path, RULES, {"enough-members": kept})
    before = run("--mutate", "--jobs", "1", "-q")
    assert before.exit_code == 1
    written = run("--mutate", "--write", "--jobs", "1", "-q")
    file = tmp_path / "weak" / "cases" / "enough-members.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.startswith(f"{kept}\n  - name: ")
    assert "cases are added to weak/cases/enough-members.yaml" in written.output
    after = run("--mutate", "--write", "--jobs", "1", "-q")
    assert (after.exit_code, after.output) == (0, "")
    assert file.read_text(encoding="utf-8") == text
    assert run().exit_code == 0


def test_cases_that_nothing_can_be_put_after_are_left_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    flow = "[{name: many, period: 2019, tables: {clubs: [{id: A, kind: sport, members: 50}]}, expect: satisfied}]\n"
    write(tmp_path, RULES, {"enough-members": flow})
    result = run("--mutate", "--write", "--jobs", "1", "-q")
    assert result.exit_code == 2
    assert "the proposed cases cannot be put at its end" in result.output
    assert (tmp_path / "weak" / "cases" / "enough-members.yaml").read_text(encoding="utf-8") == flow


def test_cases_are_written_only_where_mistakes_are_looked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    assert run("--write").exit_code == 2


DATED = """\
rulebook: weak
title: Weak
sources: {law: {title: Law}}
parameters:
  fewest: [{from: 2015-01-01, value: 3}, {from: 2021-07-01, value: 5}]
records:
  clubs: {key: id, fields: {id: {}, members: {type: integer, min: 0}}}
rules:
  - {id: enough, title: Enough, cites: law art. 2, for: clubs, require: {condition: {that: "members >= :fewest"}}}
"""


def test_a_case_is_found_for_the_day_from_which_a_limit_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    some = ["- {name: many, period: 2023, tables: {clubs: [{id: A, members: 50}]}, expect: satisfied}"]
    some += ["- {name: few, period: 2023, tables: {clubs: [{id: A, members: 2}]}, expect: violated}"]
    write(tmp_path, DATED, {"enough": "\n".join(some) + "\n"})
    monkeypatch.setattr(proposals, "MOST_TRIED", 40)
    shop = Workshop(Path("weak"))
    days = {number: each for number, each in enumerate(shop.variants) if each.at[-1] == "from"}
    assert [each.after for each in days.values()] == ["2014-12-31", "2015-01-02", "2021-06-30", "2021-07-02"]
    assert proposals.propose(shop, "enough", days, Words("en")).keys() == days.keys()
