"""The tables in which a run keeps its results, and the statements that lead from outcomes to verdicts.

`outcomes` is what measuring says; subject 0 is the submission itself. `faces` names the rules by number. `held` says which
predicates of exceptions and standings hold. `signed` gives a subject its case, `rulings` each case its verdicts, and
`findings` joins them. `owners` says which body answers for a subject; `pronounced` gives each body its standing.
"""

from __future__ import annotations

CREATE = (
    """CREATE OR REPLACE TABLE windows (unit VARCHAR, no INTEGER, key BIGINT, first DATE, last DATE, label VARCHAR,
    begun BOOLEAN, over BOOLEAN)""",
    "CREATE OR REPLACE TABLE faces (rule INTEGER, id VARCHAR, record VARCHAR, kind VARCHAR)",
    """CREATE OR REPLACE TABLE outcomes (rule INTEGER, subject BIGINT, no INTEGER, outcome VARCHAR, reason VARCHAR,
    low DECIMAL(38, 6), high DECIMAL(38, 6), whole_low DECIMAL(38, 6), whole_high DECIMAL(38, 6),
    day_low DATE, day_high DATE, bound_1 DECIMAL(38, 6), bound_2 DECIMAL(38, 6), due DATE)""",
    "CREATE OR REPLACE TABLE held (record VARCHAR, subject BIGINT, key INTEGER, truth VARCHAR)",
    """CREATE OR REPLACE TABLE rulings (case_no INTEGER, rule INTEGER, outcome VARCHAR, verdict VARCHAR, reason VARCHAR,
    because VARCHAR)""",
    "CREATE OR REPLACE TABLE owners (record VARCHAR, subject BIGINT, body VARCHAR, body_row BIGINT)",
    "CREATE OR REPLACE TABLE pronounced (case_no INTEGER, standing VARCHAR)",
)
"""The empty tables of a run, in place of those of an earlier run over the same tables."""

SIGN = """CREATE OR REPLACE TABLE signed AS
WITH stated AS (
  SELECT record, subject, STRING_AGG(key || ':' || truth, ',' ORDER BY key, truth) AS keys
  FROM held WHERE key < $exceptions GROUP BY record, subject
)
SELECT *, DENSE_RANK() OVER (ORDER BY keys) AS case_no FROM stated"""
"""The subjects of which an exception holds or may hold, and their case: a verdict depends on nothing else of a subject
than its outcome and its exceptions. All other subjects are case 0."""

CASES = """WITH said AS (
  SELECT COALESCE(signed.case_no, 0) AS case_no,
    STRING_AGG(DISTINCT faces.rule || ':' || outcomes.outcome, ',' ORDER BY faces.rule || ':' || outcomes.outcome) AS pairs
  FROM outcomes JOIN faces ON faces.rule = outcomes.rule
  LEFT JOIN signed ON signed.record = faces.record AND signed.subject = outcomes.subject
  GROUP BY COALESCE(signed.case_no, 0)
), cases AS (SELECT 0 AS case_no, '' AS keys UNION SELECT case_no, keys FROM signed)
SELECT cases.case_no, COALESCE(said.pairs, ''), cases.keys
FROM cases LEFT JOIN said ON said.case_no = cases.case_no ORDER BY cases.case_no"""
"""Each case: which outcomes of which rules occur in it, and what holds in it."""

FIND = """CREATE OR REPLACE TABLE findings AS
SELECT outcomes.*, faces.record, faces.kind, rulings.verdict, COALESCE(rulings.reason, outcomes.reason) AS why, rulings.because
FROM outcomes
JOIN faces ON faces.rule = outcomes.rule
LEFT JOIN signed ON signed.record = faces.record AND signed.subject = outcomes.subject
JOIN rulings ON rulings.case_no = COALESCE(signed.case_no, 0)
  AND rulings.rule = outcomes.rule AND rulings.outcome = outcomes.outcome"""

COUNTS = "SELECT rule, verdict, why, COUNT(*) FROM findings GROUP BY rule, verdict, why ORDER BY rule, verdict, why"

SUBJECTS = "SELECT rule, COUNT(DISTINCT subject) FROM findings WHERE subject > 0 GROUP BY rule"

TALLY = """CREATE TABLE tallied AS
WITH graver AS (
  SELECT owners.body_row AS body, findings.rule, findings.verdict, LEAST(COUNT(*), $most) AS times
  FROM findings JOIN owners ON owners.record = findings.record AND owners.subject = findings.subject
  WHERE findings.verdict IN ('violated', 'undetermined') AND NOT owners.body_row IS NULL
  GROUP BY owners.body_row, findings.rule, findings.verdict
), said AS (
  SELECT body, STRING_AGG(rule || ':' || verdict || ':' || times, ',' ORDER BY rule, verdict) AS tally FROM graver GROUP BY body
), stated AS (
  SELECT subject, STRING_AGG(key || ':' || truth, ',' ORDER BY key, truth) AS keys FROM held WHERE record = $body GROUP BY subject
)
SELECT bodies.subject, COALESCE(said.tally, '') AS tally, COALESCE(stated.keys, '') AS keys,
  DENSE_RANK() OVER (ORDER BY COALESCE(said.tally, ''), COALESCE(stated.keys, '')) AS case_no
FROM bodies LEFT JOIN said ON said.body = bodies.subject LEFT JOIN stated ON stated.subject = bodies.subject"""

BODY_CASES = "SELECT DISTINCT case_no, tally, keys FROM tallied ORDER BY case_no"

STANDINGS = """SELECT tallied.subject, pronounced.standing, COALESCE(counted.violated, 0), COALESCE(counted.undetermined, 0)
FROM tallied JOIN pronounced ON pronounced.case_no = tallied.case_no
LEFT JOIN (
  SELECT owners.body_row AS body, COUNT_IF(verdict = 'violated') AS violated, COUNT_IF(verdict = 'undetermined') AS undetermined
  FROM findings JOIN owners ON owners.record = findings.record AND owners.subject = findings.subject GROUP BY owners.body_row
) AS counted ON counted.body = tallied.subject
ORDER BY tallied.subject"""

LISTED = """WITH listed AS (
  SELECT rule, subject, no, verdict, outcome, why, because, low, high, whole_low, whole_high, day_low, day_high,
    bound_1, bound_2, due, 1 AS windows, no AS last_no
  FROM findings
  WHERE verdict IN ('violated', 'undetermined', 'pending', 'waived')
    OR (verdict = 'satisfied' AND kind IN ('ratio', 'sum', 'date'))
  UNION ALL
  SELECT rule, subject, MIN(no), verdict, 'met', NULL, NULL, MIN(low), MAX(high), NULL, NULL, NULL, NULL,
    bound_1, bound_2, NULL, COUNT(*), MAX(no)
  FROM findings WHERE verdict = 'satisfied' AND kind IN ('count', 'truth') GROUP BY rule, subject, verdict, bound_1, bound_2
  UNION ALL
  SELECT rule, subject, MIN(no), verdict, 'none', why, because, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, COUNT(*), MAX(no)
  FROM findings WHERE verdict = 'not-applicable' AND subject > 0 GROUP BY rule, subject, verdict, why, because
)
SELECT rule, no, verdict, outcome, why, because, low, high, whole_low, whole_high, day_low, day_high,
  bound_1, bound_2, due, windows, last_no, LIST(subject ORDER BY subject)
FROM listed GROUP BY ALL"""
"""What is listed: all that is not satisfied, each measured value, and one line per rule and subject for the rest; and of
which subjects each is said."""
