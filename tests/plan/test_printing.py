"""What trees are printed into: pieces, and the slots between them."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from checker.forms.measure import template
from checker.model.sql import Given, Part, Rows, Sql
from checker.plan.emit.printing import part, plain, printed, rows_as

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\0'\"$0;-"), max_size=20)


@settings(deadline=None)
@given(text=TEXTS)
def test_any_text_of_an_author_is_what_it_was(text: str) -> None:
    tree = exp.select(exp.Literal.string(text), exp.Placeholder(this="ref"))
    sql = printed(tree, "duckdb")
    assert [piece for piece in sql.pieces if not isinstance(piece, str)] == [Given("ref")]
    assert duckdb.execute(sql.text(), {"ref": 1}).fetchall() == [(text, 1)]


def test_slots_are_filled_and_nothing_else_is() -> None:
    tree = exp.select("'subjects_orgs'", "'$x'", part("x")).from_(rows_as("subjects_orgs", "s")).where(template("s.a = :x"))
    sql = printed(tree, "duckdb")
    assert sql.needs == {"x"}
    filled = sql.filled({Part("x"): Sql.of("1 + 1")}).reading(Rows("subjects_orgs", "s"), 'apart_"orgs')
    assert filled.text() == """SELECT 'subjects_orgs', '$x', 1 + 1 FROM "apart_""orgs" AS "s" WHERE "s"."a" = $x"""


def test_a_table_is_read_in_the_place_of_another() -> None:
    sql = printed(exp.select("a").from_(rows_as("rows_orgs", "r")), "duckdb")
    assert sql.text({"rows_orgs": "t_orgs"}) == 'SELECT "a" FROM "t_orgs" AS "r"'


def test_printing_changes_no_tree() -> None:
    tree = template("a = :x")
    assert printed(tree, "duckdb") == printed(tree, "duckdb")
    assert tree == template("a = :x")


def test_a_slot_alone_is_one() -> None:
    assert printed(part("x"), "duckdb") == Sql((Part("x"),))


def test_a_part_that_was_not_filled_is_no_sql() -> None:
    with pytest.raises(KeyError):
        plain(part("x"), "duckdb")
