"""A cause, such as a misspelt header, is reported before what follows from it, and once, in every format."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from checker import api
from checker.model.report import Report
from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.formats import CHECK, UNMET, Writer

RULEBOOK = Path(__file__).parents[1] / "formats" / "office"
MANIFEST = "period: 2019\nas_of: 2019-12-31\n"
MEMBERS = "id,name,fee,active\n1,Ann,12,true\n2,Bob,3,true\n"
MEETINGS = "member,held_on,present\n1,2019-02-03,5\n1,2019-05-06,5\n2,2019-07-08,4\n"
CAUSE = "'memberr'"
# What each says of a rule that is open since it is not known who met.
FOLLOWS = {
    "text": "Violated and undetermined",
    "markdown": "## Undetermined",
    "json": '"findings"',
    "sarif": '"results"',
    "junit": 'testsuite name="meets-twice"',
    "github": "Undetermined%3A Each member",
    "gitlab": "Undetermined: Ann",
}


def judged(folder: Path, members: str = MEMBERS, meetings: str = MEETINGS, name: str = "meetings.csv") -> Report:
    for file, content in (("members.csv", members), (name, meetings), ("submission.yaml", MANIFEST)):
        (folder / file).write_text(content, encoding="utf-8")
    return api.check(folder, RULEBOOK, language="en")


@pytest.fixture
def misspelt(tmp_path: Path) -> Report:
    return judged(tmp_path, meetings=MEETINGS.replace("member,", "memberr,"))


@pytest.mark.parametrize("name", FOLLOWS)
def test_a_misspelt_header_is_reported_before_what_follows_from_it_and_once(misspelt: Report, name: str) -> None:
    stream = io.StringIO()
    CHECK[name](misspelt, stream, Presentation())
    written = stream.getvalue().replace("&#x27;", "'").replace("&apos;", "'")
    assert written.index(CAUSE) < written.index(FOLLOWS[name])
    # SARIF and JUnit say a thing in short and in full.
    assert written.count("Did you mean 'member'") == 1
    assert written.index("Did you mean 'member'") < written.index(FOLLOWS[name])


@pytest.mark.parametrize("writers", [CHECK, UNMET], ids=["check", "unmet"])
def test_the_page_says_it_among_what_is_missing_and_not_among_the_notices(
    misspelt: Report, writers: Mapping[str, Writer[Report]]
) -> None:
    stream = io.StringIO()
    writers["html"](misspelt, stream, Presentation())
    written = stream.getvalue()
    assert written.count("Did you mean &#39;member&#39;") == 1
    assert written.index("Did you mean &#39;member&#39;") < written.index("has no column &#39;member&#39;")


@pytest.mark.parametrize("name", ["text", "markdown", "json"])
def test_the_list_of_what_is_unmet_begins_with_it(misspelt: Report, name: str) -> None:
    stream = io.StringIO()
    UNMET[name](misspelt, stream, Presentation())
    written = stream.getvalue()
    assert written.count("Did you mean 'member'") == 1
    assert written.index(CAUSE) < written.index({"json": '"duties"'}.get(name, "Clause"))


def test_of_a_key_without_a_column_no_reference_is_said_to_lead_nowhere(tmp_path: Path) -> None:
    report = judged(tmp_path, members=MEMBERS.replace("id,", "idd,"))

    (rule,) = (each for each in report.rules if each.id == "records/meetings/member/reference")
    assert dict(rule.counts) == {Verdict.UNDETERMINED: 1}
    stream = io.StringIO()
    CHECK["text"](report, stream, Presentation(width=200))
    assert "'members' has no column 'id'; this leaves open: “Each member meets twice a year”" in stream.getvalue()


def test_where_a_table_without_the_column_of_its_key_has_no_rows_references_lead_nowhere(tmp_path: Path) -> None:
    report = judged(tmp_path, members="idd,name,fee,active\n")

    (rule,) = (each for each in report.rules if each.id == "records/meetings/member/reference")
    assert dict(rule.counts) == {Verdict.VIOLATED: 3}


def test_a_misspelt_table_is_a_cause_too(tmp_path: Path) -> None:
    report = judged(tmp_path, name="meetngs.csv")
    stream = io.StringIO()
    CHECK["text"](report, stream, Presentation(width=200))
    written = stream.getvalue()
    assert written.count("Did you mean 'meetings'") == 1
    assert written.index("Did you mean 'meetings'") < written.index("The table 'meetings' was not submitted")


def test_what_explains_nothing_that_is_missing_stays_a_notice(tmp_path: Path) -> None:
    report = judged(tmp_path, members=MEMBERS.replace("name,", "name,nam,").replace("Ann,", "Ann,A,").replace("Bob,", "Bob,B,"))
    stream = io.StringIO()
    CHECK["text"](report, stream, Presentation(width=200))
    written = stream.getvalue()
    assert written.index("Notices") < written.index("column 'nam' is not a field")
