"""The statements that lead from findings to standings, over the tables of `checker.tables.schema`."""

from __future__ import annotations

BODY_TALLIES = """INSERT INTO body_tallies
SELECT owner.body_row AS body, rule_classes.first AS rule, found.verdict, COUNT(*) AS times,
  CASE WHEN $repeated THEN COUNT(again.no) ELSE 0 END AS again, COUNT_IF(rule_classes.of_file) AS of_file
FROM found JOIN rule_classes ON rule_classes.rule = found.rule
JOIN {owners} AS owner ON owner.record = found.record AND owner.subject = found.subject
LEFT JOIN recognised AS again ON again.report = 'previous'
  AND again.rule = found.rule AND again.subject = found.subject AND again.no = found.no
WHERE found.verdict IN ('violated', 'undetermined') AND NOT owner.body_row IS NULL
  AND (found.subject > 0 OR found.verdict = 'violated')
GROUP BY owner.body_row, rule_classes.first, found.verdict"""

OF_ROWS = "responsible_bodies"
OF_TABLES = "(FROM responsible_bodies UNION SELECT DISTINCT record, 0, body, body_row FROM responsible_bodies)"
"""Who answers for what: where a column is missing, all who answer for a row of its table answer for that too."""

PAIRS = """SELECT DISTINCT tally.rule, tally.verdict
FROM body_tallies AS tally JOIN rule_classes ON rule_classes.rule = tally.rule AND rule_classes.counts
ORDER BY tally.rule, tally.verdict"""

PACKED = """SUM(CASE WHEN word = {word} THEN
  CAST(LEAST(times, $most) + LEAST(again, $most) * $next AS HUGEINT) << shift END) AS w{word}"""
"""What is counted of some rules and verdicts, in one number: each has bits of its own there (`packed`)."""

PACKED_TALLIES = """CREATE TABLE packed_tallies AS
SELECT body, {words} FROM body_tallies JOIN packed USING (rule, verdict) GROUP BY body"""

NO_TREE = ("CREATE TABLE bodies AS SELECT subject, 0 AS depth FROM members",)
"""Where no standing depends on those of other bodies."""

TREE = (
    """CREATE TABLE above AS
SELECT members.subject, up.subject AS up FROM members JOIN members AS up ON up.key = members.parent""",
    """CREATE TABLE bodies AS
WITH RECURSIVE rings AS (
  SELECT row AS subject, COUNT(*) OVER (PARTITION BY ring) AS size FROM "cyclic_{body}" WHERE NOT ring IS NULL
), hanging AS (SELECT above.* FROM above ANTI JOIN rings USING (subject)),
down AS (
  SELECT members.subject, COALESCE(rings.size - 1, 0) AS depth
  FROM members LEFT JOIN rings ON rings.subject = members.subject LEFT JOIN hanging ON hanging.subject = members.subject
  WHERE hanging.up IS NULL
  UNION ALL
  SELECT hanging.subject, down.depth + 1 FROM down JOIN hanging ON hanging.up = down.subject
)
SELECT * FROM down""",
)
"""Where some do. A body that is on a cycle is as deep as the others on it, and what hangs from it is deeper."""

CHILDREN = (
    """CREATE TABLE kin AS
SELECT 'children' AS relation, above.up AS body, members.subject AS member, members.there, FALSE AS astray
FROM members JOIN above USING (subject) WHERE above.up <> members.subject""",
    """CREATE TABLE astray AS
SELECT 'children' AS relation, subject AS member FROM members WHERE adrift AND NOT COALESCE(there = FALSE, FALSE)""",
)
DESCENDANTS = (
    """INSERT INTO astray SELECT 'descendants', members.subject
FROM members LEFT JOIN above USING (subject) LEFT JOIN "astray_{body}" AS way ON way.node = above.up
WHERE (members.adrift OR NOT way.node IS NULL) AND NOT COALESCE(members.there = FALSE, FALSE)""",
    """INSERT INTO kin SELECT 'descendants', way.ancestor, members.subject, members.there, NOT astray.member IS NULL
FROM members JOIN above USING (subject) JOIN "pairs_{body}" AS way ON way.node = above.up
LEFT JOIN astray ON astray.relation = 'descendants' AND astray.member = members.subject
WHERE way.ancestor <> members.subject""",
)
"""The bodies below each, as far as they are asked for."""

KIN = """INSERT INTO held
WITH seen AS (
  SELECT kin.body, kin.there, kin.astray, COALESCE(LIST_CONTAINS($standings, standings.standing), FALSE) AS so,
    standings.subject IS NULL OR COALESCE(standings.standing = 'undetermined', FALSE) AS perhaps
  FROM kin JOIN bodies ON bodies.subject = kin.body AND bodies.depth = $depth
  LEFT JOIN standings ON standings.subject = kin.member
  WHERE kin.relation = $relation AND NOT COALESCE(kin.there = FALSE, FALSE)
), counted AS (
  SELECT body, COUNT_IF(there) AS all_sure, COUNT_IF(there AND so) AS so_sure, COUNT_IF(there AND perhaps) AS so_perhaps,
    COUNT_IF(there IS NULL) AS more, COUNT_IF(there IS NULL AND so) AS more_so,
    COUNT_IF(there IS NULL AND perhaps) AS more_perhaps, COUNT_IF(astray) AS found
  FROM seen GROUP BY body
), strays AS (
  SELECT bodies.subject, (SELECT COUNT(*) FROM astray WHERE relation = $relation) - COUNT(astray.member) AS number
  FROM bodies LEFT JOIN astray ON astray.member = bodies.subject AND astray.relation = $relation
  WHERE bodies.depth = $depth GROUP BY bodies.subject
), ends AS (
  SELECT strays.subject, COALESCE(all_sure, 0) AS n, COALESCE(so_sure, 0) AS so, COALESCE(so_sure + so_perhaps, 0) AS so_high,
    COALESCE(more, 0) + number - COALESCE(found, 0) AS more, COALESCE(more_so, 0) AS more_so,
    COALESCE(more_so + more_perhaps, 0) + number - COALESCE(found, 0) AS more_high
  FROM strays LEFT JOIN counted ON counted.body = strays.subject
)
SELECT $body, subject, $key, CASE WHEN {sure} THEN 'yes' ELSE 'perhaps' END FROM ends WHERE {possible}"""
"""Of which bodies of one depth a condition about those below holds, or may hold. Those whose standing is not concluded yet,
for they are on a cycle, may have any."""

ENOUGH_SURELY = "so >= $least"
ENOUGH_POSSIBLY = "so_high + more_high >= $least"
SHARE_SURELY = "n > 0 AND $whole * so - $part * (n + more - more_so) >= $strict"
SHARE_POSSIBLY = "n + more_high > 0 AND $whole * (so_high + more_high) - $part * (n + more_high) >= $strict"

BODY_CASES = """CREATE OR REPLACE TABLE body_cases AS
WITH stated AS (
  SELECT subject, STRING_AGG(key || ':' || truth, ',' ORDER BY key, truth) AS keys FROM held WHERE record = $body GROUP BY subject
)
SELECT bodies.subject, {words}, COALESCE(stated.keys, '') AS keys
FROM bodies LEFT JOIN packed_tallies ON packed_tallies.body = bodies.subject LEFT JOIN stated ON stated.subject = bodies.subject
WHERE bodies.depth = $depth"""

EACH = """WITH stated AS (
  SELECT subject, STRING_AGG(key || ':' || truth, ',' ORDER BY key, truth) AS keys FROM held WHERE record = $body GROUP BY subject
)
SELECT bodies.depth, bodies.subject, above.up, members.there, members.adrift, COALESCE(stated.keys, '') AS keys, {words}
FROM bodies JOIN members USING (subject) LEFT JOIN above ON above.subject = bodies.subject
LEFT JOIN packed_tallies ON packed_tallies.body = bodies.subject LEFT JOIN stated ON stated.subject = bodies.subject
ORDER BY bodies.depth DESC, bodies.subject"""
"""All that there is to say of each body of a deep tree."""

RINGS = 'SELECT row, ring FROM "cyclic_{body}" WHERE NOT ring IS NULL'

CASES = "SELECT DISTINCT {words}, keys FROM body_cases ORDER BY ALL"

STAND = """INSERT INTO standings SELECT body_cases.subject, case_standings.standing
FROM body_cases JOIN case_standings USING ({words}, keys)"""

STOOD = "SELECT standing, COUNT(*) FROM standings GROUP BY standing"
"""How many bodies have each standing."""

STANDINGS = """WITH counted AS MATERIALIZED (
  SELECT body, CAST(SUM(times) FILTER (WHERE verdict = 'violated') AS BIGINT) AS violated,
    CAST(SUM(times) FILTER (WHERE verdict = 'undetermined') AS BIGINT) AS undetermined,
    CAST(SUM(of_file) FILTER (WHERE verdict = 'violated') AS BIGINT) AS of_file
  FROM body_tallies GROUP BY body
)
SELECT standings.subject, standings.standing, COALESCE(counted.violated, 0), COALESCE(counted.undetermined, 0),
  COALESCE(counted.of_file, 0)
FROM standings LEFT JOIN counted ON counted.body = standings.subject
WHERE $most IS NULL OR standings.subject IN (
  SELECT CAST(1099511627775 - place % 1099511627776 AS BIGINT) FROM (
    SELECT UNNEST(MAX((CAST(COALESCE(tally.violated, 0) AS HUGEINT) * 33554432 + LEAST(COALESCE(tally.undetermined, 0), 33554431))
      * 1099511627776 + 1099511627775 - standings.subject, COALESCE($most, 1))) AS place
    FROM standings LEFT JOIN counted AS tally ON tally.body = standings.subject GROUP BY standings.standing
  )
)
ORDER BY standings.subject"""
"""The bodies and what they violate: so many at most of each standing, those first that violate most."""
