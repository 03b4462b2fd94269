"""Puts a sheet before all others of a workbook."""

from __future__ import annotations

from typing import NamedTuple

from checker.exchange.returned.package import Package
from checker.exchange.returned.tags import Change, Tag, quoted, scan

_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_KINDS = frozenset({"worksheet", "chartsheet", "dialogsheet"})
"""What a tab of a workbook can be."""


class Listed(NamedTuple):
    """A sheet of a workbook: its name, and its part."""

    name: str
    part: str


class Workbook:
    """The part of a workbook that lists its sheets."""

    def __init__(self, package: Package) -> None:
        self.package = package
        found = package.related("", "officeDocument")
        self.part = found if found is not None else "xl/workbook.xml"
        self._text = package.text(self.part)
        self._tags: list[Tag] = []
        scan(self._text, self._tags.append)
        targets = {each.id: each.target for each in package.relationships(self.part) if each.kind in _KINDS}
        self.sheets = [
            Listed(tag.attributes["name"], targets[tag.attribute("id")])
            for tag in self._tags
            if tag.name == "sheet" and tag.attribute("id") in targets
        ]

    def styles(self) -> str | None:
        """The part with its styles."""
        return self.package.related(self.part, "styles")

    def put_first(self, name: str, earlier: str | None, text: bytes) -> None:
        """Puts a sheet of that name first, or in the place of an earlier one of that part."""
        if earlier is not None:
            self.package.put(earlier, text)
            self._open_first(before=0)
            return
        part = self.package.free("xl/worksheets/checker{}.xml")
        identity = self.package.relate(self.part, "worksheet", part)
        self.package.declare(part, _WORKSHEET)
        self.package.put(part, text)
        self._open_first(before=1, added=(name, identity))

    def _open_first(self, *, before: int, added: tuple[str, str] | None = None) -> None:
        """Lets the first sheet be the one that is open; of those after it everything keeps to what it was about."""
        change = Change(self._text)
        for tag in self._tags:
            if tag.name == "workbookView":
                change.rewrite(tag, {"activeTab": None, "firstSheet": None})
            elif tag.name == "definedName" and before and "localSheetId" in tag.attributes:
                change.rewrite(tag, {"localSheetId": str(int(tag.attributes["localSheetId"]) + before)})
            elif tag.name == "sheets" and added is not None:
                name, identity = added
                numbers = [int(each.attributes["sheetId"]) for each in self._tags if each.name == "sheet"]
                reference = self._vocabulary()
                sheet = f'sheet name={quoted(name)} sheetId="{max(numbers) + 1}" xmlns:r="{reference}" r:id="{identity}"'
                change.put(tag.end, tag.end, f"<{tag.prefix}{sheet}/>")
        self.package.put(self.part, change.made())

    def _vocabulary(self) -> str:
        root = self._tags[0]
        spoken = (value for key, value in root.attributes.items() if value.endswith("/relationships") and key.startswith("xmlns"))
        return next(spoken, "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
