"""Numbers of more than six places: known to lie between two neighbours of six places, and no more (docs/meaning.md, section 2).

Of such a cell of `f` the column `f` is NULL, as of all that is not known, and `_low_f` is the lower neighbour. What is compared
with a number of at most six places is decided by that alone: both neighbours lie on one side of it.
"""

from __future__ import annotations

from sqlglot import exp

from checker.forms.measure import all_of, any_of, template

_DECIDED: dict[type[exp.Expression], str] = {
    exp.GT: "COALESCE(:whole, :low >= :other)",
    exp.GTE: "COALESCE(:whole, :low >= :other)",
    exp.LT: "COALESCE(:whole, :low < :other)",
    exp.LTE: "COALESCE(:whole, :low < :other)",
    exp.EQ: "COALESCE(:whole, CASE WHEN NOT :low IS NULL AND NOT :other IS NULL THEN FALSE END)",
    exp.NEQ: "COALESCE(:whole, CASE WHEN NOT :low IS NULL AND NOT :other IS NULL THEN TRUE END)",
}
_MIRRORED: dict[type[exp.Expression], type[exp.Expression]] = {
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
}
_LONG = "^-?[0-9]{1,22}[.][0-9]{6}[0-9]*[1-9][0-9]*$"
_SIX = "^-?[0-9]+[.][0-9]{6}"


def lower_neighbour(cell: exp.Expression, kind: str) -> exp.Expression:
    """The neighbour below a text of more than six places; NULL where it is none."""
    # The pattern is slow, and few cells are so long.
    long = template("STRLEN(:cell) > 8 AND REGEXP_MATCHES(:cell, :long)", cell=cell, long=exp.Literal.string(_LONG))
    places = template("REGEXP_EXTRACT(:cell, :six)", cell=cell, six=exp.Literal.string(_SIX))
    cut = exp.TryCast(this=places, to=exp.DataType.build(kind))
    low = template("TRY(:cut - CASE WHEN STARTS_WITH(:cell, '-') THEN 0.000001 ELSE 0 END)", cell=cell, cut=cut)
    return template("CASE WHEN :long THEN :low END", long=long, low=low)


def compared(whole: exp.Expression, kind: type[exp.Expression], low: exp.Expression, other: exp.Expression) -> exp.Expression:
    """A comparison of a number field with a number of at most six places: of cells with more places by their neighbours."""
    return template(_DECIDED[kind], whole=whole, low=low, other=other)


def sides(tree: exp.Expression) -> tuple[exp.Column, type[exp.Expression], exp.Expression] | None:
    """The field, the comparison and the value of what compares a bare field with a number, a day or a parameter."""
    if type(tree) not in _DECIDED:
        return None
    left, right = tree.this.unnest(), tree.expression.unnest()
    if isinstance(left, exp.Column) and _is_value(right):
        return left, type(tree), right
    if isinstance(right, exp.Column) and _is_value(left):
        return right, _MIRRORED.get(type(tree), type(tree)), left
    return None


def spread(tree: exp.Expression) -> exp.Expression | None:
    """`between` and `in` of a bare field as the comparisons that they stand for."""
    match tree:
        case exp.Between(this=exp.Column()) if all(map(_is_value, (tree.args["low"], tree.args["high"]))):
            ends = (exp.GTE(this=tree.this, expression=tree.args["low"]), exp.LTE(this=tree.this, expression=tree.args["high"]))
            return all_of(*ends)
        case exp.In(this=exp.Column()) if all(map(_is_value, tree.expressions)):
            return any_of(*(exp.EQ(this=tree.this, expression=value) for value in tree.expressions))
    return None


def _is_value(tree: exp.Expression) -> bool:
    """Whether it is a number, a day or a parameter."""
    bare = tree.unnest()
    if isinstance(bare, exp.Neg):
        return _is_value(bare.this)
    return isinstance(bare, exp.Placeholder | exp.Cast) or (isinstance(bare, exp.Literal) and not bare.is_string)
