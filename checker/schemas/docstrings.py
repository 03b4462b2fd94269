"""Reads the text that stands under each key of a model, which Python itself does not keep."""

from __future__ import annotations

import ast
import inspect
import textwrap

from typing_extensions import Doc


def key_texts(model: type) -> dict[str, str]:
    """The text under each attribute of a class, on one line; a base's where the class says nothing of it."""
    hints = getattr(model, "__annotations__", {})
    found = {
        name: doc.documentation
        for name, hint in hints.items()
        for doc in getattr(hint, "__metadata__", ())
        if isinstance(doc, Doc)
    }
    for cls in reversed(model.__mro__):
        if cls.__module__.partition(".")[0] == __name__.partition(".")[0]:
            found |= _own(cls)
    return found


def sentence(model: type) -> str:
    """The docstring of a class, on one line."""
    return " ".join((inspect.getdoc(model) or "").split())


def _own(cls: type) -> dict[str, str]:
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
