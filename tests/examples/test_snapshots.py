"""Every format of a part of the faulty example, compared with files that a reviewer reads (`pytest --snapshot-update`)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from checker import __version__
from checker.model.report import Report
from checker.report import Presentation
from checker.report.formats import CHECK, UNMET
from tests.examples.faulty import cut_report

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "__snapshots__" / "test_snapshots"
MOST = 1_500_000


class Stored(SingleFileSnapshotExtension):
    """A file of text for each way to write the report."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture(scope="module")
def report() -> Report:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(ROOT)
        return cut_report()


def dumped(content: bytes) -> Iterator[str]:
    """The cells of a workbook, a row a line, with what each leads to; after each sheet what is frozen and filtered."""
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        yield f"== {sheet.title} (frozen {sheet.freeze_panes}, filter {sheet.auto_filter.ref})"
        for row in sheet.iter_rows():
            cells = ["" if cell.value is None else str(cell.value).replace("\n", " / ") for cell in row]
            yield " | ".join(cells).rstrip(" |")


def readable(name: str, content: str | bytes) -> str:
    """What is written, without what changes with every version or says nothing to a reader."""
    if isinstance(content, bytes):
        text = "\n".join(dumped(content)) if name == "xlsx" else content.decode().replace("\r\n", "\n")
    elif name == "html":
        # Style and script have files of their own, and of two languages one is enough.
        page = re.sub(r"<(style|script)>.*?</\1>", r"<\1/>", content, flags=re.DOTALL)
        page = re.sub(r'<div class="edition"[^>]* hidden>.*(?=</div>\n<script)', "", page, flags=re.DOTALL)
        text = "\n".join(line.strip() for line in re.sub(r"sha256-[\w+/=]+", "sha256-…", page).splitlines() if line.strip())
    elif name in {"sarif", "gitlab", "oscal"}:
        text = json.dumps(json.loads(content), ensure_ascii=False, indent=1)
    else:
        text = content
    return re.sub(r"\b(DuckDB|durable-rules) \d[\w.]*", r"\1 …", text.replace(__version__, "…"))


def written(result: str, name: str, report: Report) -> str:
    writer = (CHECK if result == "check" else UNMET)[name]
    stream = io.BytesIO() if writer.binary else io.StringIO()
    writer(report, stream, Presentation(width=100))
    return readable(name, stream.getvalue())


WAYS = [
    *((result, name, "vi") for result, formats in (("check", CHECK), ("unmet", UNMET)) for name in formats),
    *((result, name, "en") for result in ("check", "unmet") for name in ("text", "markdown", "xlsx")),
]


@pytest.mark.parametrize(("result", "name", "language"), WAYS)
def test_written(result: str, name: str, language: str, report: Report, snapshot: SnapshotAssertion) -> None:
    told = written(result, name, report._replace(run=report.run._replace(language=language)))
    assert told == snapshot(extension_class=Stored)


def test_what_is_stored_can_be_read() -> None:
    files = sorted(FOLDER.iterdir())
    assert {path.stem for path in files} == {f"test_written[{'-'.join(way)}]" for way in WAYS}
    assert sum(path.stat().st_size for path in files) < MOST
