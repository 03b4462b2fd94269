"""Measures how soon a page of 5,000 findings answers a filter in Chromium: `python -m benchmarks.page`.

What is told is processor time of the page's own thread, which another program on the machine does not change: that of the
script, of styles and of layout, until the page is as it will be painted. Each is divided by the time in which the same thread
sorts a fixed list, in the same run: that ratio is the same on a faster machine.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import CDPSession, Page, sync_playwright

from checker.model.words import Verdict
from checker.report import Presentation
from checker.report.formats import CHECK
from tests.report import fixture

CHROMIUM = "/usr/bin/chromium"
MANY = 5000
LIMIT = 100
"""So many milliseconds a filter may take."""

FILTERS = (
    ("first search", "q", "ap so 4999"),
    ("search of many", "q", "ap so 49"),
    ("search emptied", "q", ""),
    ("search of nothing", "q", "zzz"),
    ("search emptied again", "q", ""),
    ("one body", "body", "W007"),
    ("all bodies", "body", ""),
)
_FILTER = """([name, value]) => {
  const field = document.querySelector(`.edition:not([hidden]) form [name=${name}]`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  document.body.offsetHeight;
}"""
_SORT = """() => {
  const found = [];
  for (let n = 0, of = 1; n < 200000; n += 1) found.push(of = (of * 48271) % 2147483647);
  found.sort((one, other) => one - other);
}"""
_PARTS = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")


def written(folder: Path) -> Path:
    """A page of so many violations, each of a cell of its own."""
    report = fixture.report("en")
    violated = next(each for each in report.findings if each.rule == "cell-monthly" and each.verdict is Verdict.VIOLATED)
    findings = []
    for number in range(MANY):
        ward = (f"W{number // 50:03}", f"Đảng bộ xã số {number // 50}")
        cell = (f"C{number:05}", f"Chi bộ ấp số {number}")
        findings.append(violated._replace(subject=fixture.body(fixture.DISTRICT, ward, cell)))
    path = folder / "page.html"
    with path.open("w", encoding="utf-8") as stream:
        CHECK["html"](report._replace(findings=tuple(findings)), stream, Presentation())
    return path


@contextmanager
def opened(path: Path) -> Iterator[tuple[Page, CDPSession]]:
    """The page in Chromium, ready to be searched, with what tells how much time its thread takes."""
    with sync_playwright() as playwright:
        arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(path.as_uri(), timeout=120_000)
        page.wait_for_selector("html[data-prepared]", timeout=120_000)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        yield page, session
        browser.close()


def spent(session: CDPSession) -> dict[str, float]:
    """Milliseconds of processor time since the page was opened, by what they were spent on."""
    found = session.send("Performance.getMetrics")["metrics"]
    return {each["name"]: each["value"] * 1000 for each in found}


def measured(path: Path) -> dict[str, tuple[float, float]]:
    """Milliseconds of each filter, and how often the sorting of the list goes into them."""
    found = {}
    with opened(path) as (page, session):
        for name, field, value in FILTERS:
            begun = spent(session)
            page.evaluate(_SORT)
            sorted_in = spent(session)["TaskDuration"] - begun["TaskDuration"]
            before = spent(session)
            page.evaluate(_FILTER, [field, value])
            after = spent(session)
            took = sum(after[part] - before[part] for part in _PARTS)
            found[name] = (took, took / sorted_in)
    return found


def main() -> None:
    """Makes the page, opens it several times, and tells the median of each filter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder))
        rounds = [measured(path) for _ in range(given.rounds)]
    print(f"{'filter':22} {'ms':>6} {'of a sort':>9}")
    for name, _, _ in FILTERS:
        took, ratio = (median(each[name][part] for each in rounds) for part in (0, 1))
        print(f"{name:22} {took:6.0f} {ratio:9.2f}{'' if took <= LIMIT else '  more than ' + str(LIMIT) + ' ms'}")


if __name__ == "__main__":
    main()
