-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= LEAST("w"."last", $last) AND "s"."_ends" >= GREATEST("w"."first", $first)), FALSE) AS "perhaps",
LEAST(LEAST("w"."last", $last), "s"."_ends") <= $as_of AS "over", GREATEST(GREATEST("w"."first", $first), "s"."_begins") <= $as_of
AS "begun", NULLIF(LEAST(LEAST("w"."last", $last), "s"."_ends"), CAST('9999-12-31' AS DATE)) AS "closes", GREATEST("w"."first",
$first) AS "opened", LEAST("w"."last", $last) AS "closed", "s"."_begins" AS "begins", "s"."_ends" AS "ends", "s"."id" AS "link",
"s"."id" IS NULL AS "any_link", 1 AS "bound_1" FROM "subjects_organisations" AS "s" LEFT JOIN "windows" AS "w" ON ("w"."unit" =
'quarter or part' AND GREATEST("w"."first", $first) <= LEAST("w"."last", $last)) AND COALESCE(("s"."_begins" <= LEAST("w"."last",
$last) AND "s"."_ends" >= GREATEST("w"."first", $first)), TRUE) WHERE "s"."_first"

-- related
SELECT "r"."organisation" AS "link", "w"."no" AS "no", COALESCE(("r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT
"r"."organisation" IS NULL AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS "_via", "r"."date" AS "_day"
FROM "rows_meetings" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'quarter or part' AND "w"."key" = (DIV((CAST(EXTRACT(YEAR FROM
"r"."date") AS BIGINT) * 12 + CAST(EXTRACT(MONTH FROM "r"."date") AS BIGINT) - 1), 3)) WHERE COALESCE(("r"."date" <= $ref), TRUE)
AND (NOT "r"."organisation" IS NULL OR ("r"."organisation" IS NULL AND NOT ("r"."_state_organisation" = 0))) UNION ALL SELECT
"r"."organisation" AS "link", "w"."no" AS "no", FALSE AS "sure", "r"."_row" AS "_row", 1 AS "n_lo", 1 AS "n_hi", "r"."_via" AS
"_via", "r"."date" AS "_day" FROM "rows_meetings" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'quarter or part' WHERE
COALESCE(("r"."date" <= $ref), TRUE) AND (NOT "r"."organisation" IS NULL OR ("r"."organisation" IS NULL AND NOT
("r"."_state_organisation" = 0))) AND "r"."date" IS NULL

-- pairs
SELECT "f"."subject", "f"."no", "r"."_row", "r"."n_lo", "r"."n_hi", "r"."sure" AND COALESCE(("r"."_day" >= "f"."opened" AND
"r"."_day" <= "f"."closed" AND "r"."_day" >= "f"."begins" AND "r"."_day" <= "f"."ends"), FALSE) AS "sure" FROM "frame" AS "f" JOIN
"related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" = "f"."link" WHERE COALESCE(("r"."_day" >= "f"."opened" AND "r"."_day" <=
"f"."closed" AND "r"."_day" >= "f"."begins" AND "r"."_day" <= "f"."ends"), TRUE) UNION ALL SELECT "f"."subject", "f"."no",
"r"."_row", "r"."n_lo", "r"."n_hi", FALSE AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND
"r"."link" IS NULL AND NOT "f"."link" IS NULL WHERE COALESCE(("r"."_day" >= "f"."opened" AND "r"."_day" <= "f"."closed" AND
"r"."_day" >= "f"."begins" AND "r"."_day" <= "f"."ends"), TRUE) UNION ALL SELECT "f"."subject", "f"."no", "r"."_row", "r"."n_lo",
"r"."n_hi", FALSE AS "sure" FROM "frame" AS "f" JOIN (SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE EXISTS(SELECT 1
FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS FIRST) AS "r" ON
"r"."no" = "f"."no" AND "f"."link" IS NULL AND "f"."any_link" WHERE COALESCE(("r"."_day" >= "f"."opened" AND "r"."_day" <=
"f"."closed" AND "r"."_day" >= "f"."begins" AND "r"."_day" <= "f"."ends"), TRUE)

-- own
SELECT COUNT(*) FILTER(WHERE "sure") AS "n_lo", COUNT(*) AS "n_hi", "subject", "no" FROM "pairs" GROUP BY "subject", "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_meetings THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_lo" END ELSE 0 END AS
"n_lo", CASE WHEN $submitted_meetings THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."n_hi" END ELSE NULL END AS "n_hi" FROM
"frame" LEFT JOIN "own" ON "own"."subject" = "frame"."subject" AND "own"."no" = "frame"."no"

-- result: not translated
--   TryCast: what fails cannot be made NULL
