"""Reads `all`: several requirements, which must be about the same windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.forms.several import ALONE, SEVERAL, Requirement, Several
from checker.words.message import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from checker.rules.reader import Reader
    from checker.yaml_tree import Path

    Read = Callable[[Path, dict[str, object]], tuple[str, object] | None]


def several(reader: Reader, path: Path, value: object, read: Read) -> Several | None:
    """The requirements of a list; None, with every problem noted, if one of them is wrong, or they do not go together.

    `read` reads one of them, at its path.
    """
    if not isinstance(value, list) or len(value) < 2:  # noqa: PLR2004 -- one thing is no several things
        reader.report_key(path, "bad-parts", message("parts-few"), message("parts-few-fix"))
        return None
    found = [_part(reader, (*path, place), each, read) for place, each in enumerate(value)]
    parts = [each for each in found if each is not None]
    if len(parts) < len(found):
        return None
    return Several(parts=tuple(parts)) if _go_together(reader, path, parts) else None


def _part(reader: Reader, path: Path, value: object, read: Read) -> Requirement | None:
    if not isinstance(value, dict):
        reader.report(path, "bad-parts", message("part-no-form"), message("part-no-form-fix"))
        return None
    for name in value:
        if name == SEVERAL or name in ALONE:
            wrong = message("part-nested") if name == SEVERAL else message("part-alone", form=name)
            fix = message("part-nested-fix") if name == SEVERAL else message("part-alone-fix")
            reader.report_key((*path, name), "bad-parts", wrong, fix)
            return None
    part = read(path, value)
    return None if part is None else Requirement(*part)  # type: ignore[arg-type]


def _go_together(reader: Reader, path: Path, parts: list[Requirement]) -> bool:
    """Whether all parts are about the same windows, or parts of them."""
    first, together = parts[0], True
    for place, each in enumerate(parts[1:], 1):
        for key in ("per", "partial"):
            if getattr(each.form, key, None) != getattr(first.form, key, None):
                together = False
                at = (*path, place, each.name, *([key] if getattr(each.form, key, None) is not None else []))
                reader.report_key(at, "bad-parts", message("parts-apart", key=key), message("parts-apart-fix", key=key))
    return together
