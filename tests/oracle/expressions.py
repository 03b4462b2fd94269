"""The expression language of docs/language.md: a recursive-descent parser, and SQL's three-valued logic (2)."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from tests.oracle.cells import Elements, Near, Null, Partly, Truth, Value, Whole, whole

Node = tuple[Any, ...]
"""(kind, parts…): `("compare", "<=", left, right)`."""

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>[0-9]+(?:\.[0-9]+)?%?)|(?P<parameter>:[a-z][a-z0-9_]*)"
    r"|(?P<name>[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-z][a-z0-9_]*)*)|(?P<sign><>|<=|>=|[=<>+\-*/(),]))"
)
MIRRORED = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Months:
    """A span of so many months, which is added to a day."""

    count: int


class Parser:
    """Parses one expression, by descent from `or` to the single name or literal."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while text[at:].strip():
            match = TOKEN.match(text, at)
            if match is None:
                raise ValueError(f"cannot read {text[at:]!r}")
            self.tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
            at = match.end()
        self.at = 0

    def next_is(self, *words: str) -> bool:
        """Whether these words or signs come next; takes them if so."""
        coming = [token for kind, token in self.tokens[self.at : self.at + len(words)] if kind in {"name", "sign"}]
        if [token.lower() for token in coming] == list(words):
            self.at += len(words)
            return True
        return False

    def expect(self, word: str) -> None:
        if not self.next_is(word):
            raise ValueError(f"{word!r} expected in {self.tokens} at {self.at}")

    def whole(self) -> Node:
        node = self.disjunction()
        if self.at != len(self.tokens):
            raise ValueError(f"cannot read on in {self.tokens} at {self.at}")
        return node

    def disjunction(self) -> Node:
        node = self.conjunction()
        while self.next_is("or"):
            node = ("or", node, self.conjunction())
        return node

    def conjunction(self) -> Node:
        node = self.negation()
        while self.next_is("and"):
            node = ("and", node, self.negation())
        return node

    def negation(self) -> Node:
        return ("not", self.negation()) if self.next_is("not") else self.predicate()

    def predicate(self) -> Node:
        left = self.sum()
        for operator in COMPARISONS:
            if self.next_is(operator):
                return ("compare", operator, left, self.sum())
        if self.next_is("is"):
            negated = self.next_is("not")
            self.expect("null")
            return ("not", ("null", left)) if negated else ("null", left)
        return ("not", self.membership(left)) if self.next_is("not") else self.membership(left)

    def membership(self, left: Node) -> Node:
        if self.next_is("in"):
            self.expect("(")
            return ("in", left, *self.arguments())
        if self.next_is("between"):
            low = self.sum()
            self.expect("and")
            return ("and", ("compare", ">=", left, low), ("compare", "<=", left, self.sum()))
        if self.next_is("like"):
            return ("like", left, self.sum())
        return left

    def arguments(self) -> list[Node]:
        found = [self.disjunction()]
        while self.next_is(","):
            found.append(self.disjunction())
        self.expect(")")
        return found

    def sum(self) -> Node:
        node = self.product()
        while self.tokens[self.at : self.at + 1] in ([("sign", "+")], [("sign", "-")]):
            self.at += 1
            node = ("arithmetic", self.tokens[self.at - 1][1], node, self.product())
        return node

    def product(self) -> Node:
        node = self.factor()
        while self.tokens[self.at : self.at + 1] in ([("sign", "*")], [("sign", "/")]):
            self.at += 1
            node = ("arithmetic", self.tokens[self.at - 1][1], node, self.factor())
        return node

    def factor(self) -> Node:  # noqa: PLR0911 - one for each kind of factor
        if self.next_is("-"):
            return ("arithmetic", "-", ("literal", Whole(0)), self.factor())
        if self.next_is("("):
            node = self.disjunction()
            self.expect(")")
            return node
        kind, token = self.tokens[self.at]
        self.at += 1
        match kind:
            case "text":
                return ("literal", unicodedata.normalize("NFC", token[1:-1].replace("''", "'")))
            case "number":
                return ("literal", self.number(token))
            case "parameter":
                return ("parameter", token[1:])
            case "name" if token.lower() in {"true", "false"}:
                return ("literal", token.lower() == "true")
            case "name" if token.lower() == "date" and [kind for kind, _ in self.tokens[self.at : self.at + 1]] == ["text"]:
                self.at += 1
                return ("literal", date.fromisoformat(self.tokens[self.at - 1][1][1:-1]))
            case "name" if self.next_is("("):
                return ("call", token.lower(), *self.arguments())
            case "name":
                return ("column", *token.split("."))
        raise ValueError(f"cannot read {token!r} in {self.tokens}")

    def number(self, token: str) -> Any:
        """A number, or so many months or years."""
        for unit, months in (("month", 1), ("year", 12)):
            if self.next_is(unit) or self.next_is(f"{unit}s"):
                return Months(int(token) * months)
        if token.endswith("%"):
            share = Fraction(token[:-1]) / 100
            return Whole(share) if share.denominator == 1 else share
        return Fraction(token) if "." in token else Whole(token)


@cache
def parse(text: str) -> Node:
    """The tree of an expression or predicate."""
    return Parser(text).whole()


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction."""
    truths = list(truths)
    return False if False in truths else None if None in truths else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction."""
    truths = list(truths)
    return True if True in truths else None if None in truths else False


def opposite(truth: Truth) -> Truth:
    """Kleene's negation."""
    return None if truth is None else not truth


Lookup = Callable[[Node], Value]
"""The value of a `column` or `parameter` node."""


def holds(node: Node, look_up: Lookup) -> Truth:
    """Whether a predicate holds; an empty or unknown truth value is unknown."""
    value = evaluate(node, look_up)
    if isinstance(value, Null):
        return None
    if not isinstance(value, bool):
        raise TypeError(f"{node} is no predicate")
    return value


def evaluate(node: Node, look_up: Lookup) -> Value:  # noqa: PLR0911 - one for each kind of node
    """The value of an expression; unknown truths are UNKNOWN."""
    kind, *parts = node
    match kind:
        case "literal":
            value: Value = parts[0]
            return value
        case "column" | "parameter":
            value = look_up(node)
            return Null.UNKNOWN if isinstance(value, Near) else value
        case "and" | "or":
            combine = all_of if kind == "and" else any_of
            return stated(combine([holds(part, look_up) for part in parts]))
        case "not":
            return stated(opposite(holds(parts[0], look_up)))
        case "null":
            # `is null` is true of an empty cell; what is unknown might be empty and might not.
            value = evaluate(parts[0], look_up)
            return value if value is Null.UNKNOWN else value is Null.EMPTY or value == Elements()
        case "in":
            return stated(any_of(compare("=", *both(parts[0], p, look_up)) for p in parts[1:]))
        case "compare":
            return stated(compare(parts[0], *both(parts[1], parts[2], look_up)))
        case "like":
            return like(evaluate(parts[0], look_up), evaluate(parts[1], look_up))
        case "arithmetic":
            return arithmetic(parts[0], evaluate(parts[1], look_up), evaluate(parts[2], look_up))
    return call(parts[0], [evaluate(part, look_up) for part in parts[1:]])


def stated(truth: Truth) -> Value:
    """A truth as a value."""
    return Null.UNKNOWN if truth is None else truth


def both(left: Node, right: Node, look_up: Lookup) -> tuple[Value, Value]:
    """What two sides of a comparison are: a field by itself, beside a number or parameter, also where it is near."""
    found = []
    for node, other in ((left, right), (right, left)):
        alone = node[0] == "column" and is_constant(other)
        found.append(look_up(node) if alone else evaluate(node, look_up))
    return found[0], found[1]


def is_constant(node: Node) -> bool:
    """Whether an expression is a number, with a sign or without, or a parameter."""
    negated = node[0] == "arithmetic" and node[1] == "-" and node[2] == ("literal", Fraction(0))
    return is_constant(node[3]) if negated else node[0] in {"literal", "parameter"}


def compare(operator: str, left: Any, right: Any) -> Truth:
    """Compares two values; with an unknown one the answer is unknown."""
    if isinstance(left, Null) or isinstance(right, Null):
        return None
    if isinstance(right, Near):
        return compare(MIRRORED[operator], right, left)
    if isinstance(left, Partly):
        return decided(operator, left, right)
    if isinstance(left, Near):
        # All that lies between its neighbours is on one side of a number of six places, and none is that number.
        return operator == "<>" or (operator != "=" and (left.low >= right) is (operator in {">", ">="}))
    results = {"=": left == right, "<>": left != right}
    if operator in results:
        return bool(results[operator])
    return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator])


def decided(operator: str, day: Partly, other: date) -> Truth:
    """How a day that may be one of several compares: known where it is the same for all of them."""
    found = {compare(operator, each, other) for each in (day.low, day.high)}
    if day.low < other < day.high and operator in {"=", "<>"}:
        return None
    return found.pop() if len(found) == 1 else None


def like(value: Value, pattern: Value) -> Value:
    """SQL's `like`: `%` is any text, `_` any one character."""
    if isinstance(value, Null) or isinstance(pattern, Null):
        return Null.UNKNOWN
    parts = [".*" if sign == "%" else "." if sign == "_" else re.escape(sign) for sign in str(pattern)]
    return re.fullmatch("".join(parts), str(value), re.DOTALL) is not None


def missing(values: Iterable[Value]) -> Null | None:
    """UNKNOWN if any value is, else EMPTY if any value is, else None."""
    values = list(values)
    return Null.UNKNOWN if Null.UNKNOWN in values else Null.EMPTY if Null.EMPTY in values else None


def arithmetic(operator: str, left: Any, right: Any) -> Value:
    """Exact arithmetic; dates have days added or taken away, and their difference is days."""
    if gap := missing((left, right)):
        return gap
    if isinstance(right, Months):
        return months_after(left, right.count * (1 if operator == "+" else -1))
    if isinstance(left, date) and isinstance(right, date):
        return Whole((left - right).days)
    if isinstance(right, date):
        left, right = right, left
    if isinstance(left, date):
        return day_after(left, int(right) * (1 if operator == "+" else -1))
    if operator == "/" and right == 0:
        return Null.UNKNOWN
    result: Value = (
        left + right
        if operator == "+"
        else left - right
        if operator == "-"
        else left * right
        if operator == "*"
        else left / right
    )
    whole_numbers = isinstance(left, Whole) and isinstance(right, Whole) and operator != "/"
    return whole(result) if whole_numbers and isinstance(result, Fraction) else result


def day_after(day: date, days: int) -> Value:
    """The day so many days later; unknown outside the calendar (2)."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return Null.UNKNOWN


def months_after(day: date, months: int) -> Value:
    """The day so many months later, in a month that is too short its last one; unknown outside the calendar (2)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return Null.UNKNOWN
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def call(function: str, values: list[Any]) -> Value:
    """The functions of docs/language.md."""
    if function == "coalesce":
        # What is unknown might be empty and might not, so it cannot be passed over as an empty cell is.
        return next((value for value in values if value is not Null.EMPTY), Null.EMPTY)
    if function in {"contains", "count"} and not isinstance(values[0], Elements):
        return Null.UNKNOWN
    if gap := missing(values):
        return gap
    only = values[0]
    functions: dict[str, Callable[[], Value]] = {
        "lower": lambda: str(only).lower(),
        "upper": lambda: str(only).upper(),
        "contains": lambda: values[1] in only,
        "count": lambda: Whole(len(only)),
        "length": lambda: Whole(len(only)),
        "abs": lambda: whole(abs(only)) if isinstance(only, Whole) else abs(only),
        "year": lambda: Whole(only.year),
        "month": lambda: Whole(only.month),
        "day": lambda: Whole(only.day),
    }
    return functions[function]()
