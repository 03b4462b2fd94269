-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", CASE WHEN NOT ("s"."_begins" <= $ref AND "s"."_ends" >= $ref) THEN 'not-in-existence'
END AS "reason", NOT COALESCE(("s"."_begins" <= $ref AND "s"."_ends" >= $ref), FALSE) AS "perhaps", "s"."id" AS "link", "s"."id"
IS NULL AS "any_link", "s"."members" AS "declared", "s"."members" AS "bound_1" FROM "subjects_branches" AS "s" WHERE "s"."_first"

-- related
SELECT "r"."branch" AS "link", 0 AS "no", NOT "r"."_doubt" AND NOT "r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", 1 AS
"n_lo", 1 AS "n_hi", "r"."_via" AS "_via" FROM "rows_people" AS "r" WHERE TRUE

-- own
SELECT COUNT_IF("sure") AS "n_lo", COUNT(*) AS "n_hi", "link", "no" FROM "related" WHERE NOT "link" IS NULL GROUP BY "link", "no"

-- stray
SELECT COUNT_IF(FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM "related" WHERE "link" IS NULL GROUP BY "no"

-- anybody
SELECT COUNT_IF(FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM (SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE
EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS
FIRST) AS "r" GROUP BY "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_people THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_lo" END + CASE WHEN
"stray"."no" IS NULL THEN 0 ELSE "stray"."n_lo" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."n_lo" END) ELSE 0
END AS "n_lo", CASE WHEN $submitted_people THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_hi" END + CASE WHEN
"stray"."no" IS NULL THEN 0 ELSE "stray"."n_hi" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."n_hi" END) ELSE
NULL END AS "n_hi" FROM "frame" LEFT JOIN "own" ON "own"."link" = "frame"."link" AND "own"."no" = "frame"."no" LEFT JOIN "stray"
ON NOT "frame"."link" IS NULL AND "stray"."no" = "frame"."no" LEFT JOIN "anybody" ON "frame"."link" IS NULL AND "frame"."any_link"
AND "anybody"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", 0 AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN 'open' WHEN
TRY("m"."declared" - "m"."n_hi") >= -0 AND TRY("m"."declared" - "m"."n_lo") <= 0 THEN 'met' WHEN (TRY("m"."declared" - "m"."n_lo")
< -0 OR TRY("m"."declared" - "m"."n_hi") > 0) AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown' END AS "outcome", CASE WHEN NOT
"m"."reason" IS NULL THEN "m"."reason" WHEN NOT $submitted_people THEN 'not-submitted' WHEN "m"."perhaps" AND (TRY("m"."declared"
- "m"."n_lo") < -0 OR TRY("m"."declared" - "m"."n_hi") > 0) THEN 'perhaps' END AS "reason", TRY_CAST("m"."n_lo" AS DECIMAL(38, 6))
AS "low", TRY_CAST("m"."n_hi" AS DECIMAL(38, 6)) AS "high", TRY_CAST("m"."bound_1" AS DECIMAL(38, 6)) AS "bound_1" FROM "m"
