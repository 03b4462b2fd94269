"""Letters, read back by other libraries than those that write them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from checker.errors import Place, Problem, UsageError
from checker.model.report import Finding, Report, Subject
from checker.model.words import Verdict
from checker.report import ALL, Narrowing, Presentation
from checker.report.letters.docx_ import write_docx
from checker.report.letters.folder import refuse, write_letters
from checker.report.letters.html import letter_page
from checker.report.letters.letter import Letter, letters_of
from checker.report.letters.names import OWN, Names
from tests.report import fixture
from tests.report.fixture import CELL, DISTRICT, WARD, report
from tests.report.html.tree import Node, tree
from tests.said import just

HOSTILE = "</td><script>x</script>\x00\x07\u202e \ud800 & {{ 7 * 7 }} =HYPERLINK(1)"


def letters(what: Report, narrowing: Narrowing = ALL) -> dict[str, Letter]:
    return {letter.body[-1][0] if letter.body else "": letter for letter in letters_of(what, narrowing)}


def html(letter: Letter) -> Node:
    return tree("".join(letter_page(letter)))


def packed(letter: Letter) -> bytes:
    stream = io.BytesIO()
    write_docx(letter, stream)
    return stream.getvalue()


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def all_texts(content: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def told(letter: Letter) -> list[str]:
    """Every text of a letter but for what is about the file, in order."""
    said = [letter.title, letter.subtitle, *(text for pair in letter.to for text in pair), *letter.lead]
    for part in letter.parts:
        said += [part.title, part.lead]
        for item in part.items:
            said += [item.title, *filter(None, [item.subject]), *(text for pair in item.facts for text in pair)]
    return said


def test_each_body_has_a_letter_of_its_own_in_the_order_of_the_tree() -> None:
    found = letters(report())
    assert list(found) == ["", "W01", "C07", "C08"]
    assert dict(found["C07"].to)["Under"] == "Huyện ủy An Phú › Đảng bộ xã Khánh An"


def test_a_letter_says_what_the_clause_demands_what_is_missing_by_when_and_how() -> None:
    cell = letters(report())["C07"]
    assert [part.verdict for part in cell.parts] == [Verdict.VIOLATED, Verdict.UNDETERMINED, Verdict.PENDING]
    violated, undetermined, pending = cell.parts
    monthly = next(item for item in violated.items if item.title == "A Party cell meets once every month")
    facts = dict(monthly.facts)
    assert facts["Clause"] == "Party Charter, art. 24; Guidance 12, 2018 § 3"
    assert facts["Missing"] == "1 more in each"
    assert facts["Remedy"].startswith("Hold the cell meeting within the month")
    assert undetermined.title == "Cannot be decided from what was submitted"
    assert all("Due" not in dict(item.facts) for item in undetermined.items)
    assert all("Due" in dict(item.facts) for item in pending.items)
    assert cell.due == "31 December 2019"


def test_of_what_is_over_it_is_said_when_it_ended_and_of_what_has_no_day_that_none_is_set() -> None:
    def due(what: Report) -> dict[str, str]:
        violated = [letter.parts[0] for letter in letters(what).values() if letter.parts]
        return {item.title: dict(item.facts).get("Due", "") for part in violated for item in part.items}

    yearly = "A grassroots Party organisation meets in plenary twice a year"
    assert due(report())[yearly] == "the time for it runs until 31 December 2019"
    over = report()._replace(run=report().run._replace(as_of=date(2019, 12, 31)))
    assert due(over)[yearly] == "the time for it ended on 31 December 2019"
    assert due(report())["Every hamlet has a Party cell"] == "no day is set"


def test_what_is_to_be_corrected_in_the_file_is_no_duty() -> None:
    found = letters(report())
    corrected = [letter for letter in found.values() if letter.corrections is not None]
    (row,) = [row for letter in corrected if letter.corrections for row in letter.corrections.rows]
    assert row.place == "book.xlsx!Cuộc họp!D92"
    assert row.found == "Date (column 'Ngày họp (*)'): '31/02/2019' cannot be read, or is not allowed"
    assert row.right
    titles = {item.title for letter in found.values() for part in letter.parts for item in part.items}
    assert row.right not in titles


def test_what_could_not_be_read_goes_to_who_submitted() -> None:
    problem = Problem("bad-table", just("the table is broken"), just("Write it anew."), Place("/in/book.xlsx", row=3))
    found = letters(report()._replace(problems=(problem,)))
    assert found[""].corrections is not None
    assert ("the table is broken", "Write it anew.") in [(row.found, row.right) for row in found[""].corrections.rows]
    assert "" not in letters(report()._replace(problems=(problem,)), Narrowing("C07"))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_document_says_all_that_the_letter_says(language: str) -> None:
    for letter in letters(report(language)).values():
        content = packed(letter)
        shown = "\n".join(paragraphs(content))
        place = 0
        for text in told(letter):
            place = shown.index(text, place)
        tables = docx.Document(io.BytesIO(content)).tables
        rows = [tuple(cell.text for cell in row.cells) for table in tables for row in table.rows]
        expected = [] if letter.corrections is None else [letter.corrections.columns]
        expected += [] if letter.corrections is None else [(row.place, row.found, row.right) for row in letter.corrections.rows]
        assert rows == expected
        section = docx.Document(io.BytesIO(content)).sections[0]
        assert [round(length.mm) for length in (section.page_width, section.page_height) if length] == [210, 297]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_page_says_all_that_the_letter_says(language: str) -> None:
    for letter in letters(report(language)).values():
        page = html(letter)
        assert page.all("html")[0].attributes["lang"] == language
        shown, place = page.all("main")[0].text, 0
        for text in told(letter):
            place = shown.index(" ".join(text.split()), place)
        if letter.corrections is not None:
            rows = [tuple(cell.text for cell in row.all("td")) for row in page.all("tr")[1:]]
            assert rows == [(row.place, row.found, row.right) for row in letter.corrections.rows]
        assert page.all("script") == []


def hostile() -> Report:
    made = report()

    def spoiled(finding: Finding) -> Finding:
        subject = finding.subject
        path = tuple((key + HOSTILE, name + HOSTILE) for key, name in subject.path)
        return finding._replace(subject=Subject(subject.record, subject.id + HOSTILE, HOSTILE, subject.row, path))

    return made._replace(
        findings=tuple(map(spoiled, made.findings)),
        run=made.run._replace(submission=f"/in/{HOSTILE}", submitted_by=HOSTILE),
        problems=(Problem("x", just(HOSTILE), just(HOSTILE), Place(HOSTILE)),),
    )


def test_hostile_texts_are_texts() -> None:
    shown = "</td><script>x</script>\\x00\\x07\\u202e \\ud800 & {{ 7 * 7 }} =HYPERLINK(1)"
    for letter in letters_of(hostile(), ALL):
        page = html(letter)
        assert page.all("script") == []
        assert shown in page.text
        texts = list(all_texts(packed(letter)))
        assert any(shown in text for text in texts)
        assert not any(ord(sign) < 32 and sign not in "\n\t" for text in texts for sign in text)


def test_the_same_letter_has_the_same_bytes_and_no_time_of_the_run() -> None:
    letter = letters(report())["C07"]
    first = packed(letter)
    assert packed(letter) == first
    with ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
    core = docx.Document(io.BytesIO(first)).core_properties
    assert core.created is not None
    assert core.created.date() == report().run.as_of
    assert (core.modified, core.author, core.revision) == (core.created, "", 1)
    assert (core.title, core.language) == ("Notice: Chi bộ ấp Tắc Trúc (C07)", "en")


ODD_KEYS = [
    *("AB", "ab", "Ab", "a/b", "../../etc/passwd", "a\0b", "x" * 5000, "", ".", "..", "CON", "nul.txt", "index", " ab ", "-ab"),
    *("a\\b", "C:\\x", "Đảng bộ", "dang bo", "中文", "\u202e", "\ud800", "~root", "a:b", "a|b*?<>"),
]


def test_names_are_harmless_distinct_and_stable() -> None:
    names = Names()
    found = [names.of(((key, "name"),)) for key in ODD_KEYS]
    assert len({name.casefold() for name in found}) == len(ODD_KEYS)
    assert all(OWN.fullmatch(f"{name}.html") for name in found)
    assert found[0] == Names().of((("AB", "another name"),)) == "ab-" + sha256(b'["AB"]').hexdigest()[:10]
    assert found[ODD_KEYS.index("Đảng bộ")].startswith("dang-bo-")
    assert names.of(()).startswith("submission-")


def test_of_two_bodies_with_one_digest_neither_overwrites_the_other() -> None:
    names = Names()
    first, second = (names.of((DISTRICT, ("W01", "W01"))) for _ in range(2))
    assert second == f"{first}-2"
    assert OWN.fullmatch(f"{second}.docx")


def test_letters_are_private_and_leave_other_files_alone(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    write_letters(report(), [report()], folder, ("html", "docx"), Presentation())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    (folder / "mine.txt").write_text("mine")
    (folder / "index.html").chmod(0o644)
    written = write_letters(report(), [report()], folder, ("html",), Presentation(narrowing=Narrowing("C07")))
    assert (written.letters, written.formats) == (1, ("html",))
    files = sorted(path.name for path in folder.iterdir())
    assert written.older == len(files) - 3  # mine, the index, and the one letter
    assert (folder / "mine.txt").read_text() == "mine"
    assert (folder / "index.html").stat().st_mode & 0o777 == 0o644
    (row,) = tree((folder / "index.html").read_text(encoding="utf-8")).all("tbody")[0].all("tr")
    assert row.all("th")[0].text.startswith("Chi bộ ấp Tắc Trúc (C07)")
    assert [(folder / link.attributes["href"]).exists() for link in row.all("a")] == [True]


def test_the_list_names_every_letter_and_what_they_leave_out(tmp_path: Path) -> None:
    what = report()._replace(left_out=((Verdict.VIOLATED, 12), (Verdict.SATISFIED, 5)))
    written = write_letters(what, [what], tmp_path, ("html", "docx"), Presentation())
    index = tree((tmp_path / "index.html").read_text(encoding="utf-8"))
    links = [link.attributes["href"] for link in index.all("a")]
    assert sorted(links) == sorted(path.name for path in tmp_path.iterdir() if path.name != "index.html")
    assert len(links) == 2 * written.letters
    assert "(violated 12, satisfied 5 are not); with --max-findings all" in index.text
    letter = letters(what)["W01"]
    assert "not every finding is listed (violated 12 are not)" in " ".join(letter.lead)


def test_a_letter_that_is_a_link_or_a_device_is_written_into(tmp_path: Path) -> None:
    name = Names().of((DISTRICT, WARD, CELL))
    (tmp_path / f"{name}.html").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{name}.docx").symlink_to("/dev/null")
    write_letters(report(), [report()], tmp_path, ("html", "docx"), Presentation(narrowing=Narrowing("C07")))
    assert "C07" in (tmp_path / "elsewhere").read_text(encoding="utf-8")
    assert (tmp_path / f"{name}.docx").is_char_device()


def test_a_folder_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "none/such", Path("a\0b")):
        with pytest.raises(UsageError, match="letters cannot be written"):
            refuse(folder)
    refuse(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_cannot_be_written_is_said_and_nothing_half_written_is_left(tmp_path: Path) -> None:
    name = Names().of((DISTRICT, WARD, CELL))
    (tmp_path / f"{name}.docx").mkdir()
    with pytest.raises(UsageError, match="letters cannot be written"):
        write_letters(report(), [report()], tmp_path, ("docx",), Presentation(narrowing=Narrowing("C07")))
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}.docx"]


def test_only_what_is_due_by_a_day_is_asked_for() -> None:
    narrowing = Narrowing(due_by=date(2019, 1, 1))
    found = letters(report(), narrowing)
    assert all(part.verdict is not Verdict.PENDING for letter in found.values() for part in letter.parts)
    assert any("1 January 2019" in text for text in found["C07"].lead)


def test_a_letter_of_very_many_duties_says_how_many_it_leaves_out() -> None:
    violated = next(each for each in report().findings if each.rule == "hamlet-has-a-cell")
    hamlets = [violated._replace(subject=fixture.hamlet._replace(id=f"H{n:04}", row=n)) for n in range(1, 504)]
    ward = letters(report()._replace(findings=tuple(hamlets)))["W01"]
    assert (len(ward.parts[0].items), ward.parts[0].more) == (500, "3 more are not listed here.")
    assert ward.counts[0] == 503
