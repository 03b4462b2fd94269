-- frame: not translated
--   Cast: to TEXT, of a value that may be spelt otherwise

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
SELECT COUNT(*) FILTER(WHERE "sure") AS "n_lo", COUNT(*) AS "n_hi", "subject", "no" FROM "pairs" GROUP BY "subject", "no"

-- m
SELECT "frame".*, CASE WHEN ($submitted_mandates AND $submitted_meetings) THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE
"own"."n_lo" END ELSE 0 END AS "n_lo", CASE WHEN ($submitted_mandates AND $submitted_meetings) THEN CASE WHEN "own"."no" IS NULL
THEN 0 ELSE "own"."n_hi" END ELSE NULL END AS "n_hi" FROM "frame" LEFT JOIN "own" ON "own"."subject" = "frame"."subject" AND
"own"."no" = "frame"."no"

-- result: not translated
--   TryCast: what fails cannot be made NULL
