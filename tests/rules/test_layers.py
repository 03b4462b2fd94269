"""Rulebooks that use a library, and rulebooks that extend another: what they become, and what they must not do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from checker.errors import RulesError
from checker.model.law import Change, Origin
from checker.model.schema import Span
from checker.model.words import Severity, Verdict
from checker.rules.cases import load_cases
from checker.rules.loading import load
from checker.rules.rulebook import Rulebook
from checker.rules.shelf import libraries_folder, shipped_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from syrupy.assertion import SnapshotAssertion

LIBRARY = """\
library: clubs
title: {en: Clubs, vi: Câu lạc bộ}
languages: [en, vi]
body: clubs
records:
  clubs:
    title: {en: Clubs, vi: Câu lạc bộ}
    key: id
    parent: parent
    fields:
      id: {headers: [Code]}
      parent: {ref: clubs}
      level: {enum: {national: [top], local: []}}
      members: {type: integer, min: 0}
  meetings:
    key: id
    date: date
    fields:
      id: {}
      club: {ref: clubs, required: true}
      date: {type: date, required: true}
      present: {type: integer, min: 0}
      eligible: {type: integer, min: 0}
  badges:
    fields: {club: {ref: clubs}}
terms:
  big-club: {of: clubs, where: members > 100}
"""

NATIONAL = """\
rulebook: national
title: {en: The nation, vi: Quốc gia}
languages: [en, vi]
uses: ./clubs.yaml
sources: {statute: {title: The statute}}
parameters:
  attendance: [{from: 2015-01-01, value: 80%}, {from: 2020-01-01, value: 85%}]
  most: 500
  fewest: 3
  tiny: 5
terms:
  local-club: {of: clubs, where: level = 'local'}
rules:
  - id: meets
    title: {en: A club meets every quarter, vi: Câu lạc bộ họp mỗi quý}
    cites: statute s. 2
    for: local-club
    in_force: {from: 2010-01-01, until: 2030-12-31}
    require: {frequency: {of: meetings, per: quarter, at_least: 2}}
  - id: attended
    cites: statute s. 3
    for: meetings
    require: {rate: {part: present, whole: eligible, at_least: ":attendance"}}
  - id: sized
    cites: statute s. 4
    for: clubs
    require: {condition: {that: members between :fewest and 1000}}
  - id: reviewed
    cites: statute s. 5
    for: clubs
    require: {freshness: {of: meetings, within: 12 months}}
  - id: few
    cites: statute s. 6
    for: clubs
    require: {coverage: {of: meetings, more_than: 2, at_most: ":most"}}
exceptions:
  - {id: small, cites: statute s. 7, when: {subject: "members < :tiny"}, displaces: [meets], by: few}
standings:
  - {id: bad, title: {en: Bad, vi: Xấu}, when: {violated: {}}}
  - {id: good}
"""

PROVINCE = """\
rulebook: province
title: The province
extends: ./national
sources: {decree: {title: The decree}}
parameters:
  attendance: [{from: 2018-01-01, value: 90%}]
records:
  clubs:
    headers: [Societies]
    fields:
      seat: {}
      members: {required: true, title: {en: Members, vi: Hội viên}}
      level: {enum: {district: [mid], local: [village]}}
rules:
  - id: meets
    title: {vi: Họp mỗi quý}
    cites: decree 1
    severity: critical
    require: {frequency: {at_least: 3}}
  - id: seated
    cites: decree 2
    for: clubs
    require: {condition: {that: seat is not null}}
standings:
  - {id: bad, title: {en: Bad indeed}}
  - {id: unclear, when: {undetermined: {}}}
"""

COMMUNE = """\
rulebook: commune
title: The commune
extends: ../province.yaml
overrides: [attended]
sources: {byelaw: {title: The byelaw}}
rules:
  - id: meets
    require: {frequency: {more_than: 3}}
  - id: attended
    title: Half attend
    cites: byelaw 1
    for: meetings
    require: {rate: {part: present, whole: eligible, at_least: 1/2}}
"""

CASE = """\
- name: stated
  period: 2019
  tables: {clubs: [{id: A, level: local}], meetings: []}
  expect: %s
"""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """The files, below that folder; the last of them."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / list(files)[-1]


FILES = {"clubs.yaml": LIBRARY, "national/rules.yaml": NATIONAL, "province.yaml": PROVINCE, "below/commune.yaml": COMMUNE}


@pytest.fixture
def commune(tmp_path: Path) -> Rulebook:
    files = FILES | {
        "national/rules.yaml": NATIONAL.replace("./clubs", "../clubs"),
        "national/cases/meets.yaml": CASE % "violated" + CASE.replace("stated", "met") % "satisfied",
        "national/cases/attended.yaml": CASE % "violated",
        "national/cases/few.yaml": CASE % "satisfied",
    }
    written(tmp_path, files)
    return load(tmp_path / "below" / "commune.yaml", shown="below/commune.yaml")


def test_what_is_extended_is_there_and_each_rule_tells_its_origin(commune: Rulebook) -> None:
    tightened = Change.TIGHTENED
    assert {rule.id: rule.origin for rule in commune.rules} == {
        "meets": Origin("national", (("province", tightened), ("commune", tightened))),
        "attended": Origin("national", (("province", tightened), ("commune", Change.OVERRIDDEN))),
        "sized": Origin("national"),
        "reviewed": Origin("national"),
        "few": Origin("national"),
        "seated": Origin("province"),
    }
    assert [base.name for base in commune.bases] == ["province", "national"]
    assert [base.shown for base in commune.bases] == ["province.yaml", "national"]


def test_a_rule_said_again_keeps_what_is_not(commune: Rulebook) -> None:
    meets = commune.rules[0]
    assert meets.title.variants == (("en", "A club meets every quarter"), ("vi", "Họp mỗi quý"))
    assert (meets.cites, meets.severity) == (("statute s. 2", "decree 1"), Severity.CRITICAL)
    assert (meets.subject, meets.in_force.last is not None) == ("local-club", True)
    assert meets.require.model_dump(exclude_none=True, exclude={"per"}) == {"of": "meetings", "more_than": "3"}


def test_records_are_added_to(commune: Rulebook) -> None:
    clubs = commune.records["clubs"]
    assert clubs.headers == ("Societies",)
    assert [each.name for each in clubs.fields] == ["id", "parent", "level", "members", "seat"]
    level, members = clubs.field("level"), clubs.field("members")
    assert level is not None
    assert level.enum == (("national", ("top",)), ("local", ("village",)), ("district", ("mid",)))
    assert members is not None
    assert (members.required, members.type, members.title.in_("vi")) == (True, "integer", "Hội viên")


def test_parameters_hold_from_the_day_they_are_given(commune: Rulebook) -> None:
    values = [(str(each.first), each.text) for each in commune.parameters["attendance"].values]
    assert values == [("2015-01-01", "80%"), ("2018-01-01", "90%")]


def test_new_standings_part_the_bodies_that_fell_to_the_last(commune: Rulebook) -> None:
    assert [(each.id, each.title.in_("en")) for each in commune.standings] == [
        ("bad", "Bad indeed"),
        ("unclear", "unclear"),
        ("good", "good"),
    ]


def test_what_a_library_has_and_nobody_names_is_not_there(commune: Rulebook) -> None:
    assert list(commune.records) == ["clubs", "meetings"]
    assert list(commune.terms) == ["local-club"]
    assert commune.body == "clubs"


def test_a_column_brings_no_table_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "clubs.yaml").write_text(LIBRARY.replace("members", "badges"), encoding="utf-8")
    file = tmp_path / "book.yaml"
    file.write_text(
        "rulebook: book\ntitle: Book\nuses: ./clubs.yaml\nsources: {s: {title: S}}\nrules:\n"
        "  - {id: r, cites: s 1, for: clubs, require: {total: {of: clubs, via: children, declared: badges, sum: badges}}}\n",
        encoding="utf-8",
    )
    assert set(load(file).records) == {"clubs"}


def test_places_are_those_of_the_file_that_says_it(commune: Rulebook) -> None:
    places = {rule.id: str(commune.places[rule.path]) for rule in commune.rules}
    assert places["sized"] == "national/rules.yaml:24:5"
    assert places["meets"] == "below/commune.yaml:7:5"
    assert str(commune.places["records", "clubs", "fields", "seat"]) == "province.yaml:11:7"
    assert str(commune.places["records", "clubs", "fields", "parent"]) == "clubs.yaml:12:7"


def test_cases_of_the_base_run_where_they_still_hold(commune: Rulebook, tmp_path: Path) -> None:
    cases = load_cases(tmp_path / "below" / "commune.yaml", commune)
    assert [(case.rule, [each.stated for each in case.expect]) for case in cases] == [
        ("few", [Verdict.SATISFIED]),
        ("meets", [Verdict.VIOLATED]),
    ]


def test_cases_of_an_indicator_hold_below_unless_a_parameter_that_it_reads_is_another(tmp_path: Path) -> None:
    case = "- {name: one, period: 2020, tables: {clubs: [{id: A, seats: 3}]}, expect: {A: 6}}\n"
    above = (
        "rulebook: above\ntitle: Above\nsources: {s: {title: S}}\n"
        "parameters: {twice: [{from: 2000-01-01, value: 2}], other: [{from: 2000-01-01, value: 1}]}\n"
        "records: {clubs: {key: id, fields: {id: , seats: {type: integer}}}}\nindicators:\n"
        '  - {id: doubled, for: clubs, measure: {value: "seats * :twice"}}\n'
        '  - {id: same, for: clubs, measure: {value: "doubled - doubled + doubled"}}\n'
        "  - {id: own, for: clubs, measure: {value: seats + 3}}\n"
    )
    files = {"above/rulebook.yaml": above, **{f"above/cases/{name}.yaml": case for name in ("doubled", "same", "own")}}
    written(tmp_path, files)

    def tried(parameters: str) -> set[str]:
        file = tmp_path / "below.yaml"
        file.write_text(f"rulebook: below\ntitle: Below\nextends: ./above\n{parameters}", encoding="utf-8")
        return {case.rule for case in load_cases(file, load(file))}

    assert tried("") == tried("parameters: {other: [{from: 2020-01-01, value: 2}]}\n") == {"doubled", "same", "own"}
    assert tried("parameters: {twice: [{from: 2020-01-01, value: 3}]}\n") == {"own"}


@pytest.mark.parametrize("name", shipped_names(libraries_folder()))
def test_all_of_a_shipped_library_can_be_used(name: str, tmp_path: Path) -> None:
    text = f"rulebook: all\ntitle: All\nuses: [{name}]\nrecords:\n"
    library = (libraries_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    named = [line.strip(" :") for line in library.split("records:\n")[1].split("\nterms:")[0].splitlines() if line[2:3].strip()]
    assert named
    book = load(written(tmp_path, {"all.yaml": text + "".join(f"  {each}: {{fields: {{extra: {{}}}}}}\n" for each in named)}))
    assert list(book.records) == named
    assert {record.belongs_to for record in book.records.values() if record.name == "meetings"} <= {"organisation"}


TIGHTER = {
    "severity": "severity: critical",
    "broader selection": "for: clubs",
    "longer in force": "in_force: {until: 2031-01-01}",
    "ever in force": "in_force: {from: 2010-01-01}",
    "more": "require: {frequency: {at_least: 3}}",
    "strictly": "require: {frequency: {more_than: 2}}",
    "strict of more": "require: {frequency: {exactly: 2}}",
    "by a parameter": 'require: {frequency: {at_least: ":fewest"}}',
    "an upper end too": "require: {frequency: {at_most: 9}}",
    "all said again": "require: {frequency: {of: meetings, per: quarter, at_least: 2}}",
}
LAXER = {
    "severity": "severity: minor",
    "narrower selection": "for: big-club",
    "later in force": "in_force: {from: 2010-01-02, until: 2030-12-31}",
    "shorter in force": "in_force: {from: 2010-01-01, until: 2029-12-31}",
    "fewer": "require: {frequency: {at_least: 1}}",
    "strictly fewer": "require: {frequency: {more_than: 1}}",
    "exactly fewer": "require: {frequency: {exactly: 1}}",
    "by an expression": "require: {frequency: {at_least: members}}",
    "other window": "require: {frequency: {per: month}}",
    "filtered": "require: {frequency: {where: present > 0}}",
    "other form": "require: {coverage: {of: meetings, at_least: 2}}",
}


def province(tmp_path: Path, *parts: str) -> Path:
    """A rulebook of those parts that extends the national one."""
    head = "rulebook: province\ntitle: The province\nextends: ./national.yaml\nsources: {decree: {title: The decree}}\n"
    return written(
        tmp_path,
        {"clubs.yaml": LIBRARY, "national.yaml": NATIONAL, "province.yaml": head + "".join(f"{part}\n" for part in parts)},
    )


@pytest.mark.parametrize("said", TIGHTER)
def test_a_rule_may_be_tightened(said: str, tmp_path: Path) -> None:
    book = load(province(tmp_path, f"rules: [{{id: meets, {TIGHTER[said]}}}]"))
    changed = said != "all said again"
    assert book.rules[0].origin == Origin("national", (("province", Change.TIGHTENED),) if changed else ())


@pytest.mark.parametrize("said", LAXER)
def test_a_rule_is_not_relaxed_unless_it_says_so(said: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    path = province(tmp_path, f"rules: [{{id: meets, {LAXER[said]}}}]")
    with pytest.raises(RulesError) as raised:
        load(path, shown="province.yaml")
    assert str(raised.value) == snapshot


def test_an_overriding_rule_stands_instead_of_the_whole(tmp_path: Path) -> None:
    rule = "{id: meets, cites: decree 1, severity: note, for: big-club, require: {coverage: {of: meetings}}}"
    book = load(province(tmp_path, "overrides: [meets]", f"rules: [{rule}]"))
    meets = book.rules[0]
    assert meets.origin.changes == (("province", Change.OVERRIDDEN),)
    assert (meets.cites, meets.title.in_("en"), meets.in_force, list(book.terms)) == (
        ("decree 1",),
        "meets",
        Span(),
        ["big-club", "local-club"],
    )


def test_an_override_may_be_of_a_parameter_or_by_an_exception(tmp_path: Path) -> None:
    exception = "{id: mine, cites: decree 3, when: {subject: members < 9}, displaces: [reviewed]}"
    book = load(province(tmp_path, "overrides: [attended, sized, reviewed]", "parameters: {attendance: 10%, fewest: 4}",
                         f"exceptions: [{exception}]"))  # fmt: skip
    changed = [rule.id for rule in book.rules if rule.origin.changes == (("province", Change.OVERRIDDEN),)]
    assert changed == ["attended", "sized", "reviewed"]


@pytest.mark.parametrize(
    ("rule", "require", "right"),
    [
        ("reviewed", "{freshness: {within: 1 year}}", True),
        ("reviewed", "{freshness: {within: 11 months}}", True),
        ("reviewed", "{freshness: {within: 336d}}", True),
        ("reviewed", "{freshness: {within: 337d}}", False),
        ("reviewed", "{freshness: {within: 13 months}}", False),
        ("reviewed", "{freshness: {never: breached}}", True),
        ("few", "{coverage: {at_least: 2}}", False),
        ("few", "{coverage: {at_least: 3}}", True),
        ("few", "{coverage: {less_than: 500}}", True),
        ("few", "{coverage: {at_most: 501}}", False),
        ("attended", "{rate: {at_least: 85%}}", True),
        ("attended", "{rate: {at_least: 84%}}", False),
        ("sized", "{condition: {that: members between 4 and 999}}", False),
    ],
)
def test_how_each_key_is_compared(rule: str, require: str, tmp_path: Path, *, right: bool) -> None:
    path = province(tmp_path, f"rules: [{{id: {rule}, require: {require}}}]")
    if right:
        assert any(each.origin.changes for each in load(path).rules)
        return
    with pytest.raises(RulesError) as raised:
        load(path)
    assert [problem.code for problem in raised.value.problems] == ["less-strict"]


BARE = """\
rulebook: national
title: The nation
body: clubs
sources: {statute: {title: The statute}}
parameters: {fewest: 2, much: 3}
records:
  clubs: {key: id, fields: {id: , note: , open: {type: boolean}, founded: {type: date}, closed: {type: date}, twin: {ref: clubs}},
    lifespan: {from: founded, until: closed}}
  chairs: {key: id, lifespan: {from: begun, until: ended},
    fields: {id: , club: {ref: clubs}, begun: {type: date}, ended: {type: date}, rank: {type: integer}}}
  meetings: {key: id, date: day, fields: {id: , club: {ref: clubs}, day: {type: date}, kind: }}
  marks: {fields: {meeting: {ref: meetings}, chair: {ref: chairs}, rank: {type: integer}}}
  calls: {roll_call: {who: chairs, occasion: meetings, present: counted}}
terms:
  full: {of: chairs, where: "rank > :much"}
  counted: {of: marks, where: "rank > :much"}
rules:
  - {id: noted, cites: statute s. 1, for: clubs, require: {condition: {that: "note = 'ok'"}}}
  - {id: sized, cites: statute s. 1, for: clubs, require: {coverage: {of: meetings, at_least: 2}}}
  - {id: after, cites: statute s. 1, for: clubs, requires: sized, require: {condition: {that: "note = 'ok'"}}}
  - {id: then, cites: statute s. 1, for: clubs, requires: after, require: {condition: {that: "note = 'ok'"}}}
  - {id: else, cites: statute s. 1, for: clubs, requires: {noted: violated}, require: {coverage: {of: meetings}}}
  - {id: yearly, cites: statute s. 1, for: clubs, in_force: {from: 2019-07-01},
     require: {frequency: {of: meetings, per: year, partial: require, at_least: 2}}}
  - {id: running, cites: statute s. 1, for: clubs, in_force: {from: 2019-07-01},
     require: {streak: {of: meetings, that: "kind = 'open'", at_least: 2}}}
  - {id: third, cites: statute s. 1, for: clubs, require: {frequency: {of: meetings, per: year, more_than: "2.9", round: up}}}
  - {id: chaired, cites: statute s. 1, for: clubs, require: {frequency: {of: meetings, per: term of full, at_least: 1}}}
  - {id: present, cites: statute s. 1, for: chairs, require: {share: {of: calls, that: present, at_least: 50%}}}
  - {id: spaced, cites: statute s. 1, for: clubs, require: {spacing: {of: meetings, at_least: 7d}}}
  - {id: instead, cites: statute s. 1, for: clubs, require: {coverage: {of: meetings, at_least: 5}}}
exceptions:
  - {id: old, cites: statute s. 2, when: {subject: "note = 'old'"}, displaces: sized, by: instead}
"""


@pytest.mark.parametrize(
    ("said", "code", "rules"),
    [
        # a field without keys is declared, and rules may read it
        ("records: {clubs: {fields: {note: {enum: {ok: [bad]}}}}}", "changed", ()),
        ("records: {clubs: {fields: {note: {enum: [ok]}}}}", "changed", ()),
        ("records: {clubs: {fields: {note: {default: ok}}}}", "changed", ()),
        ("records: {clubs: {fields: {note: {ref: clubs}}}}", "changed", ()),
        ("records: {clubs: {fields: {note: {type: text}}}}", "changed", ()),
        ("records: {clubs: {fields: {note: {min: 0}}}}", "changed", ()),
        ("records: {clubs: {fields: {note: {required: true}}}}", None, ()),
        ("records: {clubs: {fields: {note: {title: Remark, headers: [Notes]}}}}", None, ()),
        ("records: {clubs: {fields: {note: }}}", None, ()),
        # an empty end is open, and an empty reference refers to nothing
        ("records: {clubs: {fields: {closed: {required: true}}}}", "changed", ()),
        ("records: {clubs: {fields: {twin: {required: true}}}}", "changed", ()),
        # what requires another rule holds of fewer, if that one is stricter
        ("rules: [{id: sized, require: {coverage: {at_least: 3}}}]", "less-strict", ("after", "then")),
        ("rules: [{id: sized, severity: critical}]", None, ()),
        ("rules: [{id: noted, severity: critical}]", None, ()),
        # of more days more rows are counted
        ("rules: [{id: yearly, in_force: {from: 2019-01-01}}]", "less-strict", ("yearly",)),
        ("rules: [{id: running, in_force: {from: 2019-01-01}}]", "less-strict", ("running",)),
        # another bound may be rounded to the same number
        ("rules: [{id: third, require: {frequency: {at_least: 2.95}}}]", "less-strict", ("third",)),
        ("rules: [{id: third, require: {frequency: {more_than: 2.95}}}]", None, ()),
        # parameters that are read by terms of office and roll calls
        ("parameters: {much: 9}", "less-strict", ("chaired", "present")),
        ("rules: [{id: spaced, require: {spacing: {at_most: 30d}}}]", "less-strict", ("spaced",)),
        # of two rules that hold instead none is certain
        (
            "overrides: [sized, after, then]\nexceptions: [{id: x, cites: statute 3, when: {subject: open}, displaces: [sized]}]",
            "less-strict",
            ("instead",),
        ),
    ],
)
def test_nothing_makes_a_rule_of_the_base_weaker(said: str, code: str | None, rules: tuple[str, ...], tmp_path: Path) -> None:
    path = written(
        tmp_path, {"national.yaml": BARE, "upper.yaml": f"rulebook: upper\ntitle: Upper\nextends: ./national.yaml\n{said}\n"}
    )
    if code is None:
        load(path)
        return
    with pytest.raises(RulesError) as raised:
        load(path)
    assert {problem.code for problem in raised.value.problems} == {code}
    told = [str(problem.fix) for problem in raised.value.problems]
    assert [name for name in rules if any(f"overrides: [{name}]" in fix for fix in told)] == list(rules)
    assert not rules or len(told) == len(rules)


def test_one_may_be_in_force_longer_than_one_without_end(tmp_path: Path) -> None:
    book = load(province(tmp_path, "rules: [{id: few, severity: critical}, {id: meets, in_force: {from: 2009-01-01}}]"))
    assert book.rules[0].in_force == Span(book.rules[0].in_force.first, None)


MISTAKES = {
    "parameter relaxed": ["parameters: {attendance: 84%}"],
    "parameter relaxed some day": ["parameters: {attendance: [{from: 2016-01-01, value: 82%}]}"],
    "parameter in a predicate": ["parameters: {fewest: 4}"],
    "parameter in an exception": ["parameters: {tiny: 6}"],
    "exception to a rule of the base": [
        "exceptions: [{id: mine, cites: decree 3, when: {subject: members < 9}, displaces: [sized]}]"
    ],
    "rule of the base held only by exception": [
        "rules: [{id: own, cites: decree 3, for: clubs, require: {coverage: {of: meetings}}}]",
        "exceptions: [{id: mine, cites: decree 3, when: {subject: members < 9}, displaces: [own], by: sized}]",
    ],
    "exception of the base said otherwise": ["exceptions: [{id: small, when: {subject: members < 50}}]"],
    "standing of the base said otherwise": ["standings: [{id: bad, when: {violated: {severity: critical}}}]"],
    "type changed": ["records: {clubs: {fields: {members: {type: number}}}}"],
    "type given": ["records: {clubs: {fields: {level: {type: text}}}}"],
    "default added": ["records: {clubs: {fields: {level: {default: local}}}}"],
    "words for an empty cell of a record": ["records: {clubs: {missing: [none]}}"],
    "words for an empty cell of a field": ["records: {clubs: {fields: {level: {missing: [none]}}}}"],
    "lifespan added": ["records: {clubs: {fields: {since: {type: date}}, lifespan: {from: since}}}"],
    "no longer required": ["records: {meetings: {fields: {club: {required: false}}}}"],
    "term said otherwise": ["terms: {local-club: {where: level <> 'national'}}"],
    "body said otherwise": ["body: meetings"],
    "year said": ["year_starts: 4"],
    "belonging to another": ["records: {meetings: {fields: {host: {ref: clubs}}}}"],
    "unknown override": ["overrides: [meet]"],
    "override of nothing": ["overrides: [meets]"],
    "rule twice": ["rules: [{id: meets, severity: critical}, {id: meets, severity: critical}]"],
    "no requirement left": ["overrides: [meets]", "rules: [{id: meets, severity: minor}]"],
    "a value of another type": ["records: {clubs: {fields: [seat]}}"],
    "an empty value": ["records: {clubs: {fields: {seat: {headers: }}}}"],
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_an_extension_is_told(mistake: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    with pytest.raises(RulesError) as raised:
        load(province(tmp_path, *MISTAKES[mistake]), shown="province.yaml")
    assert str(raised.value) == snapshot


HEADERS = {
    "unknown library": "uses: [organisation]",
    "no such file": "uses: [./club.yaml]",
    "a rulebook used": "uses: [./national.yaml]",
    "a library extended": "extends: ./clubs.yaml",
    "unknown rulebook": "extends: vn-party-grasroots",
    "itself": "extends: ./book.yaml",
    "a circle": "extends: ./circle.yaml",
    "overrides of nothing extended": "overrides: [meets]",
    "no list": "uses: {organisations: all}",
    "library with rules": "uses: ./ruling.yaml",
    "mistake in a library": "uses: ./faulty.yaml",
    "mistake in the base": "extends: ./wrong.yaml",
    "libraries that differ": "uses: [./clubs.yaml, ./others.yaml]",
    "type of a library": "uses: ./clubs.yaml\nrecords: {clubs: {fields: {members: {type: number}}}}",
}


@pytest.mark.parametrize("mistake", HEADERS)
def test_a_mistake_about_what_a_rulebook_stands_on_is_told(mistake: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    files = {
        "clubs.yaml": LIBRARY,
        "national.yaml": NATIONAL,
        "circle.yaml": "rulebook: circle\ntitle: Circle\nextends: ./book.yaml\n",
        "ruling.yaml": "library: ruling\ntitle: Ruling\nrules: []\n",
        "faulty.yaml": "library: faulty\ntitle: Faulty\nrecords: {bands: {key: ids, fields: {id: {}}}}\n",
        "wrong.yaml": NATIONAL.replace("severity", "severty").replace("of: meetings, per", "of: meeting, per"),
        "others.yaml": "library: others\ntitle: Others\nrecords: {clubs: {fields: {members: {type: number}}}}\n",
        "book.yaml": f"rulebook: book\ntitle: A book\n{HEADERS[mistake]}\nterms: {{all-clubs: {{of: clubs}}}}\n",
    }
    with pytest.raises(RulesError) as raised:
        load(written(tmp_path, files), shown="book.yaml")
    assert str(raised.value) == snapshot


def test_the_examples_of_the_language_are_right(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(rulebook: .*?)```", page, re.DOTALL)
    assert [load(written(tmp_path, {"book.yaml": text})).name for text in examples] == ["clubs", "an-giang"]
