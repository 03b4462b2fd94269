-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", "w"."over" AS "over", "w"."begun" AS
"begun", "w"."last" AS "closes", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", "s"."members" AS "bound_1" FROM
"subjects_organisations" AS "s" LEFT JOIN "windows" AS "w" ON "w"."unit" = '90d' AND COALESCE(("s"."_begins" <= "w"."first" AND
"s"."_ends" >= "w"."last"), TRUE) WHERE "s"."_first"

-- related
SELECT "r"."organisation" AS "link", "w"."no" AS "no", COALESCE(("r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT
"r"."organisation" IS NULL AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS "_via" FROM "rows_meetings" AS
"r" JOIN "windows" AS "w" ON "w"."unit" = '90d' AND "w"."key" = CASE WHEN "r"."date" <= $ref AND DATE_DIFF('DAY', "r"."date", CASE
WHEN $begun THEN $ref ELSE $last END) < 90 THEN 0 END WHERE COALESCE(("r"."date" <= $ref), TRUE) AND (NOT "r"."organisation" IS
NULL OR ("r"."organisation" IS NULL AND NOT ("r"."_state_organisation" = 0))) UNION ALL SELECT "r"."organisation" AS "link",
"w"."no" AS "no", FALSE AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS "_via" FROM "rows_meetings" AS
"r" JOIN "windows" AS "w" ON "w"."unit" = '90d' WHERE COALESCE(("r"."date" <= $ref), TRUE) AND (NOT "r"."organisation" IS NULL OR
("r"."organisation" IS NULL AND NOT ("r"."_state_organisation" = 0))) AND "r"."date" IS NULL

-- own
SELECT COUNT_IF("sure") AS "n_lo", COUNT(*) AS "n_hi", "link", "no" FROM "related" WHERE NOT "link" IS NULL GROUP BY "link", "no"

-- stray
SELECT COUNT_IF(FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM "related" WHERE "link" IS NULL GROUP BY "no"

-- anybody
SELECT COUNT_IF(FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM (SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE
EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS
FIRST) AS "r" GROUP BY "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_meetings THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_lo" END + CASE WHEN
"stray"."no" IS NULL THEN 0 ELSE "stray"."n_lo" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."n_lo" END) ELSE 0
END AS "n_lo", CASE WHEN $submitted_meetings THEN TRY((CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_hi" END + CASE WHEN
"stray"."no" IS NULL THEN 0 ELSE "stray"."n_hi" END) + CASE WHEN "anybody"."no" IS NULL THEN 0 ELSE "anybody"."n_hi" END) ELSE
NULL END AS "n_hi" FROM "frame" LEFT JOIN "own" ON "own"."link" = "frame"."link" AND "own"."no" = "frame"."no" LEFT JOIN "stray"
ON NOT "frame"."link" IS NULL AND "stray"."no" = "frame"."no" LEFT JOIN "anybody" ON "frame"."link" IS NULL AND "frame"."any_link"
AND "anybody"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", COALESCE("m"."no", 0) AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT
"m"."begun" THEN 'open' WHEN NOT "m"."over" THEN CASE WHEN TRY(("m"."n_lo" * 3) >= "m"."bound_1") THEN 'met' ELSE 'open' END WHEN
TRY(("m"."n_lo" * 3) >= "m"."bound_1") THEN 'met' WHEN TRY(("m"."n_hi" * 3) < "m"."bound_1") AND NOT "m"."perhaps" THEN 'breached'
ELSE 'unknown' END AS "outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN NOT $submitted_meetings THEN
'not-submitted' WHEN "m"."perhaps" AND TRY(("m"."n_hi" * 3) < "m"."bound_1") THEN 'perhaps' END AS "reason", TRY_CAST("m"."n_lo"
AS DECIMAL(38, 6)) AS "low", TRY_CAST("m"."n_hi" AS DECIMAL(38, 6)) AS "high", TRY_CAST("m"."bound_1" AS DECIMAL(38, 6)) AS
"bound_1", CASE WHEN NOT "m"."over" THEN "m"."closes" END AS "due" FROM "m"
