"""Cases of indicators are tried, told and counted beside those of rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker.cli.main import program
from checker.mutation.survey import survey
from checker.trials import try_cases
from tests.report.services.validators import accept_annotations, accept_junit, accept_sarif

RULES = """\
rulebook: clubs
title: Clubs
languages: [en]
sources: {law: {title: Law}}
parameters: {least: 0}
records:
  clubs: {key: id, fields: {id: {}, open: {type: boolean, required: true}}}
  meetings:
    date: date
    fields: {club: {ref: clubs}, date: {type: date}, present: {type: integer}, bound: {type: integer}}
  terms_of_office:
    key: id
    lifespan: {from: from, until: until}
    fields: {id: {}, club: {ref: clubs}, from: {type: date}, until: {type: date}}
terms: {open-clubs: {of: clubs, where: open}}
rules:
  - {id: meets, title: Meets, cites: law art. 1, for: clubs, require: {frequency: {of: meetings, per: year, at_least: 1}}}
indicators:
  - {id: attended, for: clubs, measure: {count: {of: meetings, where: "present > :least"}}}
  - {id: turnout, for: open-clubs, per: half, measure: {rate: {of: meetings, part: present, whole: bound}}}
  - {id: spared, for: clubs, measure: {value: attended - 1}}
"""
HEAD = """\
- name: {name}
  period: 2019
  as_of: {as_of}
  tables:
    clubs: [{{id: A, open: true}}, {{id: B, open: false}}]
    meetings:
      - {{club: A, date: 2019-03-01, present: 2, bound: 3}}
      - {{club: A, date: 2019-08-01, present: 0, bound: 0}}
  expect: {expect}
"""


def case(expect: str, as_of: str = "2019-12-31", name: str = "one") -> str:
    return HEAD.format(name=name, as_of=as_of, expect=expect)


def write(folder: Path, rules: str = RULES, **cases: str) -> Path:
    (folder / "clubs" / "cases").mkdir(parents=True)
    (folder / "clubs" / "rulebook.yaml").write_text(rules, encoding="utf-8")
    for of, text in cases.items():
        (folder / "clubs" / "cases" / f"{of}.yaml").write_text(text, encoding="utf-8")
    return folder / "clubs"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["test", "clubs", *arguments], prog_name="checker")


@pytest.mark.parametrize(
    ("of", "expect"),
    [
        ("attended", "{A: 1, B: 0}"),
        ("attended", "{A: 1}"),
        ("spared", "{A: 0, B: -1}"),
        ("turnout", "{A: {2019-H1: 66.67%, 2019-H2: none}, B: none}"),
        ("turnout", "{A: {2019-H1: 2/3}, B: {2019-H1: none}}"),
    ],
)
def test_what_is_as_stated(tmp_path: Path, of: str, expect: str) -> None:
    assert try_cases(str(write(tmp_path, **{of: case(expect)}))).failed == ()


@pytest.mark.parametrize(
    ("of", "stated", "english", "vietnamese"),
    [
        ("attended", "{A: 2}", "A: 2 is stated, 1 was found", "A: tình huống ghi 2, kết quả là 1"),
        ("attended", "1", "B: 1 is stated, 0 was found", "B: tình huống ghi 1, kết quả là 0"),
        (
            "turnout",
            "{A: {2019-H1: 66.66%}}",
            "A, 2019-H1: 66.66% is stated, 66.67% was found",
            "A, 2019-H1: tình huống ghi 66,66%, kết quả là 66,67%",
        ),
        (
            "turnout",
            "{A: {2019-H1: none so far}}",
            "A, 2019-H1: nothing to measure so far is stated, 66.67% was found",
            "A, 2019-H1: tình huống ghi đến nay chưa có gì để tính, kết quả là 66,67%",
        ),
        (
            "turnout",
            "{A: {2019-H2: 0%..50% or none}}",
            "A, 2019-H2: between 0% and 50%, or none is stated, none (nothing to measure) was found",
            "A, 2019-H2: tình huống ghi từ 0% đến 50%, hoặc không có, kết quả là không có (không có gì để tính)",
        ),
        ("turnout", "{B: 1}", "B: 1 is stated, none was found", ""),
        ("turnout", "{A: 2/3}", "A, 2019-H2: 2/3 is stated, none (nothing to measure) was found", ""),
    ],
)
def test_what_is_not_is_told_in_both_languages(of: str, stated: str, english: str, vietnamese: str, home: Path) -> None:
    write(home, **{of: case(stated)})
    done = run("--lang", "en")
    assert done.exit_code == 1
    said = done.output.splitlines()
    assert said[0] == f"clubs/cases/{of}.yaml:1:3: {of}: one"
    assert " ".join(line.strip() for line in said[1 : said.index("")]) == english
    if vietnamese:
        done = run("--lang", "vi")
        assert vietnamese in " ".join(line.strip() for line in done.output.splitlines())


def test_before_a_window_is_over_there_is_what_there_is_so_far(tmp_path: Path) -> None:
    early = case("{A: {2019-H1: 66.67% so far}, B: none}", as_of="2019-04-01", name="early")
    none_yet = case("{A: {2019-H1: none so far}}", as_of="2019-02-01", name="earlier")
    assert try_cases(str(write(tmp_path, turnout=early + none_yet))).failed == ()


def test_parameters_may_have_other_values(tmp_path: Path) -> None:
    other = case("{A: 0}").replace("  tables:", "  set: {least: 2}\n  tables:")
    assert try_cases(str(write(tmp_path, attended=other))).failed == ()


def test_terms_of_office_are_windows_by_their_names(tmp_path: Path) -> None:
    rules = RULES.replace("per: half", "per: term of terms_of_office")
    said = case("{A: {2019-01-01..2019-06-30: 2/3, 2019-07-01..2019-12-31: none}}").replace(
        "    meetings:\n",
        "    terms_of_office:\n      - {id: T1, club: A, from: 2019-01-01, until: 2019-06-30}\n"
        "      - {id: T2, club: A, from: 2019-07-01, until: 2019-12-31}\n    meetings:\n",
    )
    tried = try_cases(str(write(tmp_path, rules, turnout=said)))
    assert tried.failed == ()
    wrong = said.replace("2019-06-30: 2/3", "2019-05-30: 2/3")
    (tmp_path / "clubs" / "cases" / "turnout.yaml").write_text(wrong, encoding="utf-8")
    ((failure,),) = [trial.failures for trial in try_cases(str(tmp_path / "clubs")).failed]
    assert failure.found is None
    assert failure.windows == ("2019-01-01..2019-06-30", "2019-07-01..2019-12-31")


@pytest.mark.parametrize("coverage", [False, True])
def test_services_are_told_of_values_and_of_indicators_without_a_case(
    coverage: bool,  # noqa: FBT001 -- pytest's way
    home: Path,
) -> None:
    write(home, attended=case("{A: 2}"), turnout=case("{A: {2019-H1: 66.67%}}"))
    done = run("-q", "-f", "github", "-f", "sarif=out.sarif", "-f", "junit=out.xml", *(["--coverage"] if coverage else []))
    assert done.exit_code == 1
    (failed, *others) = accept_annotations(done.stdout)
    assert (failed[1]["file"], failed[1]["line"], failed[1]["title"]) == ("clubs/cases/attended.yaml", "1", "attended: one")
    assert failed[2] == "A: 2 is stated, 1 was found"
    missing = [said for _, where, said in others if where["title"] == "spared"]
    assert missing == ["no case"] * coverage
    assert "A: 2 is stated, 1 was found" in Path("out.xml").read_text(encoding="utf-8")
    accept_junit(Path("out.xml").read_text(encoding="utf-8"))
    results = accept_sarif(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["not-as-stated", *["missing-case"] * 2 * coverage]


def test_cases_of_both_are_counted(home: Path) -> None:
    write(home, attended=case("{A: 1}"), meets=case("{A: satisfied}"))
    assert run().output == "clubs: 2 cases of 1 rule and 1 indicator, none not as stated\n"
    assert run("--select", "attended").output == "clubs: 1 case of 1 indicator, none not as stated\n"


def test_mistakes_in_indicators_are_noticed_or_told_with_a_case_that_would(tmp_path: Path) -> None:
    """A mistake in one is noticed by a case of another that names it; what no case notices has a proposal, which was tried."""
    source = write(tmp_path, spared=case("{A: 0, B: -1}"), turnout=case("{A: {2019-H1: 66.67%, 2019-H2: none}, B: none}"))
    found = survey(str(source), ["attended", "turnout", "spared"], jobs=1)
    assert found.failing == ()
    told = {(each.variant.before, each.variant.after): each for each in found.results}
    noticed = told["where: present > :least", ""]
    assert noticed.rules == ("attended", "spared")
    assert noticed.noticed_by == ("spared", "one")
    assert told["part: present, whole: bound", "part: bound, whole: present"].noticed_by == ("turnout", "one")
    assert told["per: half", "per: quarter"].noticed_by == ("turnout", "one")
    wider = told["for: open-clubs", "for: clubs"].proposal
    assert wider is not None
    assert wider.rule == "turnout"
    assert "open: false" in wider.text
    assert all(each.proposal is not None for each in found.alive)
    assert "where: present >= :least" in {each.variant.after for each in found.results}
