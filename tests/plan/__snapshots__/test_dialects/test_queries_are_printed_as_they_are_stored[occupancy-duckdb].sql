-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", CASE WHEN NOT ("s"."_begins" <= $ref AND "s"."_ends" >= $ref) THEN 'not-in-existence'
END AS "reason", NOT COALESCE(("s"."_begins" <= $ref AND "s"."_ends" >= $ref), FALSE) AS "perhaps", "s"."id" AS "link", "s"."id"
IS NULL AS "any_link", GREATEST($first, NULLIF("s"."_begins", CAST('-infinity' AS DATE))) AS "started",
COALESCE(NULLIF("s"."_begins", CAST('-infinity' AS DATE)), CAST('-infinity' AS DATE)) AS "floor", 1 AS "limit_1_0" FROM
"subjects_branches" AS "s" WHERE "s"."_first"

-- related
SELECT "r"."branch" AS "link", 0 AS "no", COALESCE(("r"."role" = 'chair' AND ("r"."_via" IS NULL OR "r"."_via" = 'branch')),
FALSE) AND NOT "r"."_doubt" AND NOT "r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", "r"."_begins" AS "begins", "r"."_ends"
AS "ends", "r"."_via" AS "_via" FROM "rows_posts" AS "r" WHERE COALESCE(("r"."role" = 'chair' AND ("r"."_via" IS NULL OR
"r"."_via" = 'branch')), TRUE)

-- pairs
SELECT "f"."subject", "f"."no", "f"."started", "f"."floor", "f"."limit_1_0", "r"."_row", "r"."begins", "r"."ends", "r"."sure" AS
"sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" = "f"."link" UNION ALL SELECT
"f"."subject", "f"."no", "f"."started", "f"."floor", "f"."limit_1_0", "r"."_row", "r"."begins", "r"."ends", FALSE AS "sure" FROM
"frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" IS NULL AND NOT "f"."link" IS NULL UNION ALL SELECT
"f"."subject", "f"."no", "f"."started", "f"."floor", "f"."limit_1_0", "r"."_row", "r"."begins", "r"."ends", FALSE AS "sure" FROM
"frame" AS "f" JOIN (SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL
AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS FIRST) AS "r" ON "r"."no" = "f"."no" AND "f"."link" IS
NULL AND "f"."any_link"

-- turns
SELECT "subject", GREATEST(COALESCE("begins", "floor"), "floor") AS "day", 1 AS "may", CASE WHEN "sure" AND NOT "begins" IS NULL
AND NOT "ends" IS NULL THEN 1 ELSE 0 END AS "must" FROM "pairs" WHERE COALESCE("begins" <= $ref, TRUE) AND COALESCE("ends" >=
"floor", TRUE) UNION ALL SELECT "subject", CAST("ends" + 1 AS DATE), -1, CASE WHEN "sure" AND NOT "begins" IS NULL THEN -1 ELSE 0
END FROM "pairs" WHERE "ends" >= "floor" AND "ends" < $ref AND COALESCE("begins" <= $ref, TRUE) UNION ALL SELECT "subject",
"floor", 0, 0 FROM "frame" WHERE "reason" IS NULL AND $begun UNION ALL SELECT "subject", "started", 0, 0 FROM "frame" WHERE
"reason" IS NULL AND $begun

-- changed
SELECT "subject", "day", SUM("may") AS "may", SUM("must") AS "must" FROM "turns" GROUP BY "subject", "day"

-- days
SELECT "subject", "day", COALESCE(LEAD("day") OVER "following" - 1, $ref) AS "last", SUM("must") OVER "following" AS "lo",
SUM("may") OVER "following" AS "hi" FROM "changed" WINDOW "following" AS (PARTITION BY "subject" ORDER BY "day" ROWS BETWEEN
UNBOUNDED PRECEDING AND CURRENT ROW)

-- bounded
SELECT "days".*, "started", "frame"."limit_1_0" AS "limit_1" FROM "days" JOIN "frame" ON "frame"."subject" = "days"."subject"

-- sides
SELECT *, COALESCE(("lo" >= "limit_1"), FALSE) AS "keeps", COALESCE(("hi" < "limit_1"), FALSE) AS "breaks", 'few' AS "side" FROM
"bounded" UNION ALL SELECT *, COALESCE(("hi" <= "limit_1"), FALSE) AS "keeps", COALESCE(("lo" > "limit_1"), FALSE) AS "breaks",
'many' AS "side" FROM "bounded"

-- numbered
SELECT *, SUM(CASE WHEN "keeps" THEN 1 ELSE 0 END) OVER "up_to" AS "spell", SUM(CASE WHEN "breaks" THEN 0 ELSE 1 END) OVER "up_to"
AS "run" FROM "sides" WINDOW "up_to" AS (PARTITION BY "subject", "side" ORDER BY "day" ROWS BETWEEN UNBOUNDED PRECEDING AND
CURRENT ROW)

-- runs
SELECT "subject", "side", "spell", CASE WHEN "spell" = 0 THEN GREATEST(MIN("day"), MIN("started")) ELSE MIN("day") END AS "since",
MAX("last") AS "until" FROM "numbered" WHERE "breaks" GROUP BY "subject", "side", "spell", "run" HAVING MAX("last") >=
MIN("started")

-- timed
SELECT "subject", "side", "spell", ("until" >= CASE WHEN CAST("since" + INTERVAL '90' DAY AS DATE) BETWEEN CAST('0001-01-01' AS
DATE) AND CAST('9999-12-31' AS DATE) THEN CAST("since" + INTERVAL '90' DAY AS DATE) END) AS "late" FROM "runs"

-- late
SELECT "subject", "side", "spell", BOOL_OR(CAST("late" AS BOOLEAN)) AS "late" FROM "timed" GROUP BY "subject", "side", "spell"

-- spells
SELECT "subject", "side", "spell", CASE WHEN "spell" = 0 THEN GREATEST(MIN("day"), MIN("started")) ELSE MIN("day") END AS "since",
MAX("last") AS "until", MIN(CASE WHEN "spell" > 0 OR "last" >= "started" THEN "lo" END) AS "lo", MAX(CASE WHEN "spell" > 0 OR
"last" >= "started" THEN "hi" END) AS "hi", BOOL_OR(CAST("breaks" AND "last" >= "started" AS BOOLEAN)) AS "breaks",
BOOL_OR(CAST("spell" = 0 AND "last" < "started" AND NOT "breaks" AS BOOLEAN)) AS "vague" FROM "numbered" WHERE NOT "keeps" GROUP
BY "subject", "side", "spell" HAVING MAX("last") >= MIN("started")

-- once
SELECT * FROM "spells"

-- every
SELECT "subject", MIN("lo") AS "lo", MAX("hi") AS "hi" FROM "bounded" WHERE "last" >= "started" GROUP BY "subject"

-- m
SELECT "frame".*, "once"."side", CASE WHEN "frame"."reason" IS NULL AND $begun THEN COALESCE("once"."since", "frame"."started")
END AS "since", CASE WHEN "frame"."reason" IS NULL AND $begun THEN COALESCE("once"."until", $ref) END AS "until", CASE WHEN
$submitted_posts THEN COALESCE("once"."lo", "every"."lo") ELSE 0 END AS "lo", CASE WHEN $submitted_posts THEN
COALESCE("once"."hi", "every"."hi") END AS "hi", "once"."breaks", COALESCE("late"."late", FALSE) AS "late", "once"."vague",
ROW_NUMBER() OVER (PARTITION BY "frame"."subject" ORDER BY "once"."since", "once"."until", "once"."side") AS "number",
"frame"."limit_1_0" AS "bound_1" FROM "frame" LEFT JOIN "once" ON "once"."subject" = "frame"."subject" AND "frame"."reason" IS
NULL AND $submitted_posts LEFT JOIN "late" ON "late"."subject" = "once"."subject" AND "late"."side" = "once"."side" AND
"late"."spell" = "once"."spell" LEFT JOIN "every" ON "every"."subject" = "frame"."subject"

-- result
SELECT "m"."subject" AS "subject", "m"."number" AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN
'open' WHEN NOT "m"."hi" IS NULL AND ("m"."side" IS NULL OR (("m"."side" = 'few' AND NOT "m"."late" AND NOT "m"."vague" AND
"m"."until" < CASE WHEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS
DATE) THEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) END) AND (NOT COALESCE((("m"."side" = 'few' AND NOT "m"."late" AND NOT
"m"."vague" AND "m"."until" < CASE WHEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND
CAST('9999-12-31' AS DATE) THEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) END) AND ("m"."until" = $ref AND CASE WHEN
CAST("m"."since" + INTERVAL '90' DAY AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN
CAST("m"."since" + INTERVAL '90' DAY AS DATE) END <= $last)), FALSE)))) THEN 'met' WHEN NOT "m"."hi" IS NULL AND (("m"."side" =
'few' AND NOT "m"."late" AND NOT "m"."vague" AND "m"."until" < CASE WHEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) BETWEEN
CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) END) AND ("m"."until"
= $ref AND CASE WHEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS
DATE) THEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) END <= $last)) THEN 'open' WHEN (NOT "m"."hi" IS NULL AND CASE WHEN
"m"."side" = 'few' THEN "m"."late" ELSE "m"."breaks" END) AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown' END AS "outcome",
CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN NOT $submitted_posts THEN 'not-submitted' WHEN "m"."perhaps" AND (NOT
"m"."hi" IS NULL AND CASE WHEN "m"."side" = 'few' THEN "m"."late" ELSE "m"."breaks" END) THEN 'perhaps' END AS "reason",
TRY_CAST("m"."lo" AS DECIMAL(38, 6)) AS "low", TRY_CAST("m"."hi" AS DECIMAL(38, 6)) AS "high", "m"."since" AS "day_low",
"m"."until" AS "day_high", TRY_CAST("m"."bound_1" AS DECIMAL(38, 6)) AS "bound_1", CASE WHEN NOT "m"."hi" IS NULL AND (("m"."side"
= 'few' AND NOT "m"."late" AND NOT "m"."vague" AND "m"."until" < CASE WHEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) BETWEEN
CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) END) AND ("m"."until"
= $ref AND CASE WHEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS
DATE) THEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) END <= $last)) THEN CASE WHEN CAST("m"."since" + INTERVAL '90' DAY AS
DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS DATE) THEN CAST("m"."since" + INTERVAL '90' DAY AS DATE) END END
AS "due" FROM "m"
