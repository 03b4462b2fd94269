-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", CASE WHEN NOT ("s"."_begins" <= $ref AND "s"."_ends" >= $ref) THEN 'not-in-existence'
END AS "reason", NOT COALESCE(("s"."_begins" <= $ref AND "s"."_ends" >= $ref), FALSE) AS "perhaps", "s"."id" AS "link", "s"."id"
IS NULL AS "any_link", GREATEST($first, NULLIF("s"."_begins", CAST('-infinity' AS DATE))) AS "started", NULLIF("s"."_begins",
CAST('-infinity' AS DATE)) AS "owed" FROM "subjects_branches" AS "s" WHERE "s"."_first"

-- related
SELECT "r"."branch" AS "link", 0 AS "no", COALESCE(("r"."held" AND "r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT
"r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", "r"."date" AS "day", "r"."_via" AS "_via" FROM "rows_meetings" AS "r" WHERE
COALESCE(("r"."held" AND "r"."date" <= $ref), TRUE)

-- pairs
SELECT "f"."subject", "f"."no", "f"."started", "f"."owed", "r"."_row", "r"."day", "r"."sure" AS "sure" FROM "frame" AS "f" JOIN
"related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" = "f"."link" UNION ALL SELECT "f"."subject", "f"."no", "f"."started",
"f"."owed", "r"."_row", "r"."day", FALSE AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND "r"."link"
IS NULL AND NOT "f"."link" IS NULL UNION ALL SELECT "f"."subject", "f"."no", "f"."started", "f"."owed", "r"."_row", "r"."day",
FALSE AS "sure" FROM "frame" AS "f" JOIN (SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame"
WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS FIRST) AS "r" ON "r"."no" =
"f"."no" AND "f"."link" IS NULL AND "f"."any_link"

-- before: not translated
--   Qualify: it is not known

-- earlier
SELECT "pairs"."subject", MIN("pairs"."day") AS "first", MAX("pairs"."day") AS "last" FROM "pairs" LEFT JOIN "before" ON
"before"."subject" = "pairs"."subject" WHERE "before"."subject" IS NULL AND "pairs"."day" < "started" AND ("owed" IS NULL OR
"pairs"."day" >= "owed") GROUP BY "pairs"."subject"

-- marks
SELECT "pairs"."subject", "pairs"."day", 1 AS "place", "sure", "pairs"."_row", "started" FROM "pairs" LEFT JOIN "before" ON
"before"."subject" = "pairs"."subject" WHERE "pairs"."day" >= "started" OR "pairs"."day" > "before"."day" OR "pairs"."_row" =
"before"."_row" UNION ALL SELECT "frame"."subject", "started", 0, TRUE, 0, "started" FROM "frame" LEFT JOIN "before" ON
"before"."subject" = "frame"."subject" WHERE "reason" IS NULL AND $begun AND "before"."subject" IS NULL UNION ALL SELECT
"subject", $ref, 2, TRUE, 0, "started" FROM "frame" WHERE "reason" IS NULL AND $begun

-- steps
SELECT "subject", "day", "place", "started", GREATEST("day", "started" - 1) AS "late", LEAD("day") OVER "following" AS "next_day",
LEAD("place") OVER "following" AS "next_place", SUM(CASE WHEN "sure" THEN 1 ELSE 0 END) OVER "following" AS "gap" FROM "marks"
WINDOW "following" AS (PARTITION BY "subject" ORDER BY "day", "place", "sure", "_row" ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT
ROW)

-- gaps: not translated
--   Cast: to DATE, of what may be a text, which is read otherwise

-- undated
SELECT "subject", COUNT(*) AS "undated" FROM "pairs" WHERE "day" IS NULL GROUP BY "subject"

-- measured
SELECT "frame".*, "gaps"."gap", "gaps"."since", "gaps"."until", "gaps"."leads", "gaps"."trails", "gaps"."first_possible",
"gaps"."last_possible", "gaps"."needed", "gaps"."near", CASE WHEN $submitted_meetings THEN COALESCE("undated"."undated", 0) END AS
"undated", CASE WHEN "gaps"."leads" THEN "earlier"."last" END AS "earlier_last", CASE WHEN "gaps"."possible" > 0 THEN
"gaps"."first_possible" WHEN NOT "gaps"."trails" THEN "gaps"."until" END AS "first_row", CASE WHEN NOT "gaps"."leads" THEN
"gaps"."since" WHEN "undated"."undated" > 0 THEN "frame"."owed" ELSE COALESCE("earlier"."first", "gaps"."since") END AS
"earliest", COALESCE("earlier"."first", "gaps"."first_possible") AS "first_one", "gaps"."possible" + COALESCE("undated"."undated",
0) + 2 - CAST("gaps"."leads" AS INT) - CAST("gaps"."trails" AS INT) + CASE WHEN "gaps"."leads" AND NOT "earlier"."subject" IS NULL
THEN 1 ELSE 0 END AS "rows" FROM "frame" LEFT JOIN "gaps" ON "gaps"."subject" = "frame"."subject" AND "frame"."reason" IS NULL
LEFT JOIN "undated" ON "undated"."subject" = "frame"."subject" LEFT JOIN "earlier" ON "earlier"."subject" = "frame"."subject"

-- judged
SELECT "m".*, COALESCE(TRUE, FALSE) AS "kept" FROM "measured" AS "m"

-- m
SELECT * FROM (SELECT *, BOOL_OR("kept") OVER (PARTITION BY "subject") AS "some" FROM "judged") AS "numbered" WHERE "kept" OR (NOT
"some" AND COALESCE("gap", 1) = 1)

-- result: not translated
--   Cast: to DATE, of what may be a text, which is read otherwise
--   TryCast: what fails cannot be made NULL
