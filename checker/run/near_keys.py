"""Keys that a dangling reference almost matches: but for case, white space, separators, zeros, or signs that look alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from checker.model.blanks import BLANK
from checker.model.quoting import literal, quoted
from checker.model.schema import Field, Record
from checker.tables.names import BETWEEN

if TYPE_CHECKING:
    from checker.engine.protocol import Engine
    from checker.run.session import Session

_LOOK_ALIKE = {
    **dict.fromkeys("ÐƉðɖ", "đ"),
    **dict(zip("АВЕКМНОРСТУХЅІЈаеорсухѕіј", "abekmhopctyxsijaeopcyxsij", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοικν", "abezhikmnoptyxoikv", strict=True)),
    **dict.fromkeys("‐‑‒–—―−﹘﹣", "-"),
    **dict.fromkeys("‘’‚‛′ʹʼ", "'"),
    **dict.fromkeys("ıɩ", "i"),
    "⁄": "/",
    "∕": "/",
}
"""Letters and signs of other scripts, and of other languages, that look like those of Latin ones."""
_EASILY_MISTAKEN = (
    ("([0-9])[.]0+$", "\\1"),
    ("(^|[^0-9])[-_./]+", "\\1"),
    ("[-_./]+([^0-9]|$)", "\\1"),
    ("(^|[^0-9])0+([0-9])", "\\1\\2"),
)
"""What is left out of a text, and what is put there: `.0` after a number, separators but between digits, leading zeros."""
_UNSEEN = frozenset(BLANK) | {"\u2800"} | {chr(sign) for sign in range(0xFE00, 0xFE10)}
"""The signs that are not seen."""


def noted(run: Session, record: Record, references: Collection[str]) -> tuple[str, ...]:
    """The references of a record whose cells almost match a key; `near_<record>` has these, row by row.

    Of lists this is asked of their elements, and no row is added (see `of_elements`).
    A row with several such references has one line for each, and one for each combination of them, all of which `_via` names.
    """
    engine, near = run.engine, list[str]()
    for reference in references:
        field = record.field(reference)
        to = None if field is None else field.refers_to
        target = next((each.record for each in run.plan.records if each.record.name == to), None)
        if field is None or target is None or target.key is None or not {record.name, target.name} <= run.tables.keys():
            continue
        column, found = quoted(reference), quoted(f"near.{record.name}.{reference}")
        keys = f"SELECT CAST({quoted(target.key)} AS VARCHAR) AS key FROM {quoted(f't_{target.name}')}"
        value = f"UNNEST(STRING_SPLIT({column}, {BETWEEN}))" if field.separators else column
        rows = f"SELECT DISTINCT {value} AS key FROM {quoted(f't_{record.name}')}"
        lost = f"SELECT key FROM ({rows}) ANTI JOIN ({keys}) USING (key)"
        if (astray := run.astray.get((record.name, reference))) is not None:
            lost = f"SELECT _link AS key FROM {quoted(astray)}"
        form = bare("key", signs_of(engine, (lost, keys)))
        # Asked of the keys that are known, the engine would make the form of each of them to see whether anything is left.
        some = f"SELECT key, {form} AS bare FROM ({lost}) WHERE NOT key IS NULL"
        engine.run(f"CREATE OR REPLACE TABLE lost_keys AS SELECT * FROM ({some}) WHERE bare <> ''")
        # Most keys are none of these, which is told by one look at each; a key that is NULL is none either.
        likely = f"STRLEN(key) <> LENGTH(key) OR {left('key')} IN (SELECT {left('bare')} FROM lost_keys)"
        known = f"SELECT DISTINCT key, {form} AS bare FROM ({keys}) WHERE {likely}"
        alike = f"SELECT lost_keys.key AS value, known.key FROM lost_keys JOIN ({known}) AS known USING (bare)"
        engine.run(f"CREATE OR REPLACE TABLE {found} AS {alike}")
        ((any_is, several),) = engine.rows(f"SELECT COUNT(*), COUNT(*) > COUNT(DISTINCT value) FROM {found}")
        near += [reference] if any_is else []
        (run.several.add if several else run.several.discard)((record.name, reference))
    if single := [each for each in near if not is_list(record, each)]:
        engine.run(f"CREATE OR REPLACE TABLE {quoted(f'near_{record.name}')} AS {_lines(record, single)}")
    return tuple(near)


def is_list(record: Record, name: str) -> bool:
    """Whether a field is a list, of which an element almost matches a key."""
    field = record.field(name)
    return field is not None and bool(field.separators)


def of_elements(record: Record, name: str) -> str:
    """The rows of which elements of a list almost match keys: `_row`, the `element` and the `key`."""
    elements = f"SELECT _row, UNNEST(STRING_SPLIT({quoted(name)}, {BETWEEN})) AS value FROM {quoted(f't_{record.name}')}"
    return f"SELECT _row, value AS element, key FROM ({elements}) JOIN {quoted(f'near.{record.name}.{name}')} USING (value)"


def near_values(engine: Engine, texts: Collection[str], field: Field) -> dict[str, tuple[str, ...]]:
    """The values of an enumerated field, as they are declared, that texts almost match."""
    values = [spelling for value, synonyms in field.enum for spelling in (value, *synonyms)]
    said = {text: unicodedata.normalize("NFC", text) for text in (*texts, *values)}
    signs = dict.fromkeys(sign for text in said.values() for sign in text if not sign.isascii())
    asked = f"SELECT key, {bare('key', signs)} FROM (SELECT UNNEST($some) AS key)"
    left = dict(engine.rows(asked, some=list(said.values())))
    return {
        text: tuple(dict.fromkeys(value for value in values if left[said[text]] == left[said[value]] != "")) for text in texts
    }


def _lines(record: Record, near: Collection[str]) -> str:
    """A line for each row and key that a reference of it almost matches, then for each combination of its references."""

    def rows(reference: str) -> str:
        keys = quoted(f"near.{record.name}.{reference}")
        return f"SELECT t._row, n.key FROM {quoted(f't_{record.name}')} AS t JOIN {keys} AS n ON n.value = t.{quoted(reference)}"

    def shown(**keys: str) -> str:
        return ", ".join(f"{keys.get(each, 'CAST(NULL AS VARCHAR)')} AS {quoted(each)}" for each in near)

    lines = []
    for size in range(1, len(near) + 1):
        for some in combinations(sorted(near), size):
            keys = shown(**{each: f"n{place}.key" for place, each in enumerate(some)})
            first, *others = (f"({rows(each)}) AS n{place}" for place, each in enumerate(some))
            joined = " ".join([first, *(f"JOIN {each} USING (_row)" for each in others)])
            lines.append(f"SELECT _row, '{'+'.join(some)}' AS _via, {keys} FROM {joined}")
    return " UNION ALL ".join(lines)


def left(column: str) -> str:
    """What is left of a key of ASCII without all that may be left out: alike of keys that almost match, and of some others.

    Most keys are letters and figures, of which to leave out zeros is all there is to do, and the quicker.
    """
    return (
        f"CASE WHEN {column} SIMILAR TO '[A-Za-z0-9]*' THEN LOWER(REPLACE({column}, '0', '')) "
        f"ELSE LOWER(REGEXP_REPLACE({column}, '[-_./0\\x00-\\x20\\x7f]+', '', 'g')) END"
    )


IS_PLAIN = "key SIMILAR TO '[A-Za-z0-9-]*'"
"""Whether a key is of letters, figures and hyphens alone."""

LEFT_OF_PLAIN = (
    "LOWER(REPLACE(REGEXP_REPLACE(key, '(^|[A-Za-z-])0+([0-9])', '\\1\\2', 'g'), '-', ''))",
    "REGEXP_MATCHES(key, '[0-9]-+[0-9]')",
)
"""What is left of such a key without leading zeros and hyphens, and whether it has any between figures, where they stay.

Keys that almost match have the same there, and hardly any others do.
"""


def bare(column: str, signs: Iterable[str]) -> str:
    """What is alike of texts that almost match, in SQL; `signs` are those beyond ASCII that occur in them."""
    letters = {sign: plain for sign in signs if (plain := _plain(sign)) != sign}
    # What has no counterpart is left out, and so stands last.
    ordered = sorted(letters, key=lambda sign: (not letters[sign], sign))
    text = column
    if ordered:
        others = "".join(letters[sign] for sign in ordered)
        text = f"TRANSLATE({column}, {literal(''.join(ordered))}, {literal(others)})"
    text = f"LOWER(REGEXP_REPLACE({text}, '[\\s\\x00-\\x1f\\x7f]+', '', 'g'))"
    for pattern, rest in _EASILY_MISTAKEN:
        text = f"REGEXP_REPLACE({text}, '{pattern}', '{rest}', 'g')"
    # Of letters and figures alone nothing is left out but zeros: most keys are such, and a million of them take their time.
    zeros, rest = _EASILY_MISTAKEN[-1]
    plain = f"REGEXP_REPLACE(LOWER({column}), '{zeros}', '{rest}', 'g')"
    return f"CASE WHEN {column} SIMILAR TO '[A-Za-z0-9]*' THEN {plain} ELSE {text} END"


def _plain(sign: str) -> str:
    """The sign that one beyond ASCII looks like; nothing for what is not seen."""
    if sign in _UNSEEN or unicodedata.category(sign)[0] in "ZC":
        return ""
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    plain = _LOOK_ALIKE.get(sign) or unicodedata.normalize("NFKC", sign).casefold()
    plain = _LOOK_ALIKE.get(plain, plain)
    return plain if len(plain) == 1 else sign


def signs_of(engine: Engine, queries: Iterable[str]) -> list[str]:
    """The signs beyond ASCII in the keys that those queries give."""
    keys = " UNION ALL ".join(f"({query})" for query in queries)
    others = f"SELECT REGEXP_REPLACE(key, '[\\x00-\\x7f]+', '', 'g') AS rest FROM ({keys}) WHERE STRLEN(key) <> LENGTH(key)"
    return [sign for (sign,) in engine.rows(f"SELECT DISTINCT UNNEST(STRING_SPLIT(rest, '')) FROM ({others})") if sign]
