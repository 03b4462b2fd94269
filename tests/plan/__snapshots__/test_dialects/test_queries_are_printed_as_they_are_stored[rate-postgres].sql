-- frame
SELECT "s"."_row" AS "subject", "w"."no" AS "no", CASE WHEN "w"."no" IS NULL THEN $windowless END AS "reason", NOT
COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"), FALSE) AS "perhaps", "w"."over" AS "over", "w"."begun" AS
"begun", "w"."last" AS "closes", "s"."id" AS "link", "s"."id" IS NULL AS "any_link", 17 AS "bound_1" FROM "subjects_branches" AS
"s" LEFT JOIN "windows" AS "w" ON "w"."unit" = 'year' AND COALESCE(("s"."_begins" <= "w"."first" AND "s"."_ends" >= "w"."last"),
TRUE) WHERE "s"."_first"

-- related_1
SELECT "r"."branch" AS "link", "w"."no" AS "no", COALESCE(("r"."held" AND "r"."date" <= $ref), FALSE) AND NOT "r"."_doubt" AND NOT
"r"."branch" IS NULL AS "sure", "r"."_row" AS "_row", "r"."present" AS "said_part", "r"."eligible" AS "said_whole", NULL AS
"most", 17 AS "p1", "r"."_via" AS "_via" FROM "rows_meetings" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'year' AND "w"."key" =
(DIV((CAST(EXTRACT(YEAR FROM "r"."date") AS BIGINT) * 12 + CAST(EXTRACT(MONTH FROM "r"."date") AS BIGINT) - 1), 12)) WHERE
COALESCE(("r"."held" AND "r"."date" <= $ref), TRUE) UNION ALL SELECT "r"."branch" AS "link", "w"."no" AS "no", FALSE AS "sure",
"r"."_row" AS "_row", "r"."present" AS "said_part", "r"."eligible" AS "said_whole", NULL AS "most", 17 AS "p1", "r"."_via" AS
"_via" FROM "rows_meetings" AS "r" JOIN "windows" AS "w" ON "w"."unit" = 'year' WHERE COALESCE(("r"."held" AND "r"."date" <=
$ref), TRUE) AND "r"."date" IS NULL

-- related_2
SELECT "link", "no", "sure", "_row", "_via", "p1" AS "p1", CASE WHEN NOT COALESCE("said_part" < 0 OR "said_whole" < 0 OR
"said_part" > "said_whole", FALSE) THEN "said_part" END AS "part", CASE WHEN NOT COALESCE("said_part" < 0 OR "said_whole" < 0 OR
"said_part" > "said_whole", FALSE) THEN "said_whole" END AS "whole", "most" AS "most" FROM "related_1"

-- related_3
SELECT "link", "no", "sure", "_row", "_via", "p1" AS "p1", "part" AS "part", "whole" AS "whole", COALESCE("whole", CASE WHEN
"most" >= "part" THEN "most" END) AS "largest" FROM "related_2"

-- related: not translated
--   Try: what fails cannot be made NULL

-- own
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN "sure" THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", CASE WHEN COUNT(*) = COUNT("whole_lo") THEN SUM(CASE WHEN "sure"
THEN "whole_lo" ELSE 0 END) END AS "whole_lo", CASE WHEN COUNT(*) = COUNT("whole_hi") THEN SUM("whole_hi") END AS "whole_hi", CASE
WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("sure" OR "d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE WHEN
COUNT(*) = COUNT("d1_hi") THEN SUM(CASE WHEN ("sure" OR "d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "link", "no" FROM
"related" WHERE NOT "link" IS NULL GROUP BY "link", "no"

-- stray
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN FALSE THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", CASE WHEN COUNT(*) = COUNT("whole_lo") THEN SUM(CASE WHEN FALSE
THEN "whole_lo" ELSE 0 END) END AS "whole_lo", CASE WHEN COUNT(*) = COUNT("whole_hi") THEN SUM("whole_hi") END AS "whole_hi", CASE
WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE WHEN COUNT(*) =
COUNT("d1_hi") THEN SUM(CASE WHEN ("d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "no" FROM "related" WHERE "link" IS NULL
GROUP BY "no"

-- anybody
SELECT CASE WHEN COUNT(*) = COUNT("part_lo") THEN SUM(CASE WHEN FALSE THEN "part_lo" ELSE 0 END) END AS "part_lo", CASE WHEN
COUNT(*) = COUNT("part_hi") THEN SUM("part_hi") END AS "part_hi", CASE WHEN COUNT(*) = COUNT("whole_lo") THEN SUM(CASE WHEN FALSE
THEN "whole_lo" ELSE 0 END) END AS "whole_lo", CASE WHEN COUNT(*) = COUNT("whole_hi") THEN SUM("whole_hi") END AS "whole_hi", CASE
WHEN COUNT(*) = COUNT("d1_lo") THEN SUM(CASE WHEN ("d1_lo" < 0) THEN "d1_lo" ELSE 0 END) END AS "d1_lo", CASE WHEN COUNT(*) =
COUNT("d1_hi") THEN SUM(CASE WHEN ("d1_hi" > 0) THEN "d1_hi" ELSE 0 END) END AS "d1_hi", "no" FROM (SELECT DISTINCT ON ("_row",
"no") * FROM "related" WHERE EXISTS(SELECT 1 FROM "frame" WHERE "link" IS NULL AND "any_link") ORDER BY "_row" NULLS FIRST, "no"
NULLS FIRST, "_via" NULLS FIRST) AS "r" GROUP BY "no"

-- m: not translated
--   Try: what fails cannot be made NULL

-- result: not translated
--   TryCast: what fails cannot be made NULL
