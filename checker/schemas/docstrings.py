"""Reads the text that stands under each key of a model, which Python itself does not keep."""

from __future__ import annotations

import ast
import inspect
import textwrap

from typing_extensions import Doc


def key_texts(model: type) -> dict[str, str]:
    """The text of each key of a class, on one line; a base's where the class says nothing of it."""
    found: dict[str, str] = {}
    # A TypedDict forgets its bases but for these.
    for base in getattr(model, "__orig_bases__", model.__bases__):
        if isinstance(base, type) and base is not object:
            found |= key_texts(base)
    return found | _beside_keys(model) | _below_keys(model)


def sentence(model: type) -> str:
    """The docstring of a class, on one line."""
    return " ".join((inspect.getdoc(model) or "").split())


def _beside_keys(cls: type) -> dict[str, str]:
    hints = vars(cls).get("__annotations__", {}).items()
    parts = ((name, part) for name, hint in hints for part in getattr(hint, "__metadata__", ()))
    return {name: part.documentation for name, part in parts if isinstance(part, Doc)}


def _below_keys(cls: type) -> dict[str, str]:
    if cls.__module__.partition(".")[0] != __name__.partition(".")[0]:
        return {}
    try:
        source = inspect.getsource(cls)
    except OSError:
        # Made by a call: its keys bring their texts with them.
        return {}
    tree = ast.parse(textwrap.dedent(source)).body[0]
    if not isinstance(tree, ast.ClassDef):
        return {}
    found = {}
    for before, after in zip(tree.body, tree.body[1:], strict=False):
        match before, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                found[name] = " ".join(text.split())
            case _:
                continue
    return found
