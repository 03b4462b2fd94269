-- frame: not translated
--   Try: what fails cannot be made NULL

-- related
SELECT "r"."branch" AS "link", 0 AS "no", COALESCE(("r"."joined" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT "r"."branch" IS
NULL AS "sure", "r"."_row" AS "_row", "r"."joined" AS "day", 1 AS "least", 1 AS "most", "r"."_via" AS "_via" FROM "rows_people" AS
"r" WHERE COALESCE(("r"."joined" <= $ref), TRUE)

-- pairs_1
SELECT "f"."subject", "f"."no", "f"."aim", "f"."since", "f"."until", "f"."limit_1", "r"."_row", "r"."day", "r"."least",
"r"."most", "r"."sure" AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" = "f"."link"
UNION ALL SELECT "f"."subject", "f"."no", "f"."aim", "f"."since", "f"."until", "f"."limit_1", "r"."_row", "r"."day", "r"."least",
"r"."most", FALSE AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" IS NULL AND NOT
"f"."link" IS NULL UNION ALL SELECT "f"."subject", "f"."no", "f"."aim", "f"."since", "f"."until", "f"."limit_1", "r"."_row",
"r"."day", "r"."least", "r"."most", FALSE AS "sure" FROM "frame" AS "f" JOIN (SELECT DISTINCT ON ("_row", "no") * FROM "related"
WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via"
NULLS FIRST) AS "r" ON "r"."no" = "f"."no" AND "f"."link" IS NULL AND "f"."any_link"

-- pairs_2
SELECT "subject", "no", "sure", "_row", "least" AS "size_lo", "most" AS "size_hi", "day" >= "since" AND "day" <= "until" AS
"comes", FALSE AS "goes" FROM "pairs_1"

-- pairs: not translated
--   Try: what fails cannot be made NULL

-- own
SELECT CASE WHEN COUNT(*) = COUNT("done_lo") THEN SUM(CASE WHEN ("sure" OR "done_lo" < 0) THEN "done_lo" ELSE 0 END) END AS
"done_lo", CASE WHEN COUNT(*) = COUNT("done_hi") THEN SUM(CASE WHEN ("sure" OR "done_hi" > 0) THEN "done_hi" ELSE 0 END) END AS
"done_hi", "subject", "no" FROM "pairs" GROUP BY "subject", "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_people THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."done_lo" END ELSE NULL END AS
"done_lo", CASE WHEN $submitted_people THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."done_hi" END ELSE NULL END AS
"done_hi" FROM "frame" LEFT JOIN "own" ON "own"."subject" = "frame"."subject" AND "own"."no" = "frame"."no"

-- result: not translated
--   Try: what fails cannot be made NULL
--   TryCast: what fails cannot be made NULL
