"""The query of one rule: its subjects in their windows, what is measured, and the outcome (docs/meaning.md, 4 to 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlglot import exp

from checker.forms.measure import Fold, Measure, all_of, any_of, template
from checker.model.period import Term
from checker.model.plan import Gathering
from checker.plan.emit.printing import rows_as
from checker.plan.logical.binding import RuleSite
from checker.plan.logical.gaps import between
from checker.plan.logical.groups import of_values
from checker.plan.logical.inexact_rows import suspicions
from checker.plan.logical.linking import Linking
from checker.plan.logical.links import link_of
from checker.plan.logical.outcomes import outcomes, values
from checker.plan.logical.pairs import each_row, once, pairs, together
from checker.plan.logical.population import Population
from checker.plan.logical.quantities import combined, staged, stages, sums
from checker.plan.logical.related_rows import Relation, below_any, climbed
from checker.plan.logical.rule_spans import epochs
from checker.plan.logical.runs import longest
from checker.plan.logical.shared_scan import folded_columns, folded_quantities, gathering, settled
from checker.plan.logical.spells import over_time
from checker.tables.names import ONCE
from checker.words.message import message


class RuleQuery:
    """One rule as queries: `measure` gives its outcomes, `evidence` the rows behind those in `wanted`.

    `plain` is for submissions in which it is known of each row whose it is, and when: the tables of `linking` are there and no
    cell of it may be anything. It spares the search for rows that may be anybody's. `forked` is for those in which the
    reference of a row by which it climbs almost matches several keys, by more than one of which it may be the same subject's:
    all rows are then paired with their subjects, to tell those. With a `tag` it is on gathered subjects (see
    `checker.plan.logical.shared_scan`), on which what begins with the tag was folded before. `nameless` is for those subjects
    alone of which it is unknown what refers to them: any row may be theirs, none certainly is.
    """

    def __init__(
        self, site: RuleSite, *, plain: bool = False, forked: bool = False, nameless: bool = False, tag: str | None = None
    ) -> None:
        self.site = site
        self.plain = plain
        self.nameless = nameless
        self.tag = tag
        self.measured: Measure = site.form.measure(site)
        self.link = None if site.own else link_of(site)
        self.linking = Linking(site, self.link)
        # A row may be the same subject's by several combinations of keys that its references almost match, and is of another
        # value by each.
        self.forked = forked or ((self.several or (self.measured.groups is not None and self.link is not None)) and not plain)
        self.epochs = epochs(site)

    @property
    def of_terms(self) -> bool:
        """Whether the windows are terms of office, which rows are not numbered by."""
        return isinstance(self.site.unit, Term)

    @property
    def paired(self) -> bool:
        """Whether rows are paired with subjects: what is asked of a row depends on the subject, or it may be its twice."""
        # What a row lists of itself can be added up, and not taken away again from the lists of those whose it is not.
        listed = any(quantity.fold is Fold.EACH for quantity in self.measured.quantities.values())
        return (
            self.forked
            or self.several
            or self.measured.paired
            or self.measured.by_subject
            or self.measured.groups is not None
            or self.site.cut is not None
            or (self.tree is not None and listed)
        )

    @property
    def several(self) -> bool:
        """Whether rows find their subjects by several values."""
        return self.link is not None and bool(self.link.more)

    @property
    def tree(self) -> str | None:
        """The tree of which all that is below the subject is meant, if it is."""
        return None if self.link is None else self.link.tree

    def steps(self) -> list[tuple[str, exp.Expression]]:
        """The queries, by name, that lead to `m`: one row per subject and window, or gap."""
        frame, columns = self._frame()
        if self.link is None:
            return staged(frame, "m", columns, stages(self.measured))
        return [("frame", frame), *self._rows(), *self._folded()]

    def sure(self) -> list[tuple[str, exp.Expression]]:
        """The same where no gathered row is doubtful."""
        return [("frame", self._frame()[0]), *staged(self._joined(()), "m", ("*",), ({}, *self.measured.concluded))]

    def subjects(self) -> exp.Select:
        """How many subjects are selected, or may be."""
        return self._bare.subjects()

    def unsettled(self) -> tuple[exp.Expression, ...] | None:
        """Conditions, one of which is true of each subject, as row `r`, that may be judged and not certainly meets the rule.

        None where its own row does not tell that by itself.
        """
        exact, frame = self.measured.exact, self._bare
        if exact is None or self.link is not None or self.site.unit is not None or self.site.named:
            return None
        found = suspicions(settled(self.measured, exact, frame.certainly()), frame.selected())
        if any(column.table.startswith("s.") for each in found for column in each.find_all(exp.Column)):
            return None
        return tuple(each.transform(_of_row) for each in found)

    def result(self) -> exp.Select:
        """What is selected from `m`: the columns of OUTCOMES."""
        submitted = exp.true() if self._all_submitted else self._submitted()
        windowed = self.site.unit is not None
        return outcomes(self.measured, submitted, windowed=windowed, told=not self.of_terms).from_(exp.table_("m"), copy=False)

    def values(self) -> exp.Select:
        """What is selected from `m` of an indicator: the columns of INDICATOR_VALUES but for its id."""
        return values(self.measured, windowed=self.site.unit is not None).from_(exp.table_("m"), copy=False)

    def gathering(self, dialect: str) -> Gathering | None:
        """How the rows are gathered, where they may be."""
        if self.site.named:
            return None
        relation = None if self.link is None else self._relation(plain=False)
        return gathering(self.site, self.measured, self.link, relation, dialect)

    # -- parts --------------------------------------------------------------------------------------------------------

    def epoch(self) -> exp.Expression:
        """The number of the epoch that a subject without windows is judged by."""
        return exp.Literal.number(0) if self.epochs is None else self.epochs[1]

    def _rows(self) -> list[tuple[str, exp.Expression]]:
        """The queries that lead to the rows to be summed: `related`, or `pairs`."""
        sets = stages(self.measured)
        links = () if self.link is None else tuple(self.link.columns(self.site.related, its=False))
        related = (*links, "no", "sure", "_row", *(() if self.plain else ("_via",)))
        if not self.paired:
            return staged(self.related(plain=self.plain), "related", related, sets)
        relation = [("related", self.related(plain=self.plain))]
        if self.tree is not None:
            relation = [("below", relation[0][1]), ("related", self.climbed_rows("below", exp.true()))]
        numbered, climbs, name = not self.of_terms, self.tree is not None, "ways" if self.forked else "pairs"
        paired = pairs(
            self.measured,
            self.site.cut,
            number_of_links=len(links),
            plain=self.plain,
            numbered=numbered,
            climbs=climbs,
            ways=self.forked,
        )
        kept = ("subject", "no", "sure", "_row")
        found = [(name, paired)] if self.measured.in_order else staged(paired, name, kept, sets)
        return [*relation, *found, *([("pairs", together(self.measured))] if self.forked else [])]

    def _frame(self) -> tuple[exp.Select, list[str]]:
        folded = {} if self.tag is None or self.measured.exact is None else folded_columns(self.tag, self.measured.exact)
        return replace(self._bare, folded=folded).query()

    @property
    def _bare(self) -> Population:
        return Population(self.site, self.measured, self.link, self.epoch(), {})

    def _relation(self, *, plain: bool) -> Relation:
        site = self.site
        if self.link is None:
            raise TypeError(site.rule.id)
        by_day = self.measured.paired and self.measured.spells is None
        dated = site.unit is not None or by_day or getattr(site.form, "on", None) is not None
        return Relation(
            row=site.related,
            link=self.link,
            day=site.day_path(site.related) if dated else None,
            unit=None if self.of_terms else site.unit,
            condition=site.counted(),
            measure=self.measured,
            told=plain,
            epochs=None if self.epochs is None else self.epochs[0],
            year_starts=site.book.year_starts,
            partial=self.site.cut is not None,
            only=None if self.tag is None else exp.column(self.tag, table="r"),
        )

    def related(self, *, plain: bool) -> exp.Expression:
        """The related rows, each with whose it is. Raises RulesError where that depends on when a term of office begins."""
        site, relation = self.site, self._relation(plain=plain).query()
        if self.of_terms and any(column.table == "w" for column in relation.find_all(exp.Column)):
            # A row is no row of one term: what is asked of it cannot depend on when a term begins.
            wrong = message("plan-parameter-in-term")
            fix = message("plan-parameter-in-term-fix")
            raise site.wrong("per", "parameter-in-term", wrong, fix)
        return relation

    def _folded(self) -> Iterator[tuple[str, exp.Expression]]:
        """From rows to `m`: gap by gap, or summed."""
        if self.measured.gaps is not None:
            yield from between(self.measured.gaps, exp.true() if self.plain else self._submitted())
            return
        if self.measured.runs is not None:
            yield from longest(exp.true() if self.plain else self._submitted())
            return
        if self.measured.spells is not None:
            yield from over_time(self.measured.spells, exp.true() if self.plain else self._submitted())
            return
        if self.measured.groups is not None:
            submitted = exp.true() if self.plain else self._submitted()
            over = exp.true() if self.site.unit is None else exp.column("over", table="frame")
            yield from of_values(self.measured.groups, self.measured.kind, submitted, over)
            return
        if self.nameless:
            yield ONCE, once()
        yield from self._groups()
        yield from staged(self._joined(self._kinds), "m", ("*",), ({}, *self.measured.concluded))

    def _groups(self) -> Iterator[tuple[str, exp.Expression]]:
        """The related rows summed: of each subject, of none in particular, and all of them for subjects without a name.

        Of a tree there are rows that are a subject's and, above it, of none in particular `again`: these are taken away once.
        """
        for group in self._kinds:
            by: tuple[str, ...]
            source: exp.Expression = exp.table_("related")
            where: exp.Expression | None = None
            match group:
                case "own" if self.paired:
                    by, source = ("subject", "no"), exp.table_("pairs")
                case "own" | "again" if self.tree is not None:
                    by, source = ("link", "no"), self._above(self.tree, astray=group == "again")
                case "own":
                    by, where = ("link", "no"), template("NOT link IS NULL")
                case "stray" if self.tree is not None:
                    by, where = ("no",), any_of(template("link IS NULL"), self._astray(self.tree))
                case "stray":
                    by, where = ("no",), template("link IS NULL")
                case _:
                    by, source = ("no",), rows_as(ONCE, "r") if self.nameless else each_row()
            summed = sums(self.measured, group=by, sure=group == "own").from_(source, copy=False)
            yield group, summed if where is None else summed.where(where, copy=False)

    def climbed_rows(self, rows: str, some: exp.Expression) -> exp.Select:
        """The rows of that query, with their first columns, as rows of each node above them; and those that are anybody's."""
        cut = self.site.cut
        days = () if cut is None else ("_day", *cut.lived)
        columns = ("link", "no", "sure", "_row", *(() if self.plain else ("_via",)), *stages(self.measured)[0], *days)
        every = exp.select(exp.Star()).from_(exp.table_(rows), copy=False).subquery("r", copy=False)
        found = climbed(str(self.tree), every, columns, some).subquery("climbed", copy=False)
        ordered = exp.select(*map(exp.column, columns)).from_(found, copy=False)
        unknown = exp.select(*map(exp.column, columns)).from_(exp.table_(rows), copy=False)
        unknown = unknown.where(template("link IS NULL"), copy=False)
        both = exp.union(ordered, unknown, distinct=False, copy=False).subquery("every", copy=False)
        return exp.select(exp.Star()).from_(both, copy=False)

    def _above(self, tree: str, *, astray: bool) -> exp.Subquery:
        """The rows to be summed as rows of each node of the tree above; `astray`: those that may be anybody's besides."""
        rows = exp.select(exp.Star()).from_(exp.table_("related"), copy=False)
        rows = rows.where(self._astray(tree), copy=False) if astray else rows
        columns = ("no", "sure", *stages(self.measured)[-1])
        found = climbed(tree, rows.subquery("r", copy=False), columns, template("NOT up.ancestor IS NULL"))
        return found.subquery("climbed", copy=False)

    def _astray(self, tree: str) -> exp.Expression:
        """Whether a row is below a node that is below any."""
        return template(f'link IN (SELECT node FROM "{below_any(tree)}")')

    @property
    def _kinds(self) -> tuple[str, ...]:
        """The groups of rows that are summed. Subjects without a name are not measured on gathered rows."""
        if self.plain or self.paired:
            return ("own",)
        if self.nameless:
            return ("anybody",)
        again = ("again",) if self.tree is not None else ()
        return ("own", "stray") if self.tag else ("own", "stray", *again, "anybody")

    def _joined(self, groups: tuple[str, ...]) -> exp.Select:
        """`m`: the frame with the ends of each quantity."""
        exact = self.measured.exact
        folded = {} if self.tag is None or exact is None else folded_quantities(self.measured, exact)
        columns = combined(self.measured, groups, None if self._all_submitted else self._submitted(), folded)
        frame = exp.Column(this=exp.Star(), table=exp.to_identifier("frame"))
        query = exp.select(frame, *(tree.as_(name, copy=False) for name, tree in columns.items()), copy=False)
        query = query.from_(exp.table_("frame"), copy=False)
        for group in groups:
            query = query.join(exp.table_(group), on=template(self._on(group)), join_type="left", copy=False)
        return query

    @property
    def _all_submitted(self) -> bool:
        """Whether it is asked only where all tables are there that it needs."""
        return self.plain or self.nameless or self.tag is not None

    def _on(self, group: str) -> str:
        """How the sums of a group find their subject."""
        match group:
            case "own" if self.paired:
                return "own.subject = frame.subject AND own.no = frame.no"
            case "own" | "again":
                return f"{group}.link = frame.link AND {group}.no = frame.no"
            case "stray":
                return "NOT frame.link IS NULL AND stray.no = frame.no"
            case _:
                return "frame.link IS NULL AND frame.any_link AND anybody.no = frame.no"

    def _submitted(self) -> exp.Expression:
        return all_of(*(exp.Placeholder(this=f"submitted_{name}") for name in self.linking.tables()))


def _of_row(node: exp.Expression) -> exp.Expression:
    return exp.column(node.name, table="r") if isinstance(node, exp.Column) and node.table == "s" else node
