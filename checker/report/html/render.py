"""Fills the templates: the only module that knows the template library."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from checker.display_width import encodable, visible
from checker.report.html.page import Page
from checker.report.html.unmet_page import UnmetPage

_TEMPLATES = Path(__file__).parent / "templates"


def render(page: Page | UnmetPage) -> Iterator[str]:
    """The page in parts, in order."""
    return fill("page.html", "page.css", "page.js", page=page)


def fill(template: str, style: str, script: str = "", /, *, templates: Path = _TEMPLATES, **values: object) -> Iterator[str]:
    """A template with its style and script, in parts; what submitters wrote is escaped wherever it stands."""
    texts = {"style": _text(templates, style), "script": _text(templates, script) if script else ""}
    hashes = {f"{name}_hash": _digest(text) for name, text in texts.items()}
    return _environment(templates).get_template(template).generate(**texts, **hashes, **values)


@cache
def _environment(templates: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _text(templates: Path, name: str) -> str:
    return (templates / name).read_text(encoding="utf-8")


def _shown(value: object) -> object:
    """A text with its control characters written out: those that turn the direction of writing could make it lie."""
    return encodable(visible(value)) if type(value) is str else value


@cache
def _digest(text: str) -> str:
    """The hash by which the page allows this style or script, and no other, to take effect."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
