"""The predicates and expressions of the rule language, as trees of tuples."""

import functools
import re
import unicodedata
from datetime import date
from fractions import Fraction
from typing import Any

Tree = tuple[Any, ...]
TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>[0-9]+(?:\.[0-9]+)?%?)|(?P<name>:?[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*)"
    r"|(?P<sign><>|!=|<=|>=|[-+*/()=<>,]))",
)
COMPARISONS = {"=", "<>", "!=", "<", "<=", ">", ">="}


def tokens(source: str) -> list[tuple[str, str]]:
    """The words of a predicate."""
    found, place = [], 0
    while source[place:].strip():
        match = TOKEN.match(source, place)
        if match is None or match.lastgroup is None:
            raise ValueError(source[place:])
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return [*found, ("end", "")]


class Parser:
    """A reader of one predicate or expression."""

    def __init__(self, source: str) -> None:
        self.words = tokens(source)
        self.place = 0

    def peek(self) -> str:
        """The next word, names in lower case."""
        kind, word = self.words[self.place]
        return word.lower() if kind == "name" else word

    def take(self, *wanted: str) -> bool:
        """Whether the next word is one of these; then it is passed."""
        if self.words[self.place][0] in {"text", "end"} or self.peek() not in wanted:
            return False
        self.place += 1
        return True

    def whole(self) -> Tree:
        """The whole source."""
        tree = self.disjunction()
        if self.words[self.place][0] != "end":
            raise ValueError(self.words[self.place][1])
        return tree

    def disjunction(self) -> Tree:
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def conjunction(self) -> Tree:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else ("and", *parts)

    def negation(self) -> Tree:
        return ("not", self.negation()) if self.take("not") else self.comparison()

    def comparison(self) -> Tree:
        left = self.sum()
        if self.peek() in COMPARISONS:
            sign = self.peek()
            self.place += 1
            return ("compare", sign, left, self.sum())
        if self.take("is"):
            denied = self.take("not")
            self.take("null")
            return ("not", ("null", left)) if denied else ("null", left)
        denied = self.take("not")
        tree = self.membership(left)
        return ("not", tree) if denied else tree

    def membership(self, left: Tree) -> Tree:
        """What may follow `not`: in, between, like."""
        if self.take("in"):
            self.take("(")
            return ("or", *(("compare", "=", left, item) for item in self.arguments()))
        if self.take("between"):
            low = self.sum()
            self.take("and")
            return ("and", ("compare", ">=", left, low), ("compare", "<=", left, self.sum()))
        if self.take("like"):
            return ("like", left, self.sum())
        return left

    def sum(self) -> Tree:
        left = self.product()
        while self.peek() in {"+", "-"} and self.words[self.place][0] == "sign":
            sign = self.peek()
            self.place += 1
            left = (sign, left, self.product())
        return left

    def product(self) -> Tree:
        left = self.atom()
        while self.peek() in {"*", "/"} and self.words[self.place][0] == "sign":
            sign = self.peek()
            self.place += 1
            left = (sign, left, self.atom())
        return left

    def arguments(self) -> list[Tree]:
        """A list up to its closing bracket."""
        found = [self.disjunction()]
        while self.take(","):
            found.append(self.disjunction())
        self.take(")")
        return found

    def atom(self) -> Tree:
        if self.take("-"):
            return ("-", ("value", Fraction(0)), self.atom())
        if self.take("("):
            tree = self.disjunction()
            self.take(")")
            return tree
        kind, word = self.words[self.place]
        self.place += 1
        if kind == "number":
            return ("value", Fraction(word[:-1]) / 100 if word.endswith("%") else Fraction(word))
        if kind == "text":
            return ("value", unicodedata.normalize("NFC", word[1:-1].replace("''", "'")))
        return self.named(word)

    def named(self, word: str) -> Tree:
        """What begins with a name."""
        if word.lower() in {"true", "false"}:
            return ("value", word.lower() == "true")
        if word.lower() == "date" and self.words[self.place][0] == "text":
            self.place += 1
            return ("value", date.fromisoformat(self.words[self.place - 1][1][1:-1]))
        if word.startswith(":"):
            return ("parameter", word[1:])
        if self.take("("):
            return ("call", word.lower(), *self.arguments())
        return ("field", *word.split("."))


def names(tree: Tree) -> set[str]:
    """The names of fields, without paths, that an expression or predicate has."""
    if tree[0] == "field":
        return {tree[1]} if len(tree) == 2 else set()
    return {name for part in tree[1:] if isinstance(part, tuple) for name in names(part)}


@functools.cache
def parse(source: str) -> Tree:
    """The tree of a predicate or expression."""
    return Parser(source).whole()
