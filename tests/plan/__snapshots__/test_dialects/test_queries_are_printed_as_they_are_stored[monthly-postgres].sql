-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", "w"."over" AS "over", "w"."begun" AS
"begun", "w"."last" AS "closes", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", 1 AS "bound_1" FROM "subjects_organisations"
AS "s" LEFT JOIN "windows" AS "w" ON "w"."unit" = 'month' AND COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >=
"w"."last"), TRUE) WHERE "s"."_first"

-- related
SELECT "r"."organisation" AS "link", "w"."no" AS "no", COALESCE(("r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT
"r"."organisation" IS NULL AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS "_via" FROM "rows_meetings" AS
"r" JOIN "windows" AS "w" ON "w"."unit" = 'month' AND "w"."key" = (CAST(EXTRACT(YEAR FROM "r"."date") AS BIGINT) * 12 +
CAST(EXTRACT(MONTH FROM "r"."date") AS BIGINT) - 1) WHERE COALESCE(("r"."date" <= $ref), TRUE) AND (NOT "r"."organisation" IS NULL
OR ("r"."organisation" IS NULL AND NOT ("r"."_state_organisation" = 0))) UNION ALL SELECT "r"."organisation" AS "link", "w"."no"
AS "no", FALSE AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS "_via" FROM "rows_meetings" AS "r" JOIN
"windows" AS "w" ON "w"."unit" = 'month' WHERE COALESCE(("r"."date" <= $ref), TRUE) AND (NOT "r"."organisation" IS NULL OR
("r"."organisation" IS NULL AND NOT ("r"."_state_organisation" = 0))) AND "r"."date" IS NULL

-- own
SELECT COUNT(*) FILTER(WHERE "sure") AS "n_lo", COUNT(*) AS "n_hi", "link", "no" FROM "related" WHERE NOT "link" IS NULL GROUP BY
"link", "no"

-- stray
SELECT COUNT(*) FILTER(WHERE FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM "related" WHERE "link" IS NULL GROUP BY "no"

-- anybody
SELECT COUNT(*) FILTER(WHERE FALSE) AS "n_lo", COUNT(*) AS "n_hi", "no" FROM (SELECT DISTINCT ON ("_row", "no") * FROM "related"
WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via"
NULLS FIRST) AS "r" GROUP BY "no"

-- m: not translated
--   Try: what fails cannot be made NULL

-- result: not translated
--   TryCast: what fails cannot be made NULL
