-- frame
SELECT DISTINCT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN NOT $submitted_mandates THEN 'not-submitted' WHEN "w"."no" =
0 THEN 'perhaps' ELSE CASE WHEN "w"."no" IS NULL THEN CASE WHEN $windowless = 'no-window' AND NOT ("s"."_begins" <= $last AND
"s"."_ends" >= $first) THEN 'not-in-existence' ELSE $windowless END END END AS "reason", NOT COALESCE(("s"."_begins" <=
"w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", LEAST("w"."last") <= $as_of AS "over", GREATEST("w"."first") <=
$as_of AS "begun", NULLIF(LEAST("w"."last"), CAST('9999-12-31' AS DATE)) AS "closes", "w"."first" AS "opened", "w"."last" AS
"closed", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", 2 AS "bound_1" FROM "subjects_organisations" AS "s" LEFT JOIN (WITH
"spans" AS (SELECT "t"."holder" AS "link", CASE WHEN "t"."_begins" < CAST('0001-01-01' AS DATE) THEN CAST('0001-01-01' AS DATE)
ELSE "t"."_begins" END AS "first", CASE WHEN "t"."_ends" > CAST('9999-12-31' AS DATE) THEN CAST('9999-12-31' AS DATE) ELSE
"t"."_ends" END AS "last", (COALESCE((CASE WHEN "t"."_begins" < CAST('0001-01-01' AS DATE) THEN CAST('0001-01-01' AS DATE) ELSE
"t"."_begins" END <= $ref AND CASE WHEN "t"."_ends" > CAST('9999-12-31' AS DATE) THEN CAST('9999-12-31' AS DATE) ELSE "t"."_ends"
END >= $first), FALSE) AND NOT "t"."_doubt" AND (NOT CASE WHEN "t"."_begins" < CAST('0001-01-01' AS DATE) THEN CAST('0001-01-01'
AS DATE) ELSE "t"."_begins" END IS NULL AND NOT CASE WHEN "t"."_ends" > CAST('9999-12-31' AS DATE) THEN CAST('9999-12-31' AS DATE)
ELSE "t"."_ends" END IS NULL)) AND NOT "t"."holder" IS NULL AS "sure" FROM "rows_mandates" AS "t" WHERE COALESCE((CASE WHEN
"t"."_begins" < CAST('0001-01-01' AS DATE) THEN CAST('0001-01-01' AS DATE) ELSE "t"."_begins" END <= $ref AND CASE WHEN
"t"."_ends" > CAST('9999-12-31' AS DATE) THEN CAST('9999-12-31' AS DATE) ELSE "t"."_ends" END >= $first), TRUE) AND TRUE AND (NOT
"t"."holder" IS NULL OR ("t"."holder" IS NULL AND NOT ("t"."_state_holder" = 0)))) SELECT DISTINCT "spans"."link", "w"."no",
"w"."first", "w"."last", "w"."begun", "w"."over" FROM "spans" JOIN "windows" AS "w" ON "w"."unit" = 'term of mandates' AND
"w"."first" = "spans"."first" AND "w"."last" = "spans"."last" WHERE "spans"."sure" UNION ALL SELECT DISTINCT CAST("spans"."link"
AS TEXT) AS "link", 0 AS "no", CAST(NULL AS DATE) AS "first", CAST(NULL AS DATE) AS "last", CAST(NULL AS BOOLEAN) AS "begun",
CAST(NULL AS BOOLEAN) AS "over" FROM "spans" WHERE NOT "spans"."sure" AND NOT "spans"."link" IS NULL UNION ALL SELECT DISTINCT
CAST("s"."id" AS TEXT) AS "link", 0 AS "no", CAST(NULL AS DATE) AS "first", CAST(NULL AS DATE) AS "last", CAST(NULL AS BOOLEAN) AS
"begun", CAST(NULL AS BOOLEAN) AS "over" FROM "spans" CROSS JOIN "subjects_organisations" AS "s" WHERE "spans"."link" IS NULL AND
NOT "s"."id" IS NULL UNION ALL SELECT DISTINCT CAST(NULL AS TEXT) AS "link", 0 AS "no", CAST(NULL AS DATE) AS "first", CAST(NULL
AS DATE) AS "last", CAST(NULL AS BOOLEAN) AS "begun", CAST(NULL AS BOOLEAN) AS "over" FROM "spans") AS "w" ON "w"."link" IS NOT
DISTINCT FROM "s"."id" AND ("w"."no" = 0 OR COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), TRUE)) WHERE
"s"."_first"

-- related
SELECT "r"."organisation" AS "link", 0 AS "no", COALESCE(("r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT
"r"."organisation" IS NULL AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS "_via", "r"."date" AS "_day"
FROM "rows_meetings" AS "r" WHERE COALESCE(("r"."date" <= $ref), TRUE) AND (NOT "r"."organisation" IS NULL OR ("r"."organisation"
IS NULL AND NOT ("r"."_state_organisation" = 0)))

-- pairs
SELECT "f"."subject", "f"."no", "r"."_row", "r"."n_lo", "r"."n_hi", "r"."sure" AND COALESCE(("r"."_day" >= "f"."opened" AND
"r"."_day" <= "f"."closed"), FALSE) AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON TRUE AND "r"."link" = "f"."link" WHERE
COALESCE(("r"."_day" >= "f"."opened" AND "r"."_day" <= "f"."closed"), TRUE) UNION ALL SELECT "f"."subject", "f"."no", "r"."_row",
"r"."n_lo", "r"."n_hi", FALSE AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON TRUE AND "r"."link" IS NULL AND NOT
"f"."link" IS NULL WHERE COALESCE(("r"."_day" >= "f"."opened" AND "r"."_day" <= "f"."closed"), TRUE) UNION ALL SELECT
"f"."subject", "f"."no", "r"."_row", "r"."n_lo", "r"."n_hi", FALSE AS "sure" FROM "frame" AS "f" JOIN (SELECT DISTINCT ON ("_row",
"no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no"
NULLS FIRST, "_via" NULLS FIRST) AS "r" ON TRUE AND "f"."link" IS NULL AND "f"."any_link" WHERE COALESCE(("r"."_day" >=
"f"."opened" AND "r"."_day" <= "f"."closed"), TRUE)

-- own
SELECT COUNT_IF("sure") AS "n_lo", COUNT(*) AS "n_hi", "subject", "no" FROM "pairs" GROUP BY "subject", "no"

-- m
SELECT "frame".*, CASE WHEN ($submitted_mandates AND $submitted_meetings) THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE
"own"."n_lo" END ELSE 0 END AS "n_lo", CASE WHEN ($submitted_mandates AND $submitted_meetings) THEN CASE WHEN "own"."no" IS NULL
THEN 0 ELSE "own"."n_hi" END ELSE NULL END AS "n_hi" FROM "frame" LEFT JOIN "own" ON "own"."subject" = "frame"."subject" AND
"own"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", COALESCE("m"."no", 0) AS "no", CASE WHEN "m"."reason" IN ('not-submitted', 'perhaps') THEN
'unknown' WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT "m"."begun" THEN 'open' WHEN NOT "m"."over" THEN CASE WHEN "m"."n_lo"
> "m"."bound_1" AND "m"."perhaps" THEN 'unknown' WHEN "m"."n_lo" > "m"."bound_1" THEN 'breached' ELSE 'open' END WHEN "m"."n_hi"
<= "m"."bound_1" THEN 'met' WHEN "m"."n_lo" > "m"."bound_1" AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown' END AS "outcome",
CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN NOT ($submitted_mandates AND $submitted_meetings) THEN 'not-submitted'
WHEN "m"."perhaps" AND "m"."n_lo" > "m"."bound_1" THEN 'perhaps' END AS "reason", TRY_CAST("m"."n_lo" AS DECIMAL(38, 6)) AS "low",
TRY_CAST("m"."n_hi" AS DECIMAL(38, 6)) AS "high", TRY_CAST("m"."bound_1" AS DECIMAL(38, 6)) AS "bound_1", CASE WHEN NOT "m"."over"
THEN "m"."closes" END AS "due" FROM "m"
