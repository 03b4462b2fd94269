"""By what the related rows of a rule find their subject: the tables and cells that it needs, and whose a row is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from checker.forms.measure import all_of, any_of, template
from checker.model.schema import Record
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.integrity import finding_fields
from checker.plan.logical.pairs import adrift, astray
from checker.plan.logical.related_rows import Link
from checker.plan.logical.rows import Row
from checker.plan.logical.rule_spans import terms_of_office


@dataclass(frozen=True, slots=True)
class Linking:
    """How the related rows of a rule find its subjects; without a `link` the subject's own row is measured."""

    site: RuleSite
    link: Link | None

    def whose(self) -> tuple[exp.Expression, exp.Expression]:
        """When a row of the evidence is the subject's own, and when it may be anybody's."""
        if self.link is None:
            raise TypeError(self.site.rule.id)
        subject = Row(self.site.subject.record, "s", self.site.book.records)
        near = self.link.columns(subject, its=True)
        own = all_of(*(template(f"r.{name} = :near", near=value) for name, value in near.items()))
        if len(near) == 1:
            return own, template("r.link IS NULL OR :near IS NULL", near=near["link"])
        any_of_them = {f"any_{name}": each.subject_adrift(subject) for name, each in zip(near, self.link.pairs, strict=True)}
        return own, any_of(*(_of_subject(said(list(near)), near | any_of_them) for said in (astray, adrift)))

    def tables(self) -> tuple[str, ...]:
        """The records without which the related rows cannot be found."""
        if self.link is None:
            return ()
        terms = terms_of_office(self.site)
        besides = {self.link.tree} if self.link.tree else set[str]()
        besides |= {terms.row.record.name} if terms else set()
        if getattr(self.site.form, "via", None) is None:
            ways = [(self.site.related, each.theirs) for each in self.link.pairs]
            ways += [(self.site.subject, each.its) for each in self.link.pairs]
            besides |= {row.reach(path[:end]).name for row, path in ways for end in range(1, len(path))}
        return tuple(sorted({self.site.related.record.name} | besides))

    def by_key(self) -> bool:
        """Whether it is the subject's own key that its rows name, or above which they stand in the tree."""
        key = (self.site.subject.record.key,)
        return self.link is not None and all(each.its == key for each in self.link.pairs)

    def cells(self) -> tuple[tuple[str, str], ...] | None:
        """(record, field) of the cells by which the rows are found; None where they are not counted by the census."""
        if self.link is None:
            return None
        site, cells = self.site, self.of_link(self.link)
        if site.unit is not None:
            cells += [(site.related.record, name) for name in site.day_path(site.related)]
        return _counted(cells)

    def forks(self) -> str | None:
        """The reference of a related row from which a subject is found by climbing: several keys may lead to the same one."""
        climbs = self.link is not None and not self.link.more and (self.link.tree is not None or len(self.link.path) > 1)
        return self.link.path[0] if self.link is not None and climbs else None

    def link_cells(self) -> tuple[tuple[str, str], ...] | None:
        """The cells through which a row finds its subject, by the record and the field that they stand in."""
        return None if self.link is None else _counted(self.of_link(self.link))

    def of_link(self, link: Link) -> list[tuple[Record, str]]:
        """The columns by which a subject and its related rows find one another."""
        site = self.site
        ways = [(row, path) for each in link.pairs for row, path in ((site.subject, each.its), (site.related, each.theirs))]
        cells = [(row.reach(path[:end]), name) for row, path in ways for end, name in enumerate(path)]
        if link.tree is not None:
            tree = site.book.records[link.tree]
            cells.append((tree, tree.parent or ""))
        return cells


def _of_subject(said: str, columns: Mapping[str, exp.Expression]) -> exp.Expression:
    """A condition of a related row `r` and a subject `f`, with what its columns are."""
    return template(said).transform(
        lambda node: columns[node.name] if isinstance(node, exp.Column) and node.table == "f" else node
    )


def _counted(cells: list[tuple[Record, str]]) -> tuple[tuple[str, str], ...] | None:
    """(record, field) of those cells; None where a census does not count all of them."""
    if any(field not in finding_fields(record) for record, field in cells):
        return None
    return tuple(sorted({(record.name, field) for record, field in cells}))
