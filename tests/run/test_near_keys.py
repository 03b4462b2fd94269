"""Keys that almost match: what tells quickly that there are none of them."""

from __future__ import annotations

from itertools import product

from checker.engine.duckdb.database import Duck
from checker.run.near_keys import IS_PLAIN, LEFT_OF_PLAIN, bare
from checker.tables.schema import RunTable

KEYS = sorted("".join(signs) for length in range(1, 7) for signs in product("aB012-"[: 6 if length < 6 else 5], repeat=length))


def test_plain_keys_that_almost_match_have_the_same_left_of_them() -> None:
    engine = Duck()
    engine.run("CREATE TABLE keys (key VARCHAR)")
    engine.insert(RunTable("keys", "A key.", (("key", "VARCHAR"),)), [(key,) for key in KEYS])
    assert engine.rows(f"SELECT BOOL_AND({IS_PLAIN}) FROM keys") == [(True,)]
    left, alike = f"ROW({', '.join(LEFT_OF_PLAIN)})", f"SELECT key, {bare('key', ())} AS bare FROM keys"
    assert engine.rows(f"SELECT bare FROM ({alike}) GROUP BY bare HAVING COUNT(DISTINCT {left}) > 1") == []
    # Else that there is nothing alike could not be told.
    assert engine.rows(f"SELECT COUNT(DISTINCT {left}) < COUNT(*) FROM keys") == [(True,)]
