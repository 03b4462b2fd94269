"""The statements that lead from outcomes to verdicts, over the tables of `checker.tables.schema`."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.measures import OWN_WINDOWS, Kept, kept
from checker.model.quoting import literals

_OWN_WINDOWS = literals(OWN_WINDOWS)
_EACH, _COUNTED, _SPANNED = (literals(kept(how)) for how in (Kept.EACH, Kept.COUNTED, Kept.SPANNED))

WINDOWED_OUTCOMES = f"""CREATE OR REPLACE VIEW windowed_outcomes AS
SELECT outcomes.rule, outcomes.subject, outcomes.no, outcomes.outcome, rules.id, rules.record, rules.kind,
  CASE WHEN rules.kind IN {_OWN_WINDOWS} THEN outcomes.day_low ELSE windows.first END AS first,
  CASE WHEN rules.kind IN {_OWN_WINDOWS} THEN outcomes.day_high ELSE windows.last END AS last,
  CASE WHEN rules.kind IN {_OWN_WINDOWS} THEN outcomes.day_low || '..' || outcomes.day_high ELSE windows.label END AS label
FROM outcomes
JOIN rules ON rules.rule = outcomes.rule
LEFT JOIN windows ON windows.no = outcomes.no AND rules.kind NOT IN {_OWN_WINDOWS}"""
"""Each outcome, and the days and the name of its window; a gap between dated rows, or a run of them, is its own."""

SUBJECT_CASES = """CREATE OR REPLACE TABLE subject_cases AS
WITH stated AS (
  SELECT record, subject, STRING_AGG(key || ':' || truth, ',' ORDER BY key, truth) AS keys
  FROM held WHERE key < $exceptions GROUP BY record, subject
)
SELECT *, DENSE_RANK() OVER (ORDER BY keys) AS case_no FROM stated"""
"""The subjects of which an exception holds or may hold, and their case: a verdict depends on nothing else of a subject
than its outcome and its exceptions. All other subjects are case 0."""


class Bearing(NamedTuple):
    """What bears on verdicts besides outcomes; what there is none of is not joined to them.

    `exceptions` says that some subject may have one, `waivers` that some were granted, `requirements` that rules require others.
    """

    exceptions: bool
    waivers: bool
    requirements: bool

    def case_facts(self, outcomes: str = "outcomes") -> str:
        """The query for each outcome, its case, and what else bears on its verdict. Of several waivers the first counts."""
        columns, joined = "outcomes.*, rules.record, rules.kind", "JOIN rules ON rules.rule = outcomes.rule"
        for there, of_some, of_none, joins in (
            (self.requirements, "levels.level", "0 AS level", _LEVELS),
            (self.exceptions, "COALESCE(signed.case_no, 0) AS case_no", "0 AS case_no", _SIGNED),
            (self.waivers, _COVERED, "CAST(NULL AS INTEGER) AS waiver, FALSE AS covered", _GRANTED),
            (self.requirements, "COALESCE(required.found, '') AS required", "'' AS required", _REQUIRED),
        ):
            columns += f", {of_some if there else of_none}"
            joined += f"\n{joins}" if there else ""
        return f"SELECT {columns}\nFROM {outcomes} AS outcomes {joined}"

    def find(self, case_facts: str = "case_facts") -> str:
        """The query for the findings, as far as there are rulings."""
        alike = [
            *(["case_no"] if self.exceptions else []),
            *("rule", "outcome"),
            *(["covered"] if self.waivers else []),
            *(["required"] if self.requirements else []),
        ]
        same = " AND ".join(f"rulings.{each} = case_facts.{each}" for each in alike)
        return f"""SELECT case_facts.*, rulings.verdict, COALESCE(rulings.reason, case_facts.reason) AS why, rulings.because
FROM {case_facts} AS case_facts JOIN rulings ON {same}"""

    def few(self) -> str:
        """As `LISTED`, the query for those that were chosen."""
        chosen = "(SELECT outcomes.* FROM outcomes SEMI JOIN chosen USING (rule, subject, no))"
        marked = _MARKED.format(findings=f"({self.find(f'({self.case_facts(chosen)})')})")
        return f"SELECT {_SAID}, 1 AS windows, no AS last_no, LIST(subject ORDER BY subject)\nFROM {marked}\nGROUP BY ALL"

    def batch_folded(self) -> str:
        """As `BATCH`, where there are too many outcomes to be joined with their rulings each time."""
        case_facts = self.case_facts(f"(SELECT outcomes.* FROM outcomes {_BATCHED})")
        return _BATCH.format(marked=_MARKED.format(findings=f"({self.find(f'({case_facts})')})"))


_LEVELS = "JOIN levels ON levels.rule = outcomes.rule"
_SIGNED = "LEFT JOIN subject_cases AS signed ON signed.record = rules.record AND signed.subject = outcomes.subject"
_COVERED = "granted.waiver, NOT granted.waiver IS NULL AS covered"
_GRANTED = """LEFT JOIN (SELECT rule, subject, no, MIN(waiver) AS waiver FROM covered GROUP BY rule, subject, no) AS granted
  ON granted.rule = outcomes.rule AND granted.subject = outcomes.subject AND granted.no = outcomes.no"""
_REQUIRED = """LEFT JOIN required
  ON required.rule = outcomes.rule AND required.subject = outcomes.subject AND required.no = outcomes.no"""

COVER = """INSERT INTO covered SELECT DISTINCT placed.rule, placed.subject, placed.no, waivers.waiver
FROM waivers
JOIN windowed_outcomes AS placed ON placed.id = waivers.rule AND placed.record = '{record}' AND placed.outcome = 'breached'
JOIN {table} AS t ON t._row = placed.subject AND {key} = waivers.subject
WHERE CASE WHEN NOT placed.last IS NULL THEN LEAST(placed.last, $as_of) BETWEEN waivers.first AND waivers.last
    WHEN placed.kind = 'integrity' OR {low} IS NULL THEN $ref BETWEEN waivers.first AND waivers.last
    ELSE waivers.first <= {low} AND {high} <= waivers.last END
  AND (waivers.window_first IS NULL OR CASE WHEN NOT placed.last IS NULL
    THEN waivers.window_first <= placed.first AND placed.last <= waivers.window_last
    ELSE waivers.window_first <= {low} AND {high} <= waivers.window_last AND placed.kind <> 'integrity' END)"""
"""Which waivers cover which breached outcomes of one record: those valid on the day on which the violation came to be."""

MAY_COVER = """UPDATE outcomes SET outcome = 'unknown', reason = 'perhaps-waived'
FROM waivers, rules, {table} AS t
WHERE rules.id = waivers.rule AND rules.record = '{record}' AND rules.kind <> 'integrity'
  AND {key} = waivers.subject AND {low} < {high}
  AND outcomes.rule = rules.rule AND outcomes.subject = t._row AND outcomes.outcome = 'breached'
  AND {low} <= LEAST(waivers.last, COALESCE(waivers.window_last, waivers.last))
  AND GREATEST(waivers.first, COALESCE(waivers.window_first, waivers.first))
    <= LEAST({high}, waivers.last, COALESCE(waivers.window_last, waivers.last))
  AND NOT EXISTS (
    SELECT 1 FROM covered
    WHERE covered.rule = outcomes.rule AND covered.subject = outcomes.subject AND covered.no = outcomes.no
  )"""
"""What is breached on a day of which only the month or the year is known, and a waiver fits some of its days, is unknown."""

COVER_COLUMNS = """INSERT INTO covered SELECT DISTINCT placed.rule, 0, placed.no, waivers.waiver
FROM waivers JOIN windowed_outcomes AS placed ON placed.id = waivers.rule AND placed.subject = 0 AND placed.outcome = 'breached'
WHERE waivers.subject = 'submission' AND $ref BETWEEN waivers.first AND waivers.last AND waivers.window_first IS NULL"""
"""Which waivers cover that a column is missing: their subject is the submission."""

REQUIRE = """INSERT INTO required
WITH found AS (
  SELECT mine.rule, mine.subject, mine.no, requires.required,
    MIN(LIST_POSITION($gravest, findings.verdict)) FILTER (
      mine.last IS NULL OR others.last IS NULL OR (others.first <= mine.last AND mine.first <= others.last)
    ) AS place
  FROM requires
  JOIN levels ON levels.rule = requires.rule AND levels.level = $level
  JOIN windowed_outcomes AS mine ON mine.rule = requires.rule AND mine.subject > 0
  LEFT JOIN findings ON findings.rule = requires.required AND findings.subject = mine.subject
  LEFT JOIN windowed_outcomes AS others
    ON others.rule = findings.rule AND others.subject = findings.subject AND others.no = findings.no
  GROUP BY mine.rule, mine.subject, mine.no, requires.required
)
SELECT rule, subject, no,
  STRING_AGG(required || '=' || COALESCE($gravest[place], 'not-applicable'), ';' ORDER BY required)
FROM found GROUP BY rule, subject, no"""
"""The gravest verdict, in the windows that an outcome is about, of each rule that its rule requires."""

CASES = "SELECT DISTINCT case_no, keys FROM subject_cases ORDER BY case_no"
"""Each case but the first, and what holds in it."""

MATTERS = "SELECT DISTINCT case_no, rule, outcome, covered, required FROM case_facts WHERE level = $level"
"""Which matters occur in each case."""

OF_LEVEL = "WHERE case_facts.level = $level"

FOUND = "rule, record, subject, no, verdict, why, because, times"
"""What is kept of each finding apart: the table `found`, which is read often, and of large submissions is not so wide."""

COUNTS = "SELECT rule, verdict, why, SUM(times) FROM found GROUP BY rule, verdict, why ORDER BY rule, verdict, why"

SUBJECTS = """SELECT rule, COUNT(DISTINCT subject) FROM found
WHERE subject > 0 AND NOT LIST_CONTAINS($folded, rule) GROUP BY rule"""

KNOWN = """SELECT DISTINCT waivers.waiver FROM waivers JOIN rules ON rules.id = waivers.rule
JOIN {table} AS t ON {key} = waivers.subject WHERE rules.record = '{record}'"""
"""The waivers whose subject is a row of one record."""

INSIDE = """SELECT 1 FROM windows
WHERE windows.unit = $waived_unit AND $window_first <= windows.first AND windows.last <= $window_last
UNION ALL SELECT 1 FROM windowed_outcomes AS placed
WHERE placed.rule = $waived_rule AND $window_first <= placed.first AND placed.last <= $window_last LIMIT 1"""
"""Whether a rule has a window that lies inside that of a waiver; a gap or a run is its own, and in no table of windows."""

USED = """SELECT covered.waiver, COUNT(*) FROM covered JOIN findings
ON findings.rule = covered.rule AND findings.subject = covered.subject AND findings.no = covered.no
WHERE findings.verdict = 'waived' GROUP BY covered.waiver"""
"""How many findings each waiver waives."""

RECOGNISE = """INSERT INTO recognised
WITH alike AS (
  SELECT DISTINCT earlier.report, earlier.rule AS id, earlier.subject AS identity, earlier.anywhere,
    CASE WHEN NOT earlier.anywhere THEN placed.label END AS label,
    findings.rule, findings.subject, findings.no, findings.verdict <> 'violated' AS doubtful
  FROM earlier
  JOIN rules ON rules.id = earlier.rule AND rules.record = '{record}'
  JOIN findings ON findings.rule = rules.rule AND findings.verdict IN ('violated', 'undetermined')
  JOIN windowed_outcomes AS placed
    ON placed.rule = findings.rule AND placed.subject = findings.subject AND placed.no = findings.no
  JOIN ({identified}) AS t ON t._row = findings.subject AND t.identity = earlier.subject
  WHERE earlier.anywhere OR placed.label IS NOT DISTINCT FROM earlier.label
), ordered AS (
  SELECT *, BOOL_AND(doubtful) OVER (PARTITION BY report, rule, identity, label, subject) AS later FROM alike
), numbered AS (
  SELECT *, DENSE_RANK() OVER (PARTITION BY report, rule, identity, label ORDER BY later, subject) AS nth FROM ordered
)
SELECT numbered.report, numbered.rule, numbered.subject, numbered.no, MIN(earlier.number), MIN(earlier.since)
FROM numbered JOIN earlier ON earlier.report = numbered.report AND earlier.rule = numbered.id
  AND earlier.subject = numbered.identity AND earlier.nth = numbered.nth
  AND (earlier.anywhere OR earlier.label IS NOT DISTINCT FROM numbered.label)
GROUP BY numbered.report, numbered.rule, numbered.subject, numbered.no"""
"""The findings about one record that are violations, or may be, of which the earlier reports tell: of those that are alike
as many as they tell of, violations first, in the order of their rows."""

RECOGNISE_COLUMNS = """INSERT INTO recognised
SELECT earlier.report, findings.rule, 0, findings.no, MIN(earlier.number), MIN(earlier.since)
FROM earlier JOIN rules ON rules.id = earlier.rule
JOIN findings ON findings.rule = rules.rule AND findings.verdict = 'violated' AND findings.subject = 0
WHERE earlier.subject = 'submission'
GROUP BY earlier.report, findings.rule, findings.no"""
"""The missing columns of which the earlier reports tell."""

RECOGNISED = """SELECT recognised.rule, recognised.report, COUNT(*)
FROM recognised JOIN findings
ON findings.rule = recognised.rule AND findings.subject = recognised.subject AND findings.no = recognised.no
WHERE findings.verdict = 'violated' GROUP BY recognised.rule, recognised.report"""
"""How many violations of each rule each of the earlier reports tells of."""

GONE = """SELECT earlier.number
FROM earlier JOIN rules ON rules.id = earlier.rule
WHERE earlier.report = 'baseline'
  AND NOT EXISTS (SELECT 1 FROM recognised WHERE recognised.report = 'baseline' AND recognised.number = earlier.number)
  AND NOT EXISTS (SELECT 1 FROM findings WHERE findings.rule = rules.rule AND findings.subject = 0)
ORDER BY earlier.number"""
"""The violations of the baseline that are certainly none any more. A table that is not there fixes nothing."""

_MARKED = """(
  SELECT findings.*, CASE WHEN verdict = 'violated' THEN again.since END AS since,
    verdict = 'violated' AND NOT known.no IS NULL AS known
  FROM {findings} AS findings
  LEFT JOIN recognised AS again ON again.report = 'previous'
    AND again.rule = findings.rule AND again.subject = findings.subject AND again.no = findings.no
  LEFT JOIN recognised AS known ON known.report = 'baseline'
    AND known.rule = findings.rule AND known.subject = findings.subject AND known.no = findings.no
)"""
"""The findings, and of violations since when they are repeated, and whether they are known."""

MARKED = _MARKED.format(findings="findings")

_SAID = """rule, no, verdict, outcome, why, because, waiver, since, known, low, high, scale, whole_low, whole_high,
  day_low, day_high, bound_1, bound_2, allowed_from, allowed_until, due, missing, parts"""

EACH = f"""SELECT {_SAID}, 1 AS windows, no AS last_no, LIST(subject ORDER BY subject)
FROM {MARKED} WHERE rule = $rule AND subject IN (SELECT UNNEST($some)) GROUP BY ALL"""
"""As `LISTED`, all that a rule says of some subjects, window by window."""

GROUPS = """SELECT verdict, why, because, COUNT(*), LIST(DISTINCT subject ORDER BY subject)
FROM findings WHERE rule = $rule GROUP BY verdict, why, because ORDER BY verdict, why, because"""
"""How often a rule gave each verdict for each reason, and of whom."""

_GRAVER = "verdict IN ('violated', 'undetermined', 'pending', 'waived')"

MOST_FEW = 10_000
"""For fewer than so many least values of each rule and verdict the engine takes little room."""

CHOSEN = f"""CREATE OR REPLACE TABLE chosen AS
SELECT rule, CAST(place // 4294967296 AS BIGINT) AS subject, CAST(place % 4294967296 - 2147483648 AS INTEGER) AS no FROM (
  SELECT rule, UNNEST(MIN(CAST(subject AS HUGEINT) * 4294967296 + no + 2147483648, $most)) AS place
  FROM found WHERE {_GRAVER} GROUP BY rule, verdict
)"""
"""Of a large submission, of each rule and verdict so many findings at most, in the order of their subjects. Numbers of gaps
are negative, those of windows are not."""

_BATCHED = "SEMI JOIN (SELECT rule, subject FROM batched WHERE part = $part AND listed) AS batch USING (rule, subject)"
_BATCH = f"""SELECT {_SAID}, 1 AS windows, no AS last_no, LIST(subject ORDER BY subject)
FROM {{marked}} WHERE verdict IN (SELECT UNNEST($verdicts)) GROUP BY ALL"""

BATCH = _BATCH.format(marked=_MARKED.format(findings=f"(SELECT findings.* FROM findings {_BATCHED})"))
"""As `LISTED`, those of a batch."""

LISTED = f"""WITH listed AS (
  SELECT {_SAID}, 1 AS windows, no AS last_no, subject
  FROM {MARKED}
  WHERE {_GRAVER}
    OR (verdict = 'satisfied' AND kind IN {_EACH} AND NOT subject IS NULL)
  UNION ALL
  SELECT rule, MIN(no), verdict, 'met', NULL, NULL, NULL, NULL, FALSE, MIN(low), MAX(high), NULL, MIN(whole_low),
    MAX(whole_high), NULL, NULL, bound_1, bound_2, NULL, NULL, NULL, NULL, NULL, COUNT(*), MAX(no), subject
  FROM findings WHERE verdict = 'satisfied' AND kind IN {_COUNTED} AND NOT subject IS NULL
  GROUP BY rule, subject, verdict, bound_1, bound_2
  UNION ALL
  SELECT rule, MAX(no), verdict, 'met', NULL, NULL, NULL, NULL, FALSE, MIN(low), MAX(high), NULL, NULL, NULL, MIN(day_low),
    MAX(day_high), bound_1, bound_2, NULL, NULL, NULL, NULL, NULL, COUNT(*), MAX(no), subject
  FROM findings WHERE verdict = 'satisfied' AND kind IN {_SPANNED} GROUP BY rule, subject, verdict, bound_1, bound_2
  UNION ALL
  SELECT rule, MIN(no), verdict, 'none', why, because, NULL, NULL, FALSE, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, COUNT(*), MAX(no), subject
  FROM findings WHERE verdict = 'not-applicable' AND subject > 0 GROUP BY rule, subject, verdict, why, because
)
SELECT {_SAID}, windows, last_no, LIST(subject ORDER BY subject)
FROM {{listed}} GROUP BY ALL"""
"""What is listed: all that is not satisfied, each measured value, and one line per rule and subject for the rest; and of
which subjects each is said. `listed` is EVERY or SOME."""

EVERY = "listed"
SOME = """(SELECT * FROM listed QUALIFY ROW_NUMBER() OVER (PARTITION BY rule, verdict ORDER BY subject, no) <= $most)"""
"""Of each rule and verdict so many at most, in the order of their subjects."""
