"""Reads a page with the standard library's parser: elements with their attributes and texts, as a browser would see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "input", "br", "link", "hr", "col"}


@dataclass
class Node:
    """An element: its name, attributes, and what is in it, in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Node | str] = field(default_factory=list)

    def all(self, name: str, **attributes: str) -> list[Node]:
        """The elements of that name within, with those attributes; `class_` is one of the element's classes."""
        return [node for node in self.within() if node.name == name and all(node.has(*each) for each in attributes.items())]

    def has(self, key: str, value: str) -> bool:
        if key == "class_":
            return value in self.attributes.get("class", "").split()
        return self.attributes.get(key.replace("_", "-")) == value

    def within(self) -> Iterator[Node]:
        for part in self.content:
            if isinstance(part, Node):
                yield part
                yield from part.within()

    @property
    def text(self) -> str:
        """What a reader sees of it, blanks as one."""
        return " ".join("".join(part if isinstance(part, str) else f" {part.text} " for part in self.content).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.path = [Node("page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs})
        self.path[-1].content.append(node)
        if tag not in _VOID:
            self.path.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.path[-1].content.append(Node(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        node = self.path.pop()
        assert node.name == tag, f"</{tag}> closes <{node.name}>"

    def handle_data(self, data: str) -> None:
        self.path[-1].content.append(data)


def tree(page: str) -> Node:
    """The elements of a page; every one of them must be closed where it was opened."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    (root,) = reader.path
    return root
