"""The grammar of predicates and expressions: text to an untyped sqlglot tree whose nodes know their offset.

sqlglot's own parser reads far more than the rule language (`x y` is an alias, `@x` an absolute value), cannot read a
field called `from` or `desc`, and explains itself to programmers. This one accepts the language and nothing else; the
tests hold its trees against sqlglot's reading of the SQL they print.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from checker.errors import nearest
from checker.rules.tokens import LANGUAGE, PredicateError, Token, tokens
from checker.words.message import message

FUNCTIONS: dict[str, type[exp.Expression]] = {
    "lower": exp.Lower,
    "upper": exp.Upper,
    "length": exp.Length,
    "abs": exp.Abs,
    "coalesce": exp.Coalesce,
    "year": exp.Year,
    "month": exp.Month,
    "day": exp.Day,
    "contains": exp.Contains,
    "count": exp.Count,
}

SPANS = {"month": "MONTH", "months": "MONTH", "year": "YEAR", "years": "YEAR"}
"""The words for spans of time that are added to a day, and taken from it."""

MOST_OF = {"MONTH": 1200, "YEAR": 100}
"""How many of them a span has at most."""

_MAX_DEPTH = 40
_MAX_OPERATORS = 400
_SQL_WORDS = frozenset(
    {"select", "from", "where", "case", "when", "then", "else", "end", "cast", "over", "exists", "interval", "ilike"}
    | {"similar", "escape", "distinct", "having"}
)
_COMPARISONS: dict[str, type[exp.Expression]] = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_ARITHMETIC: dict[str, type[exp.Expression]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul, "/": exp.Div}


def offset_of(node: exp.Expression) -> int:
    """Where in the text the node's first or deciding sign stands."""
    at = node.meta.get("offset", 0)
    return at if isinstance(at, int) else 0


def path_of(column: exp.Column) -> tuple[str, ...]:
    """The dotted path of a column: `organisation.parent.level` is ("organisation", "parent", "level").

    A column's table is the path before its last name, joined by dots, however long it is.
    """
    return (*column.table.split("."), column.name) if column.table else (column.name,)


def column(path: tuple[str, ...]) -> exp.Column:
    """The column of that path, as `path_of` reads it."""
    prefix = ".".join(path[:-1])
    return exp.column(path[-1], prefix or None, quoted=True)


def parse(text: str) -> exp.Expression:
    """Reads a predicate or expression. Raises PredicateError."""
    parser = _Parser(tokens(text))
    tree = parser.disjunction()
    parser.expect_end()
    return tree


def _unquoted(string: str) -> str:
    return unicodedata.normalize("NFC", string[1:-1].replace("''", "'"))


@dataclass(slots=True)
class _Parser:
    """Recursive descent; each method reads one level of precedence."""

    tokens: list[Token]
    index: int = 0
    depth: int = 0
    operators: int = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def next(self) -> Token:
        token = self.token
        self.index += token.kind != "end"
        return token

    def take(self, *texts: str) -> Token | None:
        """The next token if it is one of these words or signs."""
        return self.next() if self.token.kind in {"word", "sign"} and self.token.text in texts else None

    def built(self, node: exp.Expression, at: int) -> exp.Expression:
        self.operators += 1
        if self.operators > _MAX_OPERATORS:
            fix = message("expr-too-many-parts-fix")
            raise PredicateError("too-long", message("expr-too-many-parts", most=_MAX_OPERATORS), fix, at)
        node.meta["offset"] = at
        return node

    def expect_end(self) -> None:
        token = self.token
        if token.kind == "end":
            return
        if token.text == ")":
            raise PredicateError("syntax", message("expr-closes-nothing"), message("expr-closes-nothing-fix"), token.at)
        if token.text in _COMPARISONS:
            fix = message("expr-chained-fix")
            raise PredicateError("syntax", message("expr-chained"), fix, token.at)
        raise self.unexpected("expr-operator-missing")

    def unexpected(self, key: str) -> PredicateError:
        """The error for the sign that stands here; `key` is that of the text that says what is missing before it."""
        token = self.token
        if token.kind == "name" and token.text.lower() in _SQL_WORDS:
            return PredicateError("not-allowed", message("expr-not-allowed", sign=token.text), LANGUAGE, token.at)
        shown = f"'{token.text}'" if token.kind != "end" else message("expr-the-end")
        return PredicateError("syntax", message(key, sign=shown), message("expr-complete-fix"), token.at)

    def close(self) -> None:
        if not self.take(")"):
            raise self.unexpected("expr-bracket-missing")

    def disjunction(self) -> exp.Expression:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            fix = message("expr-nested-fix")
            raise PredicateError("too-long", message("expr-nested", most=_MAX_DEPTH), fix, self.token.at)
        left = self.conjunction()
        while token := self.take("or"):
            left = self.built(exp.Or(this=left, expression=self.conjunction()), token.at)
        self.depth -= 1
        return left

    def conjunction(self) -> exp.Expression:
        left = self.negation()
        while token := self.take("and"):
            left = self.built(exp.And(this=left, expression=self.negation()), token.at)
        return left

    def negation(self) -> exp.Expression:
        negations = []
        while token := self.take("not"):
            negations.append(token.at)
        node = self.comparison()
        for at in reversed(negations):
            node = self.built(exp.Not(this=node), at)
        return node

    def comparison(self) -> exp.Expression:
        left = self.sum()
        if token := self.take(*_COMPARISONS):
            return self.built(_COMPARISONS[token.text](this=left, expression=self.sum()), token.at)
        if token := self.take("is"):
            return self.nullness(left, token.at)
        negated = self.take("not")
        if token := self.take("in"):
            node = self.built(exp.In(this=left, expressions=self.listed()), token.at)
        elif token := self.take("like"):
            node = self.built(exp.Like(this=left, expression=self.sum()), token.at)
        elif token := self.take("between"):
            low = self.sum()
            if not self.take("and"):
                raise self.unexpected("expr-between")
            node = self.built(exp.Between(this=left, low=low, high=self.sum()), token.at)
        elif negated:
            raise self.unexpected("expr-after-not")
        else:
            return left
        return self.built(exp.Not(this=node), negated.at) if negated else node

    def nullness(self, left: exp.Expression, at: int) -> exp.Expression:
        negated = self.take("not")
        if not self.take("null"):
            raise self.unexpected("expr-after-is")
        node = self.built(exp.Is(this=left, expression=exp.Null()), at)
        return self.built(exp.Not(this=node), at) if negated else node

    def listed(self) -> list[exp.Expression]:
        if not self.take("("):
            raise self.unexpected("expr-after-in")
        parts = [self.sum()]
        while self.take(","):
            parts.append(self.sum())
        self.close()
        return parts

    def sum(self) -> exp.Expression:
        left = self.product()
        while token := self.take("+", "-"):
            left = self.built(_ARITHMETIC[token.text](this=left, expression=self.product()), token.at)
        return left

    def product(self) -> exp.Expression:
        left = self.factor()
        while token := self.take("*", "/"):
            left = self.built(_ARITHMETIC[token.text](this=left, expression=self.factor()), token.at)
        return left

    def factor(self) -> exp.Expression:
        if minus := self.take("-"):
            return self.built(exp.Neg(this=self.primary()), minus.at)
        return self.primary()

    def primary(self) -> exp.Expression:
        token = self.token
        if token.kind == "number":
            return self.number()
        if token.kind == "string":
            return self.built(exp.Literal.string(_unquoted(self.next().text)), token.at)
        if token.kind == "parameter":
            return self.built(exp.Placeholder(this=self.next().text[1:]), token.at)
        if token.kind == "name":
            return self.name()
        if self.take("true", "false"):
            return self.built(exp.Boolean(this=token.text == "true"), token.at)
        if self.take("("):
            inner = self.disjunction()
            self.close()
            return self.built(exp.Paren(this=inner), token.at)
        if token.text == "null":
            raise PredicateError("null", message("expr-null"), message("expr-null-fix"), token.at)
        if token.text == "*":
            raise PredicateError("not-allowed", message("expr-star-alone"), LANGUAGE, token.at)
        raise self.unexpected("expr-operand-missing")

    def number(self) -> exp.Expression:
        """A number, so many percent, or so many months or years."""
        token, following = self.next(), self.token
        if token.text.endswith("%"):
            share = exp.Literal.number(f"{Decimal(token.text[:-1]) / 100:f}")
            share.meta["percent"] = True
            return self.built(share, token.at)
        unit = SPANS.get(following.text.lower()) if following.kind == "name" else None
        if unit is None:
            return self.built(exp.Literal.number(token.text), token.at)
        self.next()
        if not token.text.isdigit() or not 1 <= int(token.text) <= MOST_OF[unit]:
            fix = message("expr-span-fix")
            raise PredicateError("bad-duration", message("expr-span", count=token.text, unit=following.text), fix, token.at)
        return self.built(exp.Interval(this=exp.Literal.string(token.text), unit=exp.Var(this=unit)), token.at)

    def name(self) -> exp.Expression:
        token = self.next()
        following = self.token
        if token.text.lower() == "date" and following.kind == "string":
            literal = exp.Literal.string(_unquoted(self.next().text))
            literal.meta["offset"] = following.at
            return self.built(exp.Cast(this=literal, to=exp.DataType.build("date")), token.at)
        if token.text.lower() in _SQL_WORDS and following.kind in {"name", "number", "string"}:
            raise PredicateError("not-allowed", message("expr-not-allowed", sign=token.text), LANGUAGE, token.at)
        if following.text != "(" or following.kind != "sign":
            return self.built(column(tuple(token.text.split("."))), token.at)
        function = FUNCTIONS.get(token.text.lower())
        if function is None:
            known = tuple(FUNCTIONS)
            wrong, fix = (
                message("expr-unknown-function", name=token.text),
                message("expr-unknown-function-fix", known=", ".join(known)),
            )
            raise PredicateError("unknown-function", wrong, fix, token.at, nearest(token.text, known))
        self.next()
        parts = [self.disjunction()]
        while self.take(","):
            parts.append(self.disjunction())
        self.close()
        if function is exp.Contains:
            if len(parts) != 2:  # noqa: PLR2004 -- a list, and what may be in it
                wrong = message("expr-two-values", name=token.text, n=len(parts))
                raise PredicateError("arguments", wrong, message("expr-two-values-fix"), token.at)
            return self.built(exp.Contains(this=parts[0], expression=parts[1]), token.at)
        if function is not exp.Coalesce and len(parts) > 1:
            fix = message("expr-one-value-fix", name=token.text)
            raise PredicateError("arguments", message("expr-one-value", name=token.text, n=len(parts)), fix, token.at)
        if function is exp.Coalesce:
            return self.built(exp.Coalesce(this=parts[0], expressions=parts[1:]), token.at)
        return self.built(function(this=parts[0]), token.at)
