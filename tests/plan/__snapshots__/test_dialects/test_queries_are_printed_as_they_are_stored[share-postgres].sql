-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", "w"."over" AS "over", "w"."begun" AS
"begun", "w"."last" AS "closes", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", 93 AS "bound_1" FROM "subjects_branches" AS
"s" LEFT JOIN "windows" AS "w" ON "w"."unit" = 'year' AND COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"),
TRUE) WHERE "s"."_first"

-- related_1
SELECT "r"."branch" AS "link", "w"."no" AS "no", COALESCE((("r"."_via" IS NULL OR "r"."_via" = 'branch') AND "r"."date" <= $ref),
FALSE) AND NOT "r"."_doubt" AND NOT "r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", CASE WHEN ("r"."rating" IN ('excellent',
'good')) THEN 1 WHEN NOT ("r"."rating" IN ('excellent', 'good')) THEN 0 END AS "that", 93 AS "p1", "r"."_via" AS "_via" FROM
"rows_ratings" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'year' AND "w"."key" = (DIV((CAST(EXTRACT(YEAR FROM "r"."date") AS
BIGINT) * 12 + CAST(EXTRACT(MONTH FROM "r"."date") AS BIGINT) - 1), 12)) WHERE COALESCE((("r"."_via" IS NULL OR "r"."_via" =
'branch') AND "r"."date" <= $ref), TRUE) UNION ALL SELECT "r"."branch" AS "link", "w"."no" AS "no", FALSE AS "sure", "r"."_row" AS
"_row", CASE WHEN ("r"."rating" IN ('excellent', 'good')) THEN 1 WHEN NOT ("r"."rating" IN ('excellent', 'good')) THEN 0 END AS
"that", 93 AS "p1", "r"."_via" AS "_via" FROM "rows_ratings" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'year' WHERE
COALESCE((("r"."_via" IS NULL OR "r"."_via" = 'branch') AND "r"."date" <= $ref), TRUE) AND "r"."date" IS NULL

-- related: not translated
--   Try: what fails cannot be made NULL

-- own
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN "sure" THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", COUNT(*) FILTER(WHERE "sure") AS "whole_lo", COUNT(*) AS
"whole_hi", CASE WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("sure" OR "d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS
"d1_lo", CASE WHEN COUNT(*) = COUNT("d1_hi") THEN SUM(CASE WHEN ("sure" OR "d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi",
"link", "no" FROM "related" WHERE NOT "link" IS NULL GROUP BY "link", "no"

-- stray
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN FALSE THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", COUNT(*) FILTER(WHERE FALSE) AS "whole_lo", COUNT(*) AS
"whole_hi", CASE WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE
WHEN COUNT(*) = COUNT("d1_hi") THEN SUM(CASE WHEN ("d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "no" FROM "related" WHERE
"link" IS NULL GROUP BY "no"

-- anybody
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN FALSE THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", COUNT(*) FILTER(WHERE FALSE) AS "whole_lo", COUNT(*) AS
"whole_hi", CASE WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE
WHEN COUNT(*) = COUNT("d1_hi") THEN SUM(CASE WHEN ("d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "no" FROM (SELECT
DISTINCT ON ("_row", "no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY
"_row" NULLS FIRST, "no" NULLS FIRST, "_via" NULLS FIRST) AS "r" GROUP BY "no"

-- m: not translated
--   Try: what fails cannot be made NULL

-- result: not translated
--   TryCast: what fails cannot be made NULL
