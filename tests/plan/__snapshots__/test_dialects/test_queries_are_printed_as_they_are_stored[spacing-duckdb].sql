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

-- before
SELECT "subject", "day", "_row" FROM "pairs" WHERE "sure" AND "day" < "started" AND ("owed" IS NULL OR "day" >= "owed") QUALIFY
ROW_NUMBER() OVER (PARTITION BY "subject" ORDER BY "day" DESC, "_row" DESC) = 1

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

-- gaps
SELECT "subject", CAST("gap" AS INT) AS "gap", MIN("day") AS "since", MAX("next_day") AS "until", MIN("place") = 0 AS "leads",
MAX("next_place") = 2 AS "trails", COUNT(*) - 1 AS "possible", MIN("next_day") AS "first_possible", MAX("day") AS "last_possible",
SUM(CASE WHEN "next_day" < "started" THEN 0 WHEN "day" < "started" THEN LEAST(GREATEST((CASE WHEN FALSE THEN CAST((EXTRACT(YEAR
FROM "next_day") - EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH FROM "next_day") - EXTRACT(MONTH FROM "day") AS INT) - 1 WHEN
(CAST(CAST("day" AS DATE) + TO_MONTHS(CAST(CAST((EXTRACT(YEAR FROM "next_day") - EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH
FROM "next_day") - EXTRACT(MONTH FROM "day") AS INT) + 0 AS INT)) AS DATE) >= "next_day") THEN CAST((EXTRACT(YEAR FROM "next_day")
- EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH FROM "next_day") - EXTRACT(MONTH FROM "day") AS INT) ELSE CAST((EXTRACT(YEAR FROM
"next_day") - EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH FROM "next_day") - EXTRACT(MONTH FROM "day") AS INT) + 1 END + 4 - 1)
// 4 - 1, 0), 1 + GREATEST((CASE WHEN FALSE THEN CAST((EXTRACT(YEAR FROM "next_day") - EXTRACT(YEAR FROM "late")) * 12 +
EXTRACT(MONTH FROM "next_day") - EXTRACT(MONTH FROM "late") AS INT) - 1 WHEN (CAST(CAST("late" AS DATE) +
TO_MONTHS(CAST(CAST((EXTRACT(YEAR FROM "next_day") - EXTRACT(YEAR FROM "late")) * 12 + EXTRACT(MONTH FROM "next_day") -
EXTRACT(MONTH FROM "late") AS INT) + 0 AS INT)) AS DATE) >= "next_day") THEN CAST((EXTRACT(YEAR FROM "next_day") - EXTRACT(YEAR
FROM "late")) * 12 + EXTRACT(MONTH FROM "next_day") - EXTRACT(MONTH FROM "late") AS INT) ELSE CAST((EXTRACT(YEAR FROM "next_day")
- EXTRACT(YEAR FROM "late")) * 12 + EXTRACT(MONTH FROM "next_day") - EXTRACT(MONTH FROM "late") AS INT) + 1 END + 4 - 1) // 4 - 1,
0)) ELSE GREATEST((CASE WHEN FALSE THEN CAST((EXTRACT(YEAR FROM "next_day") - EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH FROM
"next_day") - EXTRACT(MONTH FROM "day") AS INT) - 1 WHEN (CAST(CAST("day" AS DATE) + TO_MONTHS(CAST(CAST((EXTRACT(YEAR FROM
"next_day") - EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH FROM "next_day") - EXTRACT(MONTH FROM "day") AS INT) + 0 AS INT)) AS
DATE) >= "next_day") THEN CAST((EXTRACT(YEAR FROM "next_day") - EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH FROM "next_day") -
EXTRACT(MONTH FROM "day") AS INT) ELSE CAST((EXTRACT(YEAR FROM "next_day") - EXTRACT(YEAR FROM "day")) * 12 + EXTRACT(MONTH FROM
"next_day") - EXTRACT(MONTH FROM "day") AS INT) + 1 END + 4 - 1) // 4 - 1, 0) END) AS "needed", BOOL_OR(CAST(FALSE AND "place" = 1
AND "next_place" = 1 AND "next_day" >= "started" AS BOOLEAN)) AS "near" FROM "steps" WHERE NOT "next_day" IS NULL GROUP BY
"subject", "gap"

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
SELECT * FROM (SELECT *, BOOL_OR(CAST("kept" AS BOOLEAN)) OVER (PARTITION BY "subject") AS "some" FROM "judged") AS "numbered"
WHERE "kept" OR (NOT "some" AND COALESCE("gap", 1) = 1)

-- result
SELECT "m"."subject" AS "subject", COALESCE(-"m"."gap", 0) AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun
THEN 'open' WHEN NOT "m"."undated" IS NULL AND CASE WHEN FALSE THEN CAST((EXTRACT(YEAR FROM CASE WHEN "m"."trails" THEN $last ELSE
"m"."until" END) - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM CASE WHEN "m"."trails" THEN $last ELSE "m"."until"
END) - EXTRACT(MONTH FROM "m"."earliest") AS INT) - 1 WHEN (CAST(CAST("m"."earliest" AS DATE) + TO_MONTHS(CAST(CAST((EXTRACT(YEAR
FROM CASE WHEN "m"."trails" THEN $last ELSE "m"."until" END) - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM CASE
WHEN "m"."trails" THEN $last ELSE "m"."until" END) - EXTRACT(MONTH FROM "m"."earliest") AS INT) + 0 AS INT)) AS DATE) >= CASE WHEN
"m"."trails" THEN $last ELSE "m"."until" END) THEN CAST((EXTRACT(YEAR FROM CASE WHEN "m"."trails" THEN $last ELSE "m"."until" END)
- EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM CASE WHEN "m"."trails" THEN $last ELSE "m"."until" END) -
EXTRACT(MONTH FROM "m"."earliest") AS INT) ELSE CAST((EXTRACT(YEAR FROM CASE WHEN "m"."trails" THEN $last ELSE "m"."until" END) -
EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM CASE WHEN "m"."trails" THEN $last ELSE "m"."until" END) -
EXTRACT(MONTH FROM "m"."earliest") AS INT) + 1 END <= 4 THEN 'met' WHEN NOT "m"."undated" IS NULL AND ("m"."trails" AND CASE WHEN
FALSE THEN CAST((EXTRACT(YEAR FROM "m"."until") - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM "m"."until") -
EXTRACT(MONTH FROM "m"."earliest") AS INT) - 1 WHEN (CAST(CAST("m"."earliest" AS DATE) + TO_MONTHS(CAST(CAST((EXTRACT(YEAR FROM
"m"."until") - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM "m"."until") - EXTRACT(MONTH FROM "m"."earliest") AS
INT) + 0 AS INT)) AS DATE) >= "m"."until") THEN CAST((EXTRACT(YEAR FROM "m"."until") - EXTRACT(YEAR FROM "m"."earliest")) * 12 +
EXTRACT(MONTH FROM "m"."until") - EXTRACT(MONTH FROM "m"."earliest") AS INT) ELSE CAST((EXTRACT(YEAR FROM "m"."until") -
EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM "m"."until") - EXTRACT(MONTH FROM "m"."earliest") AS INT) + 1 END <=
4 AND NOT (CASE WHEN FALSE THEN CAST((EXTRACT(YEAR FROM $last) - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM
$last) - EXTRACT(MONTH FROM "m"."earliest") AS INT) - 1 WHEN (CAST(CAST("m"."earliest" AS DATE) +
TO_MONTHS(CAST(CAST((EXTRACT(YEAR FROM $last) - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM $last) -
EXTRACT(MONTH FROM "m"."earliest") AS INT) + 0 AS INT)) AS DATE) >= $last) THEN CAST((EXTRACT(YEAR FROM $last) - EXTRACT(YEAR FROM
"m"."earliest")) * 12 + EXTRACT(MONTH FROM $last) - EXTRACT(MONTH FROM "m"."earliest") AS INT) ELSE CAST((EXTRACT(YEAR FROM $last)
- EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM $last) - EXTRACT(MONTH FROM "m"."earliest") AS INT) + 1 END <= 4))
AND COALESCE((NOT ("m"."needed" > "m"."undated")), FALSE) THEN 'open' WHEN (NOT "m"."undated" IS NULL AND "m"."needed" >
"m"."undated") AND NOT "m"."perhaps" THEN 'breached' ELSE 'unknown' END AS "outcome", CASE WHEN NOT "m"."reason" IS NULL THEN
"m"."reason" WHEN NOT $submitted_meetings THEN 'not-submitted' WHEN "m"."perhaps" AND (NOT "m"."undated" IS NULL AND "m"."needed"
> "m"."undated") THEN 'perhaps' END AS "reason", TRY_CAST(CAST("m"."until" - "m"."since" AS BIGINT) AS DECIMAL(38, 6)) AS "low",
TRY_CAST(CAST("m"."until" - "m"."since" AS BIGINT) AS DECIMAL(38, 6)) AS "high", TRY_CAST(CASE WHEN "m"."leads" AND ("m"."owed" IS
NULL OR "m"."owed" < "m"."started") THEN 0 END AS DECIMAL(38, 6)) AS "whole_low", "m"."since" AS "day_low", "m"."until" AS
"day_high", CASE WHEN NOT "m"."undated" IS NULL AND ("m"."trails" AND CASE WHEN FALSE THEN CAST((EXTRACT(YEAR FROM "m"."until") -
EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM "m"."until") - EXTRACT(MONTH FROM "m"."earliest") AS INT) - 1 WHEN
(CAST(CAST("m"."earliest" AS DATE) + TO_MONTHS(CAST(CAST((EXTRACT(YEAR FROM "m"."until") - EXTRACT(YEAR FROM "m"."earliest")) * 12
+ EXTRACT(MONTH FROM "m"."until") - EXTRACT(MONTH FROM "m"."earliest") AS INT) + 0 AS INT)) AS DATE) >= "m"."until") THEN
CAST((EXTRACT(YEAR FROM "m"."until") - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM "m"."until") - EXTRACT(MONTH
FROM "m"."earliest") AS INT) ELSE CAST((EXTRACT(YEAR FROM "m"."until") - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH
FROM "m"."until") - EXTRACT(MONTH FROM "m"."earliest") AS INT) + 1 END <= 4 AND NOT (CASE WHEN FALSE THEN CAST((EXTRACT(YEAR FROM
$last) - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM $last) - EXTRACT(MONTH FROM "m"."earliest") AS INT) - 1 WHEN
(CAST(CAST("m"."earliest" AS DATE) + TO_MONTHS(CAST(CAST((EXTRACT(YEAR FROM $last) - EXTRACT(YEAR FROM "m"."earliest")) * 12 +
EXTRACT(MONTH FROM $last) - EXTRACT(MONTH FROM "m"."earliest") AS INT) + 0 AS INT)) AS DATE) >= $last) THEN CAST((EXTRACT(YEAR
FROM $last) - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM $last) - EXTRACT(MONTH FROM "m"."earliest") AS INT)
ELSE CAST((EXTRACT(YEAR FROM $last) - EXTRACT(YEAR FROM "m"."earliest")) * 12 + EXTRACT(MONTH FROM $last) - EXTRACT(MONTH FROM
"m"."earliest") AS INT) + 1 END <= 4)) AND COALESCE((NOT ("m"."needed" > "m"."undated")), FALSE) THEN CASE WHEN
CAST(CAST("m"."since" AS DATE) + TO_MONTHS(CAST(4 AS INT)) AS DATE) BETWEEN CAST('0001-01-01' AS DATE) AND CAST('9999-12-31' AS
DATE) THEN CAST(CAST("m"."since" AS DATE) + TO_MONTHS(CAST(4 AS INT)) AS DATE) END END AS "due" FROM "m"
