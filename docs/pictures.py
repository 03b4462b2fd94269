"""Makes the pictures of the README, in docs/pictures: `python docs/pictures.py`. It drives the Chromium that the tests drive.

Pixels depend on the fonts of the machine; so no test compares them, and they are made anew when what they show has changed.
"""

from __future__ import annotations

import io
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from checker.cli.main import program

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
CHROMIUM = Path("/usr/bin/chromium")
EXAMPLE = "examples/rach-gia-2019-faulty"
LINES = 35
"""So many lines of the text report are shown: from the first body on of which something is found."""

TERMINAL = """<!doctype html><meta charset="utf-8">
<body style="margin:0; padding:1rem 1.25rem; background:#1b1d23; display:inline-block">
<pre style="margin:0; font:14px/1.35 'DejaVu Sans Mono', monospace; color:#d9d9d9"><code>{code}</code></pre>"""


def printed(*arguments: str) -> str:
    """What the program prints."""
    return CliRunner().invoke(program, arguments, prog_name="checker").stdout


def terminal() -> str:
    """A page that looks like a terminal with a part of the text report."""
    lines = printed(
        "check", EXAMPLE, "--lang", "en", "--color", "always", "--select", "plenary-", "--select", "hamlet-"
    ).splitlines()
    first = next(number for number, line in enumerate(lines) if "UNDETERMINED" in line or "VIOLATED" in line)
    lines = lines[max(first - 4, 0) :]
    shown = "\n".join(["$ checker check rach-gia-2019-faulty --lang en --select plenary- --select hamlet-", "…", *lines[:LINES]])
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown))
    return console.export_html(theme=MONOKAI, inline_styles=True, code_format=TERMINAL)


def take(browser: Browser, page: Path, picture: Path, width: int, height: int | None = None) -> None:
    """A picture of a page: of so much of it, or of all that is on it."""
    view = browser.new_page(viewport={"width": width, "height": height or 100})
    view.goto(page.as_uri())
    if height is None:
        view.locator("body").screenshot(path=picture)
    else:
        view.screenshot(path=picture)
    view.close()


def main() -> None:
    """Makes all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"])
        made = FOLDER / "made.html"
        made.write_text(terminal(), encoding="utf-8")
        take(browser, made, FOLDER / "terminal.png", 900)
        printed("check", EXAMPLE, "--lang", "en", "--output", str(made))
        take(browser, made, FOLDER / "page.png", 1000, 680)
        made.unlink()
        browser.close()
    for picture in sorted(FOLDER.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
