-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", CASE WHEN NOT ("s"."_begins" <= $ref AND "s"."_ends" >= $ref) THEN 'not-in-existence'
END AS "reason", NOT COALESCE(("s"."_begins" <= $ref AND "s"."_ends" >= $ref), FALSE) AS "perhaps", "s"."id" AS "link", "s"."id"
IS NULL AS "any_link", GREATEST($first, NULLIF("s"."_begins", CAST('-infinity' AS DATE))) AS "started", NULLIF("s"."_begins",
CAST('-infinity' AS DATE)) AS "owed", 2 AS "bound_1" FROM "subjects_branches" AS "s" WHERE "s"."_first"

-- related
SELECT "r"."branch" AS "link", 0 AS "no", COALESCE(("r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT "r"."branch" IS NULL
AS "sure", "r"."_row" AS "_row", "r"."date" AS "day", NOT "r"."held" AS "that", TRUE AS "after", "r"."_via" AS "_via" FROM
"rows_meetings" AS "r" WHERE COALESCE(("r"."date" <= $ref), TRUE)

-- pairs
SELECT "f"."subject", "f"."no", "f"."started", "f"."owed", "r"."_row", "r"."day", "r"."that", "r"."after", "r"."sure" AS "sure"
FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" = "f"."link" UNION ALL SELECT "f"."subject",
"f"."no", "f"."started", "f"."owed", "r"."_row", "r"."day", "r"."that", "r"."after", FALSE AS "sure" FROM "frame" AS "f" JOIN
"related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" IS NULL AND NOT "f"."link" IS NULL UNION ALL SELECT "f"."subject",
"f"."no", "f"."started", "f"."owed", "r"."_row", "r"."day", "r"."that", "r"."after", FALSE AS "sure" FROM "frame" AS "f" JOIN
(SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER
BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS FIRST) AS "r" ON "r"."no" = "f"."no" AND "f"."link" IS NULL AND
"f"."any_link"

-- marks
SELECT "subject", "day", "_row", "that", "day" >= "started" AS "ends", "sure" AND COALESCE(BOOL_OR(CAST("sure" AND "after" AS
BOOLEAN)) OVER "up_to", FALSE) AS "sure", BOOL_OR(CAST(COALESCE("after", TRUE) AS BOOLEAN)) OVER "up_to" AS "counts" FROM "pairs"
WHERE NOT "day" IS NULL AND ("owed" IS NULL OR "day" >= "owed") WINDOW "up_to" AS (PARTITION BY "subject" ORDER BY "day", "_row"
ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)

-- counted
SELECT "subject", "day", "ends", "sure" AND COALESCE("that", FALSE) AS "misses", COALESCE("that", TRUE) AS "may_miss", SUM(CASE
WHEN COALESCE("that", FALSE) THEN 0 ELSE 1 END) OVER "up_to" AS "broken_perhaps", SUM(CASE WHEN "sure" AND NOT COALESCE("that",
TRUE) THEN 1 ELSE 0 END) OVER "up_to" AS "broken" FROM "marks" WHERE "counts" WINDOW "up_to" AS (PARTITION BY "subject" ORDER BY
"day", "_row" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)

-- certain
SELECT "subject", MAX("n") AS "n" FROM (SELECT "subject", COUNT_IF("misses") AS "n" FROM "counted" GROUP BY "subject",
"broken_perhaps" HAVING BOOL_OR(CAST("misses" AND "ends" AS BOOLEAN))) AS "each_run" GROUP BY "subject"

-- possible
SELECT "subject", MAX("n") AS "n", ARG_MAX("since", "key") AS "since", ARG_MAX("until", "key") AS "until" FROM (SELECT "subject",
COUNT_IF("may_miss") AS "n", MIN(CASE WHEN "may_miss" THEN "day" END) AS "since", MAX(CASE WHEN "may_miss" THEN "day" END) AS
"until", COUNT_IF("may_miss") * 100000000 - "broken" AS "key" FROM "counted" GROUP BY "subject", "broken" HAVING
BOOL_OR(CAST("may_miss" AND "ends" AS BOOLEAN))) AS "each_run" GROUP BY "subject"

-- undated
SELECT "subject", CASE WHEN COUNT_IF(COALESCE("that", TRUE) AND ("day" IS NULL OR "day" >= "started")) > 0 THEN
COUNT_IF(COALESCE("that", TRUE)) ELSE 0 END AS "misses" FROM "pairs" WHERE "day" IS NULL OR "owed" IS NULL OR "day" >= "owed"
GROUP BY "subject"

-- anywhere
SELECT DISTINCT "subject" FROM "pairs" WHERE "day" IS NULL

-- m
SELECT "frame".*, CASE WHEN NOT $submitted_meetings THEN 0 WHEN "anywhere"."subject" IS NULL THEN COALESCE("certain"."n", 0) ELSE
LEAST(COALESCE("certain"."n", 0), 1) END AS "n_lo", CASE WHEN $submitted_meetings THEN CASE WHEN "anywhere"."subject" IS NULL THEN
COALESCE("possible"."n", 0) ELSE "undated"."misses" END END AS "n_hi", CASE WHEN "anywhere"."subject" IS NULL AND "possible"."n" >
0 THEN "possible"."since" END AS "since", CASE WHEN "anywhere"."subject" IS NULL AND "possible"."n" > 0 THEN "possible"."until"
END AS "until" FROM "frame" LEFT JOIN "certain" ON "certain"."subject" = "frame"."subject" LEFT JOIN "possible" ON
"possible"."subject" = "frame"."subject" LEFT JOIN "undated" ON "undated"."subject" = "frame"."subject" LEFT JOIN "anywhere" ON
"anywhere"."subject" = "frame"."subject"

-- result
SELECT "m"."subject" AS "subject", 0 AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN 'open' WHEN
"m"."n_hi" <= "m"."bound_1" THEN 'met' WHEN "m"."n_lo" > "m"."bound_1" AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown' END AS
"outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN NOT $submitted_meetings THEN 'not-submitted' WHEN
"m"."perhaps" AND "m"."n_lo" > "m"."bound_1" THEN 'perhaps' END AS "reason", TRY_CAST("m"."n_lo" AS DECIMAL(38, 6)) AS "low",
TRY_CAST("m"."n_hi" AS DECIMAL(38, 6)) AS "high", "m"."since" AS "day_low", "m"."until" AS "day_high", TRY_CAST("m"."bound_1" AS
DECIMAL(38, 6)) AS "bound_1" FROM "m"
