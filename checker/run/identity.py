"""By what a subject is recognised in another run: its key, or, where it has none, what is in its cells."""

from __future__ import annotations

from checker.model.quoting import quoted
from checker.model.schema import Record


def of_key(text: str) -> str:
    """What recognises a subject with that key."""
    return f"={text}"


def of_digest(text: str) -> str:
    """What recognises a subject without a key, whose cells have that digest."""
    return f"#{text}"


def identified(record: Record, *, rows: bool) -> str:
    """The query for what recognises each row of a record (`_row`, `identity`); of those without a key, only with `rows`."""
    table = quoted(f"t_{record.name}")
    key = "CAST(NULL AS VARCHAR)" if record.key is None else f"CAST(t.{quoted(record.key)} AS VARCHAR)"
    if not rows:
        return f"SELECT t._row, '{of_key('')}' || {key} AS identity FROM {table} AS t"
    other = f"SELECT t._row FROM {table} AS t WHERE {key} IS NULL"
    return (
        f"SELECT t._row, COALESCE('{of_key('')}' || {key}, '{of_digest('')}' || d.digest) AS identity "
        f"FROM {table} AS t LEFT JOIN ({digests(record, submitted(record), f'_row IN ({other})')}) AS d ON d._row = t._row"
    )


def submitted(record: Record) -> str:
    """The table of the cells of a record as they were submitted; of one that is made, as they were made."""
    return quoted(f"{'t' if record.made else 'raw'}_{record.name}")


def digests(record: Record, table: str, condition: str) -> str:
    """The query for the digests of some rows (`_row`, `digest`): of the cells with something in them, by the names of fields.

    Neither a further field nor another order of the columns changes it.
    """
    made = record.made
    told = [f"'{name.encode().hex()}:' || LENGTH({cell}) || ':' || {cell}" for name, cell in _cells(record, made=made)]
    return f"SELECT _row, LEFT(SHA256(CONCAT_WS(',', {', '.join(told)})), 32) AS digest FROM {table} WHERE {condition}"


def _cells(record: Record, *, made: bool) -> list[tuple[str, str]]:
    """The fields by name, each with its text, or null where there is nothing; U+FFFD stands for what was not submitted."""
    names = sorted(field.name for field in record.fields)
    texts = {name: f"CAST({quoted(name)} AS VARCHAR)" if made else quoted(name) for name in names}
    return [(name, f"NULLIF(NULLIF(TRIM(NFC_NORMALIZE({text})), ''), '\ufffd')") for name, text in texts.items()]
