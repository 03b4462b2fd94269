-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", "w"."over" AS "over", "w"."begun" AS
"begun", "w"."last" AS "closes", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", "w"."first" AS "earliest", CASE WHEN
MAKE_DATE(CAST(EXTRACT(YEAR FROM "w"."first") AS INT) + 0, 3, 1) >= "w"."first" THEN MAKE_DATE(CAST(EXTRACT(YEAR FROM "w"."first")
AS INT) + 0, 3, 1) ELSE MAKE_DATE(CAST(EXTRACT(YEAR FROM "w"."first") AS INT) + 1, 3, 1) END AS "latest" FROM "subjects_branches"
AS "s" LEFT JOIN "windows" AS "w" ON "w"."unit" = 'year' AND COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >=
"w"."last"), TRUE) WHERE "s"."_first"

-- related
SELECT "r"."branch" AS "link", "w"."no" AS "no", COALESCE(("r"."kind" = 'report' AND "r"."issued" <= $as_of), FALSE) AND NOT
"r"."_doubt" AND NOT "r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", "r"."issued" AS "day", "r"."_via" AS "_via" FROM
"rows_documents" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'year' WHERE COALESCE(("r"."kind" = 'report' AND "r"."issued" <=
$as_of), TRUE)

-- pairs_1
SELECT "f"."subject", "f"."no", "f"."earliest", "f"."latest", "r"."_row", "r"."day", "r"."sure" AS "sure" FROM "frame" AS "f" JOIN
"related" AS "r" ON "r"."no" = "f"."no" AND "r"."link" = "f"."link" UNION ALL SELECT "f"."subject", "f"."no", "f"."earliest",
"f"."latest", "r"."_row", "r"."day", FALSE AS "sure" FROM "frame" AS "f" JOIN "related" AS "r" ON "r"."no" = "f"."no" AND
"r"."link" IS NULL AND NOT "f"."link" IS NULL UNION ALL SELECT "f"."subject", "f"."no", "f"."earliest", "f"."latest", "r"."_row",
"r"."day", FALSE AS "sure" FROM "frame" AS "f" JOIN (SELECT DISTINCT ON ("_row", "no") * FROM "related" WHERE EXISTS(SELECT 1 FROM
"frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS FIRST) AS "r" ON "r"."no"
= "f"."no" AND "f"."link" IS NULL AND "f"."any_link"

-- pairs_2
SELECT "subject", "no", "sure", "_row", "day" >= "earliest" AND "day" <= "latest" AS "kept", CASE WHEN ("day" >= "earliest") THEN
"day" END AS "found" FROM "pairs_1"

-- pairs
SELECT "subject", "no", "sure", "_row", CASE WHEN "kept" THEN 1 ELSE 0 END AS "kept_lo", CASE WHEN NOT "kept" THEN 0 ELSE 1 END AS
"kept_hi", "found" AS "found_lo", "found" AS "found_hi" FROM "pairs_2"

-- own
SELECT CASE WHEN COUNT(*) = COUNT("kept_lo") THEN SUM(CASE WHEN "sure" THEN "kept_lo" ELSE 0 END) END AS "kept_lo", CASE WHEN
COUNT(*) = COUNT("kept_hi") THEN SUM("kept_hi") END AS "kept_hi", MIN("found_lo") AS "found_lo", MIN(CASE WHEN "sure" THEN
"found_hi" END) AS "found_hi", "subject", "no" FROM "pairs" GROUP BY "subject", "no"

-- m
SELECT "frame".*, CASE WHEN $submitted_documents THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."kept_lo" END ELSE 0 END AS
"kept_lo", CASE WHEN $submitted_documents THEN CASE WHEN "own"."no" IS NULL THEN 0 ELSE "own"."kept_hi" END ELSE NULL END AS
"kept_hi", "own"."found_lo" AS "found_lo", "own"."found_hi" AS "found_hi" FROM "frame" LEFT JOIN "own" ON "own"."subject" =
"frame"."subject" AND "own"."no" = "frame"."no"

-- result
SELECT "m"."subject" AS "subject", COALESCE("m"."no", 0) AS "no", CASE WHEN NOT "m"."reason" IS NULL THEN 'none' WHEN NOT
"m"."begun" THEN 'open' WHEN NOT ("m"."latest" <= $as_of) THEN CASE WHEN "m"."kept_lo" >= 1 THEN 'met' ELSE 'open' END WHEN
"m"."kept_lo" >= 1 THEN 'met' WHEN ("m"."kept_hi" = 0 AND NOT "m"."latest" IS NULL) AND NOT "m"."perhaps" THEN 'breached' ELSE
'unknown' END AS "outcome", CASE WHEN NOT "m"."reason" IS NULL THEN "m"."reason" WHEN NOT $submitted_documents THEN
'not-submitted' WHEN "m"."perhaps" AND ("m"."kept_hi" = 0 AND NOT "m"."latest" IS NULL) THEN 'perhaps' END AS "reason",
"m"."found_lo" AS "day_low", "m"."found_hi" AS "day_high", "m"."earliest" AS "allowed_from", "m"."latest" AS "allowed_until", CASE
WHEN NOT ("m"."latest" <= $as_of) THEN "m"."latest" END AS "due" FROM "m"
