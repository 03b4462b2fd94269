"""Fills the templates: the only module that knows the template library."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from checker.letters import encodable, visible
from checker.report.html.page import Page

_TEMPLATES = Path(__file__).parent / "templates"


def render(page: Page) -> Iterator[str]:
    """The page in parts, in order; what submitters wrote is escaped wherever it stands."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    template = environment.get_template("page.html")
    return template.generate(page=page, style=style, script=script, style_hash=_digest(style), script_hash=_digest(script))


def _shown(value: object) -> object:
    """A text with its control characters written out: those that turn the direction of writing could make it lie."""
    return encodable(visible(value)) if type(value) is str else value


def _digest(text: str) -> str:
    """The hash by which the page allows this style or script, and no other, to take effect."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
