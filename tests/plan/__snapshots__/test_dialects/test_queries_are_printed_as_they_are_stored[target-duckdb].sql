-- frame
SELECT "s"."_row" AS "subject", 0 AS "no", NULL AS "reason", FALSE AS "perhaps", "s"."branch" AS "link", "s"."branch" IS NULL AS
"any_link", CASE WHEN "s"."number" >= 0 THEN "s"."number" END AS "aim", "s"."first" AS "since", "s"."last" AS "until", TRY(1 *
"s"."number") AS "limit_1", 1 AS "bound_1" FROM "subjects_targets" AS "s" WHERE "s"."_first"

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

-- pairs
SELECT "subject", "no", "sure", "_row", CASE WHEN (COALESCE("comes", TRUE) AND "size_lo" IS NULL) OR (COALESCE("goes", TRUE) AND
TRY(-"size_hi") IS NULL) THEN NULL ELSE LEAST(CASE WHEN COALESCE("comes", TRUE) THEN "size_lo" END, CASE WHEN COALESCE("goes",
TRUE) THEN TRY(-"size_hi") END, CASE WHEN NOT (COALESCE("comes", FALSE) OR COALESCE("goes", FALSE)) THEN 0 END) END AS "done_lo",
CASE WHEN (COALESCE("comes", TRUE) AND "size_hi" IS NULL) OR (COALESCE("goes", TRUE) AND TRY(-"size_lo") IS NULL) THEN NULL ELSE
GREATEST(CASE WHEN COALESCE("comes", TRUE) THEN "size_hi" END, CASE WHEN COALESCE("goes", TRUE) THEN TRY(-"size_lo") END, CASE
WHEN NOT (COALESCE("comes", FALSE) OR COALESCE("goes", FALSE)) THEN 0 END) END AS "done_hi" FROM "pairs_2"

-- own
SELECT CASE WHEN COUNT(*) = COUNT("done_lo") THEN SUM(CASE WHEN ("sure" OR "done_lo" < 0) THEN "done_lo" ELSE 0 END) END AS
"done_lo", CASE WHEN COUNT(*) = COUNT("done_hi") THEN SUM(CASE WHEN ("sure" OR "done_hi" > 0) THEN "done_hi" ELSE 0 END) END AS
"done_hi", "subject", "no" FROM "pairs" GROUP BY "subject", "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_people THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."done_lo" END ELSE NULL END AS
"done_lo", CASE WHEN $submitted_people THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."done_hi" END ELSE NULL END AS
"done_hi" FROM "frame" LEFT JOIN "own" ON "own"."subject" = "frame"."subject" AND "own"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", 0 AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT $begun THEN 'open' WHEN NOT
("m"."until" <= $ref) THEN CASE WHEN COALESCE(TRY(FALSE), FALSE) AND "m"."perhaps" THEN 'unknown' WHEN COALESCE(TRY(FALSE), FALSE)
THEN 'breached' WHEN COALESCE(TRY("m"."aim" > 0 AND "m"."done_lo" >= "m"."limit_1"), FALSE) THEN 'met' ELSE 'open' END WHEN CASE
WHEN "m"."aim" = 0 THEN TRUE WHEN "m"."aim" > 0 THEN FALSE END THEN 'none' WHEN COALESCE(TRY(("m"."aim" >= 0 AND NOT "m"."until"
IS NULL) AND "m"."done_lo" >= "m"."limit_1"), FALSE) THEN 'met' WHEN COALESCE(TRY(("m"."aim" >= 0 AND NOT "m"."until" IS NULL) AND
"m"."done_hi" < "m"."limit_1"), FALSE) AND (NOT "m"."perhaps" AND COALESCE((NOT CASE WHEN "m"."aim" = 0 THEN TRUE WHEN "m"."aim" >
0 THEN FALSE END), FALSE)) THEN 'breached' ELSE 'unknown' END AS "outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason"
WHEN ($begun AND COALESCE(("m"."until" <= $ref), TRUE)) AND CASE WHEN "m"."aim" = 0 THEN TRUE WHEN "m"."aim" > 0 THEN FALSE END
THEN 'nothing-to-measure' WHEN NOT $submitted_people THEN 'not-submitted' WHEN NOT (NOT "m"."perhaps" AND COALESCE((NOT CASE WHEN
"m"."aim" = 0 THEN TRUE WHEN "m"."aim" > 0 THEN FALSE END), FALSE)) AND COALESCE(TRY(("m"."aim" >= 0 AND NOT "m"."until" IS NULL)
AND "m"."done_hi" < "m"."limit_1"), FALSE) THEN 'perhaps' END AS "reason", TRY_CAST("m"."done_lo" AS DECIMAL(38, 6)) AS "low",
TRY_CAST("m"."done_hi" AS DECIMAL(38, 6)) AS "high", TRY_CAST("m"."aim" AS DECIMAL(38, 6)) AS "whole_low", TRY_CAST("m"."aim" AS
DECIMAL(38, 6)) AS "whole_high", TRY_CAST("m"."bound_1" AS DECIMAL(38, 6)) AS "bound_1", CASE WHEN NOT ("m"."until" <= $ref) THEN
"m"."until" END AS "due" FROM "m"
